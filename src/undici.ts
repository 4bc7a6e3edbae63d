/**
 * An HTTP client for servers on Node, straight on undici's dispatch: what a call through it costs is close to what it costs
 * without this SDK. undici connects, keeps connections, and ends requests that take too long, answer too much, or are
 * interrupted.
 *
 * It reads an answer whole before it gives it, up to a cap, and asks for none that is compressed. That fits an API of JSON;
 * for downloads there is `NodeHttpClient.layerUndici`.
 *
 * @example
 * import { Effect, Layer, ManagedRuntime } from "effect"
 * import { DataRobot, ModelDeployment } from "effect-datarobot"
 * import * as Undici from "effect-datarobot/undici"
 *
 * const runtime = ManagedRuntime.make(Layer.merge(DataRobot.layerEnv, Undici.layer()))
 * const deployments = await runtime.runPromise(ModelDeployment.list())
 */
import type * as HttpBody from "@effect/platform/HttpBody"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as UrlParams from "@effect/platform/UrlParams"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FiberRef from "effect/FiberRef"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { Agent, type Dispatcher } from "undici"
import type { DataRobotValidationError, Issue } from "./DataRobotError.js"
import { invalidSettings } from "./internal/request/connection.js"
import { type Came, type Incoming, type Outgoing, type Received, withDirect } from "./internal/request/directClient.js"
import { notADuration, positiveMillis } from "./internal/request/options.js"
import { join } from "./internal/request/responseBody.js"
import { fromCallback } from "./internal/request/timeLimit.js"
import { WholeResponse } from "./internal/request/wholeResponse.js"

/** How undici connects and what it puts up with. An operation's own `attemptTimeout` and `timeout` hold beside these. */
export interface UndiciOptions {
  /** The time for making a connection, with its TLS; 10 seconds without it. */
  readonly connectTimeout?: Duration.DurationInput | undefined
  /** The time from the request's last byte to the end of the answer's headers; 5 minutes without it. */
  readonly headersTimeout?: Duration.DurationInput | undefined
  /** The time between two pieces of the answer's body; 5 minutes without it. */
  readonly bodyTimeout?: Duration.DurationInput | undefined
  /** How long the body of an answer may be, in bytes; 10 MiB without it. The SDK's own caps hold beside it. */
  readonly maxBodySize?: number | undefined
  /** How many connections there may be to one origin; any number without it. */
  readonly connections?: number | undefined
  /**
   * A dispatcher to use instead of an agent of the layer's own, such as undici's `EnvHttpProxyAgent` or `MockAgent`. The
   * other options but for `maxBodySize` are then the dispatcher's own, and it is not closed with the layer.
   */
  readonly dispatcher?: Dispatcher | undefined
}

type Executed = Effect.Effect<HttpClientResponse.HttpClientResponse, HttpClientError.HttpClientError>

/** One request on its way: undici calls it as the answer comes, and it tells what came when there is no more of it. */
class Exchange implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined
  private done: ((incoming: Incoming) => void) | undefined
  private status = 0
  private headers: Received = {}
  private max = 0
  private size = 0
  private readonly chunks: Array<Uint8Array> = []
  private readonly hasBody: boolean
  private readonly maxBody: (status: number) => number

  constructor(method: string, maxBody: (status: number) => number, done: (incoming: Incoming) => void) {
    // what is answered to HEAD declares the length of a body that does not come
    this.hasBody = method !== "HEAD"
    this.maxBody = maxBody
    this.done = done
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller
    // it was given up while it waited for a connection
    if (this.done === undefined) this.giveUp()
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Received): void {
    if (status < 200) return
    this.status = status
    this.headers = headers
    this.max = this.maxBody(status)
    if (this.hasBody && Number(headers["content-length"]) > this.max) this.tooLarge()
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.size += chunk.length
    if (this.size > this.max) this.tooLarge()
    else this.chunks.push(chunk)
  }

  onResponseEnd(): void {
    this.answer({ bytes: join(this.chunks, this.size) })
  }

  onResponseError(_: Dispatcher.DispatchController, cause: unknown): void {
    if (this.status > 0) this.answer({ broken: cause })
    else this.tell({ failed: cause })
  }

  /** Tells what came, once. */
  tell(incoming: Incoming): void {
    this.done?.(incoming)
    this.done = undefined
  }

  giveUp(): void {
    this.done = undefined
    this.controller?.abort(new Error("the request was given up"))
  }

  private tooLarge(): void {
    this.answer("too large")
    this.giveUp()
  }

  private answer(body: Came): void {
    this.tell({ status: this.status, headers: this.headers, body })
  }
}

type Body = Exclude<Dispatcher.DispatchOptions["body"], undefined>

// Boundary: undici takes whatever a raw body may be, or says that it does not.
const bodyOf = (body: HttpBody.HttpBody): Effect.Effect<Body> => {
  switch (body._tag) {
    case "Empty":
      return Effect.succeed(null)
    case "Uint8Array":
    case "Raw":
      return Effect.succeed(body.body as Body)
    case "FormData":
      return Effect.succeed(body.formData as unknown as Body)
    case "Stream":
      return Effect.map(Stream.toReadableStreamEffect(body.stream), (stream) => stream as unknown as Body)
  }
}

const makeClient = (dispatcher: Dispatcher, maxBodySize: number): HttpClient.HttpClient => {
  const send = (
    { body, headers, method, url }: Omit<Outgoing, "body"> & { readonly body: Body },
    maxBody: (status: number) => number,
    done: (incoming: Incoming) => void
  ) => {
    const exchange = new Exchange(method, (status) => Math.min(maxBody(status), maxBodySize), done)
    try {
      const { origin, pathname, search } = url
      dispatcher.dispatch({ origin, path: pathname + search, method, headers, body }, exchange)
    } catch (failed) {
      // undici hands over what it finds wrong with a request, but a dispatcher of somebody else may throw it
      exchange.tell({ failed })
    }
    return () => exchange.giveUp()
  }

  const execute = (request: HttpClientRequest.HttpClientRequest): Executed =>
    Effect.gen(function*() {
      const url = yield* Either.mapLeft(
        UrlParams.makeUrl(request.url, request.urlParams, request.hash),
        (cause) => new HttpClientError.RequestError({ request, reason: "InvalidUrl", cause })
      )
      const { headers, method } = request
      const body = yield* bodyOf(request.body)
      const incoming = yield* fromCallback<Incoming>((done) =>
        send({ method, url, headers, body }, () => maxBodySize, done)
      )
      return "failed" in incoming
        ? yield* new HttpClientError.RequestError({ request, reason: "Transport", cause: incoming.failed })
        : new WholeResponse(request, incoming.status, incoming.headers, incoming.body)
    })
  // The platform's own way to make a client gives each request a span. Where nobody wants one, as within an operation of
  // the SDK, its controllers and registries are left out.
  const traced = HttpClient.make(execute)
  const either = (request: HttpClientRequest.HttpClientRequest): Executed =>
    Effect.withFiberRuntime((fiber) =>
      fiber.getFiberRef(FiberRef.currentTracerEnabled) &&
        !fiber.getFiberRef(HttpClient.currentTracerDisabledWhen)(request)
        ? traced.execute(request)
        : execute(request)
    )
  const client = HttpClient.makeWith<never, never, HttpClientError.HttpClientError, never>(
    (request) => Effect.flatMap(request, either),
    Effect.succeed
  )
  return withDirect(client, ({ body = null, ...outgoing }, maxBody, done) => send({ ...outgoing, body }, maxBody, done))
}

interface Settings {
  readonly agent: Agent.Options
  readonly maxBodySize: number
}

const settingsOf = (options: UndiciOptions): Settings | ReadonlyArray<Issue> => {
  const issues: Array<Issue> = []
  const millis = (path: "connectTimeout" | "headersTimeout" | "bodyTimeout", fallback: number): number => {
    const value = options[path]
    const duration = value === undefined ? fallback : positiveMillis(value)
    if (duration === undefined) issues.push({ path, message: notADuration })
    return duration ?? fallback
  }
  const count = <Default>(path: "maxBodySize" | "connections", fallback: Default): number | Default => {
    const value = options[path]
    if (value !== undefined && (!Number.isSafeInteger(value) || value < 1)) {
      issues.push({ path, message: "must be a whole number from 1" })
    }
    return value ?? fallback
  }
  const settings = {
    agent: {
      connect: { timeout: millis("connectTimeout", 10_000) },
      headersTimeout: millis("headersTimeout", 300_000),
      bodyTimeout: millis("bodyTimeout", 300_000),
      connections: count("connections", null)
    },
    maxBodySize: count("maxBodySize", 10 * 1024 * 1024)
  }
  return issues.length === 0 ? settings : issues
}

/** The client. Fails on an option that can't work; ends its connections, and what is still on them, with the layer. */
export const layer = (
  options: UndiciOptions = {}
): Layer.Layer<HttpClient.HttpClient, DataRobotValidationError> =>
  Layer.scoped(
    HttpClient.HttpClient,
    Effect.suspend(() => {
      const settings = settingsOf(options)
      if (!("agent" in settings)) return Effect.fail(invalidSettings("Undici.layer", settings))
      const { agent, maxBodySize } = settings
      const dispatcher = options.dispatcher === undefined
        ? Effect.acquireRelease(
          Effect.sync(() => new Agent(agent)),
          (dispatcher) => Effect.promise(() => dispatcher.destroy())
        )
        : Effect.succeed(options.dispatcher)
      return Effect.map(dispatcher, (dispatcher) => makeClient(dispatcher, maxBodySize))
    })
  )
