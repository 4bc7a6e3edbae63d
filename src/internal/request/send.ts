/**
 * Sends the requests of operations: checks the arguments, sends, retries if the route and the limits allow it, and
 * decodes the response. Names such as R-1 are those of the promises in docs/reliability.md.
 */
import * as Headers from "@effect/platform/Headers"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import type * as Schema from "effect/Schema"
import type { DataRobotError, DataRobotValidationError, Issue } from "../../DataRobotError.js"
import { refused } from "../reading/decode.js"
import { decodeBytes } from "../reading/decodeBytes.js"
import { decodeJson } from "../reading/decoder.js"
import { issuesOf } from "../reading/issues.js"
import { type Failed, maxBodyOf, outcomeOf, respondedOf } from "./attempt.js"
import { makeAttempts } from "./attempts.js"
import { type RequestContext, requestInvalid, responseInvalid } from "./errors.js"
import { firstAttempt } from "./firstAttempt.js"
import { redactorOf } from "./headerSecrets.js"
import type { Target } from "./location.js"
import type { ApiResponse, Call, Operation, Requirements } from "./operation.js"
import { pathOf } from "./path.js"
import { prepare, type PreparedRequest } from "./preparedRequest.js"
import type { DataRobot } from "./service.js"
import { inSpan, openSpan, warnOnce } from "./tracing.js"
import { type Exchange, transportOver } from "./transport.js"

/** Makes the attempts of a request through any client. `first` is the end of the first one, if it was already made. */
const attemptsOf = (
  fiber: Fiber.RuntimeFiber<unknown, unknown>,
  prepared: PreparedRequest,
  first?: Exchange
): Effect.Effect<ApiResponse, Failed["error"]> => {
  const { attemptTimeout, client, clock, connection, deadline, outgoing, route } = prepared
  const { places } = connection
  const transport = transportOver(client, clock, connection.redactor)
  const maxBody = (status: number) => maxBodyOf(route, status)
  let made = first
  return makeAttempts(fiber, prepared, {
    attempt: (millis) => {
      if (places !== undefined) {
        const step = (left: number) => transport(outgoing, maxBody, Math.min(attemptTimeout, left))
        return places.hold(clock, deadline, step, (queued): Exchange => ({ queued }))
      }
      if (made === undefined) return transport(outgoing, maxBody, millis)
      const ended = made
      made = undefined
      return Effect.succeed(ended)
    },
    interpret: (exchange, { context, left, now }) => outcomeOf(exchange, prepared, context, now, left),
    gone: (context) => ({ ...prepared, ...gone, context })
  })
}

const contextOf = ({ request }: PreparedRequest): RequestContext => ({ ...request, attempts: 1 })

const nowOf = ({ clock }: PreparedRequest): number => clock.unsafeCurrentTimeMillis()

/** Sends a request of an operation, and reads the whole response. */
export const send = (
  operation: Operation,
  call: Call
): Effect.Effect<ApiResponse, DataRobotError, Requirements> =>
  Effect.withFiberRuntime((fiber) => {
    const prepared = prepare(fiber, operation, call)
    if (prepared instanceof Error) return Effect.fail(prepared)
    return firstAttempt<ApiResponse, DataRobotError, never>(fiber, prepared, {
      accept: (response) => {
        const outcome = outcomeOf(response, prepared, contextOf(prepared), nowOf(prepared), prepared.timeout)
        return Either.isRight(outcome) ? Exit.succeed(outcome.right) : undefined
      },
      otherwise: (exchange) => attemptsOf(fiber, prepared, exchange)
    })
  })

/** The decoded body of a response, and the response without its body. */
export interface Received<A> {
  readonly value: A
  readonly response: ApiResponse
}

/** Sends a request of an operation, and decodes the response. */
export const receive = <A, I>(
  operation: Operation,
  call: Call,
  schema: Schema.Schema<A, I>
): Effect.Effect<Received<A>, DataRobotError, Requirements> =>
  Effect.withFiberRuntime((fiber) => {
    const prepared = prepare(fiber, operation, call)
    if (prepared instanceof Error) return Effect.fail(prepared)
    return firstAttempt<Received<A>, DataRobotError, never>(fiber, prepared, {
      accept: (response) => {
        const value = decodeBytes(schema, response.body.bytes, prepared.connection.values)
        if (value === refused) return undefined
        const responded = respondedOf(prepared, contextOf(prepared), response, nowOf(prepared))
        return Exit.succeed({ value, response: { ...responded, body: undefined } })
      },
      otherwise: (exchange) =>
        Effect.flatMap(attemptsOf(fiber, prepared, exchange), (response) =>
          Effect.map(decode(response, schema), (value) => ({ value, response: { ...response, body: undefined } })))
    })
  })

/** Sends the only request of an operation, in the span of the operation. Returns the decoded response. */
export const runRequest = <A, I>(
  operation: Operation,
  call: Call,
  schema: Schema.Schema<A, I>
): Effect.Effect<A, DataRobotError, Requirements> =>
  Effect.flatMap(openSpan(operation), (span) =>
    Effect.withFiberRuntime((fiber) => {
      const prepared = prepare(fiber, operation, call, span)
      if (prepared instanceof Error) return inSpan(span, Effect.fail(prepared))
      return firstAttempt<A, DataRobotError, never>(fiber, prepared, {
        accept: (response) => {
          const value = decodeBytes(schema, response.body.bytes, prepared.connection.values)
          return value === refused ? undefined : Exit.succeed(value)
        },
        otherwise: (exchange) =>
          inSpan(
            span,
            Effect.flatMap(attemptsOf(fiber, prepared, exchange), (response) => decode(response, schema))
          ),
        span
      })
    }))

/** Fails an operation whose arguments are invalid, without a request. */
export const refuseArguments = (
  operation: Operation,
  { ids, route }: Pick<Call, "ids" | "route">,
  issues: ReadonlyArray<Issue>
): Effect.Effect<never, DataRobotValidationError, DataRobot> =>
  Effect.flatMap(redactorOf(operation), (redactor) => {
    const { path } = pathOf(route.path, ids)
    return requestInvalid({ operation: operation.name, method: route.method, path }, issues, redactor)
  })

const gone = {
  status: 404,
  isDeprecated: false,
  headers: Headers.empty,
  location: undefined,
  retryAfter: undefined,
  body: undefined
}

/** Rejects a response that breaks the contract. */
export const refuse = (
  { context, trait }: ApiResponse,
  path: string,
  message: string
): Effect.Effect<never, DataRobotValidationError> => Effect.fail(responseInvalid(context, trait, [{ path, message }]))

/** Returns the target of a URL from the server. Warns once if the URL has another host, as behind a proxy. */
export const onOwnBase = <A>(
  response: ApiResponse,
  path: string,
  read: Target<A> | undefined
): Effect.Effect<A, DataRobotValidationError> => {
  if (read === undefined) return refuse(response, path, "must be a URL of this API that the SDK knows how to read")
  if (!read.foreign) return Effect.succeed(read.target)
  const message = "DataRobot's responses name another host than the configured endpoint; the endpoint is used"
  return Effect.as(warnOnce(response.connection, message), read.target)
}

/** Decodes the body of a response. */
export const decode = <A, I>(
  response: ApiResponse,
  schema: Schema.Schema<A, I>
): Effect.Effect<A, DataRobotValidationError> => {
  const { body, connection, context, trait } = response
  const decoded = decodeJson(schema, body, connection.values)
  // A caller's schema may accept a response without a body.
  return body === undefined && Either.isLeft(decoded)
    ? refuse(response, "", "the body is empty")
    : Either.mapLeft(
      decoded,
      (error) => responseInvalid(context, trait, issuesOf(error, connection.redactor.text))
    )
}
