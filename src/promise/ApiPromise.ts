import type { WithResponse } from "./api.generated.js"

/**
 * The promise of a call.
 *
 * @since 0.1.0
 */
export interface ApiPromise<A> extends Promise<A> {
  /** Returns the result together with the status, the headers and the request id of the response. */
  withResponse(): Promise<WithResponse<A>>
}
