/** Requests that the caller describes, for routes that have no operation of their own. */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import type { DataRobotError, Handle, Issue } from "../../DataRobotError.js"
import type { Route } from "../../wire/route.js"
import { isRecord } from "../../wire/text.js"
import { responseInvalid } from "./errors.js"
import type { Input } from "./input.js"
import { jobHandle } from "./jobHandle.js"
import { type Call, type Operation, operation, type Payload, type Requirements } from "./operation.js"
import { isHeaderValue, type RequestOptions } from "./options.js"
import { json } from "./plan.js"
import { relativePath } from "./relativePath.js"
import { runRequest, send } from "./send.js"
import { run } from "./tracing.js"
import { unknownOptions } from "./unknownOptions.js"

/**
 * A value in a query. A list repeats the name for each of its values.
 *
 * @since 0.1.0
 */
export type QueryValue = string | number | boolean | ReadonlyArray<string | number | boolean> | undefined

/**
 * A request that you describe.
 *
 * @since 0.1.0
 */
export interface RawRequest {
  /** The HTTP method. */
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE"
  /**
   * The path below the endpoint, without a leading slash: `projects/${id}/models/`. Most of DataRobot's paths end with a
   * slash. Encode values that are not ids with `encodeURIComponent`. The path can't leave the endpoint: `..`, URLs and
   * other hosts are refused.
   */
  readonly path: string
  /** The query. A key that is `undefined` is left out. */
  readonly query?: Readonly<Record<string, QueryValue>> | undefined
  /** The body: a value that is sent as JSON, or, with `contentType`, text or bytes that are sent as they are. */
  readonly body?: unknown
  /** The media type of a `body` that is text or bytes, such as `text/csv`. */
  readonly contentType?: string | undefined
  /**
   * Whether the request may be sent again if it is unknown whether it took effect, such as after a timeout. Default:
   * `true` for GET and HEAD, `false` for all other methods.
   */
  readonly repeat?: boolean | undefined
}

/**
 * A request that you describe, and the schema of its response.
 *
 * @since 0.1.0
 */
export interface RawRequestOf<A, I> extends RawRequest {
  /**
   * The schema of the JSON in the response. `Schema.Unknown` accepts any. A response without a body is `undefined`:
   * `Schema.Void` and `Schema.UndefinedOr` accept it.
   */
  readonly response: Schema.Schema<A, I>
}

const methods: ReadonlyArray<RawRequest["method"]> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
const keys = ["method", "path", "query", "body", "contentType", "repeat"]

const isScalar = (value: unknown): boolean =>
  typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))

const queryOf = (query: unknown): Input => {
  if (!isRecord(query)) return { value: {}, issues: [{ path: "query", message: "must be an object" }] }
  const issues = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || isScalar(value) || (Array.isArray(value) && value.every(isScalar)) ? [] : [{
      path: `query.${name}`,
      message: "must be a string, a finite number, a boolean, or a list of these"
    }]
  )
  return { value: query, issues }
}

const jsonOf = (body: unknown): string | undefined => {
  try {
    return JSON.stringify(body)
  } catch {
    return undefined
  }
}

const isContent = (body: unknown): body is string | Uint8Array => typeof body === "string" || body instanceof Uint8Array

const payloadOf = ({ body, contentType }: RawRequest): Payload => {
  const of = (content: string | Uint8Array, type: string, issues: ReadonlyArray<Issue> = []): Payload => ({
    content,
    contentType: type,
    issues
  })
  const refuse = (path: string, message: string) => of("", json, [{ path, message }])
  if (contentType !== undefined) {
    if (typeof contentType !== "string" || contentType === "" || !isHeaderValue(contentType)) {
      return refuse("contentType", "must be a media type, such as \"text/csv\"")
    }
    return isContent(body) ? of(body, contentType) : refuse("body", "must be a string or bytes, because of contentType")
  }
  if (body instanceof Uint8Array) return refuse("contentType", "is missing: bytes need a media type")
  const text = jsonOf(body)
  return text === undefined ? refuse("body", "must be a value that JSON can represent") : of(text, json)
}

/** Describes a request of the caller as a call of a route, with the issues of everything that is wrong. */
const callOf = (request: RawRequest, known: ReadonlyArray<string>): Call => {
  const issues: Array<Issue> = []
  // JavaScript may pass anything.
  const given: RawRequest = isRecord(request) ? request : { method: "GET", path: "" }
  const { body, contentType, method, path, query, repeat } = given
  if (given !== request) issues.push({ path: "", message: "the request must be an object with a method and a path" })
  else issues.push(...unknownOptions(given, known))
  if (!methods.includes(method)) issues.push({ path: "method", message: `must be ${methods.join(", ")}` })
  if (repeat !== undefined && typeof repeat !== "boolean") issues.push({ path: "repeat", message: "must be a boolean" })
  const isRead = method === "GET" || method === "HEAD"
  const hasBody = body !== undefined || contentType !== undefined
  if (isRead && hasBody) issues.push({ path: "body", message: `is not allowed with ${method}` })
  const isRepeatable = repeat ?? isRead
  const route: Route = {
    id: "DataRobot.request",
    summary: "A request of the caller",
    method: methods.includes(method) ? method : "GET",
    path: "",
    repeat: isRepeatable ? "idempotent" : "once",
    // Like that of a create.
    ...(isRepeatable ? {} : { attemptTimeout: 60_000 })
  }
  return {
    route,
    path: relativePath(path),
    issues,
    query: query === undefined ? undefined : queryOf(query),
    body: hasBody && !isRead ? payloadOf(given) : undefined
  }
}

/** Sends a request of the caller, and decodes its response. */
export const request = <A, I>(
  request: RawRequestOf<A, I>,
  options?: RequestOptions
): Effect.Effect<A, DataRobotError, Requirements> =>
  Effect.suspend(() => {
    const call = callOf(request, [...keys, "response"])
    const schema: unknown = isRecord(request) ? request.response : undefined
    const issues = Schema.isSchema(schema) ? [] : [{ path: "response", message: "must be a Schema" }]
    return runRequest(
      operation("DataRobot.request", options),
      { ...call, issues: [...call.issues ?? [], ...issues] },
      request.response
    )
  })

/**
 * Sends a request of the caller, and checks the JSON of its response. `issues` are those of the check itself: if there are
 * any, the request is not sent.
 */
export const requestChecked = <A, E>(
  request: RawRequest,
  check: (json: unknown) => Effect.Effect<Either.Either<A, ReadonlyArray<Issue>>, E>,
  issues: ReadonlyArray<Issue>,
  options?: RequestOptions
): Effect.Effect<A, DataRobotError | E, Requirements> => {
  const op = operation("DataRobot.request", options)
  const sent = Effect.suspend(() => {
    const call = callOf(request, keys)
    return send(op, { ...call, issues: [...call.issues ?? [], ...issues] })
  })
  return run(
    op,
    Effect.flatMap(sent, ({ body, context, trait }) =>
      Effect.flatMap(
        check(body),
        Either.mapLeft((found) => responseInvalid(context, trait, found))
      ))
  )
}

/** Sends a request of the caller that DataRobot answers with a job, and returns the handle of the job. */
export const requestJob = (
  request: RawRequest,
  options?: RequestOptions
): Effect.Effect<Handle, DataRobotError, Requirements> => {
  const op: Operation = operation("DataRobot.requestJob", options)
  return run(op, Effect.flatMap(Effect.suspend(() => send(op, callOf(request, keys))), jobHandle))
}
