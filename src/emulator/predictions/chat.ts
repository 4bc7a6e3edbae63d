/** The chat of a text generation deployment, in OpenAI's format. The text depends on the messages only. */
import * as Schema from "effect/Schema"
import { type ChatCompletion, ChatRequest } from "../../wire/prediction.js"
import { isRecord } from "../../wire/text.js"

type ChatRequest = typeof ChatRequest.Type

/** Decodes a chat request, and reports every wrong field. */
export const decodeChat = Schema.decodeUnknown(ChatRequest, { errors: "all" })

/** The model that a response names if the request names none. */
const defaultModel = "datarobot-deployed-llm"

/** The text of a message. Its content is a text, or a list of parts of which some have a text. */
const textOf = (content: unknown): string =>
  typeof content === "string"
    ? content
    : Array.isArray(content)
    ? content.flatMap((part) => isRecord(part) && typeof part["text"] === "string" ? [part["text"]] : []).join(" ")
    : ""

/** A token is a word with the space before it. */
const tokensOf = (text: string): ReadonlyArray<string> => text.match(/\s*\S+/g) ?? []

const replyTo = ({ messages }: ChatRequest) => {
  const [last] = messages.filter(({ role }) => role === "user").slice(-1)
  const count = messages.length === 1 ? "1 message" : `${messages.length} messages`
  return `The emulator read ${count}. The last one of the user says: ${textOf(last?.content)}`.trimEnd()
}

/** Returns the response to a chat request. `id` makes it unique, and `created` is its time in seconds. */
export const completionOf = (request: ChatRequest, id: string, created: number): typeof ChatCompletion.Type => {
  const content = replyTo(request)
  const prompt = request.messages.reduce((sum, message) => sum + tokensOf(textOf(message.content)).length, 0)
  const completion = tokensOf(content).length
  return {
    id: `chatcmpl-${id}`,
    object: "chat.completion",
    created,
    model: request.model ?? defaultModel,
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop", logprobs: null }],
    usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
    datarobot_association_id: request.datarobot_association_id ?? id
  }
}

/** The same response as server-sent events: one for each token, and with `withUsage` one for the usage. */
export function* eventsOf(completion: typeof ChatCompletion.Type, withUsage: boolean): Generator<string, void> {
  const { choices: [choice], usage, ...rest } = completion
  const head = { ...rest, object: "chat.completion.chunk" }
  const event = (delta: object, finish: "stop" | null) =>
    `data: ${
      JSON.stringify({
        ...head,
        choices: [{ index: 0, delta, finish_reason: finish, logprobs: null }],
        ...(withUsage ? { usage: null } : {})
      })
    }\n\n`
  yield event({ role: "assistant", content: "" }, null)
  for (const content of tokensOf(choice?.message.content ?? "")) yield event({ content }, null)
  yield event({}, "stop")
  if (withUsage) yield `data: ${JSON.stringify({ ...head, choices: [], usage })}\n\n`
  yield "data: [DONE]\n\n"
}
