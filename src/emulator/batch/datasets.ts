/** The datasets that batch predictions read. */
import type * as Effect from "effect/Effect"
import { invalidFields, type Unprocessable } from "../protocol/errors.js"

/** Returns the CSV of a dataset. Fails if there is none: the emulator has no datasets yet. */
export const datasetBytes = (
  _datasetId: string,
  _versionId: string | undefined
): Effect.Effect<Uint8Array, Unprocessable> =>
  invalidFields({ "intakeSettings.datasetId": "The emulator has no such dataset" })
