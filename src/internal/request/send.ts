/**
 * Sends the requests of operations: checks the arguments, sends, retries if the route and the limits allow it, and
 * decodes the response. Names such as R-1 are those of the promises in docs/reliability.md.
 */
import * as Headers from "@effect/platform/Headers"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import type * as Schema from "effect/Schema"
import type { DataRobotError, DataRobotValidationError, Issue } from "../../DataRobotError.js"
import { decodeJson } from "../reading/decoder.js"
import { issuesOf } from "../reading/issues.js"
import { maxBodyOf, outcomeOf } from "./attempt.js"
import { makeAttempts } from "./attempts.js"
import { requestInvalid, responseInvalid } from "./errors.js"
import { redactorOf } from "./headerSecrets.js"
import type { Target } from "./location.js"
import type { ApiResponse, Call, Operation, Requirements } from "./operation.js"
import { pathOf } from "./path.js"
import { prepare } from "./preparedRequest.js"
import type { DataRobot } from "./service.js"
import { warnOnce } from "./tracing.js"
import { transportOver } from "./transport.js"

/** Sends a request of an operation, and reads the whole response. */
export const send = (
  operation: Operation,
  call: Call
): Effect.Effect<ApiResponse, DataRobotError, Requirements> =>
  Effect.withFiberRuntime((fiber) => {
    const prepared = prepare(fiber, operation, call)
    if (prepared instanceof Error) return Effect.fail(prepared)
    const { client, clock, connection, outgoing, route } = prepared
    const transport = transportOver(client, clock, connection.redactor)
    return makeAttempts(fiber, prepared, {
      attempt: (millis) => transport(outgoing, (status) => maxBodyOf(route, status), millis),
      interpret: (exchange, { context, left, now }) => outcomeOf(exchange, prepared, context, now, left),
      gone: (context) => ({ ...prepared, ...gone, context })
    })
  })

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
  return body === undefined
    ? refuse(response, "", "the body is empty")
    : Either.mapLeft(
      decodeJson(schema, body),
      (error) => responseInvalid(context, trait, issuesOf(error, connection.redactor.text))
    )
}
