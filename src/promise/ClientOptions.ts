/** The options of `createClient`. */
import type { Dispatcher } from "../internal/request/dispatcher.js"
import type { ConnectionSettings } from "./api.generated.js"
import type { Logger } from "./Logger.js"

/**
 * Options of the client. The endpoint and the token default to the environment variables `DATAROBOT_ENDPOINT` and
 * `DATAROBOT_API_TOKEN`.
 *
 * @since 0.1.0
 */
export interface ClientOptions extends Omit<ConnectionSettings, "propagateTrace"> {
  /** The `fetch` function that sends the requests. Default: the global `fetch`, as it is when a request is sent. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /**
   * A dispatcher of undici 7 or later that sends the requests instead of `fetch`, such as an `EnvHttpProxyAgent`, or an
   * `Agent` with the certificates of a private authority. Requests take less processor time than with `fetch`. `close`
   * does not close the dispatcher.
   */
  readonly dispatcher?: Dispatcher | undefined
  /**
   * Reads `drconfig.yaml`, as DataRobot's Python client does. `true` uses the first source that is set: the file that
   * `DATAROBOT_CONFIG_FILE` names, `DATAROBOT_ENDPOINT` together with `DATAROBOT_API_TOKEN`,
   * `~/.config/datarobot/drconfig.yaml`. A text is the path of a file. Other options override the settings of the file.
   * Needs Node, or another runtime with `node:fs`. Default: `false`.
   */
  readonly configFile?: boolean | string | undefined
  /** Where the client writes warnings and debug lines. `console` fits. Default: `console`. */
  readonly logger?: Logger | undefined
  /** Writes a debug line for each attempt of a request. No line has the token. Default: `false`. */
  readonly debug?: boolean | undefined
}
