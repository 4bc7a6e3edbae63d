/** A `fetch` that sends every request to an application in this process. */
import * as HttpBody from "@effect/platform/HttpBody"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Predicate from "effect/Predicate"
import * as Stream from "effect/Stream"
import type { ConnectionReset } from "../../emulator/faults/withFaults.js"
import type { App } from "../../emulator/protocol/request.js"
import { respond } from "../../emulator/server/webHandler.js"

/** The function, and how to end all of its requests. */
export interface EmulatorFetch {
  readonly fetch: typeof globalThis.fetch
  /** Ends the requests in flight. Later ones are refused. */
  readonly close: () => void
}

/** The same error as that of the global `fetch`. */
const failed = (cause: unknown) => new TypeError("fetch failed", { cause })
const closed = (code: string) => failed(Object.assign(new Error("The emulator is closed"), { code }))

/** Creates the function. */
export const emulatorFetch = (app: App<ConnectionReset>): EmulatorFetch => {
  const inFlight = new Set<AbortController>()
  let isClosed = false

  const send = async (input: string | URL | Request, init: RequestInit): Promise<Response> => {
    if (isClosed) throw closed("ECONNREFUSED")
    const controller = new AbortController()
    const { body, signal, ...rest } = init
    const sent = watched(body, (error) => controller.abort(failed(error)))
    // The signal may be one of another implementation, such as that of jsdom, which `Request` would reject.
    const request = new Request(input, { ...rest, ...sent.init })
    const aborting = signal ?? (typeof input === "object" && "signal" in input ? input.signal : undefined)
    aborting?.throwIfAborted()
    const abort = () => controller.abort(aborting?.reason)
    aborting?.addEventListener("abort", abort)
    inFlight.add(controller)
    const end = () => {
      aborting?.removeEventListener("abort", abort)
      inFlight.delete(controller)
    }
    const exit = await Effect.runPromiseExit(respond(endingWith(app, end), request, controller.signal), {
      signal: controller.signal
    })
    // A response may come before the end of the body. The rest is not read.
    sent.cancel()
    if (Exit.isSuccess(exit)) return withUrl(exit.value, request.url)
    end()
    throw controller.signal.aborted ? controller.signal.reason : failed(Cause.squash(exit.cause))
  }

  const fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const redirect = init.redirect ?? (isRequest(input) ? input.redirect : "follow")
    const response = await send(input, init)
    const location = response.headers.get("location")
    if (redirect === "manual" || location === null || !redirects.has(response.status)) return response
    if (redirect === "error") throw failed(new Error("unexpected redirect"))
    const { method, ...rest } = isRequest(input) ? { method: input.method, headers: input.headers, ...init } : init
    // As in browsers: only 307 and 308 repeat the method and the body.
    const repeated = response.status >= 307
      ? { ...rest, method }
      : { ...rest, method: method === "HEAD" ? method : "GET", body: null }
    return fetch(new URL(location, response.url), repeated as RequestInit)
  }

  return {
    fetch,
    close: () => {
      isClosed = true
      for (const controller of inFlight) controller.abort(closed("ECONNRESET"))
    }
  }
}

const redirects = new Set([301, 302, 303, 307, 308])

const isRequest = (input: string | URL | Request): input is Request => typeof input === "object" && "method" in input

/** The application, which calls `end` when its response has been sent. */
const endingWith = (app: App<ConnectionReset>, end: () => void): App<ConnectionReset> => (request) =>
  Effect.map(app(request), (response) => {
    const { body } = response
    if (body._tag !== "Stream") {
      end()
      return response
    }
    const stream = Stream.ensuring(body.stream, Effect.sync(end))
    return HttpServerResponse.setBody(response, HttpBody.stream(stream, body.contentType, body.contentLength))
  })

/** The body of a request. If it is a stream that fails, `fail` is called. */
const watched = (body: RequestInit["body"], fail: (error: unknown) => void) => {
  if (!Predicate.hasProperty(body, "getReader")) {
    return { init: body === undefined ? {} : { body }, cancel: () => {} }
  }
  // Boundary: of the kinds of bodies, only a stream has this function.
  const reader = (body as ReadableStream<Uint8Array>).getReader()
  let isOver = false
  const stream = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const { done, value } = await reader.read()
        if (value !== undefined) controller.enqueue(value)
        if (!done) return
        isOver = true
        controller.close()
      } catch (error) {
        isOver = true
        fail(error)
        controller.error(error)
      }
    },
    cancel: () => cancel()
  }, { highWaterMark: 0 })
  const cancel = () => {
    if (isOver) return
    isOver = true
    reader.cancel().catch(() => {})
  }
  // Boundary: TypeScript's DOM types don't have `duplex` yet.
  return { init: { body: stream, duplex: "half" } as RequestInit, cancel }
}

/** A response that was made here has no URL. */
const withUrl = (response: Response, url: string) => Object.defineProperty(response, "url", { value: url })
