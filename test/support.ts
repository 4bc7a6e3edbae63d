/** Shared by the tests in this folder: a connection, mock responses, and the requests that were sent. */
import * as HttpClient from "@effect/platform/HttpClient"
import { RequestError } from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { DataRobot, type DataRobotError } from "effect-datarobot"
import type { ConnectionOptions } from "effect-datarobot/DataRobot"
import { MockHttpClient } from "effect-datarobot/testing"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Random from "effect/Random"
import * as TestClock from "effect/TestClock"
import * as Tracer from "effect/Tracer"

export const token = "tok-3n_of-THE.tests/42"
export const endpoint = "https://dr.example.com/api/v2"
export const id = "5b0000000000000000000001"

/** A connection with valid settings. */
export const connection = (options: Partial<ConnectionOptions> = {}): Layer.Layer<DataRobot> =>
  Layer.orDie(DataRobot.layer({ endpoint, token, ...options }))

/** A model deployment in wire format: the sample of the API contract. */
export const wire = (changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  id,
  label: "Churn scorer",
  description: null,
  status: "active",
  type: "dedicated",
  deployed: true,
  model: {
    id: "5b00000000000000000000a1",
    modelType: "eXtreme Gradient Boosted Trees Classifier",
    uid: "5b00000000000000000000f1"
  },
  project: { id: "5b00000000000000000000b1", projectName: "Churn", target: "churned", targetType: "Binary" },
  user: { id: "5b00000000000000000000f1", username: "ana@example.com", firstName: "Ana", lastName: "Lee" },
  organizationId: "5b00000000000000000000c1",
  instance: {
    id: "5b00000000000000000000d1",
    hostName: "pred-1.example.com",
    datarobotKey: "00000000-0000-0000-0000-000000000000",
    sslEnabled: true
  },
  predictionEndpoint: "pred-1.example.com",
  createdAt: "2018-05-02 10:11:12.131415",
  updatedAt: "2018-05-03 08:00:00.000000",
  serviceHealth: "passing",
  modelHealth: "passing",
  serviceHealthMessages: [
    { level: "passing", msgId: "NO_GOOD_REQUESTS", message: "No successful predictions in 24 hours" }
  ],
  recentRequestCount: 24,
  prevRequestCount: 12,
  relativeRequestsTrend: 100.0,
  trendTimeWindow: "1d",
  requestRates: [0, 3, 0, 0, 7, 9, 12, 24],
  ...changes
})

/** The sample without some of its keys. */
export const without = (...keys: ReadonlyArray<string>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(wire()).filter(([key]) => !keys.includes(key)))

/** A page of deployments with these labels; `next` is a URL, or its query alone. */
export const pageOf = (labels: ReadonlyArray<string>, next?: string | null, more: object = {}) =>
  MockHttpClient.json({
    count: labels.length,
    next: next?.startsWith("?") ? `${endpoint}/modelDeployments/${next}` : next ?? null,
    previous: null,
    data: labels.map((label) => wire({ label })),
    ...more
  })

/** The two services that an operation requires: an HTTP client that responds from a table, and a connection. */
export const serving = (routes: MockHttpClient.Routes, options?: Partial<ConnectionOptions>) =>
  Layer.merge(MockHttpClient.layer(routes), connection(options))

/** The requests so far. */
export const requests = Effect.flatMap(MockHttpClient.MockHttpClient, (mock) => mock.requests)

const line = ({ method, path, query }: MockHttpClient.MockRequest) => {
  const search = new URLSearchParams(query).toString()
  return `${method} ${path.replace("/api/v2/", "")}${search === "" ? "" : `?${search}`}`
}

/** The requests so far as lines, such as `GET modelDeployments/?limit=2`. */
export const sent = Effect.map(requests, (all) => all.map(line))

/** Runs an effect while the test clock advances by a duration, one hour by default. */
export const timeLapse = <A, E, R>(effect: Effect.Effect<A, E, R>, duration: `${number} ${string}s` = "1 hours") =>
  Effect.gen(function*() {
    const fiber = yield* Effect.fork(effect)
    // Boundary: the tests write durations as text, such as "90 seconds".
    yield* TestClock.adjust(duration as "1 hours")
    return yield* Fiber.join(fiber)
  })

/** Runs an effect with these random numbers, in order and then again from the first. */
export const drawing = (shares: ReadonlyArray<number>) =>
  Effect.withRandom(Random.fixed([shares[0] ?? 0, ...shares.slice(1)]))

/**
 * What happens to one attempt: a response (a number stands for one with this status) or none. `"ECONNRESET"` fails with
 * this code, and `"body:ECONNRESET"` does so in the middle of the body; `"stall"` never responds, and `"body:stall"`
 * never ends the body.
 */
export type Step = number | string | {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** A server that takes one step per attempt, whatever the request, and repeats the last step. */
export interface Script {
  readonly layer: Layer.Layer<HttpClient.HttpClient>
  /** The time of each attempt in milliseconds, and its request. */
  readonly attempts: Array<
    { readonly at: number; readonly request: HttpClientRequest.HttpClientRequest; readonly url: URL }
  >
}

/** Every substring of six characters of a token. None of them may appear in any output. */
export const piecesOf = (token: string): ReadonlyArray<string> =>
  Array.from({ length: token.length - 5 }, (_, start) => token.slice(start, start + 6))

const coded = (code: string) => Object.assign(new Error(`scripted ${code}`), { code })

const bodyStream = (step: string) =>
  new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode("{\"id\":"))
      if (step !== "body:stall") controller.error(coded(step.slice("body:".length)))
    }
  })

const respond = (request: HttpClientRequest.HttpClientRequest, step: Step) => {
  if (step === "stall") return Effect.never
  if (typeof step === "string" && step.startsWith("body:")) {
    return Effect.succeed(HttpClientResponse.fromWeb(request, new Response(bodyStream(step), { status: 200 })))
  }
  if (typeof step === "string") {
    return Effect.fail(new RequestError({ request, reason: "Transport", cause: coded(step) }))
  }
  const { body, headers = {}, status = 200 } = typeof step === "number" ? { status: step } : step
  const content = body ??
    (status === 204 || status === 304 ? null : status < 300 ? JSON.stringify(wire()) : "{\"message\":\"No\"}")
  // Boundary: the type allows bytes in shared memory, but these are not.
  return Effect.succeed(
    HttpClientResponse.fromWeb(request, new Response(content as BodyInit | null, { status, headers }))
  )
}

export const script = (...steps: ReadonlyArray<Step>): Script => {
  const attempts: Script["attempts"] = []
  const client = HttpClient.make((request, url) =>
    Effect.flatMap(Clock.currentTimeMillis, (at) => {
      const step = steps[Math.min(attempts.length, steps.length - 1)] ?? 200
      attempts.push({ at, request, url })
      return respond(request, step)
    })
  )
  return { attempts, layer: Layer.succeed(HttpClient.HttpClient, client) }
}

/** Runs an operation against a script. Returns its result, its attempts, and these as lines: `GET status/s1/`. */
export const perform = <A>(
  operation: Effect.Effect<A, DataRobotError.DataRobotError, DataRobot | HttpClient.HttpClient>,
  ...steps: ReadonlyArray<Step>
) =>
  Effect.gen(function*() {
    const { attempts, layer } = script(...steps)
    const outcome = yield* timeLapse(Effect.either(operation)).pipe(Effect.provide(Layer.merge(layer, connection())))
    const lines = attempts.map(({ request, url }) => `${request.method} ${url.href.replace(`${endpoint}/`, "")}`)
    return { attempts, lines, outcome }
  })

/** How an operation ended, on one line. */
export const endOf = (result: Either.Either<unknown, DataRobotError.DataRobotError>): string => {
  if (Either.isRight(result)) return "ok"
  const error = result.left
  switch (error._tag) {
    case "DataRobotNetworkError":
      return `${error._tag} ${error.reason} ${error.outcome}`
    case "DataRobotApiError":
      return `${error._tag} ${error.reason}${error.outcome === undefined ? "" : ` ${error.outcome}`}`
    case "DataRobotValidationError":
      return `${error._tag} ${error.phase}`
    case "DataRobotJobError":
      return `${error._tag} ${error.reason}`
  }
}

export interface Logged {
  readonly level: string
  readonly message: string
}

/** The error that an effect fails with. Any other kind of error fails the test. */
export const failsWith = <A, E, R, Kind>(effect: Effect.Effect<A, E, R>, is: (error: unknown) => error is Kind) =>
  Effect.flatMap(Effect.either(effect), (outcome) => {
    if (Either.isRight(outcome)) return Effect.die(new Error("succeeded, but should have failed"))
    const error: unknown = outcome.left
    return is(error) ? Effect.succeed(error) : Effect.die(new Error(`failed with the wrong kind of error: ${error}`))
  })

/** Collects what is logged, from `Debug` on. */
export const logged = () => {
  const lines: Array<Logged> = []
  const logger = Logger.make<unknown, void>(({ logLevel, message }) => {
    lines.push({ level: logLevel.label, message: Array.isArray(message) ? message.join(" ") : String(message) })
  })
  return { lines, layer: Logger.add(logger) }
}

/** Boundary: a value that JavaScript can pass but the types reject. */
export const untyped = (value: unknown): never => value as never

/** Collects every span. */
export const traced = () => {
  const spans: Array<Tracer.Span> = []
  const tracer = Tracer.make({
    span: (name, parent, context, links, startTime, kind) => {
      const attributes = new Map<string, unknown>()
      const span: Tracer.Span = {
        _tag: "Span",
        name,
        spanId: `000000000000000${spans.length}`.slice(-16),
        traceId: "0af7651916cd43dd8448eb211c80319c",
        parent,
        context,
        status: { _tag: "Started", startTime },
        attributes,
        links,
        sampled: true,
        kind,
        end: () => undefined,
        attribute: (key, value) => {
          attributes.set(key, value)
        },
        event: () => undefined,
        addLinks: () => undefined
      }
      spans.push(span)
      return span
    },
    context: (f) => f()
  })
  return { spans, layer: Layer.setTracer(tracer) }
}
