/** Where the client writes its lines. */

/**
 * Writes one line. The message says everything that matters; `details` has the same in parts, such as the operation and
 * the status.
 *
 * @since 0.1.0
 */
export type WriteLine = (message: string, details?: Readonly<Record<string, unknown>>) => void

/**
 * A logger, such as `console`, or a logger of pino or winston. What its methods return is ignored, and an error of theirs
 * does not affect a call.
 *
 * @since 0.1.0
 */
export interface Logger {
  /** Receives a line for each attempt of a request, if the client has `debug: true`. */
  readonly debug: WriteLine
  /** Not used yet. */
  readonly info: WriteLine
  /** Receives each warning once, such as that a route is deprecated. */
  readonly warn: WriteLine
  /** Not used yet. */
  readonly error: WriteLine
}
