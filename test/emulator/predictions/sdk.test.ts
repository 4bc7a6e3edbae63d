/** The predictions of the SDK against the emulator, through every HTTP client. */
import { FetchHttpClient, type HttpClient } from "@effect/platform"
import { NodeHttpClient } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Deployment, Prediction } from "effect-datarobot"
import * as Fetch from "effect-datarobot/fetch"
import * as Undici from "effect-datarobot/undici"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import * as Emulator from "../../../src/emulator/index.js"
import { serve } from "../../../src/emulator/node.js"
import { withSdk } from "../support.js"

const clients: Readonly<Record<string, Layer.Layer<HttpClient.HttpClient>>> = {
  fetch: FetchHttpClient.layer,
  "effect-datarobot/fetch": Fetch.layer(),
  "effect-datarobot/undici": Layer.orDie(Undici.layer()),
  "Effect's undici": NodeHttpClient.layerUndici,
  "node:http": NodeHttpClient.layer
}

/** The platform of a deployment, and what it predicts with. */
const platformOf = ({ predictionEnvironment }: Deployment.Deployment) =>
  predictionEnvironment?.platform === "datarobotServerless" ? "serverless" : "dedicated"

const textOf = <E, R>(bytes: Stream.Stream<Uint8Array, E, R>) =>
  Effect.map(Stream.runCollect(Stream.decodeText(bytes)), Chunk.join(""))

const rows = [{ tenure: 3, plan: "basic" }, { tenure: 40, plan: "pro" }, { tenure: 7, plan: "a \"quoted\", name" }]
const csv = "tenure,plan\n3,basic\n40,pro\n7,\"a \"\"quoted\"\", name\"\n"

const find = (isWanted: (deployment: Deployment.Deployment) => boolean) =>
  Effect.flatMap(Deployment.list({ status: "active" }), (all) => {
    const found = all.find(isWanted)
    return found === undefined ? Effect.dieMessage("the preset has no such deployment") : Effect.succeed(found)
  })

for (const [name, client] of Object.entries(clients)) {
  const emulator = withSdk(
    Layer.orDie(Layer.merge(Layer.scoped(Emulator.Emulator, serve({ preset: "fleet" })), client))
  )

  describe(`Predictions over ${name}`, () => {
    for (const kind of ["dedicated", "serverless"]) {
      it.scopedLive(`of a ${kind} deployment are the same for rows, a stream and CSV`, () =>
        Effect.gen(function*() {
          const deployment = yield* find((one) =>
            platformOf(one) === kind && one.model?.targetType === "Binary" && one.settings !== undefined
          )
          const counted = Effect.map(
            Deployment.getServiceStats(deployment),
            ({ metrics }) => metrics.totalPredictions ?? 0
          )
          const before = yield* counted
          const options = { passthroughColumns: ["plan"] }
          const { data, executionTime, requestId } = yield* Prediction.predict(deployment.id, rows, options)
          assert.isAbove(executionTime ?? 0, 0)
          assert.isString(requestId)
          assert.deepStrictEqual(
            data.map(({ passthroughValues }) => passthroughValues),
            rows.map(({ plan }) => ({ plan }))
          )

          const streamed = yield* Stream.runCollect(
            Prediction.stream(deployment, Stream.fromIterable(rows), { ...options, batchSize: 2, concurrency: 2 })
          )
          assert.deepStrictEqual(Chunk.toReadonlyArray(streamed), data)

          const lines = (text: string) => text.trimEnd().split("\n")
          const whole = lines(yield* textOf(Prediction.predictCsv(deployment, csv, options)))
          const bytes = Stream.fromIterable(Array.from(new TextEncoder().encode(csv), (byte) => Uint8Array.of(byte)))
          const piecewise = lines(yield* textOf(Prediction.predictCsv(deployment.id, bytes, options)))
          assert.deepStrictEqual(piecewise, whole)
          assert.strictEqual(whole.length, 1 + rows.length)
          const [first] = data
          assert.include(whole[1], String(first?.predictionValues[0]?.value))

          assert.strictEqual(yield* counted, before + 4 * rows.length)
        }).pipe(Effect.provide(emulator)))
    }

    it.scopedLive("of 20 000 rows of CSV arrive complete", () =>
      Effect.gen(function*() {
        const deployment = yield* find((one) => platformOf(one) === "dedicated")
        const lines = Stream.concat(
          Stream.make("n,text"),
          Stream.map(Stream.range(1, 20_000), (n) => `${n},text ${n}`)
        )
        const bytes = Stream.encodeText(Stream.map(lines, (line) => `${line}\n`))
        const text = yield* textOf(Prediction.predictCsv(deployment, bytes, { passthroughColumns: ["n"] }))
        const found = text.trimEnd().split("\n").slice(1)
        assert.strictEqual(found.length, 20_000)
        found.forEach((line, index) => assert.isTrue(line.endsWith(`,${index + 1}`)))
      }).pipe(Effect.provide(emulator)))

    it.scopedLive("of an unstructured model have any type", () =>
      Effect.gen(function*() {
        const { body, contentType } = yield* Prediction.predictUnstructured(
          yield* find(({ model }) => model?.targetType === "Unstructured"),
          { body: new Uint8Array([0, 255, 10]), contentType: "application/x-own" }
        )
        assert.include(contentType, "application/json")
        assert.include(new TextDecoder().decode(body), "application/x-own")
      }).pipe(Effect.provide(withSdk(
        Layer.orDie(Layer.merge(Layer.scoped(Emulator.Emulator, serve({ preset: "demo" })), client))
      ))))

    it.scopedLive("of a chat model are requested with the URL and the key", () =>
      Effect.gen(function*() {
        const chats = yield* find(({ model }) => model?.targetType === "TextGeneration")
        const { apiKey, baseUrl } = yield* Prediction.chat(chats)
        const response = yield* Effect.promise(() =>
          fetch(`${baseUrl}/chat/completions`, {
            method: "POST",
            headers: { authorization: `Bearer ${Redacted.value(apiKey)}`, "content-type": "application/json" },
            body: JSON.stringify({ model: "any", messages: [{ role: "user", content: "Hello" }] })
          })
        )
        assert.strictEqual(response.status, 200)
      }).pipe(Effect.provide(withSdk(
        Layer.orDie(Layer.merge(Layer.scoped(Emulator.Emulator, serve({ preset: "demo" })), client))
      ))))
  })
}
