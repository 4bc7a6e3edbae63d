/** The operations of `BatchPrediction` that take streams, for plain async code. */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Stream from "effect/Stream"
import * as BatchPrediction from "../BatchPrediction.js"
import { convertResults, scoreRecords } from "../internal/protocols/batchRows.js"
import { operation, type Requirements } from "../internal/request/operation.js"
import { csvOf, type CsvSource } from "./csvSource.js"
import { type Abortable, isIterable, type IterableStream, streamOf } from "./iterables.js"
import type { RowOption } from "./PredictionClient.js"
import { callback, type Running } from "./running.js"
import { checkRow, encodeChecked, type StandardSchema } from "./standardSchema.js"

type Job = BatchPrediction.BatchPrediction
type Rows<A> = Iterable<A> | AsyncIterable<A>

/**
 * The option that follows the progress of `score` and `scoreRows`.
 *
 * @since 0.1.0
 */
export interface ProgressOption {
  /**
   * Called with the job when it was created and each time that its state has changed. The next call waits until a
   * promise that it returns is settled. An error ends the operation.
   */
  readonly onProgress?: ((job: Job) => unknown) | undefined
}

/**
 * The schema of the results, from any library that follows Standard Schema. Each row is a record of texts, which the
 * schema converts.
 *
 * @since 0.1.0
 */
export interface ResultOption<B, J> {
  readonly result?: StandardSchema<J, B> | undefined
}

/**
 * Options of `score` in the Promise API.
 *
 * @since 0.1.0
 */
export type ScoreOptions = Omit<BatchPrediction.ScoreOptions, "onProgress"> & ProgressOption & Abortable

/**
 * Options of `scoreRows` in the Promise API.
 *
 * @since 0.1.0
 */
export type ScoreRowsOptions = Omit<BatchPrediction.ScoreRowsOptions, "onProgress"> & ProgressOption & Abortable

/**
 * The operations of batch predictions that take streams. Their documentation is in `BatchPrediction`.
 *
 * @since 0.1.0
 */
export interface BatchTransfers {
  /** Uploads the CSV of a batch prediction. Text is sent as UTF-8. */
  readonly upload: (
    job: BatchPrediction.BatchRef,
    csv: CsvSource,
    options?: BatchPrediction.UploadOptions & Abortable
  ) => Promise<void>
  /**
   * Scores CSV of any size with a job of its own, and yields the results as CSV while they arrive. A loop that ends without
   * an error has read all results. The job is cancelled if the call fails, its `signal` is aborted, or the loop ends early.
   */
  readonly score: (
    deployment: BatchPrediction.Ref,
    csv: CsvSource,
    options?: ScoreOptions
  ) => IterableStream<Uint8Array>
  /** Scores rows as they arrive with a job of its own, and yields the rows of the results. */
  readonly scoreRows: {
    /**
     * Scores rows of a schema's type as they arrive with a job of its own, and yields the rows of the results. The job is
     * cancelled if the call fails, its `signal` is aborted, or the loop ends early.
     */
    <A, I extends BatchPrediction.Columns<I>, B = Readonly<Record<string, string>>, J = unknown>(
      deployment: BatchPrediction.Ref,
      rows: Rows<NoInfer<A>>,
      options: ScoreRowsOptions & RowOption<A, I> & ResultOption<B, J>
    ): IterableStream<B>
    /**
     * Scores rows as they arrive with a job of its own, and yields the rows of the results. The job is cancelled if the
     * call fails, its `signal` is aborted, or the loop ends early.
     */
    <A extends BatchPrediction.Columns<A>, B = Readonly<Record<string, string>>, J = unknown>(
      deployment: BatchPrediction.Ref,
      rows: Rows<A>,
      options?: ScoreRowsOptions & ResultOption<B, J>
    ): IterableStream<B>
  }
}

/** The option as the operations take it. They accept no failure, so an error of the callback is a defect. */
const progressOf = (
  onProgress: ProgressOption["onProgress"]
): Pick<BatchPrediction.ScoreOptions, "onProgress"> =>
  typeof onProgress === "function"
    ? { onProgress: (job) => Effect.orDie(callback(async () => onProgress(job))) }
    // Boundary: the operation rejects anything else.
    : { onProgress: onProgress as undefined }

/** Creates the operations. */
export const batchTransfers = ({ iterate, run }: Running): BatchTransfers => ({
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
