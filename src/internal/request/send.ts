/**
 * Sends the requests of operations: checks the arguments, sends, retries if the route and the limits allow it, and
 * decodes the response. Names such as R-1 are those of the promises in docs/reliability.md.
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Random from "effect/Random"
import type * as Schema from "effect/Schema"
import type { DataRobotError, DataRobotValidationError, Issue } from "../../DataRobotError.js"
import { decodeJson } from "../reading/decoder.js"
import { issuesOf } from "../reading/issues.js"
import { type Asked, type Failed, maxBodyOf, outcomeOf, outgoingOf } from "./attempt.js"
import { type RequestContext, requestInvalid, responseInvalid } from "./errors.js"
import { redactorOf, withHeaderSecrets } from "./headerSecrets.js"
import type { Target } from "./location.js"
import { monotonicMillis } from "./monotonic.js"
import type { ApiResponse, Call, Operation, Requirements } from "./operation.js"
import { mergeOptions, resolveOptions } from "./options.js"
import { pathOf } from "./path.js"
import { decide, judge, mayRepeat } from "./retry.js"
import { DataRobot } from "./service.js"
import { annotate, isDebugged, logAttempt, warnOnce } from "./tracing.js"
import { transportOver } from "./transport.js"

const defaultAttemptTimeout = 30_000

/**
 * Sends a request of an operation. Retries, logs and warnings cost nothing unless they happen, because no effect is
 * created for them in advance.
 */
export const send = (
  operation: Operation,
  { body, ids, issues = [], note, options = operation.options, query, route, whenUnknown }: Call
): Effect.Effect<ApiResponse, DataRobotError, Requirements> =>
  Effect.withFiberRuntime((fiber) => {
    // Boundary: the type of the effect says that these services are present.
    const services = fiber.currentContext as Context.Context<Requirements>
    const settings = Context.get(services, DataRobot)
    const clock = Context.get(fiber.currentDefaultServices, Clock.Clock)
    const span = fiber.currentSpan
    const { issues: optionIssues, limits } = resolveOptions(mergeOptions(settings.options, options))
    const connection = withHeaderSecrets(settings, limits.headers)
    const { redactor } = connection
    const { issues: pathIssues, path } = pathOf(route.path, ids)
    const request = { operation: operation.name, method: route.method, path: redactor.text(path) }
    const allIssues = [...pathIssues, ...issues, ...query?.issues ?? [], ...body?.issues ?? [], ...optionIssues]
    if (allIssues.length > 0) return requestInvalid(request, allIssues, redactor)

    const repeatable = mayRepeat(route.repeat, options.idempotent)
    // A note may contain a name from the server.
    const trait = { idempotent: repeatable, whenUnknown, note: note && redactor.text(note) }
    const outgoing = outgoingOf(connection, operation, { route, query, body }, path, limits, span)
    const attemptTimeout = limits.attemptTimeout ?? route.attemptTimeout ?? defaultAttemptTimeout
    const deadline = monotonicMillis(clock) + limits.timeout
    const asked: Asked = { operation, connection, trait, route, limits }
    const transport = transportOver(Context.get(services, HttpClient.HttpClient), clock, redactor)

    const settle = (
      context: RequestContext,
      result: Either.Either<ApiResponse, Failed>
    ): Effect.Effect<ApiResponse, Failed["error"]> => {
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
      const context = { ...request, attempts }
      const started = monotonicMillis(clock)
      const millis = Math.min(attemptTimeout, deadline - started)
      return Effect.flatMap(transport(outgoing, (status) => maxBodyOf(route, status), millis), (exchange) => {
        const now = monotonicMillis(clock)
        const result = outcomeOf(exchange, asked, context, clock.unsafeCurrentTimeMillis(), deadline - now)
        const next = Either.isRight(result) ? settle(context, result) : retry(result.left, context, lost, now)
        return isDebugged(fiber) ? Effect.andThen(logAttempt(context, result, now - started), next) : next
      })
    }

    const retry = (
      failed: Failed,
      context: RequestContext,
      lost: boolean,
      now: number
    ): Effect.Effect<ApiResponse, Failed["error"]> => {
      const { outcome } = failed
      const { attempts } = context
      if (lost && route.repeat === "gone-is-done" && "status" in outcome && outcome.status === gone.status) {
        return settle(context, Either.right({ ...asked, ...gone, context }))
      }
      const situation = { outcome, repeatable, attempts, now, deadline }
      const end = () => settle(context, Either.left(failed))
      // Without a retry, no random number is drawn.
      if (decide({ ...situation, share: 0 }, limits) === undefined) return end()
      return Effect.flatMap(Random.next, (share) => {
        const delay = decide({ ...situation, share }, limits)
        const mayHaveTakenEffect = lost || judge(outcome, repeatable).effect === "unknown"
        return delay === undefined
          ? end()
          // The pause may have been longer than planned, for example because the process was suspended.
          : Effect.flatMap(
            Effect.sleep(delay),
            () => monotonicMillis(clock) < deadline ? loop(attempts + 1, mayHaveTakenEffect) : end()
          )
      })
    }

    return loop(1, false)
  })

/** Fails an operation whose arguments are invalid, without a request. */
export const refuseArguments = (
  operation: Operation,
  { ids, route }: Pick<Call, "ids" | "route">,
  issues: ReadonlyArray<Issue>
): Effect.Effect<never, DataRobotValidationError, DataRobot> =>
  Effect.flatMap(redactorOf(operation.options), (redactor) => {
    const { path } = pathOf(route.path, ids)
    return requestInvalid({ operation: operation.name, method: route.method, path }, issues, redactor)
  })

const gone = { status: 404, isDeprecated: false, location: undefined, retryAfter: undefined, body: undefined }

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
