/// <reference lib="esnext.disposable" />
/**
 * The same operations for plain async code: Promises instead of Effects, `for await` instead of Stream, an AbortSignal
 * instead of interruption. They reject with the SDK's own errors.
 *
 * @example
 * import { createClient } from "effect-datarobot/promise"
 *
 * const client = createClient() // DATAROBOT_ENDPOINT and DATAROBOT_API_TOKEN
 * for (const deployment of await client.ModelDeployment.list({ status: "active" })) {
 *   console.log(deployment.label, deployment.serviceHealth)
 * }
 * await client.close()
 */
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Option from "effect/Option"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { DataRobot, type RequestOptions } from "./DataRobot.js"
import type { DataRobotError } from "./DataRobotError.js"
import { connectionFromEnv, type EnvConnectionOptions } from "./internal/connection.js"
import * as Job from "./Job.js"
import * as ModelDeployment from "./ModelDeployment.js"
import type { Page } from "./Page.js"

export {
  DataRobotApiError,
  DataRobotJobError,
  DataRobotNetworkError,
  DataRobotValidationError,
  isApiError,
  isDataRobotError,
  isJobError,
  isNetworkError,
  isRetryable,
  isValidationError
} from "./DataRobotError.js"
export { ModelDeploymentStatus } from "./ModelDeployment.js"

/** How to connect. What is left out is taken from the environment, or has its default. */
export interface ClientOptions extends EnvConnectionOptions {
  /** The `fetch` to send with; the global one without it. */
  readonly fetch?: typeof globalThis.fetch | undefined
}

/** Options of a call. */
export interface CallOptions extends RequestOptions {
  /** Gives the call up when it is aborted; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/** Options of an update. */
export interface UpdateCallOptions extends CallOptions, ModelDeployment.UpdateOptions {}

/** The operations on model deployments. Each is described at the one of the same name in `ModelDeployment`. */
export interface ModelDeploymentClient {
  /** Deploys a model. */
  readonly create: (
    deployment: ModelDeployment.CreateInput,
    options?: CallOptions
  ) => Promise<ModelDeployment.ModelDeployment>
  /** All deployments that fit, or the first `limit`. */
  readonly list: (
    filters?: ModelDeployment.ListInput,
    options?: CallOptions
  ) => Promise<ReadonlyArray<ModelDeployment.ModelDeployment>>
  /** The deployments that fit, for `for await`; a page is fetched when its first item is asked for. */
  readonly stream: (
    filters?: ModelDeployment.StreamInput,
    options?: CallOptions
  ) => AsyncIterable<ModelDeployment.ModelDeployment>
  /** One page of deployments. */
  readonly page: (
    filters?: ModelDeployment.ListInput,
    options?: CallOptions
  ) => Promise<Page<ModelDeployment.ModelDeployment, ModelDeployment.ListInput>>
  /** One deployment. */
  readonly get: (
    deployment: ModelDeployment.Ref,
    options?: CallOptions
  ) => Promise<ModelDeployment.ModelDeployment>
  /** One deployment, or `undefined` where there is none. */
  readonly getOption: (
    deployment: ModelDeployment.Ref,
    options?: CallOptions
  ) => Promise<ModelDeployment.ModelDeployment | undefined>
  /** Changes label, description or status. */
  readonly update: (
    deployment: ModelDeployment.Ref,
    changes: ModelDeployment.UpdateInput,
    options?: UpdateCallOptions
  ) => Promise<ModelDeployment.ModelDeployment>
  /** Sets the status `active`. */
  readonly activate: (
    deployment: ModelDeployment.Ref,
    options?: UpdateCallOptions
  ) => Promise<ModelDeployment.ModelDeployment>
  /** Sets the status `inactive`. */
  readonly deactivate: (
    deployment: ModelDeployment.Ref,
    options?: UpdateCallOptions
  ) => Promise<ModelDeployment.ModelDeployment>
  /** Sets the status `archived`. */
  readonly archive: (
    deployment: ModelDeployment.Ref,
    options?: UpdateCallOptions
  ) => Promise<ModelDeployment.ModelDeployment>
  /** What the prediction service did in a period; the last 24 hours without one. */
  readonly getServiceStatistics: (
    deployment: ModelDeployment.Ref,
    period?: ModelDeployment.StatisticsInput,
    options?: CallOptions
  ) => Promise<ModelDeployment.ServiceStatistics>
  /** Who did what, and when. */
  readonly actionLog: (
    deployment: ModelDeployment.Ref,
    paging?: ModelDeployment.Paging,
    options?: CallOptions
  ) => Promise<ReadonlyArray<ModelDeployment.ActionLogEntry>>
  /** Waits until a deployment is deployed. */
  readonly awaitDeployed: (
    deployment: ModelDeployment.Ref,
    wait?: ModelDeployment.WaitOptions,
    options?: CallOptions
  ) => Promise<ModelDeployment.ModelDeployment>
  /** A deployment as it changes, for `for await`. */
  readonly watch: (
    deployment: ModelDeployment.Ref,
    watch?: ModelDeployment.WatchOptions,
    options?: CallOptions
  ) => AsyncIterable<ModelDeployment.ModelDeployment>
}

/** The operations on jobs. Each is described at the one of the same name in `Job`. */
export interface JobClient {
  /** Waits for a job, and answers what it made where the server points to it. */
  readonly await: (
    job: ModelDeployment.Ref,
    wait?: Job.WaitOptions,
    options?: CallOptions
  ) => Promise<Job.Resource | undefined>
}

/** A connected client. Close it when it is not needed any more, or declare it with `await using`. */
export interface Client {
  readonly ModelDeployment: ModelDeploymentClient
  readonly Job: JobClient
  /** Releases what the client holds. */
  readonly close: () => Promise<void>
  /** `close`, for `await using`. */
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

type Services = DataRobot | HttpClient.HttpClient

/**
 * Connects to DataRobot. Nothing is sent yet; settings that can't work are thrown at once, as a
 * `DataRobotValidationError`.
 */
export const createClient = ({ fetch, ...options }: ClientOptions = {}): Client => {
  const connection = Effect.runSyncExit(connectionFromEnv("createClient", options))
  if (Exit.isFailure(connection)) throw Cause.squash(connection.cause)
  const http = fetch === undefined
    ? FetchHttpClient.layer
    : Layer.provide(FetchHttpClient.layer, Layer.succeed(FetchHttpClient.Fetch, fetch))
  const runtime = ManagedRuntime.make(Layer.merge(Layer.succeed(DataRobot, connection.value), http))

  let closed = false
  const run = async <A, E>(effect: Effect.Effect<A, E, Services>, call: CallOptions = {}): Promise<A> => {
    const { signal } = call
    // the runtime would send the request before it looks at the signal
    signal?.throwIfAborted()
    if (closed) throw new Error("the client is closed")
    const exit = await runtime.runPromiseExit(effect, signal === undefined ? {} : { signal })
    if (Exit.isSuccess(exit)) return exit.value
    // runPromise would reject with a FiberFailure, on which neither instanceof nor _tag work
    throw signal?.aborted === true && Cause.isInterrupted(exit.cause) ? signal.reason : Cause.squash(exit.cause)
  }

  // Not Stream.toAsyncIterable, which fetches the next page before it is asked for.
  const iterate = async function*<A>(
    stream: Stream.Stream<A, DataRobotError, Services>,
    call?: CallOptions
  ): AsyncGenerator<A, void> {
    const scope = Effect.runSync(Scope.make())
    try {
      const pull = await run(Scope.extend(Stream.toPull(stream), scope))
      for (;;) {
        const next = Effect.catchAll(
          Effect.asSome(pull),
          Option.match({ onNone: () => Effect.succeedNone, onSome: (error) => Effect.fail(error) })
        )
        const chunk = await run(next, call)
        if (Option.isNone(chunk)) return
        yield* chunk.value
      }
    } finally {
      await Effect.runPromise(Scope.close(scope, Exit.void))
    }
  }

  const close = () => {
    closed = true
    return runtime.dispose()
  }
  return {
    ModelDeployment: {
      create: (deployment, call) => run(ModelDeployment.create(deployment, call), call),
      list: (filters, call) => run(ModelDeployment.list(filters, call), call),
      stream: (filters, call) => iterate(ModelDeployment.stream(filters, call), call),
      page: (filters, call) => run(ModelDeployment.page(filters, call), call),
      get: (ref, call) => run(ModelDeployment.get(ref, call), call),
      getOption: (ref, call) => run(Effect.map(ModelDeployment.getOption(ref, call), Option.getOrUndefined), call),
      update: (ref, changes, call) => run(ModelDeployment.update(ref, changes, call), call),
      activate: (ref, call) => run(ModelDeployment.activate(ref, call), call),
      deactivate: (ref, call) => run(ModelDeployment.deactivate(ref, call), call),
      archive: (ref, call) => run(ModelDeployment.archive(ref, call), call),
      getServiceStatistics: (ref, period, call) => run(ModelDeployment.getServiceStatistics(ref, period, call), call),
      actionLog: (ref, paging, call) => run(ModelDeployment.actionLog(ref, paging, call), call),
      awaitDeployed: (ref, wait, call) => run(ModelDeployment.awaitDeployed(ref, wait, call), call),
      watch: (ref, watch, call) => iterate(ModelDeployment.watch(ref, watch, call), call)
    },
    Job: {
      await: (job, wait, call) => run(Job.await(job, wait, call), call)
    },
    close,
    [Symbol.asyncDispose]: close
  }
}
