/** Operations that read something with one request. */
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type * as Schema from "effect/Schema"
import { type DataRobotError, isApiError } from "../../DataRobotError.js"
import type { Route, Value } from "../../wire/route.js"
import { input } from "./input.js"
import type { Call, Ids, Operation, Requirements } from "./operation.js"
import { isGone } from "./retry.js"
import { receive, runRequest } from "./send.js"
import { run } from "./tracing.js"

/** A route whose response has a body. */
export type Readable = Route & { readonly success: Schema.Schema.AnyNoContext }

/** A route with a JSON body. */
export type Writable = Route & { readonly body: Schema.Schema.AnyNoContext }

/** A step of an operation: sends a request, and returns the result of its route. */
export const readResult = <R extends Readable>(
  operation: Operation,
  call: Call & { readonly route: R }
): Effect.Effect<Value<R, "success">, DataRobotError, Requirements> =>
  Effect.map(receive(operation, call, call.route.success), ({ value }) => value)

/** Sends a route's request, and returns its result. */
export const read = <R extends Readable>(
  operation: Operation,
  route: R,
  ids: Ids<R>,
  query?: Value<R, "query">
): Effect.Effect<Value<R, "success">, DataRobotError, Requirements> =>
  runRequest(operation, { route, ids, query: route.query && query && input(route.query, query) }, route.success)

const isMissing = (error: DataRobotError): boolean => isApiError(error) && isGone(error.status)

/** Like `read`, but returns none if the server responds with 404 or 410. */
export const readOption = <R extends Readable>(
  operation: Operation,
  route: R,
  ids: Ids<R>
): Effect.Effect<Option.Option<Value<R, "success">>, DataRobotError, Requirements> =>
  run(
    operation,
    readResult(operation, { route, ids }).pipe(
      Effect.asSome,
      Effect.catchIf(isMissing, () => Effect.succeedNone)
    )
  )

/** Like `read`, for a route with a body that changes nothing, such as a validation. */
export const ask = <R extends Readable & Writable>(
  operation: Operation,
  route: R,
  ids: Ids<R>,
  body: Value<R, "body">
): Effect.Effect<Value<R, "success">, DataRobotError, Requirements> =>
  runRequest(operation, { route, ids, body: input(route.body, body) }, route.success)
