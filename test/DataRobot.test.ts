/** The connection: its settings and layers, and what logs and spans show of a request. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobot, DataRobotError, ModelDeployment } from "effect-datarobot"
import type { ConnectionOptions } from "effect-datarobot/DataRobot"
import { MockHttpClient } from "effect-datarobot/testing"
import * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import {
  connection,
  endpoint,
  failsWith,
  id,
  logged,
  pageOf,
  script,
  sent,
  serving,
  timeLapse,
  token,
  traced,
  untyped,
  wire
} from "./support.js"

const { isValidationError } = DataRobotError
const { empty, json } = MockHttpClient
const one = "GET modelDeployments/:id/"

const build = <E>(layer: Layer.Layer<DataRobot, E>) => Effect.scoped(Layer.build(layer))
const env = (values: Readonly<Record<string, string>>) =>
  Layer.setConfigProvider(ConfigProvider.fromMap(new Map(Object.entries(values))))

/** The request that one `get` sends over a connection. */
const requestOver = <E>(layer: Layer.Layer<DataRobot, E>) =>
  Effect.gen(function*() {
    const { attempts, layer: http } = script(200)
    yield* Effect.provide(ModelDeployment.get(id), Layer.merge(layer, http))
    const { request, url } = attempts[0] ?? assert.fail("nothing was sent")
    return { url: url.href, headers: request.headers }
  })

describe("Connection settings", () => {
  for (
    const [given, base] of [
      [undefined, "https://app.datarobot.com/api/v2"],
      ["https://app.eu.datarobot.com/api/v2", "https://app.eu.datarobot.com/api/v2"],
      ["https://dr.example.com/api/v2/", "https://dr.example.com/api/v2"],
      ["https://dr.example.com:8443/proxy/dr/api/v2//", "https://dr.example.com:8443/proxy/dr/api/v2"],
      ["https://dr.example.com", "https://dr.example.com"],
      ["http://localhost:8080/api/v2", "http://localhost:8080/api/v2"],
      ["http://127.0.0.1:8080/api/v2", "http://127.0.0.1:8080/api/v2"],
      ["http://127.1.2.3/api/v2", "http://127.1.2.3/api/v2"],
      ["http://[::1]:8080/api/v2", "http://[::1]:8080/api/v2"]
    ] as const
  ) {
    it.effect(`the endpoint ${given} sends requests to ${base}/`, () =>
      Effect.gen(function*() {
        const { url } = yield* requestOver(DataRobot.layer({ endpoint: given, token }))
        assert.strictEqual(url, `${base}/modelDeployments/${id}/`)
      }))
  }

  it.effect("allowInsecure permits plain http to any host (S-3)", () =>
    Effect.gen(function*() {
      const { url } = yield* requestOver(
        DataRobot.layer({ endpoint: "http://dr.corp/api/v2", token, allowInsecure: true })
      )
      assert.strictEqual(url, `http://dr.corp/api/v2/modelDeployments/${id}/`)
    }))

  it.effect("the token is sent as Bearer by default, and as Token with tokenType", () =>
    Effect.gen(function*() {
      const authorization = (options: Partial<ConnectionOptions>) =>
        Effect.map(requestOver(connection(options)), ({ headers }) => headers["authorization"])
      assert.strictEqual(yield* authorization({}), `Bearer ${token}`)
      assert.strictEqual(yield* authorization({ tokenType: "Token" }), `Token ${token}`)
      assert.strictEqual(yield* authorization({ token: Redacted.make(token) }), `Bearer ${token}`)
    }))

  it.effect("userAgentSuffix is appended to the user-agent header", () =>
    Effect.gen(function*() {
      const { headers } = yield* requestOver(connection({ userAgentSuffix: "my-app/1.0 (batch)" }))
      assert.match(headers["user-agent"] ?? "", /^effect-datarobot\/[\d.]+ my-app\/1\.0 \(batch\)$/)
    }))

  const refused = (name: string, options: Partial<ConnectionOptions>, path: string, message: string) =>
    it.effect(`rejects ${name}: ${path} ${message}`, () =>
      Effect.gen(function*() {
        const error = yield* failsWith(build(DataRobot.layer({ endpoint, token, ...options })), isValidationError)
        assert.strictEqual(error.phase, "request")
        assert.deepInclude(error, { attempts: 0, method: "", path: "" })
        assert.deepStrictEqual(error.issues, [{ path, message }])
        assert.strictEqual(error.message, `DataRobot.layer: invalid settings: ${path} ${message}`)
      }))

  for (const bad of ["", "dr.example.com/api/v2", "/api/v2", "https://"]) {
    refused(`the endpoint ${JSON.stringify(bad)}`, { endpoint: bad }, "endpoint", "must be an absolute URL")
  }
  refused(
    "an endpoint that is not a string",
    { endpoint: untyped(new URL(endpoint)) },
    "endpoint",
    "must be an absolute URL"
  )
  for (const bad of ["ftp://dr.example.com/", "file:///etc/passwd", "javascript:alert(1)", "localhost:8080/api/v2"]) {
    refused(`the endpoint ${JSON.stringify(bad)}`, { endpoint: bad }, "endpoint", "must be an http or https URL")
  }
  for (
    const bad of [
      "http://dr.example.com/api/v2",
      "http://localhost.example.com/",
      "http://127.0.0.1.example.com/",
      "http://0.0.0.0/",
      "http://10.0.0.1/"
    ]
  ) {
    refused(
      `the endpoint ${bad} (S-3)`,
      { endpoint: bad },
      "endpoint",
      "must use https, because plain http exposes the token (set allowInsecure to permit it)"
    )
  }
  for (const bad of ["https://ana@dr.example.com/", "https://ana:pw@dr.example.com/", "https://:pw@dr.example.com/"]) {
    refused(`the endpoint ${bad}`, { endpoint: bad }, "endpoint", "must not contain a user name or a password")
  }
  for (const bad of ["https://dr.example.com/?a=b", "https://dr.example.com/#a"]) {
    refused(`the endpoint ${bad}`, { endpoint: bad }, "endpoint", "must not have a query or a fragment")
  }

  const tokenMessage = "must be 8 to 4096 printable ASCII characters without spaces"
  for (
    const bad of [
      "",
      "seven77",
      " leading-space",
      "trailing-space ",
      "in the middle",
      "new\nline-token",
      "tökentökentöken"
    ]
  ) {
    refused(`the token ${JSON.stringify(bad)} (S-4)`, { token: bad }, "token", tokenMessage)
  }
  refused("a token of 4097 characters (S-4)", { token: "x".repeat(4097) }, "token", tokenMessage)
  refused("a redacted token that is too short (S-4)", { token: Redacted.make("short") }, "token", tokenMessage)
  refused("a token that is not a string", { token: untyped(undefined) }, "token", tokenMessage)

  it.effect("accepts tokens of 8 and of 4096 characters", () =>
    Effect.gen(function*() {
      yield* build(DataRobot.layer({ token: "12345678" }))
      yield* build(DataRobot.layer({ token: "x".repeat(4096) }))
    }))

  const notADuration = "must be a positive, finite duration"
  for (const bad of [0, -1, Infinity, NaN, "0 seconds"] as const) {
    refused(`a timeout of ${bad} (R-4)`, { timeout: bad }, "timeout", notADuration)
    refused(`an attemptTimeout of ${bad} (R-4)`, { attemptTimeout: bad }, "attemptTimeout", notADuration)
  }
  refused("a timeout that is not a duration", { timeout: untyped("soon") }, "timeout", notADuration)
  for (const key of ["baseDelay", "maxDelay", "throttledBaseDelay", "throttledMaxDelay", "maxRetryAfter"] as const) {
    refused(`a ${key} of 0`, { retry: { [key]: 0 } }, `retry.${key}`, notADuration)
  }
  for (const bad of [0, -1, 1.5, 101, NaN]) {
    refused(
      `a maxAttempts of ${bad}`,
      { retry: { maxAttempts: bad } },
      "retry.maxAttempts",
      "must be a whole number from 1 to 100"
    )
  }
  refused("a retry option that is a string", { retry: untyped("twice") }, "retry", "must be false or an object")

  for (const name of ["authorization", "Host", "Content-Length", "transfer-encoding", "Connection", "COOKIE"]) {
    refused(
      `the header ${name} (S-4)`,
      { headers: { [name]: "x" } },
      `headers.${name.toLowerCase()}`,
      "is set by the SDK or the HTTP client"
    )
  }
  for (const value of ["a\r\nx-evil: 1", "a\nb", "\u0000", "ä", untyped(1)]) {
    refused(
      `the header value ${JSON.stringify(value)} (S-4)`,
      { headers: { "x-a": value } },
      "headers.x-a",
      "must be a string of printable ASCII characters"
    )
  }
  for (const name of ["", "x y", "x:y", "x\r\ny", "ä"]) {
    refused(
      `the header name ${JSON.stringify(name)} (S-4)`,
      { headers: { [name]: "x" } },
      "headers",
      "must have names of letters, digits and \"-\""
    )
  }

  refused(
    "an unknown tokenType",
    { tokenType: untyped("Basic") },
    "tokenType",
    "must be \"Bearer\" or \"Token\""
  )
  for (const bad of [0, 1.5, -1]) {
    refused(`a maxPages of ${bad}`, { maxPages: bad }, "maxPages", "must be a whole number from 1")
  }
  it.effect("accepts a maxPages of 1", () => build(connection({ maxPages: 1 })))
  for (const bad of ["", "a\nb", "x".repeat(201)]) {
    refused(
      `the user-agent suffix ${JSON.stringify(bad.slice(0, 5))}`,
      { userAgentSuffix: bad },
      "userAgentSuffix",
      "must be 1 to 200 printable ASCII characters"
    )
  }

  it.effect("reports all invalid settings at once, without the token (S-4)", () =>
    Effect.gen(function*() {
      const bad = "sp ace-secret"
      const error = yield* failsWith(
        build(DataRobot.layer({
          endpoint: `https://x:${bad}@dr.example.com/`,
          token: bad,
          timeout: 0,
          headers: { "x-a": `${bad}\n` }
        })),
        isValidationError
      )
      assert.deepStrictEqual(error.issues.map(({ path }) => path), ["headers.x-a", "timeout", "endpoint", "token"])
      assert.notInclude(JSON.stringify(error) + error.message + error.stack, "secret")
    }))
})

describe("DataRobot.layerConfig", () => {
  it.effect("reads its settings from Config", () =>
    Effect.gen(function*() {
      const layer = DataRobot.layerConfig({
        endpoint: Config.string("DR_URL"),
        token: Config.redacted("DR_TOKEN"),
        timeout: Config.duration("DR_TIMEOUT"),
        maxPages: Config.integer("DR_PAGES")
      })
      const values = { DR_URL: endpoint, DR_TOKEN: token, DR_TIMEOUT: "5 seconds", DR_PAGES: "7" }
      const { headers, url } = yield* requestOver(Layer.provide(layer, env(values)))
      assert.strictEqual(url, `${endpoint}/modelDeployments/${id}/`)
      assert.strictEqual(headers["authorization"], `Bearer ${token}`)
    }))

  it.effect("treats a setting that is undefined as not given", () =>
    Effect.gen(function*() {
      // Not every compiler setting forbids `undefined` here.
      const settings = { token: Config.redacted("DR_TOKEN"), tokenType: undefined, endpoint: undefined }
      const layer = DataRobot.layerConfig(settings as { readonly token: typeof settings.token })
      const { headers, url } = yield* requestOver(Layer.provide(layer, env({ DR_TOKEN: token })))
      assert.strictEqual(url, `https://app.datarobot.com/api/v2/modelDeployments/${id}/`)
      assert.strictEqual(headers["authorization"], `Bearer ${token}`)
    }))

  it.effect("accepts one Config for all settings", () =>
    Effect.gen(function*() {
      const layer = DataRobot.layerConfig(Config.all({ token: Config.redacted("DR_TOKEN") }))
      const { headers } = yield* requestOver(Layer.provide(layer, env({ DR_TOKEN: token })))
      assert.strictEqual(headers["authorization"], `Bearer ${token}`)
    }))

  it.effect("fails with a ConfigError for a missing setting", () =>
    Effect.gen(function*() {
      const layer = DataRobot.layerConfig({ token: Config.redacted("DR_TOKEN") })
      const error = yield* Effect.flip(build(Layer.provide(layer, env({}))))
      assert.strictEqual(error._tag, "ConfigError")
    }))

  it.effect("rejects invalid settings", () =>
    Effect.gen(function*() {
      const layer = DataRobot.layerConfig({ token: Config.redacted("DR_TOKEN") })
      const error = yield* failsWith(build(Layer.provide(layer, env({ DR_TOKEN: "short" }))), isValidationError)
      assert.match(error.message, /^DataRobot\.layerConfig: /)
    }))
})

describe("DataRobot.layerEnv", () => {
  it.effect("reads the endpoint and the token from the environment", () =>
    Effect.gen(function*() {
      const { headers, url } = yield* requestOver(
        Layer.provide(DataRobot.layerEnv, env({ DATAROBOT_ENDPOINT: `${endpoint}/`, DATAROBOT_API_TOKEN: token }))
      )
      assert.strictEqual(url, `${endpoint}/modelDeployments/${id}/`)
      assert.strictEqual(headers["authorization"], `Bearer ${token}`)
    }))

  for (const values of [{}, { DATAROBOT_ENDPOINT: "" }]) {
    it.effect(`uses the managed cloud's endpoint with ${JSON.stringify(values)}`, () =>
      Effect.gen(function*() {
        const layer = Layer.provide(DataRobot.layerEnv, env({ ...values, DATAROBOT_API_TOKEN: token }))
        assert.strictEqual(
          (yield* requestOver(layer)).url,
          `https://app.datarobot.com/api/v2/modelDeployments/${id}/`
        )
      }))
  }

  for (const values of [{}, { DATAROBOT_API_TOKEN: "" }]) {
    it.effect(`reports that the token is not set with ${JSON.stringify(values)}`, () =>
      Effect.gen(function*() {
        const error = yield* failsWith(build(Layer.provide(DataRobot.layerEnv, env(values))), isValidationError)
        assert.strictEqual(
          error.message,
          "DataRobot.layerEnv: invalid settings: DATAROBOT_API_TOKEN is not set"
        )
      }))
  }

  it.effect("does not print a rejected token (S-4)", () =>
    Effect.gen(function*() {
      const layer = Layer.provide(DataRobot.layerEnv, env({ DATAROBOT_API_TOKEN: "s3cret token" }))
      const error = yield* failsWith(build(layer), isValidationError)
      assert.notInclude(JSON.stringify(error) + error.message + error.stack, "s3cret")
    }))
})

describe("DataRobot.verify", () => {
  const version = { major: 2, minor: 30, versionString: "2.30.0" }
  const account = { uid: "u1", username: "ana", email: "ana@example.com", orgId: "o1", apiToken: "secret" }

  it.effect("returns the endpoint, the version and the user, without other keys", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual<unknown>(yield* DataRobot.verify(), {
        endpoint,
        version,
        user: { id: "u1", username: "ana", email: "ana@example.com", orgId: "o1" }
      })
      assert.deepStrictEqual(yield* sent, ["GET version/", "GET account/info/"])
    }).pipe(Effect.provide(serving({
      "GET version/": MockHttpClient.json({ ...version, releasedVersion: "9" }),
      "GET account/info/": MockHttpClient.json(account)
    }))))

  it.effect("accepts a version that an old server sends as null, and a user of whom only the id is known", () =>
    Effect.gen(function*() {
      const { user, version } = yield* DataRobot.verify()
      assert.deepStrictEqual(version, { versionString: null })
      assert.deepStrictEqual(user, { id: "u1" })
    }).pipe(Effect.provide(serving({
      "GET version/": MockHttpClient.json({ versionString: null }),
      "GET account/info/": MockHttpClient.json({ uid: "u1" })
    }))))

  it.effect("fails with Unauthorized if the token is wrong", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(DataRobot.verify(), DataRobotError.isApiError)
      assert.deepInclude(error, { reason: "Unauthorized", operation: "DataRobot.verify", path: "account/info/" })
      assert.include(error.message, "Check the API token")
    }).pipe(Effect.provide(serving({
      "GET version/": MockHttpClient.json(version),
      "GET account/info/": MockHttpClient.json({ message: "Invalid API token" }, { status: 401 })
    }))))

  it.effect("fails if the endpoint is a web page", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(DataRobot.verify(), DataRobotError.isValidationError)
      assert.deepInclude(error, { phase: "response", path: "version/" })
    }).pipe(Effect.provide(serving({ "GET version/": MockHttpClient.text("<html></html>") }))))
})

describe("Tracing spans", () => {
  const observed = (operation: Effect.Effect<unknown, unknown, never>) => {
    const { layer, spans } = traced()
    return Effect.as(Effect.provide(Effect.either(timeLapse(operation)), layer), spans)
  }
  const attributesOf = (routes: MockHttpClient.Routes, operation = ModelDeployment.get(id)) =>
    Effect.map(observed(Effect.provide(operation, serving(routes))), (spans) => {
      assert.strictEqual(spans.length, 1)
      return Object.fromEntries(spans[0]?.attributes ?? [])
    })

  it.effect("each operation has one client span, and the HTTP client adds none", () =>
    Effect.gen(function*() {
      const spans = yield* observed(
        ModelDeployment.update(id, { label: "New" }).pipe(
          Effect.zipRight(ModelDeployment.list()),
          Effect.withSpan("mine"),
          Effect.provide(serving({
            "PATCH modelDeployments/:id/": empty(),
            [one]: json(wire()),
            "GET modelDeployments/": [pageOf(["a"], "?offset=1"), pageOf(["b"])]
          }))
        )
      )
      assert.deepStrictEqual(spans.map(({ kind, name }) => [name, kind]), [
        ["mine", "internal"],
        ["ModelDeployment.update", "client"],
        ["ModelDeployment.list", "client"]
      ])
    }))

  it.effect("a stream has one span per page", () =>
    Effect.gen(function*() {
      const spans = yield* observed(
        Stream.runDrain(ModelDeployment.stream()).pipe(
          Effect.provide(serving({ "GET modelDeployments/": [pageOf(["a"], "?offset=1"), pageOf(["b"])] }))
        )
      )
      assert.deepStrictEqual(spans.map(({ name }) => name), ["ModelDeployment.stream", "ModelDeployment.stream"])
    }))

  it.effect("a span of a success records method, server, path and status, but no header, body or query", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* attributesOf({ [one]: json(wire()) }), {
        "http.request.method": "GET",
        "server.address": "dr.example.com",
        "server.port": 443,
        "url.full": `https://dr.example.com/api/v2/modelDeployments/${id}/`,
        "url.path": `/api/v2/modelDeployments/${id}/`,
        "url.template": "/api/v2/modelDeployments/{id}/",
        "http.response.status_code": 200
      })
    }))

  it.effect("a span of a failure records the status, the number of resends and the type of the error", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* attributesOf({ [one]: json({ message: "s3cret" }, { status: 500 }) }), {
        "http.request.method": "GET",
        "server.address": "dr.example.com",
        "server.port": 443,
        "url.full": `https://dr.example.com/api/v2/modelDeployments/${id}/`,
        "url.path": `/api/v2/modelDeployments/${id}/`,
        "url.template": "/api/v2/modelDeployments/{id}/",
        "http.request.resend_count": 2,
        "http.response.status_code": 500,
        "error.type": "500"
      })
    }))

  it.effect("a span of an unreadable response records an error", () =>
    Effect.gen(function*() {
      const attributes = yield* attributesOf({ [one]: json({}) })
      assert.strictEqual(attributes["error.type"], "DataRobotValidationError")
      assert.strictEqual(attributes["http.response.status_code"], 200)
    }))

  it.effect("a span without a request records only the error", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* attributesOf({}, ModelDeployment.get("..")), {
        "error.type": "DataRobotValidationError"
      })
    }))

  it.effect("a span over several requests records the first one, or a later one that fails", () =>
    Effect.gen(function*() {
      const update = ModelDeployment.update(id, { label: "New" })
      const routes = { "PATCH modelDeployments/:id/": empty(), [one]: json(wire()) }
      assert.deepInclude(yield* attributesOf(routes, update), {
        "http.request.method": "PATCH",
        "http.response.status_code": 204
      })
      const failing = { ...routes, [one]: json({ message: "No" }, { status: 403 }) }
      assert.deepInclude(yield* attributesOf(failing, update), {
        "http.request.method": "GET",
        "http.response.status_code": 403,
        "error.type": "403"
      })
    }))

  it.effect("a span records no error if a later poll succeeds", () =>
    Effect.gen(function*() {
      const down = json({ message: "down" }, { status: 500 })
      const attributes = yield* attributesOf(
        { [one]: [down, json(wire())] },
        ModelDeployment.awaitDeployed(id, {}, { retry: false })
      )
      assert.notProperty(attributes, "error.type")
    }))

  for (const propagateTrace of [undefined, true] as const) {
    it.effect(`propagateTrace ${propagateTrace} ${propagateTrace ? "sends trace headers" : "sends no trace headers"}`, () =>
      Effect.gen(function*() {
        const { layer, spans } = traced()
        const { headers } = yield* Effect.provide(requestOver(connection({ propagateTrace })), layer)
        const [span] = spans
        assert.strictEqual(
          headers["traceparent"],
          propagateTrace ? `00-${span?.traceId}-${span?.spanId}-01` : undefined
        )
        assert.strictEqual("b3" in headers, propagateTrace === true)
      }))
  }

  it.effect("propagateTrace sends no trace headers if the tracer is disabled", () =>
    Effect.gen(function*() {
      const request = Effect.provide(requestOver(connection({ propagateTrace: true })), traced().layer)
      const { headers } = yield* Effect.withTracerEnabled(request, false)
      assert.notProperty(headers, "traceparent")
      assert.notProperty(headers, "b3")
    }))
})

describe("Logs", () => {
  const debug = Logger.minimumLogLevel(LogLevel.Debug)

  it.effect("each attempt is logged at debug level, without headers, bodies or queries", () =>
    Effect.gen(function*() {
      const { layer, lines } = logged()
      const down = json({ message: "s3cret" }, { status: 503 })
      yield* timeLapse(ModelDeployment.list({ query: "s3cret" }, { headers: { "x-a": "s3cret" } })).pipe(
        Effect.provide(
          serving({ "GET modelDeployments/": [down, MockHttpClient.networkFailure("ECONNRESET"), json({ data: [] })] })
        ),
        Effect.withRandom(Random.fixed([0.5])),
        Effect.provide(Layer.merge(layer, debug))
      )
      assert.deepStrictEqual(lines, [
        { level: "DEBUG", message: "ModelDeployment.list: GET modelDeployments/, attempt 1, 503, 0 ms" },
        { level: "DEBUG", message: "ModelDeployment.list: GET modelDeployments/, attempt 2, Transport, 0 ms" },
        { level: "DEBUG", message: "ModelDeployment.list: GET modelDeployments/, attempt 3, 200, 0 ms" }
      ])
    }))

  it.effect("a response that can't be parsed is logged as not understood", () =>
    Effect.gen(function*() {
      const { layer, lines } = logged()
      yield* Effect.either(ModelDeployment.get(id)).pipe(
        Effect.provide(serving({ [one]: MockHttpClient.text("<html>") })),
        Effect.provide(Layer.merge(layer, debug))
      )
      assert.deepStrictEqual(lines.map(({ message }) => message), [
        `ModelDeployment.get: GET modelDeployments/${id}/, attempt 1, not understood, 0 ms`
      ])
    }))

  it.effect("a failed call logs nothing at the default level", () =>
    Effect.gen(function*() {
      const { layer, lines } = logged()
      const outcome = yield* Effect.either(ModelDeployment.get(id)).pipe(
        Effect.provide(serving({ [one]: json({ message: "No" }, { status: 404 }) })),
        Effect.provide(layer)
      )
      assert.isTrue(Either.isLeft(outcome))
      assert.deepStrictEqual(lines, [])
    }))

  it.effect("a deprecated route is logged as a warning once per operation", () =>
    Effect.gen(function*() {
      const { layer, lines } = logged()
      yield* Effect.gen(function*() {
        yield* ModelDeployment.get(id)
        yield* DataRobot.withOptions({ timeout: "1 second" })(ModelDeployment.get(id))
        yield* ModelDeployment.getOption(id)
        assert.strictEqual((yield* sent).length, 3)
      }).pipe(
        Effect.provide(serving({ [one]: json(wire(), { headers: { deprecation: `s3cret ${token}` } }) })),
        Effect.provide(layer)
      )
      assert.deepStrictEqual(lines, [
        { level: "WARN", message: "ModelDeployment.get: DataRobot says that this route is deprecated" },
        { level: "WARN", message: "ModelDeployment.getOption: DataRobot says that this route is deprecated" }
      ])
    }))
})
