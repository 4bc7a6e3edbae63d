import {
  noResponseReceived,
  responseInfoOf,
  type ResponseRecorder,
  type WithResponse
} from "../internal/request/responseInfo.js"
import type { ApiPromise } from "./ApiPromise.js"
import { errorForCaller } from "./errorForCaller.js"

/** The promise of a call. */
export class CallPromise<A> extends Promise<A> implements ApiPromise<A> {
  static {
    // Only then, `await` takes the promise as it is, so that the engine knows who waits for it. It also makes the
    // results of `then`, `catch` and `finally` plain promises.
    Object.defineProperty(this.prototype, "constructor", { value: Promise })
  }

  readonly #recorder: ResponseRecorder

  constructor(
    executor: (resolve: (value: A) => void, reject: (error: unknown) => void) => void,
    recorder: ResponseRecorder
  ) {
    super(executor)
    this.#recorder = recorder
  }

  /** Returns the result together with the status, the headers and the request id of the last response. */
  withResponse(): Promise<WithResponse<A>> {
    // Not an async function, which would appear in the stacks of errors.
    const attach = (data: A): WithResponse<A> => {
      const response = responseInfoOf(this.#recorder)
      if (response === undefined) throw errorForCaller(noResponseReceived("withResponse"), attach)
      return { data, response }
    }
    return this.then(attach)
  }
}
