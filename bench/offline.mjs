/** A dispatcher of undici that responds to every request with one record, without a network. */
import { record } from "./records.mjs"

export const respondAtOnce = async () => {
  const { Dispatcher } = await import("undici")
  const bytes = Buffer.from(JSON.stringify(record(0)))
  const headers = { "content-type": "application/json", "content-length": String(bytes.length) }
  const controller = { aborted: false, paused: false, abort() {}, pause() {}, resume() {} }
  return new class extends Dispatcher {
    dispatch(_, handler) {
      handler.onRequestStart(controller, {})
      queueMicrotask(() => {
        handler.onResponseStart(controller, 200, headers, "OK")
        handler.onResponseData(controller, bytes)
        handler.onResponseEnd(controller, {})
      })
      return true
    }
  }()
}
