/**
 * Sends the requests of operations: checks the arguments, sends, retries as far as the route and the limits allow, and
 * decodes the response. Names such as R-1 are those of the promises in docs/reliability.md.
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Random from "effect/Random"
import type * as Schema from "effect/Schema"
import { DataRobot } from "../../DataRobot.js"
import type { DataRobotError, DataRobotValidationError } from "../../DataRobotError.js"
import { decodeJson } from "../reading/decoder.js"
import { issuesOf } from "../reading/issues.js"
import { type Failed, maxBodyOf, outcomeOf, outgoingOf, type Prepared } from "./attempt.js"
import { requestInvalid, responseInvalid } from "./errors.js"
import type { Target } from "./location.js"
import type { ApiResponse, Call, Operation, Requirements } from "./operation.js"
import { mergeOptions, resolveOptions } from "./options.js"
import { pathOf } from "./path.js"
import { decide, judge, mayRepeat, type Outcome } from "./retry.js"
import { annotate, isDebugged, logAttempt, warnOnce } from "./tracing.js"
import { transportOver } from "./transport.js"

const defaultAttemptTimeout = 30_000

const nothing = { isDeprecated: false, location: undefined, retryAfter: undefined, body: undefined }

/**
 * Sends a request within an operation. Retries, logs and warnings cost nothing unless they happen: no effect is built
 * for them before.
 */
export const send = (operation: Operation, asked: Call): Effect.Effect<ApiResponse, DataRobotError, Requirements> =>
  Effect.withFiberRuntime((fiber) => {
    // Boundary: the type of the effect says that these services are present.
    const services = fiber.currentContext as Context.Context<Requirements>
    const connection = Context.get(services, DataRobot)
    const clock = Context.get(fiber.currentDefaultServices, Clock.Clock)
    const span = fiber.currentSpan
    // A note may contain a name that a server has chosen.
    const note = asked.note === undefined ? undefined : connection.redactor.text(asked.note)
    const call: Call = { ...asked, note }
    const { options = operation.options, route } = call
    const { issues: optionIssues, limits } = resolveOptions(mergeOptions(connection.options, options))
    const path = pathOf(route.path, call.ids)
    const context = { operation: operation.name, method: route.method, path: connection.redactor.text(path.path) }
    const issues = [
      ...path.issues,
      ...call.issues ?? [],
      ...call.query?.issues ?? [],
      ...call.body?.issues ?? [],
      ...optionIssues
    ]
    if (issues.length > 0) return requestInvalid(context, issues)

    const repeatable = mayRepeat(route.repeat, options.idempotent)
    const prepared: Prepared = { operation, call, connection, limits, context, trait: traitOf(operation, call) }
    const outgoing = outgoingOf(prepared, path.path, span)
    const maxBody = (status: number) => maxBodyOf(call, status)
    const attemptTimeout = limits.attemptTimeout ?? route.attemptTimeout ?? defaultAttemptTimeout
    const deadline = clock.unsafeCurrentTimeMillis() + limits.timeout
    const transport = transportOver(Context.get(services, HttpClient.HttpClient), clock, connection.redactor)

    const settle = (result: Either.Either<ApiResponse, Failed>): Effect.Effect<ApiResponse, Failed["error"]> => {
      annotate(span, connection, context, result)
      if (Either.isLeft(result)) return Either.left(result.left.error)
      return result.right.isDeprecated
        ? Effect.as(
          warnOnce(connection, `${operation.name}: DataRobot says that this route is deprecated`),
          result.right
        )
        : Effect.succeed(result.right)
    }

    const loop = (attempts: number, lost: boolean): Effect.Effect<ApiResponse, Failed["error"]> => {
      const started = clock.unsafeCurrentTimeMillis()
      const exchange = transport(outgoing, maxBody, Math.min(attemptTimeout, deadline - started))
      return Effect.flatMap(exchange, (exchange) => {
        const now = clock.unsafeCurrentTimeMillis()
        const result = outcomeOf(exchange, prepared, attempts, now)
        const next = Either.isRight(result) ? settle(result) : retry(result.left, attempts, lost, now)
        return isDebugged(fiber)
          ? Effect.andThen(logAttempt(operation, context, attempts, result, now - started), next)
          : next
      })
    }

    const retry = (
      failed: Failed,
      attempts: number,
      lost: boolean,
      now: number
    ): Effect.Effect<ApiResponse, Failed["error"]> => {
      const { outcome } = failed
      if (lost && route.repeat === "gone-is-done" && isNotFound(outcome)) {
        const here = { ...context, attempts }
        return settle(Either.right({ ...nothing, operation, call, context: here, connection, status: 404 }))
      }
      const { effect, retryable } = judge(outcome, repeatable)
      // No retry, no random number.
      if (!retryable || attempts >= limits.maxAttempts) return settle(Either.left(failed))
      return Effect.flatMap(Random.next, (share) => {
        const delay = decide({ outcome, repeatable, attempts, now, deadline, share }, limits)
        return delay === undefined
          ? settle(Either.left(failed))
          : Effect.flatMap(Effect.sleep(delay), () => loop(attempts + 1, lost || effect === "unknown"))
      })
    }

    return loop(1, false)
  })

const isNotFound = (outcome: Outcome) => outcome._tag === "Response" && outcome.status === 404

/** Rejects a response that breaks the contract. */
export const refuse = (
  { call, context, operation }: ApiResponse,
  path: string,
  message: string
): Effect.Effect<never, DataRobotValidationError> =>
  Effect.fail(responseInvalid(context, traitOf(operation, call), [{ path, message }]))

const traitOf = (operation: Operation, { note, options = operation.options, route, whenUnknown }: Call) => ({
  idempotent: mayRepeat(route.repeat, options.idempotent),
  whenUnknown,
  note
})

/** What a server's URL points to. Warns once if the server uses another name for itself, as behind a proxy. */
export const onOwnBase = <A>(
  response: ApiResponse,
  path: string,
  read: Target<A> | undefined
): Effect.Effect<A, DataRobotValidationError> => {
  if (read === undefined) return refuse(response, path, "must be a URL of this API that the SDK knows how to read")
  if (!read.foreign) return Effect.succeed(read.target)
  const message = "DataRobot's answers name another host than the configured endpoint; the endpoint is used"
  return Effect.as(warnOnce(response.connection, message), read.target)
}

/** Decodes the body of a response. */
export const decode = <A, I>(
  response: ApiResponse,
  schema: Schema.Schema<A, I>
): Effect.Effect<A, DataRobotValidationError> => {
  const { body, call, connection, context, operation } = response
  return body === undefined
    ? refuse(response, "", "the body is empty")
    : Either.mapLeft(
      decodeJson(schema, body),
      (error) => responseInvalid(context, traitOf(operation, call), issuesOf(error, connection.redactor.text))
    )
}
