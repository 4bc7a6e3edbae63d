/** Carries out the faults, in process and over a socket. */
import * as HttpBody from "@effect/platform/HttpBody"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Chunk from "effect/Chunk"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { joinBytes } from "../../wire/joinBytes.js"
import { isRecord } from "../../wire/text.js"
import { requestUrl } from "../protocol/paging.js"
import type { App, Request } from "../protocol/request.js"
import { pathOf } from "../protocol/routePath.js"
import type { World } from "../World.js"
import { withPlan } from "./batchPlan.js"
import type { Fault } from "./faults.js"

/**
 * A broken connection. The application fails with it before the response, or the stream of a body fails with it in the
 * middle. Over a socket, the connection really breaks. In process, the client fails as if it did.
 */
export class ConnectionReset extends Schema.TaggedError<ConnectionReset>()("ConnectionReset", {}) {
  readonly code = "ECONNRESET"
  override get message() {
    return "The connection was reset by a fault of the emulator"
  }
}

/** The application with the faults of its world. The journal records the requests and the statuses of the responses. */
export const withFaults = (app: App<never>, { faults, journal, state }: World): App<ConnectionReset> => (request) => {
  const path = pathOf(request.url)
  const response = app(request)
  if (isControl(path)) return response
  return Effect.flatMap(state.clock.now, (now) => {
    const answered = journal.begin(now, request.method, request.url)
    return faults.next(request.method, path).pipe(
      Effect.flatMap((fault) => fault === undefined ? response : broken(response, fault, request, state)),
      Effect.map((response) => {
        answered(response.status)
        return response
      })
    )
  })
}

const isControl = (path: string) => /^\/+__emulator\b/.test(path)

const broken = (
  app: Effect.Effect<HttpServerResponse.HttpServerResponse>,
  fault: Fault,
  request: Request,
  state: World["state"]
): Effect.Effect<HttpServerResponse.HttpServerResponse, ConnectionReset> => {
  switch (fault.fault) {
    case "status":
      return Effect.succeed(statusResponse(fault))
    case "html":
      return Effect.succeed(pageWith(fault.status ?? 200))
    case "reset":
      return new ConnectionReset()
    case "stall":
      return fault.at === "body" ? Effect.flatMap(app, (response) => cut(response, fault.bytes, Stream.never)) : never
    case "job":
      return Effect.map(state.startJob(fault.ends), (id) =>
        HttpServerResponse.empty({
          status: 202,
          headers: { location: new URL(`/api/v2/status/${id}/`, requestUrl(request)).href }
        }))
    case "batch":
      return withPlan(fault)(app)
    case "delay":
      return Effect.andThen(sleep(fault.delay), app)
    case "commitThenDrop":
      return Effect.andThen(app, new ConnectionReset())
    case "truncate":
      return Effect.flatMap(app, (response) => cut(response, fault.bytes, Stream.fail(new ConnectionReset())))
    case "trickle":
      return Effect.flatMap(app, (response) => inPieces(response, fault.bytes ?? 1, fault.interval))
    case "badJson":
      return Effect.flatMap(app, (response) => withBytes(response, (bytes) => bytes.subarray(0, bytes.length >> 1)))
    case "location":
      return Effect.map(app, (response) =>
        response.headers["location"] === undefined
          ? response
          : HttpServerResponse.setHeader(response, "location", fault.location))
    case "nextLoop":
      return Effect.flatMap(
        app,
        (response) => withBytes(response, (bytes) => nextLoop(bytes, requestUrl(request).href))
      )
  }
}

// A server runs its application in an uninterruptible region. A client that disconnects must still interrupt a wait.
const never = Effect.interruptible(Effect.never)
const sleep = (duration: Duration.DurationInput) => Effect.interruptible(Effect.sleep(duration))

const page = HttpServerResponse.html("<!doctype html><title>Sign in</title><h1>Sign in to continue</h1>\n")

/** Statuses of responses without a body. */
const bodiless = new Set([204, 205, 304])

const pageWith = (status: number) =>
  bodiless.has(status) ? HttpServerResponse.empty({ status }) : HttpServerResponse.setStatus(page, status)

const statusResponse = ({ body, headers = {}, status }: Extract<Fault, { readonly fault: "status" }>) => {
  const options = { status, headers }
  if (bodiless.has(status)) return HttpServerResponse.empty(options)
  if (typeof body === "string") return HttpServerResponse.text(body, options)
  return HttpServerResponse.unsafeJson(body ?? { message: `A fault of the emulator returned ${status}` }, options)
}

/**
 * The whole body. A body that is sent in pieces is collected first, so that half of it is known.
 */
const bytesOf = ({ body }: HttpServerResponse.HttpServerResponse): Effect.Effect<Uint8Array | undefined> => {
  if (body._tag === "Uint8Array") return Effect.succeed(body.body.length > 0 ? body.body : undefined)
  if (body._tag !== "Stream") return Effect.succeed(undefined)
  return Effect.map(Effect.orDie(Stream.runCollect(body.stream)), (chunk) => {
    const pieces = Chunk.toReadonlyArray(chunk)
    return joinBytes(pieces, pieces.reduce((size, piece) => size + piece.length, 0))
  })
}

const withBytes = (
  response: HttpServerResponse.HttpServerResponse,
  change: (bytes: Uint8Array) => Uint8Array
) =>
  Effect.map(bytesOf(response), (bytes) =>
    bytes === undefined
      ? response
      : HttpServerResponse.setBody(response, HttpBody.uint8Array(change(bytes), response.body.contentType)))

/** The body as a stream. It has the `Content-Length` of the whole body if the response had one. */
const streamed = (
  response: HttpServerResponse.HttpServerResponse,
  stream: (bytes: Uint8Array) => Stream.Stream<Uint8Array, ConnectionReset>
) =>
  Effect.map(bytesOf(response), (bytes) => {
    if (bytes === undefined) return response
    const length = response.body._tag === "Stream" ? response.body.contentLength : bytes.length
    return HttpServerResponse.setBody(response, HttpBody.stream(stream(bytes), response.body.contentType, length))
  })

/** Sends some bytes of the body, or half of it. Bytes are sent as they come, for a body that is made meanwhile. */
const cut = (
  response: HttpServerResponse.HttpServerResponse,
  size: number | undefined,
  then: Stream.Stream<never, ConnectionReset>
) => {
  const { body } = response
  if (size === undefined || body._tag !== "Stream") return halfOf(response, size, then)
  const begin = body.stream.pipe(
    Stream.mapAccum(size, (left, bytes) => {
      const rest = Math.max(0, left - bytes.length)
      return [rest, { bytes: bytes.subarray(0, left), rest }]
    }),
    Stream.takeUntil(({ rest }) => rest === 0),
    Stream.map(({ bytes }) => bytes)
  )
  return Effect.succeed(
    HttpServerResponse.setBody(response, HttpBody.stream(Stream.concat(begin, then), body.contentType))
  )
}

const halfOf = (
  response: HttpServerResponse.HttpServerResponse,
  size: number | undefined,
  then: Stream.Stream<never, ConnectionReset>
) => streamed(response, (bytes) => Stream.concat(Stream.make(bytes.subarray(0, size ?? bytes.length >> 1)), then))

const inPieces = (response: HttpServerResponse.HttpServerResponse, size: number, interval: Duration.DurationInput) =>
  streamed(response, (bytes) =>
    Stream.range(0, Math.ceil(bytes.length / size) - 1).pipe(
      Stream.mapEffect((piece) => Effect.as(sleep(interval), bytes.subarray(piece * size, (piece + 1) * size)))
    ))

/** A page whose `next` is the page itself. Any other body is unchanged. */
const nextLoop = (bytes: Uint8Array, url: string) => {
  const body = parsed(bytes)
  return isRecord(body) && "next" in body
    ? new TextEncoder().encode(JSON.stringify({ ...body, next: url }))
    : bytes
}

const parsed = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}
