/**
 * The network between the clients and the emulator. The fate of each request is drawn when it is sent: whether it
 * arrives, when, and what comes back. A request that arrives is executed even if the client no longer waits for its
 * response.
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Chunk from "effect/Chunk"
import type * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type { Fault } from "../../src/emulator/index.js"
import type { Chance } from "./chance.js"

/** The possible fates of a request. */
export const fates = [
  "answered",
  // The request does not arrive, and the client knows that.
  "refused",
  // The request does not arrive, but the client can't know that.
  "resetBefore",
  "silentBefore",
  // The request arrives, but the client can't know that.
  "resetAfter",
  "silentAfter",
  "cutBody",
  "stalledBody",
  // The request arrives late.
  "slow",
  // An intermediary responds instead of the server.
  "gatewayBefore",
  "gatewayAfter",
  "throttled",
  "signInPage",
  "redirect",
  "denied",
  // The server uses another host name in its URLs.
  "otherName",
  // A job status that not every server of a cluster knows yet.
  "notYet"
] as const
export type Fate = typeof fates[number]

/** The quality of the network: the weight of each fate, and the maximum latency in one direction (milliseconds). */
export interface Weather {
  readonly weights: Readonly<Record<Fate, number>>
  readonly way: number
}

/** Selects random fates, possibly none. Rare combinations need worlds in which little else goes wrong. */
export const weather = (chance: Chance): Weather => {
  const share = chance.oneOf([0, 0.1, 0.3, 0.6])
  const weights = Object.fromEntries(fates.map((fate) => [fate, chance.happens(0.5) ? chance.draw() : 0]))
  const sum = Object.values(weights).reduce((total, weight) => total + weight, 0)
  const bad = Object.entries(weights).map(([fate, weight]) => [fate, sum === 0 ? 0 : weight / sum * share])
  return {
    // Boundary: the keys are those of the list above.
    weights: { ...Object.fromEntries(bad), answered: 1 - share } as Weather["weights"],
    way: chance.oneOf([1, 200, 3_000])
  }
}

/** The response of a server. */
interface Answered {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: string
}

/** A request that was sent, and its fate; times in epoch milliseconds. */
export interface Sent {
  readonly call: string
  readonly method: string
  readonly path: string
  readonly origin: string
  readonly authorized: boolean
  readonly at: number
  readonly fate: Fate
  /** The status of the emulator's response, once it has executed the request. */
  carriedOut: number | undefined
  /** The emulator fault that hit the request, if any. */
  fault: Fault["fault"] | undefined
  /** When the client received its response, or knew that there was none. */
  settledAt: number | undefined
  /** Whether the client received the status and the headers of a response. */
  isReceived: boolean
  /** The Retry-After of the response; milliseconds. */
  retryAfter: number | undefined
  /** When all resources were released: the body was read to its end, or the request was cancelled. */
  releasedAt: number | undefined
}

export interface Network {
  readonly client: HttpClient.HttpClient
  /** All requests, in the order in which they were sent. */
  readonly sent: ReadonlyArray<Sent>
  /** Whether the server is working. Time must not pass meanwhile. */
  readonly isBusy: () => boolean
  /** The number of requests and responses in transit. */
  readonly travelling: () => number
}

export interface Options {
  readonly chance: Chance
  readonly weather: Weather
  readonly server: HttpClient.HttpClient
  readonly origin: string
  /** Records the server's state; called before and after it executes a request. */
  readonly look: Effect.Effect<void>
  /** How often each kind of server fault has occurred so far. */
  readonly struck: Effect.Effect<ReadonlyMap<Fault["fault"], number>>
  /** The token. A server that denies a request repeats it in the response. */
  readonly token: string
  readonly log: (line: string) => void
  /** The clock of the network and the server. */
  readonly clock: Clock.Clock
  /** The scope of requests that no client waits for any more. */
  readonly scope: Scope.Scope
}

const otherHost = "http://datarobot-7.internal"
const page = "<!doctype html><title>Sign in</title>"

const coded = (code: string, syscall: string) => Object.assign(new Error(`${syscall} ${code}`), { code, syscall })

export const make = (options: Options): Network => {
  const { chance, clock, log, look, origin, scope, server, struck, token, weather } = options
  const sent: Array<Sent> = []
  const oneAtATime = Effect.unsafeMakeSemaphore(1)
  let busy = 0
  let travelling = 0
  const travel = (most: number, least = 0) =>
    Effect.suspend(() => {
      travelling++
      return Effect.ensuring(Effect.sleep(chance.between(least, most)), Effect.sync(() => travelling--))
    })

  const fateOf = (path: string): Fate => {
    const fate = chance.weighted(weather.weights)
    return fate === "notYet" && !path.includes("/status/") ? "answered" : fate
  }

  /** Executes a request on the server, and records the server's state before and after. */
  const carryOut = (request: HttpClientRequest.HttpClientRequest, one: Sent): Effect.Effect<Answered> =>
    Effect.gen(function*() {
      yield* look
      const before = yield* struck
      // A copy of the request, so that it does not end with the client's request.
      const response = yield* server.execute(HttpClientRequest.setHeaders(request, {}))
      const body = yield* response.text
      one.carriedOut = response.status
      for (const [fault, times] of yield* struck) if (times !== before.get(fault)) one.fault = fault
      yield* look
      log(`    ${one.call} ${one.method} ${one.path} is carried out: ${response.status} ${one.fault ?? ""}`)
      return { status: response.status, headers: { ...response.headers }, body }
    }).pipe(
      Effect.orDie,
      Effect.scoped,
      oneAtATime.withPermits(1),
      (work) => Effect.acquireUseRelease(Effect.sync(() => busy++), () => work, () => Effect.sync(() => busy--)),
      Effect.uninterruptible
    )

  const respond = (request: HttpClientRequest.HttpClientRequest, one: Sent, answer: Answered) => {
    const { body, headers, status } = answer
    const content = new TextEncoder().encode(body)
    const half = content.subarray(0, content.length >> 1)
    const response = HttpClientResponse.fromWeb(request, new Response(null, { status, headers }))
    const breaks = new HttpClientError.ResponseError({
      request,
      response,
      reason: "Decode",
      cause: coded("ECONNRESET", "read")
    })
    const pieces = one.fate === "cutBody"
      ? Stream.concat(Stream.make(half), Stream.fail(breaks))
      : one.fate === "stalledBody"
      ? Stream.concat(Stream.make(half), Stream.never)
      : Stream.make(half, content.subarray(half.length))
    const stream = Stream.ensuring(pieces, settle(one))
    const arrayBuffer = Effect.map(
      Stream.runCollect(stream),
      (chunks) => new Uint8Array(Chunk.toReadonlyArray(chunks).flatMap((chunk) => [...chunk])).buffer
    )
    return Object.create(response, {
      stream: { value: stream },
      arrayBuffer: { value: arrayBuffer }
    }) as HttpClientResponse.HttpClientResponse
  }

  const settle = (one: Sent) =>
    Effect.sync(() => {
      const now = clock.unsafeCurrentTimeMillis()
      one.settledAt ??= now
      one.releasedAt ??= now
    })

  const gatewayAnswer = (): Answered => ({ status: chance.oneOf([408, 500, 502, 503, 504]), headers: {}, body: page })

  const fails = (request: HttpClientRequest.HttpClientRequest, code: string, syscall: string) =>
    Effect.fail(new HttpClientError.RequestError({ request, reason: "Transport", cause: coded(code, syscall) }))

  /** The transit of a request and its response; `arrived` is called when the request can no longer be cancelled. */
  const journey = (request: HttpClientRequest.HttpClientRequest, one: Sent, arrived: () => void) =>
    Effect.gen(function*() {
      const way = travel(weather.way)
      const arrive = Effect.suspend(() => {
        arrived()
        return carryOut(request, one)
      })
      yield* way
      switch (one.fate) {
        case "refused":
          return yield* fails(request, "ECONNREFUSED", "connect")
        case "resetBefore":
          return yield* fails(request, "ECONNRESET", "read")
        case "silentBefore":
          return yield* Effect.never
        case "gatewayBefore":
          return gatewayAnswer()
        case "throttled": {
          const seconds = chance.oneOf([0, 1, 5, 30, 61])
          const body = JSON.stringify({ message: "Too many requests" })
          return { status: chance.oneOf([429, 503]), headers: { "retry-after": String(seconds) }, body }
        }
        case "signInPage":
          if (chance.happens(0.5)) yield* arrive
          return { status: 200, headers: { "content-type": "text/html" }, body: page }
        case "redirect":
          return {
            status: chance.oneOf([301, 302, 307, 308]),
            headers: { location: `${otherHost}${one.path}` },
            body: ""
          }
        case "denied": {
          const message = `Invalid token: ${token} (${encodeURIComponent(token)})`
          return {
            status: chance.oneOf([401, 403]),
            headers: { "x-request-id": token },
            body: JSON.stringify({ message })
          }
        }
        case "notYet":
          return { status: 404, headers: {}, body: JSON.stringify({ message: "Not found" }) }
        case "slow":
          yield* travel(90_000, 10_000)
      }
      const answer = yield* arrive
      yield* way
      switch (one.fate) {
        case "resetAfter":
          return yield* fails(request, "ECONNRESET", "read")
        case "silentAfter":
          return yield* Effect.never
        case "gatewayAfter":
          return gatewayAnswer()
        case "otherName": {
          const { location, ...headers } = answer.headers
          return {
            status: answer.status,
            headers: location === undefined ? headers : { ...headers, location: location.replace(origin, otherHost) },
            body: answer.body.replaceAll(origin, otherHost)
          }
        }
        default:
          return answer
      }
    })

  const client = HttpClient.make((request, url, signal) =>
    Effect.gen(function*() {
      const path = url.pathname + url.search
      const one: Sent = {
        call: request.headers["x-call"] ?? "nobody",
        method: request.method,
        path,
        origin: url.origin,
        authorized: request.headers["authorization"] === `Bearer ${token}`,
        at: clock.unsafeCurrentTimeMillis(),
        fate: fateOf(path),
        carriedOut: undefined,
        fault: undefined,
        settledAt: undefined,
        isReceived: false,
        retryAfter: undefined,
        releasedAt: undefined
      }
      sent.push(one)
      signal.addEventListener("abort", () => {
        one.releasedAt ??= clock.unsafeCurrentTimeMillis()
      })
      log(`  ${one.call} sends ${one.method} ${path}: ${one.fate}`)
      // A request cancelled in transit may still arrive.
      const persists = chance.happens(0.5)
      let hasArrived = false
      const onItsWay = yield* Effect.forkIn(
        journey(request, one, () => {
          hasArrived = true
        }).pipe(Effect.withClock(clock)),
        scope
      )
      const answer = yield* Fiber.join(onItsWay).pipe(
        Effect.onInterrupt(() => persists || hasArrived ? Effect.void : Fiber.interruptFork(onItsWay)),
        Effect.onError(() => settle(one))
      )
      one.settledAt = clock.unsafeCurrentTimeMillis()
      one.isReceived = true
      const { "retry-after": seconds } = answer.headers
      if (seconds !== undefined) one.retryAfter = Number(seconds) * 1000
      return respond(request, one, answer)
    })
  )
  return { client, sent, isBusy: () => busy > 0, travelling: () => travelling }
}
