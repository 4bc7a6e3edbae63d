import * as HttpBody from "@effect/platform/HttpBody"
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { gzipSync } from "node:zlib"
import { Predictions } from "../../../src/wire/prediction.js"
import { ask, at, eachWay } from "../support.js"

const predict = "POST /predApi/v1.0/deployments/a/predictions"
const stats = Effect.map(ask("GET modelDeployments/a/serviceStats/"), ({ json }) => json)
const decode = Schema.decodeUnknownSync(Predictions)

eachWay((running) => {
  const deployments = [
    { id: "a" },
    { id: "many", project: { id: "p", target: "kind", targetType: "Multiclass", classNames: ["x", "y,z"] } }
  ]

  it.effect("reads the rows of a list, of `data`, of CSV and of a form, and predicts the same for them", () =>
    Effect.gen(function*() {
      const form = (content: string, type: string) => {
        const data = new FormData()
        data.append("file", new Blob([content], { type }), "rows")
        return { body: HttpBody.formData(data) }
      }
      const csv = "age,city\n31,Bonn\n"
      const answers = [
        yield* ask(predict, { json: [{ age: 31, city: "Bonn" }] }),
        yield* ask(predict, { json: { data: [{ age: 31, city: "Bonn" }] } }),
        yield* ask(predict, { text: csv, headers: { "content-type": "text/csv" } }),
        yield* ask(predict, { text: csv, headers: { "content-type": "text/plain; charset=UTF-8" } }),
        yield* ask(predict, form(csv, "application/octet-stream")),
        yield* ask(predict, form("[{\"age\":31,\"city\":\"Bonn\"}]", "application/json")),
        yield* ask(predict, {
          body: HttpBody.uint8Array(gzipSync(csv), "text/csv"),
          headers: { "content-encoding": "gzip" }
        })
      ]
      for (const answer of answers) {
        assert.deepStrictEqual([answer.status, answer.text], [200, answers[0]?.text])
        assert.strictEqual(decode(answer.json).data.length, 1)
      }
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("rejects a form without a file, damaged gzip and other encodings with a 400", () =>
    Effect.gen(function*() {
      const form = new FormData()
      form.append("other", "a\n1\n")
      const zipped = gzipSync("a\n1\n")
      const withEncoding = (bytes: Uint8Array, encoding: string) => ({
        body: HttpBody.uint8Array(bytes, "text/csv"),
        headers: { "content-encoding": encoding }
      })
      const answers = [
        yield* ask(predict, { body: HttpBody.formData(form) }),
        yield* ask(predict, { text: "x", headers: { "content-type": "multipart/form-data; boundary=y" } }),
        yield* ask(predict, withEncoding(zipped.subarray(0, 12), "gzip")),
        yield* ask(predict, withEncoding(new TextEncoder().encode("a\n1\n"), "gzip")),
        yield* ask(predict, withEncoding(zipped, "br"))
      ]
      assert.deepStrictEqual(answers.map(({ json, status }) => [status, at(json, "message")]), [
        [400, "The form has no field `file`"],
        [400, "The body is not a form"],
        [400, "The body is not valid gzip"],
        [400, "The body is not valid gzip"],
        [400, "The only Content-Encoding that is supported is gzip"]
      ])
      assert.strictEqual(at(yield* stats, "userErrorRate", "current"), 1)
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("rejects more than 50 MiB with a 413, also after decompression, and counts a user error", () =>
    Effect.gen(function*() {
      const long = Buffer.alloc(50 * 1024 * 1024 + 1, "a")
      const answers = [
        yield* ask(predict, { body: HttpBody.uint8Array(long, "text/csv") }),
        yield* ask(predict, {
          body: HttpBody.uint8Array(gzipSync(long), "text/csv"),
          headers: { "content-encoding": "gzip" }
        })
      ]
      assert.deepStrictEqual(answers.map(({ status }) => status), [413, 413])
      assert.strictEqual(at(yield* stats, "totalRequests"), 2)
      assert.strictEqual(at(yield* stats, "userErrorRate", "current"), 1)
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("has the headers of a prediction server: execution time in ms, cache hit, and an id per request", () =>
    Effect.gen(function*() {
      const first = (yield* ask(predict, { json: [{ x: 1 }] })).headers
      const second = (yield* ask(predict, { json: [{ x: 1 }, { x: 2 }] })).headers
      const time = "x-datarobot-execution-time"
      const hit = "x-datarobot-model-cache-hit"
      const id = "x-datarobot-request-id"
      assert.deepStrictEqual([first[time], first[hit]], ["20.5", "false"])
      assert.deepStrictEqual([second[time], second[hit]], ["21", "true"])
      assert.match(first[id] ?? "", /^[0-9a-f]{32}$/)
      assert.notStrictEqual(second[id], first[id])
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("predicts the likeliest of the classes of a multiclass target", () =>
    Effect.gen(function*() {
      const rows = Array.from({ length: 20 }, (_, x) => ({ x }))
      const { json } = yield* ask("POST /predApi/v1.0/deployments/many/predictions", { json: rows })
      const { data } = decode(json)
      for (const { prediction, predictionValues } of data) {
        assert.deepStrictEqual(predictionValues.map(({ label }) => label), ["x", "y,z"])
        assert.approximately(predictionValues.reduce((sum, { value }) => sum + value, 0), 1, 1e-5)
        const likeliest = predictionValues.reduce((best, one) => one.value > best.value ? one : best)
        assert.strictEqual(prediction, likeliest.label)
      }
      assert.strictEqual(new Set(data.map(({ prediction }) => prediction)).size, 2)
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("returns CSV if the request accepts it, with the columns of each kind of target", () =>
    Effect.gen(function*() {
      const csv = (path: string, query: string) =>
        Effect.gen(function*() {
          const { headers, status, text } = yield* ask(`POST /predApi/v1.0/deployments/${path}/predictions${query}`, {
            json: [{ "a \"b\"": "x,\n\"y\"", c: 1 }, { "a \"b\"": " ", c: null }],
            headers: { accept: "text/csv, */*;q=0.1" }
          })
          assert.deepStrictEqual([status, headers["content-type"]], [200, "text/csv; charset=UTF-8"])
          return text
        })
      const binary = yield* csv("a", "?passthroughColumnsSet=all&predictionWarningEnabled=true")
      assert.match(
        binary,
        /^target_1_PREDICTION,target_0_PREDICTION,target_PREDICTION,THRESHOLD,POSITIVE_CLASS,IS_OUTLIER_PREDICTION,DEPLOYMENT_APPROVAL_STATUS,"a ""b""",c\n0\.\d+,0\.\d+,[01],0\.5,1,false,APPROVED,"x,\n""y""",1\n0\.\d+,0\.\d+,[01],0\.5,1,false,APPROVED," ",\n$/
      )
      const many = yield* csv("many", "?maxExplanations=1&explanationNumTopClasses=2&passthroughColumns=c")
      const [head] = many.split("\n")
      assert.strictEqual(
        head,
        "kind_x_PREDICTION,\"kind_y,z_PREDICTION\",kind_PREDICTION,DEPLOYMENT_APPROVAL_STATUS," +
          [1, 2].map((n) =>
            ["FEATURE_NAME", "STRENGTH", "ACTUAL_VALUE", "QUALITATIVE_STRENGTH"].map((part) =>
              `kind_EXPLANATION_${n}_${part}`
            ).join()
          ).join() + ",c"
      )
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("returns JSON if the request prefers it or accepts anything", () =>
    Effect.gen(function*() {
      for (const accept of ["*/*", "application/json, text/csv", "text/html"]) {
        const { headers } = yield* ask(predict, { json: [{ x: 1 }], headers: { accept } })
        assert.strictEqual(headers["content-type"], "application/json", accept)
      }
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("returns many rows in pieces: the same rows as one by one, in order", () =>
    Effect.gen(function*() {
      const rows = Array.from({ length: 2500 }, (_, x) => ({ x }))
      const whole = yield* ask(predict, { json: rows })
      const { data } = decode(whole.json)
      assert.isUndefined(whole.headers["content-length"])
      assert.deepStrictEqual(data.map(({ rowId }) => rowId), rows.map(({ x }) => x))
      const last = yield* ask(predict, { json: rows.slice(-1) })
      assert.deepStrictEqual(data[2499]?.predictionValues, decode(last.json).data[0]?.predictionValues)
      const table = yield* ask(predict, { json: rows, headers: { accept: "text/csv" } })
      assert.strictEqual(table.text.trimEnd().split("\n").length, 2501)
    }).pipe(Effect.provide(running({ deployments }))))
})
