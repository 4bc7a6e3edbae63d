/** The operations of `BatchPrediction` that take streams, for plain async code. */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Stream from "effect/Stream"
import * as BatchPrediction from "../BatchPrediction.js"
import { convertResults, scoreRecords } from "../internal/protocols/batchRows.js"
import { operation, type Requirements } from "../internal/request/operation.js"
import { csvOf } from "./csvBytes.js"
import { isIterable, streamOf } from "./iterables.js"
import { checkRow, encodeChecked } from "./rowCheck.js"
import type { Rows } from "./Rows.js"
import { callback, type Running } from "./running.js"
import type {
  BatchPredictionTransfers,
  ProgressOption,
  ResultOption,
  RowOption,
  ScoreRowsOptions
} from "./transfers.js"

/** The option as the operations take it. They accept no failure, so an error of the callback is a defect. */
const progressOf = (
  onProgress: ProgressOption["onProgress"]
): Pick<BatchPrediction.ScoreOptions, "onProgress"> =>
  typeof onProgress === "function"
    ? { onProgress: (job) => Effect.orDie(callback(async () => onProgress(job))) }
    // Boundary: the operation rejects anything else.
    : { onProgress: onProgress as undefined }

/** Creates the operations. */
export const batchTransfers = ({ iterate, run }: Running): BatchPredictionTransfers => ({
  upload: (job, csv, given) => {
    const { signal, ...options } = given ?? {}
    return run<void, unknown>(BatchPrediction.upload(job, csvOf(csv), options), { signal })
  },
  score: (deployment, csv, given) => {
    const { onProgress, signal, ...options } = given ?? {}
    const scored = BatchPrediction.score(deployment, csvOf(csv), { ...options, ...progressOf(onProgress) })
    return iterate<Uint8Array>(scored, { signal })
  },
  scoreRows: <B>(
    deployment: BatchPrediction.Ref,
    rows: Rows<unknown>,
    given: ScoreRowsOptions & Partial<RowOption<unknown, unknown>> & ResultOption<B, unknown> = {}
  ) => {
    const { onProgress, result, row, signal, ...options } = given
    const op = operation("BatchPrediction.scoreRows", options, "checked")
    const source = isIterable(rows)
      ? streamOf(rows)
      // Boundary: the operation rejects anything else.
      : rows as unknown as Stream.Stream<unknown, unknown>
    const checked = row === undefined || !isIterable(rows)
      ? source
      : Stream.mapEffect(source, (one) => callback(() => checkRow(row, one)))
    const encode = row === undefined
      ? undefined
      : (one: unknown, index: number) => encodeChecked(one, `rows[${index}]`)
    const scored = scoreRecords(op, deployment, checked, { ...options, ...progressOf(onProgress) }, encode)
    // Boundary: without a schema, the rows of the results are texts, as the type of the default says.
    if (result === undefined) return iterate(scored as Stream.Stream<never, unknown, Requirements>, { signal })
    const converted = Stream.mapEffect(scored, (one) => callback(() => checkRow(result, one, "result")))
    return iterate(
      convertResults(op, converted, (one) => {
        const outcome = encodeChecked(one, "", "result")
        // Boundary: the value is the output of the schema.
        return "columns" in outcome ? Either.right(outcome.columns as B) : Either.left(outcome.issues)
      }),
      { signal }
    )
  }
})
