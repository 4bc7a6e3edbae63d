/** Where predictions are requested, and who receives the token (S-11). */
import { HttpClient, HttpClientResponse } from "@effect/platform"
import { RequestError } from "@effect/platform/HttpClientError"
import type { HttpClientRequest } from "@effect/platform/HttpClientRequest"
import { assert, describe, it } from "@effect/vitest"
import { DataRobot, DataRobotError, Prediction } from "effect-datarobot"
import type { ConnectionOptions } from "effect-datarobot/DataRobot"
import * as Cause from "effect/Cause"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { inspect } from "node:util"
import { endOf, endpoint, id, token, traced, untyped } from "./support.js"

const key = "secret-key-of-the-server-0001"
const rows = [{ tenure: 3 }]

/** A deployment in wire format. */
const dedicatedAt = (url: string | null, more: object = {}) => ({
  id,
  defaultPredictionServer: { id: "p1", url, "datarobot-key": key },
  ...more
})
const serverless = { id, predictionEnvironment: { platform: "datarobotServerless" }, defaultPredictionServer: null }

type Respond = (
  request: HttpClientRequest,
  index: number
) => Response | { readonly code: string } | Effect.Effect<Response>

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } })

const onePrediction = () => json({ data: [{ rowId: 0, prediction: 1, predictionValues: [] }] })

/** Runs an effect against a server that is anywhere. Returns its end and everything that was sent. */
const against = <A, E>(
  effect: Effect.Effect<A, E, DataRobot | HttpClient.HttpClient>,
  respond: Respond,
  options: Partial<ConnectionOptions> = {}
) =>
  Effect.gen(function*() {
    const sent: Array<HttpClientRequest> = []
    const client = HttpClient.make((request) => {
      const made = respond(request, sent.push(request) - 1)
      if (Effect.isEffect(made)) return Effect.map(made, (one) => HttpClientResponse.fromWeb(request, one))
      if (made instanceof Response) return Effect.succeed(HttpClientResponse.fromWeb(request, made))
      const cause = Object.assign(new Error("no connection"), made)
      return Effect.fail(new RequestError({ request, reason: "Transport", cause }))
    })
    const layer = Layer.merge(
      DataRobot.layer({ endpoint, token, retry: false, ...options }),
      Layer.succeed(HttpClient.HttpClient, client)
    )
    const end = yield* Effect.either(effect).pipe(Effect.provide(Layer.orDie(layer)))
    return { end, sent, urls: sent.map(({ method, url }) => `${method} ${url}`) }
  })

/** Answers reads of the deployment with a body, and any other request with one prediction. */
const deployed = (body: unknown): Respond => (request) => request.method === "GET" ? json(body) : onePrediction()

const read = `GET ${endpoint}/deployments/${id}/`
const atServer = (origin: string) => `POST ${origin}/predApi/v1.0/deployments/${id}/predictions`
const atEndpoint = `POST ${endpoint}/deployments/${id}/predictions`

describe("The deployment decides where its predictions are requested", () => {
  it.effect("a dedicated deployment has a prediction server, which receives the token and its key", () =>
    Effect.gen(function*() {
      const { end, sent, urls } = yield* against(
        Prediction.predict(id, rows),
        deployed(dedicatedAt("https://dr.example.com"))
      )
      assert.strictEqual(endOf(end), "ok")
      assert.deepStrictEqual(urls, [read, atServer("https://dr.example.com")])
      assert.isUndefined(sent[0]?.headers["datarobot-key"])
      assert.deepInclude(sent[1]?.headers, { authorization: `Bearer ${token}`, "datarobot-key": key })
    }))

  it.effect("a serverless deployment is at the endpoint, which receives no key", () =>
    Effect.gen(function*() {
      const { sent, urls } = yield* against(Prediction.predict(id, rows), deployed(serverless))
      assert.deepStrictEqual(urls, [read, atEndpoint])
      assert.isUndefined(sent[1]?.headers["datarobot-key"])
    }))

  it.effect("a deployment that was read before is not read again", () =>
    Effect.gen(function*() {
      const deployment = {
        id,
        defaultPredictionServer: { url: "https://pred.dr.example.com/", datarobotKey: Redacted.make(key) },
        predictionEnvironment: { platform: "datarobot" }
      }
      const { urls } = yield* against(Prediction.predict(deployment, rows), deployed(serverless))
      assert.deepStrictEqual(urls, [atServer("https://pred.dr.example.com")])
    }))

  const impossible: ReadonlyArray<readonly [what: string, deployment: object, issue: RegExp]> = [
    [
      "an external platform",
      { id, predictionEnvironment: { platform: "aws" }, defaultPredictionServer: null },
      /^deployment runs outside of DataRobot \(aws\)/
    ],
    [
      "an external platform, even with a server",
      dedicatedAt("https://dr.example.com", { predictionEnvironment: { platform: "snowflake" } }),
      /^deployment runs outside of DataRobot \(snowflake\)/
    ],
    ["neither a server nor an environment", { id }, /^deployment has no prediction server and is not serverless/],
    ["a server without a URL", dedicatedAt(null), /^deployment has a prediction server whose URL is not/]
  ]
  for (const [what, deployment, issue] of impossible) {
    it.effect(`a deployment with ${what} fails before a prediction is requested`, () =>
      Effect.gen(function*() {
        const { end, urls } = yield* against(Prediction.predict(id, rows), deployed(deployment))
        assert.deepStrictEqual(urls, [read])
        const error = Either.isLeft(end) ? end.left : undefined
        if (!DataRobotError.isValidationError(error)) throw new Error(endOf(end))
        assert.deepInclude(error, { phase: "request", attempts: 0, operation: "Prediction.predict" })
        assert.match(`${error.issues[0]?.path} ${error.issues[0]?.message}`, issue)
      }))
  }
})

/** The operations that send a request to the target. */
const operations: Readonly<
  Record<string, Effect.Effect<unknown, DataRobotError.DataRobotError, DataRobot | HttpClient.HttpClient>>
> = {
  predict: Prediction.predict(id, rows),
  stream: Stream.runDrain(Prediction.stream(id, Stream.fromIterable(rows))),
  "predictCsv of a text": Stream.runDrain(Prediction.predictCsv(id, "tenure\n3\n")),
  "predictCsv of a stream": Stream.runDrain(Prediction.predictCsv(id, Stream.make(new TextEncoder().encode("a\n3\n")))),
  predictUnstructured: Prediction.predictUnstructured(id, { body: "x", contentType: "text/plain" })
}

const cloud = { endpoint: "https://app.eu.datarobot.com/api/v2" }
const local = { endpoint: "http://127.0.0.1:8080/api/v2" }

describe("A prediction server that does not belong to the endpoint receives nothing (S-11)", () => {
  const hostile: ReadonlyArray<readonly [url: string, options?: Partial<ConnectionOptions>]> = [
    ["https://evil.example.org"],
    ["https://dr.example.com.evil.org"],
    ["https://evildr.example.com"],
    ["https://example.com"],
    ["http://dr.example.com"],
    ["http://pred.dr.example.com"],
    ["https://user:password@dr.example.com"],
    ["https://dr.example.com@evil.org"],
    ["https://evil.org\\@dr.example.com"],
    ["https://dr.example.com\t.evil.org"],
    ["https://dr.example.com?x=1"],
    ["https://dr.example.com#x"],
    ["https://dr.example.com/../x"],
    ["https://dr.example.com/%2e%2e/"],
    ["ftp://dr.example.com"],
    ["//dr.example.com"],
    ["dr.example.com"],
    ["javascript:alert(1)"],
    ["http://127.0.0.1:9999"],
    ["https://localhost"],
    ["https://[::1]"],
    ["https://evil.org", cloud],
    ["https://datarobot.com.evil.org", cloud],
    ["https://notdatarobot.com", cloud],
    ["http://example.orm.datarobot.com", cloud],
    ["https://other.datarobot.com", { endpoint: "https://datarobot.example.com/api/v2" }],
    ["https://pred.example.org", local],
    ["https://allowed.example.org", {
      predictionServers: ["https://other.example.org", "https://allowed.example.org:8443"]
    }],
    ["http://allowed.example.org", { predictionServers: ["https://allowed.example.org"] }],
    ["https://sub.allowed.example.org", { predictionServers: ["https://allowed.example.org"] }]
  ]
  for (const [url, options] of hostile) {
    it.effect(`${url} of ${options?.endpoint ?? endpoint} receives no byte of any operation`, () =>
      Effect.gen(function*() {
        for (const [name, operation] of Object.entries(operations)) {
          const { end, sent } = yield* against(operation, deployed(dedicatedAt(url)), options)
          assert.deepStrictEqual(sent.map(({ method }) => method), ["GET"], name)
          const error = Either.isLeft(end) ? end.left : undefined
          if (!DataRobotError.isValidationError(error)) throw new Error(`${name} ended with ${endOf(end)}`)
          assert.deepInclude(error, { phase: "request", attempts: 0 })
          assert.notInclude(inspect(error, { depth: 10 }), key)
          assert.notInclude(inspect(error, { depth: 10 }), "password")
        }
      }))
  }

  it.effect("the error names the option predictionServers and the origin", () =>
    Effect.gen(function*() {
      const { end } = yield* against(
        operations["predict"] ?? Effect.void,
        deployed(dedicatedAt("https://pred.example.org"))
      )
      assert.include(
        Either.isLeft(end) ? end.left.message : "",
        "predictionServers must contain https://pred.example.org"
      )
    }))

  const trusted: ReadonlyArray<readonly [url: string, options?: Partial<ConnectionOptions>]> = [
    ["https://dr.example.com"],
    ["https://dr.example.com:8443"],
    ["https://pred.dr.example.com"],
    ["https://a.b.dr.example.com"],
    ["https://example.orm.datarobot.com", cloud],
    ["https://example.dynamic.orm.eu.datarobot.com", { endpoint: "https://app.datarobot.com/api/v2" }],
    ["http://127.0.0.1:9999", local],
    ["http://localhost:1", local],
    ["https://pred.example.org", { predictionServers: ["https://pred.example.org"] }],
    ["http://pred.example.org:81", { predictionServers: ["http://pred.example.org:81"], allowInsecure: true }]
  ]
  for (const [url, options] of trusted) {
    it.effect(`${url} of ${options?.endpoint ?? endpoint} receives the request`, () =>
      Effect.gen(function*() {
        const { end, urls } = yield* against(Prediction.predict(id, rows), deployed(dedicatedAt(url)), options)
        assert.strictEqual(endOf(end), "ok")
        assert.strictEqual(urls[1], atServer(url))
      }))
  }

  const settings: ReadonlyArray<readonly [predictionServers: ReadonlyArray<string>, issue: string]> = [
    [["pred.example.org"], "predictionServers[0] must be an origin"],
    [["https://ok.example.org", "https://pred.example.org/path"], "predictionServers[1] must be an origin"],
    [["https://u:p@pred.example.org"], "predictionServers[0] must be an origin"],
    [["https://*.example.org"], "predictionServers[0] must be an origin"],
    [["ftp://pred.example.org"], "predictionServers[0] must be an origin"],
    [["http://pred.example.org"], "predictionServers[0] must use https"]
  ]
  for (const [predictionServers, issue] of settings) {
    it.effect(`the option predictionServers rejects ${predictionServers.join(" and ")}`, () =>
      Effect.gen(function*() {
        const end = yield* Effect.flip(
          Effect.scoped(Layer.build(DataRobot.layer({ endpoint, token, predictionServers })))
        )
        assert.include(end.message, issue)
        assert.notInclude(end.message, "u:p@")
      }))
  }

  it.effect("a redirect of a prediction server is not followed", () =>
    Effect.gen(function*() {
      for (const [name, operation] of Object.entries(operations)) {
        const { end, urls } = yield* against(operation, (request) =>
          request.method === "GET"
            ? json(dedicatedAt("https://dr.example.com"))
            : new Response(null, { status: 307, headers: { location: "https://evil.example.org/" } }))
        assert.strictEqual(endOf(end), "DataRobotApiError Unexpected", name)
        assert.strictEqual(urls.length, 2)
      }
    }))
})

describe("The key of a prediction server is a secret (S-10)", () => {
  it.effect("no error shows the key that a server repeats, in any encoding", () =>
    Effect.gen(function*() {
      const echoes = [
        key,
        encodeURIComponent(key),
        Buffer.from(key).toString("base64"),
        Buffer.from(key).toString("hex")
      ]
      for (const [name, operation] of Object.entries(operations)) {
        for (const echo of echoes) {
          const { end } = yield* against(operation, (request) =>
            request.method === "GET"
              ? json(dedicatedAt("https://dr.example.com"))
              : json({ message: `The key ${echo} is wrong`, errors: { [echo]: echo } }, 403, { "x-request-id": echo }))
          const error = Either.isLeft(end) ? end.left : undefined
          if (!DataRobotError.isApiError(error)) throw new Error(`${name} ended with ${endOf(end)}`)
          const shown = [
            inspect(error, { depth: 10 }),
            JSON.stringify(error),
            Cause.pretty(Cause.fail(error)),
            error.message
          ]
          for (const text of shown) assert.notInclude(text, echo)
        }
      }
    }))

  it.effect("a network error does not show the key", () =>
    Effect.gen(function*() {
      const { end } = yield* against(Prediction.predict(id, rows), (request) =>
        request.method === "GET" ? json(dedicatedAt("https://dr.example.com")) : { code: `E-${key}` })
      assert.notInclude(inspect(end, { depth: 10 }), key)
    }))
})

describe("The address of a prediction server comes from a response", () => {
  const secret = "0123456789-of-the-tests"
  const hidden: ReadonlyArray<readonly [what: string, deployment: object]> = [
    ["a host with the token", dedicatedAt(`https://${secret}.dr.example.com`)],
    ["a path with the token in hex", dedicatedAt(`https://dr.example.com/${Buffer.from(secret).toString("hex")}`)],
    ["a host with the key", dedicatedAt(`https://${key}.dr.example.com`)],
    ["a path with the key", dedicatedAt(`https://dr.example.com/${key}`)],
    ["a foreign host with the key", dedicatedAt(`https://${key}.example.org`)],
    ["a platform with the key", dedicatedAt(null, { predictionEnvironment: { platform: key } })]
  ]
  for (const [what, deployment] of hidden) {
    it.effect(`${what} appears in no error and no span`, () =>
      Effect.gen(function*() {
        const { layer, spans } = traced()
        const { end } = yield* against(
          Prediction.predict(id, rows),
          (request) => request.method === "GET" ? json(deployment) : { code: "ENOTFOUND" },
          { token: secret }
        ).pipe(Effect.provide(layer))
        const error = Either.isLeft(end) ? end.left : undefined
        assert.isDefined(error)
        const attributes = spans.map((span) => Object.fromEntries(span.attributes))
        for (const text of [inspect(error, { depth: 10 }), JSON.stringify(error), JSON.stringify(attributes)]) {
          for (const one of [secret, key, Buffer.from(secret).toString("hex")]) assert.notInclude(text, one)
        }
      }))
  }
})

describe("A deployment that did not come from the SDK is rejected before anything is sent", () => {
  const server = { url: "https://dr.example.com" }
  const odd: ReadonlyArray<readonly [what: string, deployment: object, issue: RegExp]> = [
    ["a key that is plain text", { defaultPredictionServer: { ...server, datarobotKey: "<redacted>" } }, /after JSON/],
    ["a key that is null", { defaultPredictionServer: { ...server, datarobotKey: null } }, /after JSON/],
    ["a key that is no text", { defaultPredictionServer: { ...server, datarobotKey: Redacted.make(5) } }, /after JSON/],
    ["a server that is no object", { defaultPredictionServer: "x" }, /must be a deployment as it was read/],
    ["a URL that is no text", { defaultPredictionServer: { url: 5 } }, /must be a deployment as it was read/],
    ["an environment that is no object", { predictionEnvironment: 5 }, /must be a deployment as it was read/],
    ["a platform that is no text", { predictionEnvironment: { platform: 5 } }, /must be a deployment as it was read/]
  ]
  for (const [what, parts, issue] of odd) {
    it.effect(`with ${what}`, () =>
      Effect.gen(function*() {
        const { end, urls } = yield* against(Prediction.predict(untyped({ id, ...parts }), rows), deployed(serverless))
        assert.deepStrictEqual(urls, [])
        const error = Either.isLeft(end) ? end.left : undefined
        if (!DataRobotError.isValidationError(error)) throw new Error(endOf(end))
        assert.strictEqual(error.issues[0]?.path, "deployment")
        assert.match(error.message, issue)
      }))
  }
})

describe("The target of a deployment is read once per connection", () => {
  it.effect("for all calls and regions of the connection", () =>
    Effect.gen(function*() {
      const call = Prediction.predict(id, rows)
      const calls = Effect.all([call, DataRobot.withOptions({ timeout: "9 seconds" })(call), call])
      const { urls } = yield* against(calls, deployed(serverless))
      assert.deepStrictEqual(urls, [read, atEndpoint, atEndpoint, atEndpoint])
    }))

  it.effect("calls at the same time share one request", () =>
    Effect.gen(function*() {
      const calls = Effect.all(Array.from({ length: 20 }, () => Prediction.predict(id, rows)), {
        concurrency: "unbounded"
      })
      const { urls } = yield* against(calls, deployed(serverless))
      assert.strictEqual(urls.filter((url) => url === read).length, 1)
      assert.strictEqual(urls.length, 21)
    }))

  it.effect("a caller that is interrupted does not end the request of another one", () =>
    Effect.gen(function*() {
      const gate = yield* Deferred.make<void>()
      const calls = Effect.gen(function*() {
        const first = yield* Effect.fork(Prediction.predict(id, rows))
        yield* Effect.yieldNow()
        const second = yield* Effect.fork(Prediction.predict(id, rows))
        yield* Effect.yieldNow()
        yield* Fiber.interrupt(first)
        yield* Deferred.succeed(gate, undefined)
        return yield* Fiber.join(second)
      })
      const { end, urls } = yield* against(calls, (request) =>
        request.method === "GET"
          ? Effect.as(Deferred.await(gate), undefined).pipe(Effect.map(() => json(serverless)))
          : onePrediction())
      assert.strictEqual(endOf(end), "ok")
      assert.deepStrictEqual(urls, [read, atEndpoint])
    }))

  it.effect("a failure is not remembered", () =>
    Effect.gen(function*() {
      const call = Effect.either(Prediction.predict(id, rows))
      const { urls } = yield* against(Effect.all([call, call]), (request, index) =>
        index === 0 ? json({ message: "No" }, 503) : request.method === "GET" ? json(serverless) : onePrediction())
      assert.deepStrictEqual(urls, [read, read, atEndpoint])
    }))

  it.effect("a deployment that moved is read again, and its new target receives the request", () =>
    Effect.gen(function*() {
      const before = "https://old.dr.example.com"
      for (
        const failure of [json({ message: "No" }, 404), json({ message: "No" }, 401), json({ message: "No" }, 403), {
          code: "ECONNREFUSED"
        }]
      ) {
        let moved = false
        const call = Prediction.predict(id, rows)
        const calls = Effect.zipRight(call, Effect.zipRight(Effect.sync(() => moved = true), call))
        const { end, urls } = yield* against(calls, (request) => {
          if (request.method === "GET") return json(moved ? serverless : dedicatedAt(before))
          return moved && request.url.startsWith(before)
            ? failure instanceof Response ? failure.clone() : failure
            : onePrediction()
        })
        assert.strictEqual(endOf(end), "ok")
        assert.deepStrictEqual(urls, [read, atServer(before), atServer(before), read, atEndpoint])
      }
    }))

  it.effect("a request is not sent twice to the same target after a 404", () =>
    Effect.gen(function*() {
      const call = Effect.either(Prediction.predict(id, rows))
      const { urls } = yield* against(Effect.all([call, call, call]), (request, index) =>
        request.method === "GET" ? json(serverless) : index === 1 ? onePrediction() : json({ message: "No" }, 404))
      assert.deepStrictEqual(urls, [read, atEndpoint, atEndpoint, read, atEndpoint, read])
    }))

  it.effect("a stream of CSV is not sent twice, but the next call reads the deployment again", () =>
    Effect.gen(function*() {
      const csv = Stream.make(new TextEncoder().encode("a\n1\n"))
      let moved = false
      const call = Effect.either(Stream.runDrain(Prediction.predictCsv(id, csv)))
      const calls = Effect.all([call, Effect.sync(() => moved = true), call, call])
      const { urls } = yield* against(calls, (request) => {
        if (request.method === "GET") return json(moved ? serverless : dedicatedAt("https://dr.example.com"))
        const isOld = request.url.includes("predApi")
        return moved && isOld
          ? json({ message: "No" }, 404)
          : new Response("x\n", { headers: { "content-type": "text/csv" } })
      })
      const old = atServer("https://dr.example.com")
      assert.deepStrictEqual(urls, [read, old, old, read, atEndpoint])
    }))

  it.effect("at most 1 000 deployments are remembered", () =>
    Effect.gen(function*() {
      const idAt = (n: number) => n.toString(16).padStart(24, "0")
      const calls = Effect.forEach(Array.from({ length: 1001 }, (_, n) => n), (n) => Prediction.predict(idAt(n), rows))
      const again = Effect.zipRight(
        calls,
        Effect.zipRight(Prediction.predict(idAt(1000), rows), Prediction.predict(idAt(0), rows))
      )
      const { sent } = yield* against(again, deployed(serverless))
      assert.strictEqual(sent.filter(({ method }) => method === "GET").length, 1002)
    }))
})
