/**
 * The operations that have other arguments or results in the Promise API: iterables instead of streams, and any Standard
 * Schema instead of a schema of Effect. `npm run docs:promise` makes their public types of these.
 */
import type * as BatchPrediction from "../BatchPrediction.js"
import type * as Dataset from "../Dataset.js"
import type * as DeploymentActuals from "../DeploymentActuals.js"
import type * as Prediction from "../Prediction.js"
import type { ApiPromise } from "./ApiPromise.js"
import type { Abortable } from "./CallOptions.js"
import type { CsvSource } from "./CsvSource.js"
import type { IterableStream } from "./IterableStream.js"
import type { Rows } from "./Rows.js"
import type { StandardSchema } from "./StandardSchema.js"

/**
 * The schema of the caller's rows, from any library that follows Standard Schema. Each row is checked and converted to
 * columns before it is sent.
 *
 * @since 0.1.0
 */
export interface RowOption<A, I> {
  /** The schema of a row. */
  readonly row: StandardSchema<A, I>
}

/**
 * How a client for OpenAI's API reaches a deployment.
 *
 * @since 0.1.0
 */
export interface ChatEndpoint {
  /** The URL that `/chat/completions` is appended to. */
  readonly baseUrl: string
  /** The connection's token, which such a client calls its API key. */
  readonly apiKey: string
}

/**
 * The operations of `Prediction`, whose rows are lists and iterables.
 *
 * @since 0.1.0
 */
export interface PredictionTransfers {
  /** Requests the predictions for some rows, and returns them in the same order. */
  readonly predict: {
    /** Requests the predictions for rows of a schema's type, and returns them in the same order. */
    <A, I extends Prediction.Columns<I>>(
      deployment: Prediction.DeploymentRef,
      rows: ReadonlyArray<NoInfer<A>>,
      options: Prediction.PredictOptions & Abortable & RowOption<A, I>
    ): ApiPromise<Prediction.Predictions>
    /** Requests the predictions for some rows, and returns them in the same order. */
    <A extends Prediction.Columns<A>>(
      deployment: Prediction.DeploymentRef,
      rows: ReadonlyArray<A>,
      options?: Prediction.PredictOptions & Abortable
    ): ApiPromise<Prediction.Predictions>
  }
  /** Requests the predictions for rows as they arrive, and yields them in the same order. */
  readonly stream: {
    /** Requests the predictions for rows of a schema's type as they arrive, and yields them in the same order. */
    <A, I extends Prediction.Columns<I>>(
      deployment: Prediction.DeploymentRef,
      rows: Rows<NoInfer<A>>,
      options: Prediction.StreamOptions & Abortable & RowOption<A, I>
    ): IterableStream<Prediction.PredictionRow>
    /** Requests the predictions for rows as they arrive, and yields them in the same order. */
    <A extends Prediction.Columns<A>>(
      deployment: Prediction.DeploymentRef,
      rows: Rows<A>,
      options?: Prediction.StreamOptions & Abortable
    ): IterableStream<Prediction.PredictionRow>
  }
  /** Sends CSV, and yields the predictions as CSV while they arrive. Text is sent as UTF-8. */
  readonly predictCsv: (
    deployment: Prediction.DeploymentRef,
    csv: CsvSource,
    options?: Prediction.CsvOptions & Abortable
  ) => IterableStream<Uint8Array>
  /** Sends a body of any type to an unstructured custom model, and returns its response as it is. */
  readonly predictUnstructured: (
    deployment: Prediction.DeploymentRef,
    input: Prediction.UnstructuredInput,
    options?: Prediction.SendOptions & Abortable
  ) => ApiPromise<Prediction.UnstructuredOutput>
  /** Returns the base URL and the API key with which a client for OpenAI's API chats with a deployment. */
  readonly chat: (deployment: Prediction.Ref) => ApiPromise<ChatEndpoint>
}

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
  readonly onProgress?: ((job: BatchPrediction.BatchPrediction) => unknown) | undefined
}

/**
 * The schema of the results, from any library that follows Standard Schema. Each row is a record of texts, which the
 * schema converts.
 *
 * @since 0.1.0
 */
export interface ResultOption<B, J> {
  /** Decodes each row of the results. Default: rows of texts. */
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
 * The operations of `BatchPrediction` that take or return streams.
 *
 * @since 0.1.0
 */
export interface BatchPredictionTransfers {
  /** Uploads the CSV of a batch prediction. Text is sent as UTF-8. */
  readonly upload: (
    job: BatchPrediction.BatchRef,
    csv: CsvSource,
    options?: BatchPrediction.UploadOptions & Abortable
  ) => ApiPromise<void>
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

/**
 * The operations of `Dataset` that take streams.
 *
 * @since 0.1.0
 */
export interface DatasetTransfers {
  /** Uploads CSV as a new dataset, and returns the dataset when DataRobot has read it. Text is sent as UTF-8. */
  readonly upload: (
    csv: CsvSource,
    dataset: Dataset.UploadInput,
    options?: Dataset.FileJobOptions & Abortable
  ) => ApiPromise<Dataset.Dataset>
}

/**
 * The operations of `DeploymentActuals` that take streams.
 *
 * @since 0.1.0
 */
export interface DeploymentActualsTransfers {
  /** Submits actual values from an iterable as they arrive. Yields the progress after each request. */
  readonly submitStream: (
    deployment: DeploymentActuals.Ref,
    actuals: Rows<DeploymentActuals.Actual>,
    options?: DeploymentActuals.SubmitOptions & Abortable
  ) => IterableStream<DeploymentActuals.Submitted>
}
