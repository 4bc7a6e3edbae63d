/** A request that is ready to send: the checked arguments of a call with all limits and defaults applied. */
import * as HttpClient from "@effect/platform/HttpClient"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import type * as Fiber from "effect/Fiber"
import * as Redacted from "effect/Redacted"
import type * as Tracer from "effect/Tracer"
import type { DataRobotValidationError, Issue } from "../../DataRobotError.js"
import { type Asked, outgoingOf } from "./attempt.js"
import type { Outgoing, RequestBody } from "./directClient.js"
import { type RequestContext, requestInvalid } from "./errors.js"
import { monotonicMillis } from "./monotonic.js"
import type { Call, Operation, Requirements, Server } from "./operation.js"
import { pathOf, templateOf } from "./path.js"
import { planOf } from "./plan.js"
import { mayRepeat } from "./retry.js"
import { DataRobot } from "./service.js"
import { serverOf, type ShownRequest } from "./tracing.js"

const defaultAttemptTimeout = 30_000
const defaultTimeout = 120_000

/** A request that is ready to send. Times are milliseconds of the monotonic clock. */
export interface PreparedRequest<Body extends RequestBody = string | Uint8Array> extends Asked {
  /** The request in errors. */
  readonly request: Omit<RequestContext, "attempts">
  readonly outgoing: Outgoing<Body | string>
  /** The request in its span. */
  readonly shown: ShownRequest
  readonly client: HttpClient.HttpClient
  readonly clock: Clock.Clock
  readonly span: Tracer.AnySpan | undefined
  readonly attemptTimeout: number
  readonly timeout: number
  readonly deadline: number
}

/** What no other request of the connection can repeat. */
const secretsOf = (operation: Operation, server: Server | undefined): ReadonlyArray<string> | undefined =>
  server?.key === undefined ? operation.secrets : [Redacted.value(server.key), ...operation.secrets ?? []]

const noIssues: ReadonlyArray<Issue> = []

/** A prediction server in a span. Its address comes from a response. */
const shownServer = (base: URL, clean: (text: string) => string): Pick<ShownRequest, "origin" | "server"> => {
  const { address, port } = serverOf(base)
  return { server: { address: clean(address), port }, origin: clean(base.origin) }
}

/**
 * Checks the arguments of a call and applies the defaults. Returns the request, or the error for invalid arguments. By
 * default, the span of the request is the current one.
 */
export const prepare = <Body extends RequestBody>(
  fiber: Fiber.RuntimeFiber<unknown, unknown>,
  operation: Operation,
  call: Call<Body>,
  span: Tracer.AnySpan | undefined = fiber.currentSpan
): PreparedRequest<Body> | DataRobotValidationError => {
  const { body, ids, issues = noIssues, note, options = operation.options, query, route, server, whenUnknown } = call
  // Boundary: the type of the operation's effect says that these services are present.
  const services = fiber.currentContext as Context.Context<Requirements>
  const settings = Context.get(services, DataRobot)
  const clock = Context.get(fiber.currentDefaultServices, Clock.Clock)
  const plan = planOf(settings, options, secretsOf(operation, server))
  const { connection, limits } = plan
  const { redactor } = connection
  const { issues: pathIssues, path } = call.path ?? pathOf(route.path, ids)
  const shownPath = redactor.text(path)
  const request = { operation: operation.name, method: route.method, path: (server?.prefix ?? "") + shownPath }
  const lists = [
    pathIssues,
    issues,
    query?.issues ?? noIssues,
    body?.issues ?? noIssues,
    operation.issues ?? noIssues,
    plan.issues
  ]
  if (lists.some((list) => list.length > 0)) return requestInvalid(request, lists.flat(), redactor)

  const { base } = server ?? connection
  // The address of a prediction server comes from a response.
  const clean = (text: string) => server === undefined ? text : redactor.text(text)
  const host = clean(base.host)
  const prefix = clean(base.pathname)
  const timeout = limits.timeout ?? route.timeout ?? defaultTimeout
  return {
    operation,
    connection,
    route,
    limits,
    trait: {
      idempotent: mayRepeat(route.repeat, options.idempotent),
      whenUnknown,
      // A note may contain a name from the server.
      note: note && redactor.text(note),
      server: server && host
    },
    request,
    outgoing: outgoingOf(plan, operation, call, path, span),
    shown: {
      ...(server === undefined ? plan.shown : shownServer(base, clean)),
      path: prefix + shownPath,
      template: route.path === "" ? undefined : prefix + templateOf(route.path)
    },
    client: Context.get(services, HttpClient.HttpClient),
    clock,
    span,
    attemptTimeout: limits.attemptTimeout ?? route.attemptTimeout ?? defaultAttemptTimeout,
    timeout,
    deadline: monotonicMillis(clock) + timeout
  }
}
