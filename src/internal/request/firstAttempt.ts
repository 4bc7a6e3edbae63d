/**
 * The first attempt of a request through a client with a fast path. If it succeeds, one callback takes it from the socket
 * to the result. Everything else is left to the attempts that any client makes (`attempts.ts`), which begin with the end
 * of this attempt.
 */
import * as Context from "effect/Context"
import * as DefaultServices from "effect/DefaultServices"
import type * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import * as Tracer from "effect/Tracer"
import { isSuccess, maxBodyOf } from "./attempt.js"
import { directOf, type Incoming, type Response } from "./directClient.js"
import { runLimited } from "./limitedTask.js"
import { countRequest } from "./metrics.js"
import { monotonicMillis } from "./monotonic.js"
import type { PreparedRequest } from "./preparedRequest.js"
import { recordResponse } from "./responseInfo.js"
import { annotate, closeSpan, isDebugged } from "./tracing.js"
import type { Exchange } from "./transport.js"

/** A response whose status is a success, and whose body was read. */
export interface Success extends Response {
  readonly body: { readonly bytes: Uint8Array }
}

/** What becomes of the end of the first attempt. */
export interface First<A, E, R> {
  /** Returns the result of a success, or `undefined` if anything about it is unusual. */
  readonly accept: (response: Success) => Exit.Exit<A> | undefined
  /** What to do instead. `exchange` is the end of the first attempt, or `undefined` if there was none. */
  readonly otherwise: (exchange?: Exchange) => Effect.Effect<A, E, R>
  /** A span that ends with the result. It is not the current one. `otherwise` ends it. */
  readonly span?: Tracer.Span
}

const isUsual = (exchange: Exchange, { route }: PreparedRequest): exchange is Success =>
  "status" in exchange && isSuccess(route, exchange.status) && typeof exchange.body === "object" &&
  "bytes" in exchange.body && exchange.headers["deprecation"] === undefined

// Runs the functions of a fiber as they are.
const nativeTracer = Context.get(DefaultServices.liveServices, Tracer.Tracer)

/** Runs a function as the tracer runs a fiber with this span, because it may be the parent of the HTTP client's own spans. */
const inContext = <A>(fiber: Fiber.RuntimeFiber<unknown, unknown>, span: Tracer.Span | undefined, run: () => A): A => {
  const { currentTracer } = fiber
  if (span === undefined || currentTracer === nativeTracer) return run()
  // Not `Object.create`, because V8 would make a fiber slow that is a prototype.
  const get = (_: object, key: PropertyKey): unknown => key === "currentSpan" ? span : Reflect.get(fiber, key)
  return currentTracer.context(run, new Proxy<Fiber.RuntimeFiber<unknown, unknown>>(fiber, { get }))
}

/** Sends a request, and makes the first attempt on the fast path if there is one. */
export const firstAttempt = <A, E, R>(
  fiber: Fiber.RuntimeFiber<unknown, unknown>,
  prepared: PreparedRequest,
  { accept, otherwise, span }: First<A, E, R>
): Effect.Effect<A, E, R> => {
  const { attemptTimeout, clock, connection, deadline, outgoing, request, route, shown, timeout } = prepared
  const direct = directOf(prepared.client)
  if (direct === undefined || connection.places !== undefined || isDebugged(fiber)) return otherwise()
  const millis = Math.min(attemptTimeout, timeout)
  const maxBody = (status: number) => maxBodyOf(route, status)
  return runLimited<Incoming, Exchange, A, E, R>({
    clock,
    millis,
    start: (done) => inContext(fiber, span, () => direct(outgoing, maxBody, done)),
    onTimeout: () => ({ late: millis }),
    proceed: (exchange) => {
      if (!isUsual(exchange, prepared)) return otherwise(exchange)
      const exit = accept(exchange)
      if (exit === undefined) return otherwise(exchange)
      recordResponse(fiber, exchange, connection.redactor)
      countRequest(fiber, request.operation, "ok", monotonicMillis(clock) - deadline + timeout)
      annotate(prepared.span, shown, { attempts: 1, method: request.method }, Either.right(exchange))
      if (span !== undefined) closeSpan(fiber, span, exit)
      return exit
    },
    interrupted: () => {
      if (span !== undefined) closeSpan(fiber, span, Exit.interrupt(fiber.id()))
    }
  })
}
