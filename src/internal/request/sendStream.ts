/**
 * Sends the requests of operations whose response is read as it arrives. Retries only until the response headers have
 * arrived, and never a body that is a stream.
 */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as ExecutionStrategy from "effect/ExecutionStrategy"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type { DataRobotError } from "../../DataRobotError.js"
import { type Failed, isSuccess, maxBodyOf, outcomeOf, respondedOf } from "./attempt.js"
import { type Ended, makeAttempts } from "./attempts.js"
import { isStreamedBody, type RequestBody } from "./directClient.js"
import { networkError } from "./errors.js"
import { monotonicMillis } from "./monotonic.js"
import { type NetworkFailure, networkFailure } from "./networkFailure.js"
import type { ApiResponse, Call, Operation, Requirements } from "./operation.js"
import { prepare } from "./preparedRequest.js"
import type { RequestSource } from "./requestSource.js"
import { refuse } from "./send.js"
import { type Linked, openStream } from "./streamedExchange.js"
import { type BodyFailure, chunksOf, readRest } from "./streamedResponse.js"
import { within } from "./timeLimit.js"

/** The time for a body that is read whole, such as that of an error, in milliseconds. */
const wholeBodyMillis = 30_000

/** A response whose body is read as it arrives. */
export interface StreamedResponse<E> extends ApiResponse {
  readonly bytes: Stream.Stream<Uint8Array, E | DataRobotError>
}

/** How a request is streamed. */
export interface Streaming<E> {
  /**
   * Longest time without progress of the request or of the response, in milliseconds. If the route has an
   * `idleTimeout`, the time that the source of the request body takes is not limited.
   */
  readonly idleMillis: number
  /** The transfers that this one depends on, of which it becomes one. */
  readonly linked?: Linked | undefined
  /** The source of the request body, if it is a stream. */
  readonly source?: Omit<RequestSource<E>, "body"> | undefined
}

const idleFailure = (millis: number): NetworkFailure => ({
  reason: "Timeout",
  outcome: "unknown",
  permanent: false,
  cause: { name: "TimeoutError", message: `nothing was transferred for ${Math.max(1, Math.round(millis))} ms` }
})

/** Sends a request. If `isWhole` is true, its response is read whole, and `bytes` is empty. */
const exchange = <E>(
  operation: Operation,
  call: Call<RequestBody>,
  { idleMillis, linked, source }: Streaming<E>,
  isWhole: boolean
): Effect.Effect<StreamedResponse<E>, E | DataRobotError, Requirements | Scope.Scope> =>
  Effect.flatMap(Effect.scope, (scope) =>
    Effect.withFiberRuntime((fiber) => {
      const prepared = prepare(fiber, operation, call)
      if (prepared instanceof Error) return Effect.fail(prepared)
      const { client, clock, connection, deadline, limits, outgoing, route } = prepared
      const open = openStream(client, clock, connection.redactor)
      const isStreamed = isStreamedBody(outgoing.body)

      /** The source of the request body knows better than the HTTP client why a request failed. */
      const orSourceFailure = (error: DataRobotError): Effect.Effect<never, E | DataRobotError> => {
        const cause = source?.failure()
        return cause === undefined ? Effect.fail(error) : Effect.failCause(cause)
      }

      const attempt = (millis: number): Effect.Effect<Ended> =>
        Effect.flatMap(Scope.fork(scope, ExecutionStrategy.sequential), (attemptScope) => {
          const opening = Scope.extend(open(outgoing, { headersMillis: millis, idleMillis, linked }), attemptScope)
          const close = Scope.close(attemptScope, Exit.void)
          // The limits of the caller also include the time that the source of the body takes.
          const most = Math.min(
            limits.attemptTimeout ?? Infinity,
            limits.timeout === undefined ? Infinity : deadline - monotonicMillis(clock)
          )
          const isLimited = isStreamed && route.idleTimeout === undefined && most < Infinity
          const opened = isLimited ? within(opening, most, () => ({ late: most })) : opening
          return Effect.flatMap(opened, (ended): Effect.Effect<Ended> => {
            if (!("pull" in ended)) return Effect.as(close, ended)
            if (!isWhole && isSuccess(route, ended.status)) return Effect.succeed(ended)
            return Effect.zipLeft(readRest(ended, maxBodyOf(route, ended.status), wholeBodyMillis), close)
          })
        })

      return makeAttempts(fiber, isStreamed ? { ...prepared, limits: { ...limits, maxAttempts: 1 } } : prepared, {
        attempt,
        interpret: (ended, { context, left, now }): Either.Either<StreamedResponse<E>, Failed> => {
          if (!("pull" in ended)) {
            return Either.map(outcomeOf(ended, prepared, context, now, left), (response) => {
              if (!isWhole) throw new Error("a response was read before its status was checked")
              return { ...response, bytes: Stream.empty }
            })
          }
          const failureOf = (failure: BodyFailure): NetworkFailure =>
            "late" in failure
              ? idleFailure(failure.late)
              : { ...networkFailure(failure.broken, connection.redactor), outcome: "unknown" }
          return Either.right({
            ...respondedOf(prepared, context, ended, now),
            body: undefined,
            bytes: Stream.catchAll(chunksOf(ended), (failure) =>
              Stream.fromEffect(orSourceFailure(networkError(context, prepared.trait, failureOf(failure)))))
          })
        }
      }).pipe(Effect.catchAll(orSourceFailure))
    }))

/** Sends a request. Returns its response when the headers have arrived. The end of the scope aborts the request. */
export const sendStream = <E = never>(
  operation: Operation,
  call: Call<RequestBody>,
  streaming: Streaming<E>
): Effect.Effect<StreamedResponse<E>, E | DataRobotError, Requirements | Scope.Scope> =>
  exchange(operation, call, streaming, false)

/**
 * Sends a request whose body may be a stream, and reads the whole response. Rejects a success that came before the whole
 * body was sent, because the server has not received the rest.
 */
export const sendUpload = <E = never>(
  operation: Operation,
  call: Call<RequestBody>,
  streaming: Streaming<E>
): Effect.Effect<ApiResponse, E | DataRobotError, Requirements> =>
  Effect.filterOrElse(
    Effect.scoped(exchange(operation, call, streaming, true)),
    () => streaming.source?.isSent() !== false,
    (response) => refuse(response, "", "the server responded before it had received the whole CSV")
  )
