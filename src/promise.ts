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
import * as Predicate from "effect/Predicate"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { DataRobot, type RequestOptions } from "./DataRobot.js"
import type { DataRobotError } from "./DataRobotError.js"
import * as Deployment from "./Deployment.js"
import * as DeploymentActuals from "./DeploymentActuals.js"
import * as DeploymentModel from "./DeploymentModel.js"
import * as DeploymentMonitoring from "./DeploymentMonitoring.js"
import * as DeploymentSettings from "./DeploymentSettings.js"
import { connectionFromEnv, type EnvConnectionOptions } from "./internal/request/connection.js"
import * as Job from "./Job.js"
import * as ModelDeployment from "./ModelDeployment.js"

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
export { DeploymentStatus } from "./Deployment.js"
export { ModelDeploymentStatus } from "./ModelDeployment.js"

/** How to connect. What is left out is taken from the environment, or has its default. */
export interface ClientOptions extends EnvConnectionOptions {
  /** The `fetch` to send with; the global one without it. */
  readonly fetch?: typeof globalThis.fetch | undefined
}

/** What every call can be given up with. */
export interface Abortable {
  /** Gives the call up when it is aborted; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/** Options of a call. */
export interface CallOptions extends RequestOptions, Abortable {}

/** An argument of an operation; its options take a signal too. */
type Argument<A> = "headers" extends keyof NonNullable<A> ? A & Abortable : A

/** What plain async code gets from an operation: a promise for an Effect, an async iterable for a Stream. */
type Settled<Answer> = Answer extends Effect.Effect<infer A, infer _E, infer _R>
  ? Promise<A extends Option.Option<infer B> ? B | undefined : A>
  : Answer extends Stream.Stream<infer A, infer _E, infer _R> ? AsyncIterable<A>
  : Answer

type Arguments<Args extends ReadonlyArray<unknown>> = { [Key in keyof Args]: Argument<Args[Key]> }

/**
 * The operations of a namespace under their own names, with promises for Effects, `undefined` for an `Option` of none,
 * and async iterables for Streams. Each is described at the operation itself.
 */
export type Promised<Namespace> = {
  readonly [
    Name in keyof Namespace as Name extends Uncapitalize<Name & string>
      ? Namespace[Name] extends (...args: never) => unknown ? Name : never
      : never
  ]: Namespace[Name] extends (...args: infer Args) => infer Answer ? (...args: Arguments<Args>) => Settled<Answer>
    : never
}

/** The operations on actual values. Each is described at the one of the same name in `DeploymentActuals`. */
export interface DeploymentActualsClient extends Omit<Promised<typeof DeploymentActuals>, "sink" | "submitStream"> {
  /** Submits actual values as they come, for `for await`; tells how far it is after each request. */
  readonly submitStream: (
    deployment: DeploymentActuals.Ref,
    actuals: Iterable<DeploymentActuals.Actual> | AsyncIterable<DeploymentActuals.Actual>,
    options?: DeploymentActuals.SubmitOptions & Abortable
  ) => AsyncIterable<DeploymentActuals.Submitted>
}

/** A connected client. Close it when it is not needed any more, or declare it with `await using`. */
export interface Client {
  readonly Deployment: Promised<typeof Deployment>
  readonly DeploymentActuals: DeploymentActualsClient
  readonly DeploymentModel: Promised<typeof DeploymentModel>
  readonly DeploymentMonitoring: Promised<typeof DeploymentMonitoring>
  readonly DeploymentSettings: Promised<typeof DeploymentSettings>
  readonly Job: Promised<typeof Job>
  readonly ModelDeployment: Promised<typeof ModelDeployment>
  /** Gives up the calls that are not done yet, and releases what the client holds. */
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
  const running = new Set<AbortController>()
  const idle = new Set<() => void>()
  const closedError = () => new Error("the client is closed")
  const run = async <A, E>(effect: Effect.Effect<A, E, Services>, { signal }: CallOptions = {}): Promise<A> => {
    // the runtime would send the request before it looks at the signal
    signal?.throwIfAborted()
    if (closed) throw closedError()
    // One for each call, and not AbortSignal.any: what that makes outlives the call on a signal that is kept.
    const call = new AbortController()
    const abort = () => call.abort()
    signal?.addEventListener("abort", abort, { once: true })
    running.add(call)
    try {
      const exit = await runtime.runPromiseExit(effect, { signal: call.signal })
      if (Exit.isSuccess(exit)) return exit.value
      // runPromise would reject with a FiberFailure, on which neither instanceof nor _tag work
      if (!Cause.isInterrupted(exit.cause) || !call.signal.aborted) throw Cause.squash(exit.cause)
      throw signal?.aborted === true ? signal.reason : closedError()
    } finally {
      running.delete(call)
      signal?.removeEventListener("abort", abort)
    }
  }

  // Not Stream.toAsyncIterable, which fetches the next page before it is asked for.
  const iterate = async function*<A>(
    stream: Stream.Stream<A, unknown, Services>,
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
        // Meanwhile no call is running that could be given up, but requests for the pages to come may be.
        const end = () => void Effect.runFork(Scope.close(scope, Exit.void))
        call?.signal?.addEventListener("abort", end, { once: true })
        idle.add(end)
        if (closed || call?.signal?.aborted === true) end()
        try {
          yield* chunk.value
        } finally {
          idle.delete(end)
          call?.signal?.removeEventListener("abort", end)
        }
      }
    } finally {
      await Effect.runPromise(Scope.close(scope, Exit.void))
    }
  }

  const settle = (answer: unknown, call: CallOptions | undefined): unknown => {
    // Boundary: what the operations of a namespace answer is known to their types alone.
    if (Effect.isEffect(answer)) {
      return run(answer as Effect.Effect<unknown, DataRobotError, Services>, call)
        .then((value) => Option.isOption(value) ? Option.getOrUndefined(value) : value)
    }
    return isStream(answer) ? iterate(answer, call) : answer
  }

  /** Schemas and enums, which a namespace has too, begin with a capital letter. */
  const promised = <Namespace extends object>(namespace: Namespace): Promised<Namespace> => {
    const operations = Object.entries(namespace).filter(([name]) => /^[a-z]/.test(name))
    const promises = operations.map(([name, operate]) => [
      name,
      // options are the last argument wherever they are given
      (...args: ReadonlyArray<unknown>) => settle(operate(...args), callOptionsOf(args.at(-1)))
    ])
    // Boundary: built from the namespace, name by name, as the type is.
    return Object.fromEntries(promises) as Promised<Namespace>
  }

  const { sink: _, ...actuals } = promised(DeploymentActuals)

  const close = () => {
    closed = true
    for (const call of running) call.abort()
    for (const end of idle) end()
    return runtime.dispose()
  }
  return {
    Deployment: promised(Deployment),
    DeploymentActuals: {
      ...actuals,
      submitStream: (ref, source, call) =>
        iterate(
          DeploymentActuals.submitStream(ref, Stream.fromAsyncIterable(oneByOne(source), (error) => error), call),
          call
        )
    },
    DeploymentModel: promised(DeploymentModel),
    DeploymentMonitoring: promised(DeploymentMonitoring),
    DeploymentSettings: promised(DeploymentSettings),
    Job: promised(Job),
    ModelDeployment: promised(ModelDeployment),
    close,
    [Symbol.asyncDispose]: close
  }
}

const isStream = (value: unknown): value is Stream.Stream<unknown, DataRobotError, Services> =>
  Predicate.hasProperty(value, Stream.StreamTypeId)

// Boundary: an AbortSignal of another realm is no instance of this one's; no other argument has a key of this name.
const callOptionsOf = (last: unknown): CallOptions | undefined =>
  Predicate.hasProperty(last, "signal") ? { signal: last.signal as AbortSignal | undefined } : undefined

/** Any iterable as an async one, which can be left while it is busy. */
const oneByOne = <A>(source: Iterable<A> | AsyncIterable<A>): AsyncIterable<A> => ({
  [Symbol.asyncIterator]: () => {
    const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
    let busy = false
    return {
      next: async () => {
        busy = true
        const result = await iterator.next()
        busy = false
        return result
      },
      return: async () => {
        const returned = Promise.resolve(iterator.return?.())
        // a generator answers this only after the `next` that it is busy with, which may be never
        if (busy) returned.catch(() => undefined)
        else await returned
        return { done: true, value: undefined }
      }
    }
  }
})
