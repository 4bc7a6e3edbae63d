/** The types of the operations in the Promise API, derived from those of the namespaces. */
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type * as Stream from "effect/Stream"
import type * as BatchPrediction from "../BatchPrediction.js"
import type * as Dataset from "../Dataset.js"
import type * as DeploymentActuals from "../DeploymentActuals.js"
import type { Keyless } from "../internal/reading/keyless.js"
import type { BatchTransfers } from "./BatchPredictionClient.js"
import type { UploadDataset } from "./DatasetClient.js"
import type { Abortable } from "./CallOptions.js"
import type { IterableStream } from "./IterableStream.js"

/** An argument of an operation. Options accept a signal too. */
type Argument<A> = "headers" extends keyof NonNullable<A> ? A & Abortable : A

/**
 * What an operation returns in the Promise API: a promise for an Effect, an iterable stream for a Stream. Without the keys
 * of prediction servers.
 */
type PromiseResult<Result> = Result extends Effect.Effect<infer A, infer _E, infer _R>
  ? Promise<A extends Option.Option<infer B> ? Keyless<B> | undefined : Keyless<A>>
  : Result extends Stream.Stream<infer A, infer _E, infer _R> ? IterableStream<Keyless<A>>
  : Result

type Arguments<Args extends ReadonlyArray<unknown>> = { [Key in keyof Args]: Argument<Args[Key]> }

/**
 * The operations of a namespace under the same names. An Effect becomes a promise, `Option.none()` becomes `undefined`,
 * and a Stream becomes an async iterable that can also be read as a web stream. Results have no `datarobotKey`. The documentation of each operation is in its
 * namespace.
 *
 * @since 0.1.0
 */
export type Promised<Namespace> = {
  readonly [
    Name in keyof Namespace as Name extends Uncapitalize<Name & string>
      ? Namespace[Name] extends (...args: never) => unknown ? Name : never
      : never
  ]: Namespace[Name] extends (...args: infer Args) => infer Result ? (...args: Arguments<Args>) => PromiseResult<Result>
    : never
}

/**
 * The operations on actual values. Their documentation is in `DeploymentActuals`.
 *
 * @since 0.1.0
 */
export interface DeploymentActualsClient extends Omit<Promised<typeof DeploymentActuals>, "sink" | "submitStream"> {
  /** Submits actual values from an iterable as they arrive. Yields the progress after each request. */
  readonly submitStream: (
    deployment: DeploymentActuals.Ref,
    actuals: Iterable<DeploymentActuals.Actual> | AsyncIterable<DeploymentActuals.Actual>,
    options?: DeploymentActuals.SubmitOptions & Abortable
  ) => IterableStream<DeploymentActuals.Submitted>
}

/**
 * The operations on batch predictions. Their documentation is in `BatchPrediction`.
 *
 * @since 0.1.0
 */
export interface BatchPredictionClient
  extends Omit<Promised<typeof BatchPrediction>, keyof BatchTransfers>, BatchTransfers
{}

/**
 * The operations on datasets. Their documentation is in `Dataset`.
 *
 * @since 0.1.0
 */
export interface DatasetClient extends Omit<Promised<typeof Dataset>, "upload"> {
  /** Uploads CSV as a new dataset, and returns the dataset when DataRobot has read it. Text is sent as UTF-8. */
  readonly upload: UploadDataset
}
