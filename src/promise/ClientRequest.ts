/** Requests that the caller describes, for routes that have no operation of their own. */
import type { Handle } from "./api.generated.js"
import type { ApiPromise } from "./ApiPromise.js"
import type { CallOptions } from "./CallOptions.js"
import type { StandardSchema } from "./StandardSchema.js"

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
export interface ClientRequest {
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
export interface ClientRequestOf<Output> extends ClientRequest {
  /**
   * The schema of the JSON in the response, of zod, valibot, arktype or another library with Standard Schema. It may
   * convert the value. A response without a body is `undefined`.
   */
  readonly response: StandardSchema<unknown, Output>
}

/**
 * Functions that send a request of the caller.
 *
 * @since 0.1.0
 */
export interface Requests {
  /** Sends a request, and returns the JSON of the response. */
  readonly request: {
    /** Sends a request, and returns the JSON of the response as its schema converts it. */
    <Output>(request: ClientRequestOf<Output>, options?: CallOptions): ApiPromise<Output>
    /** Sends a request, and returns the JSON of the response. */
    (
      request: ClientRequest & {
        /** No schema: the result is the parsed JSON of the response. */
        readonly response?: undefined
      },
      options?: CallOptions
    ): ApiPromise<unknown>
  }
  /** Sends a request that DataRobot answers with a job, and returns the handle of the job. */
  readonly requestJob: (request: ClientRequest, options?: CallOptions) => ApiPromise<Handle>
}
