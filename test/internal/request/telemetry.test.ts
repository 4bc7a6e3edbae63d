/** What tracers and metrics show of a request: OpenTelemetry's names, an event per retry, and metrics. */
import { assert, describe, it } from "@effect/vitest"
import * as Conventions from "@opentelemetry/semantic-conventions"
import * as Incubating from "@opentelemetry/semantic-conventions/incubating"
import { DataRobot, type DataRobotError } from "effect-datarobot"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import * as MetricState from "effect/MetricState"
import * as Schema from "effect/Schema"
import * as Tracer from "effect/Tracer"
import { operation } from "../../../src/internal/request/operation.js"
import { read } from "../../../src/internal/request/read.js"
import { connection, drawing, perform, script, type Step, timeLapse } from "../../support.js"
import { getThing } from "./things.js"

const ids = { id: "t1" }
const ok = { body: "{\"id\":\"t1\",\"label\":\"x\"}" }
const failing = (name = "Thing.get") => read(operation(name), getThing, ids)

/** The spans of Effect's own tracer. */
const native = () => {
  const spans: Array<Tracer.Span> = []
  const tracer = Effect.runSync(Effect.tracer)
  const layer = Layer.setTracer(Tracer.make({
    span: (...args) => {
      const span = tracer.span(...args)
      spans.push(span)
      return span
    },
    context: (run) => run()
  }))
  return { spans, layer }
}

const observed = (steps: ReadonlyArray<Step>, settings = {}) =>
  Effect.gen(function*() {
    const { layer, spans } = native()
    const { layer: http } = script(...steps)
    yield* timeLapse(Effect.either(failing())).pipe(
      drawing([0.5]),
      Effect.provide(Layer.mergeAll(http, connection(settings), layer))
    )
    return spans[0] ?? assert.fail("no span")
  })

describe("The attributes of a span", () => {
  it.effect("have the names of OpenTelemetry's conventions", () =>
    Effect.gen(function*() {
      const { attributes } = yield* observed([503, 503, 404])
      assert.deepStrictEqual(Object.fromEntries(attributes), {
        [Conventions.ATTR_HTTP_REQUEST_METHOD]: "GET",
        [Conventions.ATTR_SERVER_ADDRESS]: "dr.example.com",
        [Conventions.ATTR_SERVER_PORT]: 443,
        [Conventions.ATTR_URL_FULL]: "https://dr.example.com/api/v2/things/t1/",
        [Conventions.ATTR_URL_PATH]: "/api/v2/things/t1/",
        [Incubating.ATTR_URL_TEMPLATE]: "/api/v2/things/{id}/",
        [Conventions.ATTR_HTTP_REQUEST_RESEND_COUNT]: 2,
        [Conventions.ATTR_HTTP_RESPONSE_STATUS_CODE]: 404,
        [Conventions.ATTR_ERROR_TYPE]: "404"
      })
    }))

  for (
    const [endpoint, address, port] of [
      ["https://dr.example.com:8443/api/v2", "dr.example.com", 8443],
      ["http://127.0.0.1/api/v2", "127.0.0.1", 80],
      ["http://[::1]:81/api/v2", "::1", 81]
    ] as const
  ) {
    it.effect(`the server of ${endpoint} is ${address}, and its port ${port}`, () =>
      Effect.gen(function*() {
        const { attributes } = yield* observed([ok], { endpoint })
        assert.deepStrictEqual([attributes.get("server.address"), attributes.get("server.port")], [address, port])
      }))
  }

  it.effect("have no template if the caller wrote the path", () =>
    Effect.gen(function*() {
      const { layer, spans } = native()
      const asked = DataRobot.request({ method: "GET", path: "things/t1/", response: Schema.Unknown })
      yield* Effect.provide(perform(asked, ok), layer)
      assert.isFalse(spans[0]?.attributes.has("url.template"))
      assert.strictEqual(spans[0]?.attributes.get("url.full"), "https://dr.example.com/api/v2/things/t1/")
    }))
})

describe("The events of a span", () => {
  it.effect("are the retries: after which error, the number of the resend, and the delay in seconds", () =>
    Effect.gen(function*() {
      const span = yield* observed([503, "ECONNRESET", ok])
      const events =
        (span as Tracer.Span & { readonly events: ReadonlyArray<readonly [string, bigint, object]> }).events
      assert.deepStrictEqual(events.map(([name, , attributes]) => [name, attributes]), [
        ["retry", { "error.type": "503", "http.request.resend_count": 1, "datarobot.retry.delay": 0.125 }],
        ["retry", { "error.type": "Transport", "http.request.resend_count": 2, "datarobot.retry.delay": 0.25 }]
      ])
    }))
})

/** The states of the metrics of an operation: `name result`. */
const metricsOf = (name: string) =>
  Effect.map(Metric.snapshot, (pairs) =>
    pairs.flatMap(({ metricKey, metricState }) => {
      const tags = Object.fromEntries(metricKey.tags.map(({ key, value }) => [key, value]))
      if (tags["operation"] !== name || !metricKey.name.startsWith("datarobot.client.")) return []
      const value = MetricState.isCounterState(metricState)
        ? metricState.count
        : MetricState.isHistogramState(metricState)
        ? [metricState.count, metricState.sum]
        : undefined
      return [[`${metricKey.name.replace("datarobot.client.", "")} ${tags["result"]}`, value] as const]
    }).filter(([, value]) => value !== 0 && !(Array.isArray(value) && value[0] === 0)))

describe("The metrics", () => {
  const measured = (name: string, ...steps: ReadonlyArray<Step>) =>
    Effect.zipRight(
      perform(failing(name), ...steps).pipe(drawing([0.5])),
      Effect.map(metricsOf(name), (all) => Object.fromEntries(all))
    )

  it.effect("count a request with its retries, and measure its time in seconds", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* measured("Metrics.retried", 503, "ECONNRESET", ok), {
        "requests ok": 1,
        "request.duration ok": [1, 0.375],
        "retries 503": 1,
        "retries Transport": 1
      })
    }))

  it.effect("count a request that fails by the type of its error", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* measured("Metrics.failed", 404), {
        "requests 404": 1,
        "request.duration 404": [1, 0]
      })
    }))

  it.effect("do not count a request that was not sent", () =>
    Effect.gen(function*() {
      yield* perform(read(operation("Metrics.unsent"), getThing, { id: ".." }), ok)
      assert.deepStrictEqual(yield* metricsOf("Metrics.unsent"), [])
    }))
})

describe("Cause.pretty", () => {
  for (
    const [name, steps] of [["of an API error", [404]], ["of a network error", ["ECONNREFUSED"]], [
      "of a bad response",
      [{ body: "{}" }]
    ]] as const
  ) {
    it.effect(`${name} shows the operation and the caller's span, and no frame before them`, () =>
      Effect.gen(function*() {
        const { layer } = script(...steps)
        const work: Effect.Effect<unknown, DataRobotError.DataRobotError, never> = failing().pipe(
          Effect.provide(Layer.merge(layer, connection({ retry: false })))
        )
        const exit = yield* Effect.exit(Effect.withSpan(work, "nightly report"))
        const pretty = Exit.isFailure(exit) ? Cause.pretty(exit.cause) : assert.fail("succeeded")
        const [message, ...frames] = pretty.split("\n")
        assert.match(message ?? "", /^DataRobot\w+Error: Thing\.get /)
        assert.match(frames[0] ?? "", /^ {4}at Thing\.get/)
        assert.match(frames[1] ?? "", /^ {4}at nightly report \(.*telemetry\.test\.ts/)
        assert.notInclude(pretty, "src/internal")
      }))
  }
})
