import * as HttpBody from "@effect/platform/HttpBody"
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { ChatCompletion } from "../../../src/wire/prediction.js"
import { type Answer, ask, at, eachWay } from "../support.js"

const result = ({ json, status }: Answer) => [status, at(json, "message")]
const target = (targetType: string) => ({ id: "p", target: "t", targetType })

eachWay((running) => {
  const deployments = [
    { id: "text", project: target("TextGeneration") },
    { id: "bytes", project: target("Unstructured") },
    { id: "rows" }
  ]
  const chat = "POST deployments/text/chat/completions"
  const messages = [
    { role: "system", content: "Be kind." },
    {
      role: "user",
      content: [{ type: "text", text: "How are" }, { type: "image_url" }, { type: "text", text: "you?" }]
    }
  ]
  const stats = (id: string) => Effect.map(ask(`GET modelDeployments/${id}/serviceStats/`), ({ json }) => json)

  it.effect("chats: the same messages have the same text, usage is counted, and the request too", () =>
    Effect.gen(function*() {
      const first = yield* ask(chat, { json: { model: "m", messages, temperature: 0 } })
      const { choices, usage, ...rest } = Schema.decodeUnknownSync(ChatCompletion)(first.json)
      const content = "The emulator read 2 messages. The last one of the user says: How are you?"
      assert.deepStrictEqual(choices, [
        { index: 0, message: { role: "assistant", content }, finish_reason: "stop", logprobs: null }
      ])
      assert.deepStrictEqual(usage, { prompt_tokens: 5, completion_tokens: 15, total_tokens: 20 })
      assert.strictEqual(rest.model, "m")
      const second = yield* ask(chat, { json: { messages, datarobot_association_id: "mine" } })
      assert.deepStrictEqual(at(second.json, "choices"), at(first.json, "choices"))
      assert.notStrictEqual(at(second.json, "id"), rest.id)
      assert.strictEqual(at(second.json, "datarobot_association_id"), "mine")
      assert.strictEqual(at(yield* stats("text"), "totalRequests"), 2)
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("streams a chat as events: the parts of the same text, on request the usage, and the end", () =>
    Effect.gen(function*() {
      const whole = yield* ask(chat, { json: { messages } })
      const answer = yield* ask(chat, { json: { messages, stream: true, stream_options: { include_usage: true } } })
      assert.strictEqual(answer.headers["content-type"], "text/event-stream")
      const events = answer.text.split("\n\n")
      assert.deepStrictEqual(events.slice(-2), ["data: [DONE]", ""])
      const chunks = events.slice(0, -2).map((event): unknown => JSON.parse(event.replace(/^data: /, "")))
      assert.deepStrictEqual(new Set(chunks.map((chunk) => at(chunk, "object"))), new Set(["chat.completion.chunk"]))
      assert.strictEqual(new Set(chunks.map((chunk) => at(chunk, "id"))).size, 1)
      assert.deepStrictEqual(at(chunks[0], "choices", 0, "delta"), { role: "assistant", content: "" })
      const text = chunks.map((chunk) => at(chunk, "choices", 0, "delta", "content") ?? "").join("")
      assert.strictEqual(text, at(whole.json, "choices", 0, "message", "content"))
      assert.strictEqual(at(chunks.at(-2), "choices", 0, "finish_reason"), "stop")
      assert.deepStrictEqual(at(chunks.at(-1), "usage"), at(whole.json, "usage"))
      const plain = yield* ask(chat, { json: { messages, stream: true } })
      assert.notInclude(plain.text, "usage")
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("rejects chats that it cannot read and counts user errors", () =>
    Effect.gen(function*() {
      const wrong = [
        yield* ask(chat, { text: "{" }),
        yield* ask(chat, { json: {} }),
        yield* ask(chat, { json: { messages: [{ content: "x" }] } }),
        yield* ask(chat, { json: { messages: [] } })
      ]
      assert.deepStrictEqual(wrong.map(({ json, status }) => [status, at(json, "errors")]), [
        [400, undefined],
        [422, { messages: "is missing" }],
        [422, { "messages.0.role": "is missing" }],
        [422, { messages: "must hold at least one message" }]
      ])
      assert.strictEqual(at(yield* stats("text"), "totalRequests"), 4)
      assert.strictEqual(at(yield* stats("text"), "userErrorRate", "current"), 1)
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("chats only with text generation, and says which deployments can", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(result(yield* ask("POST deployments/rows/chat/completions", { json: { messages } })), [
        422,
        "The deployment does not chat: its target type is Binary, not TextGeneration"
      ])
      for (const suffix of ["predictions", "predictionsUnstructured"]) {
        assert.deepStrictEqual(
          result(yield* ask(`POST /predApi/v1.0/deployments/text/${suffix}`, { json: [{ x: 1 }] })),
          [503, "The deployment only chats: send its requests to chat/completions"]
        )
      }
      assert.strictEqual(at(yield* stats("text"), "serverErrorRate", "current"), 1)
      const supported = (id: string) =>
        Effect.map(ask(`GET deployments/${id}/capabilities/`), ({ json }) => {
          const data: unknown = at(json, "data")
          return Array.isArray(data)
            ? data.find((one) => at(one, "name") === "supports_chat_api")?.supported
            : undefined
        })
      assert.deepStrictEqual([yield* supported("text"), yield* supported("rows")], [true, false])
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("has for an unstructured model any body, and returns its type and length", () =>
    Effect.gen(function*() {
      const path = "POST /predApi/v1.0/deployments/bytes/predictionsUnstructured"
      const image = yield* ask(path, { body: HttpBody.uint8Array(new Uint8Array([0, 255, 128]), "image/png") })
      assert.deepStrictEqual([image.status, image.json], [200, { contentType: "image/png", bytes: 3 }])
      const text = yield* ask(path, { text: "\u00E9", headers: { "content-type": "text/plain" } })
      assert.deepStrictEqual(text.json, { contentType: "text/plain", bytes: 2 })
      assert.match(text.headers["x-datarobot-execution-time"] ?? "", /^\d/)
      assert.strictEqual(at(yield* stats("bytes"), "totalRequests"), 2)
    }).pipe(Effect.provide(running({ deployments }))))

  it.effect("names the other route if a model is structured or not, and counts user errors", () =>
    Effect.gen(function*() {
      const wrong = [
        yield* ask("POST /predApi/v1.0/deployments/bytes/predictions", { json: [{ x: 1 }] }),
        yield* ask("POST /predApi/v1.0/deployments/rows/predictionsUnstructured", { json: [{ x: 1 }] })
      ]
      assert.deepStrictEqual(wrong.map(result), [
        [422, "The target type of the deployment is Unstructured: send its requests to predictionsUnstructured"],
        [422, "The target type of the deployment is Binary: send its requests to predictions"]
      ])
      assert.strictEqual(at(yield* stats("bytes"), "userErrorRate", "current"), 1)
    }).pipe(Effect.provide(running({ deployments }))))
})
