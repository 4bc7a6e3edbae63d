/**
 * A server whose responses follow the route declarations, unless a law changes them. Time is virtual and jumps ahead.
 */
import * as HttpClient from "@effect/platform/HttpClient"
import { type HttpClientError, RequestError } from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import type { DataRobot } from "effect-datarobot"
import type { ConnectionOptions } from "effect-datarobot/DataRobot"
import type * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as Either from "effect/Either"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"
import * as Stream from "effect/Stream"
import { readRecords, writeRecords } from "../../src/wire/csv.js"
import type { Route } from "../../src/wire/route.js"
import { make as makeClock } from "../simulation/VirtualClock.js"
import { connection, endpoint } from "../support.js"
import { type AnyOperation, id, lineOf, routeOf } from "./operations.js"
import { all, valueOf } from "./values.js"

/** A response, the code of a network failure, or `"stall"` for no response. */
export type Answer = string | {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A request that the server received. */
export interface Received {
  /** The method and the path with `:id` for the ids, such as `GET deployments/:id/`. */
  readonly line: string
  readonly request: HttpClientRequest.HttpClientRequest
  /** Milliseconds from the start of the call to the request. */
  readonly at: number
  /** Milliseconds from the request until the client aborted it. */
  gaveUpAfter?: number
}

// The SDK loads its CSV libraries when they are first needed, which takes time that is not virtual.
await Effect.runPromise(Stream.runDrain(readRecords(writeRecords(Stream.make({ a: "b" })))))

/** The id of every job. */
export const jobId = "s1"

const samples = new Map<Route, unknown>()

/** Returns the JSON of a success of a route, with every key, or undefined if the route has no body. */
export const sampleOf = (route: Route): unknown => {
  if (route.success === undefined) return undefined
  if (!samples.has(route)) {
    const full = Schema.encodeSync(route.success)(valueOf(AST.typeAST(route.success.ast), all))
    const record: Record<string, unknown> = { ...full }
    // The last page of a listing, and the last state of a job.
    if ("next" in record) Object.assign(record, { next: null, previous: null })
    if (/^GET (?:status|batchPredictions)\/:id\/$/.test(lineOf(route))) record["status"] = "COMPLETED"
    // An export that has made one dataset.
    if (lineOf(route).endsWith("DataExports/:id/") && "status" in record) record["status"] = "SUCCEEDED"
    // A dataset that can be used.
    if ("processingState" in record) record["processingState"] = "COMPLETED"
    // A package that is built.
    if ("buildStatus" in record) record["buildStatus"] = "complete"
    samples.set(route, record)
  }
  return samples.get(route)
}

/** The path of what a job makes, by the request that starts it. */
const made: Readonly<Record<string, string>> = {
  "POST deployments/:id/modelPackageFileBuilds/": `deployments/${id}/modelPackageFile/`,
  "POST datasets/fromFile/": `datasets/${id}/`
}

const successes = new Map<string, Exclude<Answer, string>>()

/**
 * Returns a success of a request as its route declares it, or with the given body. `first` is the first request of the
 * operation.
 */
export const success = (line: string, body?: unknown, first = ""): Exclude<Answer, string> => {
  const key = `${line} ${made[first] ?? ""}`
  const known = body === undefined ? successes.get(key) : undefined
  const answer = known ?? declared(line, body, made[first])
  if (body === undefined) successes.set(key, answer)
  return answer
}

const declared = (line: string, body: unknown, finished = `deployments/${id}/`): Exclude<Answer, string> => {
  const route = routeOf(line)
  const json = body ?? sampleOf(route)
  const [collection = ""] = route.path.split("/")
  const to = (path: string) => ({ location: `${endpoint}/${path}` })
  const whole = json === undefined ? {} : { body: JSON.stringify(json) }
  // A file of scoring code begins with these letters.
  if (route.bytes) return { body: "PK, bytes of the model" }
  if (route.job) return { ...whole, status: 202, headers: to(`status/${jobId}/`) }
  const isCreated = route.status === 201 || (route.status === 202 && "success" in route)
  if (isCreated) return { ...whole, status: route.status, headers: to(`${collection}/${id}/`) }
  if (route.accept?.includes(303)) {
    return body === undefined ? { status: 303, headers: to(finished) } : { ...whole, status: 200 }
  }
  return json === undefined ? { status: route.status ?? 204 } : whole
}

// The body is available at once. So no turn of the event loop passes before it is read, and no virtual time either.
const respond = (
  request: HttpClientRequest.HttpClientRequest,
  { body = "", headers = {}, status = 200 }: Exclude<Answer, string>
): HttpClientResponse.HttpClientResponse => {
  const bytes = new TextEncoder().encode(body)
  const head = HttpClientResponse.fromWeb(request, new Response(null, { status, headers }))
  return Object.create(head, {
    arrayBuffer: { value: Effect.succeed(bytes.buffer) },
    stream: { value: bytes.length === 0 ? Stream.empty : Stream.make(bytes) }
  })
}

/** Receives the body of a request, if it is a stream. */
const receive = ({ body }: HttpClientRequest.HttpClientRequest): Effect.Effect<void> =>
  body._tag === "Stream" ? Effect.ignore(Stream.runDrain(body.stream)) : Effect.void

/** The computer that runs a call; milliseconds. */
export interface Computer {
  /** By how much its time of day is wrong, given the number of requests that the server has received. */
  readonly wrong?: (received: number) => number
  /** How much too late a wait ends. */
  readonly late?: number
}

/**
 * Runs a call in virtual time, against a server. Its responses are successes unless `answer` returns another response.
 * `took` is the duration of the call in milliseconds.
 */
export const run = <E>(
  call: Effect.Effect<unknown, E, DataRobot | HttpClient.HttpClient>,
  answer: (line: string, index: number) => Answer | undefined = () => undefined,
  options: Partial<ConnectionOptions> = {},
  { late = 0, wrong = () => 0 }: Computer = {}
): Effect.Effect<{
  readonly end: Either.Either<unknown, E>
  readonly received: ReadonlyArray<Received>
  readonly took: number
}> => {
  const clock = makeClock(0, () => 0, () => late)
  const received: Array<Received> = []
  const client = HttpClient.makeWith<HttpClientError, never, HttpClientError, never>(
    (sent) =>
      Effect.flatMap(sent, (request) => {
        const [path = ""] = request.url.replace(`${endpoint}/`, "").replaceAll(/\/(?:60a0{20}1|s1)\//g, "/:id/").split(
          "?"
        )
        const line = `${request.method} ${path}`
        const at = clock.unsafeCurrentTimeMillis()
        const entry: Received = { line, request, at }
        const index = received.push(entry) - 1
        const chosen = answer(line, index) ?? success(line, undefined, received[0]?.line)
        if (typeof chosen === "object") return Effect.as(receive(request), respond(request, chosen))
        if (chosen === "stall") {
          return Effect.onInterrupt(Effect.never, () =>
            Effect.sync(() => {
              entry.gaveUpAfter = clock.unsafeCurrentTimeMillis() - at
            }))
        }
        const cause = Object.assign(new Error(`scripted ${chosen}`), { code: chosen })
        return Effect.fail(new RequestError({ request, reason: "Transport", cause }))
      }),
    Effect.succeed
  )
  return inVirtualTime(Effect.either(call), clock, clock.withTimeOfDay(() => wrong(received.length))).pipe(
    Effect.map((end) => ({ end, received, took: clock.unsafeCurrentTimeMillis() })),
    Effect.provide(Context.add(connected(options), HttpClient.HttpClient, client))
  )
}

const connections = new Map<string, Context.Context<DataRobot>>()

// The connection is reused, because creating one would take most of the time of a short call.
const connected = (options: Partial<ConnectionOptions>): Context.Context<DataRobot> => {
  const key = JSON.stringify(options)
  const known = connections.get(key) ?? Effect.runSync(Effect.scoped(Layer.build(connection(options))))
  connections.set(key, known)
  return known
}

const inVirtualTime = <A>(
  effect: Effect.Effect<A, never, DataRobot | HttpClient.HttpClient>,
  clock: ReturnType<typeof makeClock>,
  shown: Clock.Clock
) =>
  Effect.gen(function*() {
    const fiber = yield* Effect.fork(effect.pipe(Effect.withClock(shown), Effect.withRandom(Random.make("a law"))))
    let isDone = false
    fiber.addObserver(() => {
      isDone = true
    })
    yield* Effect.promise(() => clock.runUntil(() => isDone, 86_400_000, () => false))
    return yield* Fiber.join(fiber)
  })

/** Returns the requests as lines. */
export const linesOf = (received: ReadonlyArray<Received>): ReadonlyArray<string> => received.map(({ line }) => line)

/** Returns the requests of a call that succeeded, to compare them with those of the table. */
export const sentBy = (
  { isConcurrent, requests }: Pick<AnyOperation, "isConcurrent" | "requests">,
  received: ReadonlyArray<Received>
): ReadonlyArray<string> => {
  const lines = linesOf(received)
  const sent = new Set(lines)
  return isConcurrent && lines[0] === requests[0] && requests.every((line) => sent.delete(line)) && sent.size === 0
    ? requests
    : lines
}
