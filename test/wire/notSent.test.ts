/** Requests that no server receives, because the client rejects them or a proxy does not forward them. */
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import { assert, describe, it } from "@effect/vitest"
import { ModelDeployment } from "effect-datarobot"
import * as Fetch from "effect-datarobot/fetch"
import * as Undici from "effect-datarobot/undici"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import * as Tracer from "effect/Tracer"
import { EnvHttpProxyAgent } from "undici"
import { endOf } from "../support.js"
import { assertHidden } from "./hidden.js"
import { render } from "./rendering.js"
import { clients, deployment, http, json, newDeployment, on, serve, token } from "./support.js"

const create = ModelDeployment.create(newDeployment)
const retry = { baseDelay: 5, maxDelay: 10 }
const answers = serve((socket) => socket.write(json(200, deployment())))

describe(
  "A header that a client would reject is rejected by the SDK, and nothing is sent",
  { concurrent: true },
  () => {
    const headers = {
      "upgrade": "websocket",
      "expect": "100-continue",
      "keep-alive": "timeout=5",
      "connection": "x-a",
      "transfer-encoding": "chunked",
      "content-length": "5",
      "te": "trailers",
      "trailer": "x-a",
      "proxy-connection": "keep-alive",
      "accept-encoding": "gzip",
      "x-a": "1\r\nx-b: 2"
    }
    for (const client of clients) {
      for (const [name, value] of Object.entries(headers)) {
        it.scopedLive(`${name}, ${client.name}`, () =>
          Effect.gen(function*() {
            const server = yield* answers
            const call = ModelDeployment.create(newDeployment, { headers: { [name]: value } })
            const error = yield* Effect.flip(on(server, client, { retry })(call))
            assert.include(error, { _tag: "DataRobotValidationError", phase: "request", attempts: 0 })
            assert.include(error.message, `headers.${name} `)
            assert.strictEqual(server.requests.length, 0)
          }))
      }

      it.scopedLive(`a trace id with a line break is not propagated, ${client.name}`, () =>
        Effect.gen(function*() {
          const server = yield* answers
          const parent = Tracer.externalSpan({ traceId: "a\r\nx-evil: 1", spanId: "b7ad6b7169203331" })
          const created = yield* on(server, client, { retry, propagateTrace: true })(create).pipe(
            Effect.withParentSpan(parent)
          )
          assert.strictEqual(created.id, deployment().id)
          for (const { headers } of server.requests) assert.notMatch(headers, /^(?:b3|traceparent|x-evil):/m)
        }))
    }
  }
)

describe("A request that the client rejects was not sent and is not retried", { concurrent: true }, () => {
  const faulty = {
    "a line break in a header": HttpClient.mapRequest(HttpClientRequest.setHeader("x-a", `1\r\nx-b: ${token}`)),
    "a character outside of Latin-1 in a header": HttpClient.mapRequest(HttpClientRequest.setHeader("x-a", "→")),
    "an invalid URL": HttpClient.mapRequest(HttpClientRequest.setUrl("http://[/"))
  }
  for (const client of clients) {
    for (const [title, change] of Object.entries(faulty)) {
      it.scopedLive(`${title}, ${client.name}`, () =>
        Effect.gen(function*() {
          const server = yield* answers
          const layer = Layer.map(
            client.layer,
            (context) =>
              Context.add(context, HttpClient.HttpClient, change(Context.get(context, HttpClient.HttpClient)))
          )
          const result = yield* Effect.either(on(server, { layer }, { retry })(create))
          assert.strictEqual(endOf(result), "DataRobotNetworkError Transport not-sent")
          const error = Either.isLeft(result) ? result.left : assert.fail()
          assert.include(error, { attempts: 1, retryable: false })
          assert.include(error.message, "the HTTP client rejected the request and sent nothing")
          assert.notInclude(error.message, "may have")
          assert.strictEqual(server.requests.length, 0)
          const rendered = yield* render(on(server, { layer }, { retry })(create), { quick: true })
          assertHidden(rendered.texts, token)
        }))
    }
  }
})

describe("A proxy that refuses to open a tunnel did not forward the request", { concurrent: true }, () => {
  /** The clients through a proxy. node:http has no proxy of its own on every supported version of Node. */
  const through = (port: number) => {
    const proxy = `http://127.0.0.1:${port}`
    const dispatcher = new EnvHttpProxyAgent({ httpProxy: proxy, httpsProxy: proxy, noProxy: "" })
    return {
      "fetch": Layer.merge(
        FetchHttpClient.layer,
        Layer.succeed(FetchHttpClient.RequestInit, Object.assign<RequestInit, object>({}, { dispatcher }))
      ),
      "undici": Layer.provide(
        NodeHttpClient.layerUndiciWithoutDispatcher,
        Layer.succeed(NodeHttpClient.Dispatcher, dispatcher)
      ),
      "effect-datarobot/fetch": Fetch.layer({ requestInit: Object.assign<RequestInit, object>({}, { dispatcher }) }),
      "effect-datarobot/undici": Layer.orDie(Undici.layer({ dispatcher }))
    }
  }

  for (const [status, attempts] of [[403, 1], [407, 1], [429, 3], [502, 3], [503, 3]] as const) {
    for (const name of ["fetch", "undici", "effect-datarobot/fetch", "effect-datarobot/undici"] as const) {
      it.scopedLive(`${status}, ${name}: create is tried ${attempts} x and not sent`, () =>
        Effect.gen(function*() {
          const proxy = yield* serve((socket) => socket.write(http(status, {}, "no")))
          const client = { layer: through(proxy.port)[name] }
          const endpoint = "https://dr.example.com/api/v2"
          const result = yield* Effect.either(on({ endpoint }, client, { retry })(create))
          assert.strictEqual(endOf(result), "DataRobotNetworkError Connect not-sent")
          const error = Either.isLeft(result) ? result.left : assert.fail()
          assert.include(error, { attempts, retryable: attempts > 1 })
          assert.include(error.message, "a proxy refused to forward the request")
          assert.include(error.message, `Proxy response (${status})`)
          assert.deepStrictEqual(proxy.requests.map(({ method }) => method), Array(attempts).fill("CONNECT"))
        }))
    }
  }
})
