import type { RequestOptions } from "./api.generated.js"

/**
 * The option that aborts a call.
 *
 * @since 0.1.0
 */
export interface Abortable {
  /** Aborts the call. The promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Options of one call.
 *
 * @since 0.1.0
 */
export interface CallOptions extends RequestOptions, Abortable {}
