/** Operations: what the caller called, and the requests that it sends. */
import type * as Headers from "@effect/platform/Headers"
import type * as HttpClient from "@effect/platform/HttpClient"
import type * as Redacted from "effect/Redacted"
import type { DataRobot } from "../../DataRobot.js"
import type { Issue } from "../../DataRobotError.js"
import type { Params, Route } from "../../wire/route.js"
import type { Connection } from "./connection.js"
import type { RequestBody } from "./directClient.js"
import type { RequestContext, Trait } from "./errors.js"
import type { Input } from "./input.js"
import type { JobUpdateOptions, RequestOptions } from "./options.js"
import type { Path, Ref } from "./path.js"
import { callOptionIssues } from "./unknownOptions.js"

/** What every operation requires. */
export type Requirements = DataRobot | HttpClient.HttpClient

/** An operation, which may make several requests: its name in errors and spans, and the options of the call. */
export interface Operation {
  readonly name: string
  readonly options: JobUpdateOptions
  /** What is wrong with the names of the options. */
  readonly issues?: ReadonlyArray<Issue>
  /** Secrets in the arguments, which the server may repeat in any response. */
  readonly secrets?: ReadonlyArray<string>
}

/**
 * Creates an operation from its name and the options of the call. `own` are the names of the options that only this
 * operation has. `"checked"`: it checks the names of all its options itself.
 */
export const operation = (
  name: string,
  options?: JobUpdateOptions,
  own?: ReadonlyArray<string> | "checked"
): Operation =>
  options === undefined || own === "checked"
    ? { name, options: options ?? {} }
    : { name, options, issues: callOptionIssues(options, own) }

/** The ids in the path of a route. */
export type Ids<R extends Route> = Readonly<Record<Params<R["path"]>, Ref>>

/** A body that the SDK sends as it is. */
export interface Payload<Body extends RequestBody = string | Uint8Array> {
  readonly content: Body
  readonly contentType: string
  readonly issues: ReadonlyArray<Issue>
}

/** A prediction server: where a request goes that does not go to the endpoint. */
export interface Server {
  /** The URL that the route's path is appended to. */
  readonly base: URL
  /** Where the path of an error begins. */
  readonly prefix: string
  readonly key: Redacted.Redacted | undefined
}

/** One request of an operation. Only `sendStream` accepts a body of the type `RequestBody`. */
export interface Call<Body extends RequestBody = string | Uint8Array> {
  readonly route: Route
  /** The ids in the path. */
  readonly ids?: Readonly<Record<string, Ref>>
  /** The path, if it is not that of the route. */
  readonly path?: Path
  readonly query?: Input | undefined
  readonly body?: Input | Payload<Body> | undefined
  /** Default: the endpoint. */
  readonly server?: Server | undefined
  /** The media type to ask for. Default: `application/json`. */
  readonly accept?: string | undefined
  /** Asks for a response that is not compressed. Default: the client decides. */
  readonly uncompressed?: true | undefined
  /** Other issues of the caller's arguments. If there are any, the request is not sent. */
  readonly issues?: ReadonlyArray<Issue>
  /** Options for this request, instead of those of the operation. */
  readonly options?: RequestOptions & Pick<JobUpdateOptions, "idempotent">
  /** The advice in the error's message if it is unknown whether the request took effect. */
  readonly whenUnknown?: string | undefined
  /** What earlier requests of the operation did. The last sentence of an error's message. */
  readonly note?: string | undefined
}

/** The response to a request. */
export interface ApiResponse {
  readonly operation: Operation
  readonly context: RequestContext
  /** What errors for this response say about repeating the request. */
  readonly trait: Trait
  readonly connection: Connection
  readonly status: number
  /** Whether the server says that the route is deprecated. */
  readonly isDeprecated: boolean
  readonly headers: Headers.Headers
  /** The `Location` header. */
  readonly location: string | undefined
  /** Milliseconds that the server asks to wait. */
  readonly retryAfter: number | undefined
  /** The JSON of the body, `undefined` if there is no body. The bytes if the route returns bytes. */
  readonly body: unknown
}

/** Returns the response with another note for its errors. */
export const withNote = (response: ApiResponse, note: string): ApiResponse => ({
  ...response,
  trait: { ...response.trait, note }
})
