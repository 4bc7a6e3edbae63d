/// <reference lib="esnext.disposable" preserve="true" />
/**
 * The public types of the test kit, written by hand, so that they need no package: no Effect types, but texts, numbers,
 * dates and promises. `test/types/testKit.tst.ts` compares them with those of the emulator.
 */
import type { Client, ClientOptions } from "../../promise.js"
import type { DeploymentFixture } from "./DeploymentFixture.js"
import type { Fault, FaultReport } from "./Fault.js"
import type { Operation } from "./Operation.js"

/**
 * A duration: milliseconds, or a text such as `"2 seconds"` or `"1 hour"`.
 *
 * @since 0.1.0
 */
export type Duration = number | `${number} ${Unit}` | `${number} ${Unit}s`

type Unit = "nano" | "micro" | "milli" | "second" | "minute" | "hour" | "day" | "week"

/**
 * The emulator's time, if it is not that of the machine. It stands still until `advanceClock` is called.
 *
 * @since 0.1.0
 */
export interface StoppedClock {
  /** The time at the start: ISO 8601 (UTC without a zone), or a `Date`. */
  readonly start: string | Date
}

/**
 * Options of `startEmulator`. An unknown option is rejected.
 *
 * @since 0.1.0
 */
export interface EmulatorOptions {
  /**
   * `false`: no port. The emulator runs in this process and is reached through `client()` and `fetch`. A number: it
   * listens on this port of 127.0.0.1, for clients that cannot be given a `fetch`, and for other processes. 0 selects a
   * free port. Needs Node. Default: `false`.
   */
  readonly port?: number | false | undefined
  /** The token that requests must carry. Default: `emulator-token-0000`. */
  readonly token?: string | undefined
  /** The seed for ids and random decisions: the same seed and the same requests give the same responses. Default: 0. */
  readonly seed?: string | number | undefined
  /** The time of the machine, or a time that stands still until `advanceClock` is called. Default: `"system"`. */
  readonly clock?: "system" | StoppedClock | undefined
  /**
   * How long each deployment and each job takes. Default: 0, so they are over when a client first asks. To test how your
   * code waits, set a longer time and call `advanceClock`.
   */
  readonly deployDelay?: Duration | undefined
  /** How long each batch prediction is in the queue. Default: 0. */
  readonly batchDelay?: Duration | undefined
  /** Maximum number of rows per second that a batch prediction scores. Default: no limit. */
  readonly batchSpeed?: number | undefined
  /**
   * The deployments at the start: none (`"empty"`), eight with different targets, health and traffic (`"demo"`), or 250
   * for listings of many pages (`"fleet"`). Default: `"empty"`.
   */
  readonly preset?: "empty" | "demo" | "fleet" | undefined
  /** Deployments to add to those of the preset. */
  readonly deployments?: ReadonlyArray<DeploymentFixture> | undefined
  /** The faults at the start. */
  readonly faults?: ReadonlyArray<Fault> | undefined
}

/**
 * Options of `client`: those of `createClient`, except the endpoint.
 *
 * @since 0.1.0
 */
export interface EmulatorClientOptions extends Omit<ClientOptions, "endpoint"> {}

/**
 * Prediction requests to add to the history of a deployment. They are spread evenly over `[start, end)`, and so are the
 * errors among them.
 *
 * @since 0.1.0
 */
export interface Traffic {
  /** The id of the deployment. */
  readonly deploymentId: string
  /** Start of the period: ISO 8601 (UTC without a zone), or a `Date`. */
  readonly start: string | Date
  /** End of the period. It must be later than the start. */
  readonly end: string | Date
  /** Number of requests, 0 to 1 000 000, including those with errors. */
  readonly requests: number
  /** How many of them are user errors (422). Default: 0. */
  readonly userErrors?: number | undefined
  /** How many of them are server errors (500). Default: 0. */
  readonly serverErrors?: number | undefined
  /** Number of users who send the requests in turn. Default: 1. */
  readonly consumers?: number | undefined
  /** Rows of each request. Default: 1. */
  readonly rows?: number | undefined
  /** Seconds that each request took. Default: 0.05. */
  readonly executionTime?: number | undefined
}

/**
 * A request that the emulator received.
 *
 * @since 0.1.0
 */
export interface RecordedRequest {
  /** The emulator's time when it received the request. */
  readonly time: Date
  /** The HTTP method. */
  readonly method: string
  /** The path and the query, without the token. */
  readonly path: string
  /** The operation that the request is for. `undefined` if no route matches. */
  readonly operation: Operation | undefined
  /** The status of the response. `undefined` until it is sent, and if a fault loses it. */
  readonly status: number | undefined
}

/**
 * A running emulator. All functions can be passed on without the object.
 *
 * @since 0.1.0
 */
export interface Emulator {
  /** The endpoint for clients, ending in `/api/v2`. With `port: false`, only `fetch` and `client()` reach it. */
  readonly endpoint: string
  /** The same as `endpoint`. The command line has the same name for it. */
  readonly url: string
  /** The token that requests must carry. */
  readonly token: string
  /**
   * Sends a request to this emulator. With `port: false`, every request goes to it, whatever its origin: nothing reaches
   * the network. With a port, it is the global `fetch`.
   */
  readonly fetch: typeof globalThis.fetch
  /**
   * Creates a client of the Promise API that is connected to this emulator. `close` of the emulator also closes it. With
   * `token`, you can test what happens with a wrong token.
   */
  readonly client: (options?: EmulatorClientOptions) => Client
  /** Adds deployments, and returns their ids. One with the id of an existing deployment replaces it. */
  readonly addDeployments: (deployments: ReadonlyArray<DeploymentFixture>) => Promise<ReadonlyArray<string>>
  /**
   * Adds something that goes wrong.
   *
   * @example
   * import { startEmulator } from "effect-datarobot/testing/promise"
   *
   * const emulator = await startEmulator()
   * // The next create is stored, but its response is lost.
   * await emulator.addFault({ fault: "commitThenDrop", operation: "modelDeployments.create", times: 1 })
   */
  readonly addFault: (fault: Fault) => Promise<void>
  /** Returns the faults in the order in which they were added, and how many requests each has matched and hit. */
  readonly faults: () => Promise<ReadonlyArray<FaultReport>>
  /** Removes all faults. */
  readonly clearFaults: () => Promise<void>
  /** Adds prediction requests to the history of a deployment, from which its monitoring data is computed. */
  readonly recordTraffic: (traffic: Traffic) => Promise<void>
  /** Returns the emulator's time. */
  readonly now: () => Promise<Date>
  /**
   * Advances the emulator's time, and returns it. Calls of the clients of `client()` that wait for a job poll at once.
   * No other clock changes.
   */
  readonly advanceClock: (duration: Duration) => Promise<Date>
  /** Returns the last 1 000 requests, oldest first. */
  readonly requests: () => Promise<ReadonlyArray<RecordedRequest>>
  /**
   * Restores the deployments, ids, faults and time of the start, and removes the recorded requests. Clients stay
   * connected.
   */
  readonly reset: () => Promise<void>
  /**
   * Closes the clients of `client()`, ends all requests and frees the port. It takes less than a second. A second call
   * changes nothing.
   */
  readonly close: () => Promise<void>
  /** `close`, for `await using`. */
  readonly [Symbol.asyncDispose]: () => Promise<void>
}
