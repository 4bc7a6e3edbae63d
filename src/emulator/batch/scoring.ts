/** Scores the rows of a batch prediction: the columns of its results, and their lines. */
import type { CreateInput } from "../../wire/batchPrediction.js"
import type { PredictionRow } from "../../wire/prediction.js"
import { own } from "../monitoring/rows.js"
import { outputColumns, type OutputOptions, predictFully } from "../predictions/output.js"
import { scoreOf } from "../predictions/pseudoModel.js"
import type { Scored } from "../state/recordStore.js"
import type { Piece } from "./content.js"

/** A row of the CSV: its cells by column, or what is wrong with it. */
export type ReadRow =
  | { readonly row: Readonly<Record<string, string>>; readonly problem?: undefined }
  | { readonly row: Readonly<Record<string, string>>; readonly problem: string }
