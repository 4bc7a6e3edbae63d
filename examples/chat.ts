/**
 * Chat with a deployment of a text generation model. `Prediction.chat` returns what a client for OpenAI's API needs: the
 * base URL and the key. Here these clients are the `openai` package and `@effect/ai-openai`. They run on an emulator that
 * this program starts, which repeats the last message.
 *
 * Run it with `npx tsx examples/chat.ts`. To use your own DataRobot, remove the emulator and provide
 * `DataRobot.layerEnv`.
 */
import { OpenAiClient } from "@effect/ai-openai"
import { HttpBody, HttpClientRequest } from "@effect/platform"
import { Console, Effect, Redacted, Schema, Stream } from "effect"
import { DataRobot, Deployment, Prediction } from "effect-datarobot"
import { serve } from "effect-datarobot/emulator/node"
import * as Fetch from "effect-datarobot/fetch"
import OpenAI from "openai"

// DataRobot accepts any name: the deployment decides which model answers.
const model = "datarobot-deployed-llm"
const messages = [{ role: "user" as const, content: "Why do customers leave?" }]

/** The `openai` package: a whole answer, and an answer that streams. */
const withOpenAi = async ({ apiKey, baseUrl }: Prediction.ChatEndpoint) => {
  const openai = new OpenAI({ apiKey: Redacted.value(apiKey), baseURL: baseUrl })
  const answer = await openai.chat.completions.create({ model, messages })
  console.log(`openai: ${answer.choices[0]?.message.content}`)

  process.stdout.write("openai, streaming: ")
  for await (const { choices } of await openai.chat.completions.create({ model, messages, stream: true })) {
    process.stdout.write(choices[0]?.delta.content ?? "")
  }
  process.stdout.write("\n")
}

/** The part of an event that this program reads. */
const Event = Schema.Struct({
  choices: Schema.Array(Schema.Struct({ delta: Schema.Struct({ content: Schema.optional(Schema.String) }) }))
})

/**
 * The client of `@effect/ai-openai`, with an answer that streams. Its `OpenAiLanguageModel` does not work here, because
 * it sends requests to `/responses`, which deployments do not have.
 */
const withEffect = ({ apiKey, baseUrl }: Prediction.ChatEndpoint) =>
  Effect.gen(function*() {
    const client = yield* OpenAiClient.OpenAiClient
    const request = HttpClientRequest.post("/chat/completions", {
      body: HttpBody.unsafeJson({ model, messages, stream: true })
    })
    const words = client.streamRequest(request, Event).pipe(
      Stream.map(({ choices }) => choices[0]?.delta.content ?? "")
    )
    process.stdout.write("@effect/ai-openai, streaming: ")
    yield* Stream.runForEach(words, (word) => Effect.sync(() => process.stdout.write(word)))
    process.stdout.write("\n")
  }).pipe(Effect.provide(OpenAiClient.layer({ apiKey, apiUrl: baseUrl })))

const program = Effect.gen(function*() {
  const [deployment] = yield* Deployment.list({ search: "Assistant", limit: 1 })
  if (deployment === undefined) return yield* Effect.dieMessage("the deployment is not listed")
  const capabilities = yield* Deployment.getCapabilities(deployment)
  const canChat = capabilities.some(({ name, supported }) => name === "supports_chat_api" && supported)
  yield* Console.log(`${deployment.label} ${canChat ? "can" : "cannot"} chat`)

  const endpoint = yield* Prediction.chat(deployment)
  yield* Effect.promise(() => withOpenAi(endpoint))
  yield* withEffect(endpoint)
})

const main = Effect.gen(function*() {
  const project = { id: "5b00000000000000000000b1", target: "answer", targetType: "TextGeneration" }
  const emulator = yield* serve({ deployments: [{ label: "Assistant", project }] })
  yield* Console.log(`The emulator runs at ${emulator.url}`)
  yield* program.pipe(
    Effect.provide([DataRobot.layer({ endpoint: emulator.url, token: emulator.token }), Fetch.layer()])
  )
})

await Effect.runPromise(Effect.scoped(main))
