/// <reference lib="esnext.disposable" preserve="true" />
/**
 * The same operations for plain async code: promises instead of Effects, `for await` instead of Stream, an AbortSignal
 * instead of interruption. The promises reject with the SDK's own error classes.
 *
 * @since 0.1.0
 * @example
 * import { createClient } from "effect-datarobot/promise"
 *
 * const client = createClient() // DATAROBOT_ENDPOINT and DATAROBOT_API_TOKEN
 * for (const deployment of await client.ModelDeployment.list({ status: "active" })) {
 *   console.log(deployment.label, deployment.serviceHealth)
 * }
 * await client.close()
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Cause from "effect/Cause"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import * as FiberId from "effect/FiberId"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as BatchPrediction from "./BatchPrediction.js"
import * as BatchPredictionDefinition from "./BatchPredictionDefinition.js"
import * as Credential from "./Credential.js"
import { DataRobot, type RequestOptions, type Verified } from "./DataRobot.js"
import type { DataRobotError } from "./DataRobotError.js"
import * as Dataset from "./Dataset.js"
import * as Deployment from "./Deployment.js"
import * as DeploymentActuals from "./DeploymentActuals.js"
import * as DeploymentExport from "./DeploymentExport.js"
import * as DeploymentModel from "./DeploymentModel.js"
import * as DeploymentMonitoring from "./DeploymentMonitoring.js"
import * as DeploymentSettings from "./DeploymentSettings.js"
import * as Fetch from "./fetch.js"
import { type Keyless, withoutKey, withoutKeys } from "./internal/reading/keyless.js"
import { connectionFromEnv, type EnvConnectionOptions } from "./internal/request/connection.js"
import * as Job from "./Job.js"
import * as ModelDeployment from "./ModelDeployment.js"
import * as ModelPackage from "./ModelPackage.js"
import * as PredictionEnvironment from "./PredictionEnvironment.js"
import * as PredictionServer from "./PredictionServer.js"
import { onAbort } from "./promise/abortListener.js"
import { type BatchTransfers, batchTransfers } from "./promise/BatchPredictionClient.js"
import { type UploadDataset, uploadDataset } from "./promise/DatasetClient.js"
import { type Abortable, type IterableStream, iterableStream, noMoreItems, streamOf } from "./promise/iterables.js"
import { type PredictionClient, predictionClient } from "./promise/PredictionClient.js"
import * as RegisteredModel from "./RegisteredModel.js"

export {
  /** @since 0.1.0 */
  DataRobotApiError,
  /** @since 0.1.0 */
  DataRobotJobError,
  /** @since 0.1.0 */
  DataRobotNetworkError,
  /** @since 0.1.0 */
  DataRobotValidationError,
  /** @since 0.1.0 */
  isApiError,
  /** @since 0.1.0 */
  isDataRobotError,
  /** @since 0.1.0 */
  isJobError,
  /** @since 0.1.0 */
  isNetworkError,
  /** @since 0.1.0 */
  isRetryable,
  /** @since 0.1.0 */
  isValidationError
} from "./DataRobotError.js"

export type {
  /** @since 0.1.0 */
  Abortable,
  /** @since 0.1.0 */
  IterableStream
} from "./promise/iterables.js"

export type {
  /** @since 0.1.0 */
  BatchTransfers,
  /** @since 0.1.0 */
  ProgressOption,
  /** @since 0.1.0 */
  ResultOption,
  /** @since 0.1.0 */
  ScoreOptions,
  /** @since 0.1.0 */
  ScoreRowsOptions
} from "./promise/BatchPredictionClient.js"

export type {
  /** @since 0.1.0 */
  CsvSource,
  /** @since 0.1.0 */
  WebStream
} from "./promise/csvSource.js"

export type {
  /** @since 0.1.0 */
  ChatEndpoint,
  /** @since 0.1.0 */
  PredictionClient,
  /** @since 0.1.0 */
  RowOption
} from "./promise/PredictionClient.js"

export type {
  /** @since 0.1.0 */
  StandardSchema,
  /** @since 0.1.0 */
  Validated,
  /** @since 0.1.0 */
  ValidationIssue
} from "./promise/standardSchema.js"

/** @since 0.1.0 */
export { DeploymentStatus } from "./Deployment.js"

/** @since 0.1.0 */
export { ModelDeploymentStatus } from "./ModelDeployment.js"

export type {
  /** @since 0.1.0 */
  Keyless,
  /** @since 0.1.0 */
  KeylessDeployment,
  /** @since 0.1.0 */
  KeylessPredictionServer
} from "./internal/reading/keyless.js"

/**
 * Options of the client. The endpoint and the token default to the environment variables.
 *
 * @since 0.1.0
 */
export interface ClientOptions extends EnvConnectionOptions {
  /** The `fetch` function that sends the requests. Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined
}

/**
 * Options of one call.
 *
 * @since 0.1.0
 */
export interface CallOptions extends RequestOptions, Abortable {}

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

/**
 * A connected client. Call `close` when you no longer need it, or declare it with `await using`.
 *
 * @since 0.1.0
 */
export interface Client {
  readonly BatchPrediction: BatchPredictionClient
  readonly BatchPredictionDefinition: Promised<typeof BatchPredictionDefinition>
  readonly Credential: Promised<typeof Credential>
  readonly Dataset: DatasetClient
  readonly Deployment: Promised<typeof Deployment>
  readonly DeploymentActuals: DeploymentActualsClient
  readonly DeploymentExport: Promised<typeof DeploymentExport>
  readonly DeploymentModel: Promised<typeof DeploymentModel>
  readonly DeploymentMonitoring: Promised<typeof DeploymentMonitoring>
  readonly DeploymentSettings: Promised<typeof DeploymentSettings>
  readonly Job: Promised<typeof Job>
  readonly ModelDeployment: Promised<typeof ModelDeployment>
  readonly Prediction: PredictionClient
  readonly ModelPackage: Promised<typeof ModelPackage>
  readonly PredictionEnvironment: Promised<typeof PredictionEnvironment>
  readonly PredictionServer: Promised<typeof PredictionServer>
  readonly RegisteredModel: Promised<typeof RegisteredModel>
  /**
   * Checks that the endpoint is DataRobot's API and that the token is valid. Returns the version of the server and the
   * token's user. The same as `DataRobot.verify`.
   */
  readonly verify: (options?: CallOptions) => Promise<Verified>
  /**
   * Aborts the calls in flight, waits until they have ended, and releases the client's resources. Jobs that such a call
   * owns, as that of `BatchPrediction.score`, are cancelled. Later calls reject.
   */
  readonly close: () => Promise<void>
  /** `close`, for `await using`. */
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

type Services = DataRobot | HttpClient.HttpClient

/**
 * Creates a client for DataRobot. Sends nothing. Throws a `DataRobotValidationError` if a setting is invalid.
 *
 * @since 0.1.0
 */
export const createClient = ({ fetch, ...options }: ClientOptions = {}): Client => {
  const connection = Effect.runSyncExit(connectionFromEnv("createClient", options))
  if (Exit.isFailure(connection)) throw Cause.squash(connection.cause)
  const runtime = ManagedRuntime.make(Layer.merge(Layer.succeed(DataRobot, connection.value), Fetch.layer({ fetch })))

  let closed = false
  /** For each iteration that waits for its consumer: how to end it. */
  const idle = new Set<() => Promise<void>>()
  /** The calls that have not ended, and their ends. One that was interrupted may still have to cancel a job. */
  const inFlight = new Map<Fiber.RuntimeFiber<unknown, unknown>, Promise<unknown>>()
  const interrupt = (fiber: Fiber.RuntimeFiber<unknown, unknown>) => fiber.unsafeInterruptAsFork(FiberId.none)
  const closedError = () => new Error("the client is closed")
  const run = async <A, E>(
    effect: Effect.Effect<A, E, Services>,
    { signal }: CallOptions = {},
    ended?: AbortSignal
  ): Promise<A> => {
    // The runtime would start the request before it checks the signal.
    signal?.throwIfAborted()
    if (closed) throw closedError()
    // The fiber does not keep the result, because V8 may keep the fiber until its next full garbage collection.
    let result = Option.none<A>()
    const store = (value: A) => {
      result = Option.some(value)
    }
    const fiber = runtime.runFork(Effect.map(effect, store))
    const abort = () => interrupt(fiber)
    const stops = [signal, ended].map((aborting) => aborting && onAbort(aborting, abort))
    // `fetch` may have been called already, and may have aborted the signal.
    if (signal?.aborted === true || ended?.aborted === true) abort()
    const exiting = new Promise<Exit.Exit<void, E>>((resolve) => fiber.addObserver(resolve))
    inFlight.set(fiber, exiting)
    const exit = await exiting
    inFlight.delete(fiber)
    for (const stop of stops) stop?.()
    if (Exit.isSuccess(exit)) return Option.getOrThrow(result)
    if (Cause.isInterrupted(exit.cause)) {
      if (signal?.aborted === true) throw signal.reason
      if (ended?.aborted === true) throw noMoreItems
      if (closed) throw closedError()
    }
    // Inside of a span, Effect passes on a copy of an error. The caller gets its own one.
    throw Cause.originalError(Cause.squash(exit.cause))
  }

  // Not `Stream.toAsyncIterable`, which fetches the next page before the consumer needs it.
  const generate = async function*<A>(
    stream: Stream.Stream<A, unknown, Services>,
    call: CallOptions,
    ended: AbortSignal
  ): AsyncGenerator<A, void> {
    const scope = Effect.runSync(Scope.make())
    let ending: Promise<void> | undefined
    const end = () => ending ??= Effect.runPromise(Scope.close(scope, Exit.void))
    try {
      const pull = await run(Scope.extend(Stream.toPull(stream), scope))
      for (;;) {
        const next = Effect.catchAll(
          Effect.asSome(pull),
          Option.match({ onNone: () => Effect.succeedNone, onSome: (error) => Effect.fail(error) })
        )
        const chunk = await run(next, call, ended)
        if (Option.isNone(chunk)) return
        // While the consumer works on this chunk there is no call to abort, but page prefetches may be in flight.
        const stop = call.signal && onAbort(call.signal, end)
        idle.add(end)
        if (closed || call.signal?.aborted === true) void end()
        try {
          // `yield*` would make more promises for each item.
          for (const item of Chunk.toReadonlyArray(chunk.value)) yield item
        } finally {
          idle.delete(end)
          stop?.()
        }
      }
    } catch (error) {
      if (error !== noMoreItems) throw error
    } finally {
      await end()
    }
  }

  const iterate = <A>(stream: Stream.Stream<A, unknown, Services>, call: CallOptions = {}): IterableStream<A> =>
    iterableStream((ended) => generate(stream, call, ended))

  const toPromise = (result: unknown, call: CallOptions | undefined, hasKeys: boolean): unknown => {
    // Boundary: at run time, the types of the operations' results are not known.
    if (Effect.isEffect(result)) {
      return run(result as Effect.Effect<unknown, DataRobotError, Services>, call)
        .then((found) => {
          const value = Option.isOption(found) ? Option.getOrUndefined(found) : found
          return hasKeys ? withoutKeys(value) : value
        })
    }
    if (!isStream(result)) return result
    return iterate(hasKeys ? Stream.map(result, withoutKey) : result, call)
  }

  /**
   * Wraps the operations of a namespace. Leaves out its schemas and enums, whose names begin with a capital. Only if
   * `hasKeys` is true, its results may contain keys of prediction servers, which are then left out.
   */
  const promised = <Namespace extends object>(namespace: Namespace, hasKeys = false): Promised<Namespace> => {
    const operations = Object.entries(namespace).filter(([name]) => /^[a-z]/.test(name))
    const promises = operations.map(([name, operate]) => [
      name,
      // Options are always the last argument.
      (...args: ReadonlyArray<unknown>) => toPromise(operate(...args), callOptionsOf(args.at(-1)), hasKeys)
    ])
    // Boundary: the object has the same names as the namespace, as the type says.
    return Object.fromEntries(promises) as Promised<Namespace>
  }

  const { sink: _, ...actuals } = promised(DeploymentActuals)

  const close = async () => {
    closed = true
    for (const fiber of inFlight.keys()) interrupt(fiber)
    await Promise.all([...inFlight.values(), ...Array.from(idle, (end) => end())])
    await runtime.dispose()
  }
  return {
    BatchPrediction: { ...promised(BatchPrediction), ...batchTransfers({ run, iterate }) },
    BatchPredictionDefinition: promised(BatchPredictionDefinition),
    Credential: promised(Credential),
    Dataset: { ...promised(Dataset), upload: uploadDataset({ run }) },
    Deployment: promised(Deployment, true),
    DeploymentActuals: {
      ...actuals,
      submitStream: (ref, source, call) =>
        iterate(
          DeploymentActuals.submitStream(
            ref,
            streamOf(source),
            call
          ),
          call
        )
    },
    DeploymentExport: promised(DeploymentExport),
    DeploymentModel: promised(DeploymentModel, true),
    DeploymentMonitoring: promised(DeploymentMonitoring),
    DeploymentSettings: promised(DeploymentSettings),
    Job: promised(Job),
    ModelDeployment: promised(ModelDeployment),
    Prediction: predictionClient({ run, iterate }),
    ModelPackage: promised(ModelPackage),
    PredictionEnvironment: promised(PredictionEnvironment),
    PredictionServer: promised(PredictionServer, true),
    RegisteredModel: promised(RegisteredModel),
    verify: (call) => run(DataRobot.verify(call), call),
    close,
    [Symbol.asyncDispose]: close
  }
}

const isStream = (value: unknown): value is Stream.Stream<unknown, DataRobotError, Services> =>
  Predicate.hasProperty(value, Stream.StreamTypeId)

// Boundary: an AbortSignal of another realm fails `instanceof`. No other argument has a key named `signal`.
const callOptionsOf = (last: unknown): CallOptions | undefined =>
  Predicate.hasProperty(last, "signal") ? { signal: last.signal as AbortSignal | undefined } : undefined
