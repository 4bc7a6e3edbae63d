/**
 * The routes of DataRobot's API as data, declared once. The SDK's operations, the emulator's endpoints and OpenAPI
 * document, and the route tables of the documentation all use these declarations.
 */
import type * as Schema from "effect/Schema"

/** Whether a request may be sent again when it is unknown whether an earlier attempt took effect. */
export type Repeat =
  /** Always: the request reads. */
  | "safe"
  /** Always: the change has the same result if it is sent several times. */
  | "idempotent"
  /** Always: the request deletes. A 404 after a lost attempt is a success. */
  | "gone-is-done"
  /** Never: the request creates something, and a second request would create it twice. */
  | "once"
  /** Only if the caller sets `idempotent: true`. */
  | "caller-says"
  /**
   * Unless the caller sets `idempotent: false`: a prediction, which changes nothing but counters. It is sent again if
   * the server was busy or the connection broke, but not after a timeout or a failure of the model.
   */
  | "unless-told"

/** Failure statuses of a route, in addition to those of every route (401, and 404 for a path with an id). */
export type Failure = 400 | 403 | 406 | 409 | 413 | 422 | 501

/** Where the paths of routes begin. */
export const bases = { api: "/api/v2/", prediction: "/predApi/v1.0/" } as const

/** A route of DataRobot's API. */
export interface Route {
  /** Group and name, such as `deployments.list`: the operation id in OpenAPI, and the name that faults use. */
  readonly id: `${string}.${string}`
  /** What the route does, in one line. */
  readonly summary: string
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE"
  /** The path below the base, with `:name` for each part that is an id. */
  readonly path: string
  /** Where the path begins. Default: `api`. The routes of `prediction` are those of prediction servers. */
  readonly base?: keyof typeof bases
  /** The codec of the query: the caller's names and values, and their form in a URL. */
  readonly query?: Schema.Schema.AnyNoContext
  /** The codec of the JSON body: the caller's names and values, and their form in JSON. */
  readonly body?: Schema.Schema.AnyNoContext
  /** The body may also be CSV. Without `body`, it must be CSV. */
  readonly csv?: true
  /** The body has any type. */
  readonly anyBody?: true
  /** The body is `multipart/form-data` with a file: a part named `file`. */
  readonly multipart?: true
  /** The body of a success. Missing if the response has no body, or none that matters. */
  readonly success?: Schema.Schema.AnyNoContext
  /** The body of a success is not JSON, but bytes of any type. */
  readonly bytes?: true
  /** The status of a success. Default: 200, or 204 if there is no `success`. */
  readonly status?: 201 | 202
  /** Statuses outside 2xx that count as success. */
  readonly accept?: ReadonlyArray<number>
  /** DataRobot makes the change in a job. The `Location` of the response points to the job. */
  readonly job?: true
  readonly failures?: ReadonlyArray<Failure>
  readonly repeat: Repeat
  /** Failure statuses which mean, after an attempt that may have taken effect, that it did. */
  readonly alreadyDone?: ReadonlyArray<number>
  /** Default time for one attempt, in milliseconds. Default: 30 000. */
  readonly attemptTimeout?: number
  /** Default time for all attempts and the delays between them, in milliseconds. Default: 120 000. */
  readonly timeout?: number
  /** Maximum size of the body of a success, in bytes. Default: 10 MiB. */
  readonly maxBody?: number
  /**
   * Default of the longest time without progress, in milliseconds. The body of the request or of the response is a
   * stream of any size. The time that sending or reading it takes is not limited.
   */
  readonly idleTimeout?: number
}

/** Declares a route, keeping its exact type. */
export const route = <const R extends Route>(route: R): R => route

/** Declares a route that only reads, so that it may always be sent again. */
export const read = <const R extends Omit<Route, "method" | "repeat">>(
  route: R
): R & { readonly method: "GET"; readonly repeat: "safe" } => ({ ...route, method: "GET", repeat: "safe" })

/** Declares a route that changes part of a resource. It is sent again only if the caller sets `idempotent: true`. */
export const change = <const R extends Omit<Route, "method" | "repeat">>(
  route: R
): R & { readonly method: "PATCH"; readonly repeat: "caller-says" } => ({
  ...route,
  method: "PATCH",
  repeat: "caller-says"
})

/** Declares a route that creates a resource. It is never sent again, and one attempt may take a minute. */
export const createOnce = <const R extends Omit<Route, "method" | "repeat" | "attemptTimeout">>(
  route: R
): R & { readonly method: "POST"; readonly repeat: "once"; readonly attemptTimeout: 60_000 } => ({
  ...route,
  method: "POST",
  repeat: "once",
  attemptTimeout: 60_000
})

/**
 * The time limits of the download of a file, in milliseconds: for the response to begin, once and in all attempts,
 * and without progress. Its size has no limit.
 */
export const fileRoute = { attemptTimeout: 120_000, timeout: 600_000, idleTimeout: 60_000 } as const

/**
 * The type of a route's query, body or success, such as `Value<typeof getStats, "query">`. `never` if the route has
 * none.
 */
export type Value<R extends Route, Part extends "query" | "body" | "success"> = R[Part] extends
  Schema.Schema.AnyNoContext ? Schema.Schema.Type<R[Part]> : never

/** The names of the ids in a path. */
export type Params<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}` ? Name | Params<Rest>
  : Path extends `${string}:${infer Name}` ? Name
  : never
