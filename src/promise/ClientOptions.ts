import type { ConnectionSettings } from "./api.generated.js"

/**
 * Options of the client. The endpoint and the token default to the environment variables.
 *
 * @since 0.1.0
 */
export interface ClientOptions extends ConnectionSettings {
  /** The `fetch` function that sends the requests. Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined
}
