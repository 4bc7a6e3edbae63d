/** A fault for tests without Effect. */
import type { Duration } from "./Emulator.js"
import type { Operation } from "./Operation.js"

/**
 * Which requests a fault hits: those that match all of `method`, `path` and `operation` that are given. By default,
 * every request matches.
 *
 * @since 0.1.0
 */
export interface FaultSelection {
  /** Only requests with this method. */
  readonly method?: "GET" | "POST" | "PATCH" | "PUT" | "DELETE" | "HEAD" | "OPTIONS" | undefined
  /**
   * Only requests to this path. `*` matches one segment. The path is relative to `/api/v2/` unless it begins with `/`.
   */
  readonly path?: string | undefined
  /** Only requests for this operation, such as `modelDeployments.create`. */
  readonly operation?: Operation | undefined
  /** Maximum number of requests that it hits. Default: no maximum. */
  readonly times?: number | undefined
  /** Only every nth of those requests: 3 hits the third, the sixth and so on. Default: 1. */
  readonly every?: number | undefined
  /** The probability of a hit, 0 to 1. The emulator's seed determines which requests it hits. Default: 1. */
  readonly chance?: number | undefined
}

/**
 * Something that goes wrong. `fault` says what. Faults are checked in the order in which they were added, and the first
 * one that hits a request handles it.
 *
 * With these faults, the emulator does not handle the request and stores nothing:
 * - `status`: a response with this status. `body` is JSON or a text. Default: an error with a `message`.
 * - `html`: a web page, such as proxies and sign-in pages send. Default status: 200.
 * - `reset`: the connection breaks before the response.
 * - `stall` with `at: "headers"` (the default): the response never comes.
 * - `job`: status 202 with a job that fails (`"failed"`) or never ends (`"never"`). By default for
 *   `modelDeployments.create` only.
 *
 * With these faults, the emulator handles the request and stores its change:
 * - `delay`: the response comes later.
 * - `batch`: a batch prediction that is created fails (`"failed"`) or is aborted (`"aborted"`) after `rows` rows
 *   (default: 0), or never leaves the queue (`"never"`). By default for `batchPredictions.create` only.
 * - `commitThenDrop`: the connection breaks before the response is sent.
 * - `truncate`: the connection breaks in the middle of the body, or after `bytes` bytes of it.
 * - `stall` with `at: "body"`: half of the body arrives, or `bytes` bytes of it, and then nothing more.
 * - `trickle`: the body comes in pieces of `bytes` bytes (default: 1), one per `interval`.
 * - `badJson`: half of the body, sent as a complete body.
 * - `location`: a wrong `Location`. By default for `modelDeployments.create` only.
 * - `nextLoop`: the `next` of a page is the page itself. By default for `modelDeployments.list` only.
 *
 * @since 0.1.0
 */
export type Fault =
  & FaultSelection
  & (
    | {
      /** A response with this status. */
      readonly fault: "status"
      /** The status of the response, 200 to 599. */
      readonly status: number
      /** Headers of the response, in addition to those that the emulator sends. */
      readonly headers?: Readonly<Record<string, string>> | undefined
      /** The body: JSON or a text. Default: an error with a `message`. */
      readonly body?: unknown
    }
    | {
      /** A web page, such as proxies and sign-in pages send. */
      readonly fault: "html"
      /** The status of the response. Default: 200. */
      readonly status?: number | undefined
    }
    | {
      /** What goes wrong. */
      readonly fault: "reset" | "commitThenDrop" | "badJson" | "nextLoop"
    }
    | {
      /** The response, or the rest of its body, never comes. */
      readonly fault: "stall"
      /** What never comes: the response, or the rest of its body. Default: `"headers"`. */
      readonly at?: "headers" | "body" | undefined
      /** Number of bytes of the body that arrive. Default: half of them. */
      readonly bytes?: number | undefined
    }
    | {
      /** A job that fails or never ends. */
      readonly fault: "job"
      /** How the job ends: it fails, or never ends. */
      readonly ends: "failed" | "never"
    }
    | {
      /** A batch prediction that fails, is aborted, or never ends. */
      readonly fault: "batch"
      /** How the job ends: it fails, it is aborted, or it never leaves the queue. */
      readonly ends: "failed" | "aborted" | "never"
      /** Number of rows that are scored before. Default: 0. */
      readonly rows?: number | undefined
    }
    | {
      /** The response comes later. */
      readonly fault: "delay"
      /** How much later the response comes. */
      readonly delay: Duration
    }
    | {
      /** The connection breaks in the middle of the body. */
      readonly fault: "truncate"
      /** Number of bytes of the body that arrive. Default: half of them. */
      readonly bytes?: number | undefined
    }
    | {
      /** The body comes in pieces. */
      readonly fault: "trickle"
      /** Time between two pieces of the body. */
      readonly interval: Duration
      /** Number of bytes of a piece. Default: 1. */
      readonly bytes?: number | undefined
    }
    | {
      /** A wrong `Location`. */
      readonly fault: "location"
      /** The `Location` of the response. */
      readonly location: string
    }
  )

/**
 * A fault, and how often it had an effect.
 *
 * @since 0.1.0
 */
export interface FaultReport {
  /** The fault. */
  readonly fault: Fault
  /** Number of requests that it applied to. */
  readonly matched: number
  /** Number of requests that it hit. */
  readonly fired: number
}
