/** The error of an emulator that cannot listen on its port. */
import * as Schema from "effect/Schema"

/** The only address on which an emulator listens. */
export const loopback = "127.0.0.1"

const problems: Readonly<Record<string, string>> = {
  EADDRINUSE: "the port is in use",
  ERR_SOCKET_BAD_PORT: "a port is a whole number from 0 to 65535"
}

/**
 * The emulator could not listen on its port. `code` is the system error code, such as `EADDRINUSE` or `EACCES`.
 *
 * @since 0.1.0
 */
export class EmulatorListenError extends Schema.TaggedError<EmulatorListenError>()("EmulatorListenError", {
  /** The port. */
  port: Schema.Number,
  /** The system error code, such as `EADDRINUSE` or `EACCES`. */
  code: Schema.String
}) {
  /** One line: what happened, and what to do. */
  override get message() {
    const problem = problems[this.code] ?? this.code
    return `The emulator cannot listen on port ${this.port} of ${loopback}: ${problem}. Use port 0 to get a free one.`
  }
}
