/**
 * A route of DataRobot's API as data: what the SDK and the emulator must agree on, written once. The SDK's operations,
 * the emulator's endpoints, its OpenAPI document and the route tables of the documentation all read it from here.
 */
import type * as Schema from "effect/Schema"

/** Whether a request may be sent again when it is unknown whether an earlier attempt took effect. */
export type Repeat =
  /** Reads. Always. */
  | "safe"
  /** Changes that end the same however often they are sent. Always. */
  | "idempotent"
  /** Deletes. Always; a 404 after a lost attempt is a success. */
  | "gone-is-done"
  /** Never: a second request would make a second one of something. */
  | "once"
  /** Only if the caller sets `idempotent: true`. */
  | "caller-says"

/** Statuses of failures that a route has beside those of every route (401, and 404 for a path with an id). */
export type Failure = 400 | 403 | 409 | 413 | 422 | 501

/** A route of DataRobot's API. */
export interface Route {
  /** Group and name, such as `deployments.list`: the operation id in OpenAPI, and the name that faults use. */
  readonly id: `${string}.${string}`
  /** What the route does, in one line. */
  readonly summary: string
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
  /** The path below the base, with `:name` for each part that is an id. */
  readonly path: string
  /** Where the path begins: `api` is `/api/v2/` (default), `prediction` is `/predApi/v1.0/`. */
  readonly base?: "prediction"
  /** The query: the caller's names and values, and how they are written in a URL. */
  readonly query?: Schema.Schema.AnyNoContext
  /** The JSON body: the caller's names and values, and how they are written as JSON. */
  readonly body?: Schema.Schema.AnyNoContext
  /** The body may also be CSV. */
  readonly csv?: true
  /** The body of a success. None if the response has no body that counts. */
  readonly success?: Schema.Schema.AnyNoContext
  /** The status of a success. Default: 200, or 204 if there is no `success`. */
  readonly status?: 201 | 202
  /** Statuses outside 2xx that are responses and not failures. */
  readonly accept?: ReadonlyArray<number>
  /** The change is made in a job: the response names it in `Location`. */
  readonly job?: true
  readonly failures?: ReadonlyArray<Failure>
  readonly repeat: Repeat
  /** Default time for one attempt, in milliseconds. Default: 30 000. */
  readonly attemptTimeout?: number
  /** Maximum size of the body of a success, in bytes. Default: 10 MiB. */
  readonly maxBody?: number
}

/** Declares a route, keeping its exact type. */
export const route = <const R extends Route>(route: R): R => route

/** Declares a route that only reads, so that it may always be sent again. */
export const read = <const R extends Omit<Route, "method" | "repeat">>(
  route: R
): R & { readonly method: "GET"; readonly repeat: "safe" } => ({ ...route, method: "GET", repeat: "safe" })

/** Declares a route that changes something in part. It is sent again only if the caller says that it may be. */
export const change = <const R extends Omit<Route, "method" | "repeat">>(
  route: R
): R & { readonly method: "PATCH"; readonly repeat: "caller-says" } => ({
  ...route,
  method: "PATCH",
  repeat: "caller-says"
})

/** The type of a part of a route that is a schema, such as `Value<typeof getStats, "query">`; `never` if it has none. */
export type Value<R extends Route, Part extends "query" | "body" | "success"> = R[Part] extends
  Schema.Schema.AnyNoContext ? Schema.Schema.Type<R[Part]> : never

/** The names of the ids in a path. */
export type Params<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}` ? Name | Params<Rest>
  : Path extends `${string}:${infer Name}` ? Name
  : never
