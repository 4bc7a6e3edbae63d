/** The handler of chat requests. */
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Effect from "effect/Effect"
import * as ParseResult from "effect/ParseResult"
import * as Stream from "effect/Stream"
import { predictionHeaders } from "../../wire/predictionHeaders.js"
import { completionOf, decodeChat, eventsOf } from "../predictions/chat.js"
import { bodyBytes } from "../protocol/bodyBytes.js"
import * as Errors from "../protocol/errors.js"
import { invalid } from "../protocol/invalidFields.js"
import { targetTypeOf } from "../state/stored.js"
import type { Handlers } from "./handler.js"
import { checkTarget, counted, served } from "./predictionRequest.js"

const parse = (text: string) =>
  Effect.orElse(Effect.try((): unknown => JSON.parse(text)), () => Errors.malformed("The body is not JSON"))

export const chat: Handlers<"predictions">["chat"] = ({ path: { id }, request }, world) =>
  Effect.gen(function*() {
    const { deployment } = yield* world.state.serving(id, checkTarget("either", id, request))
    const targetType = targetTypeOf(deployment)
    const asked = yield* Effect.gen(function*() {
      if (targetType !== "TextGeneration") {
        return yield* Errors.invalidData(
          `The deployment does not chat: its target type is ${targetType}, not TextGeneration`
        )
      }
      const json = yield* parse(new TextDecoder().decode(yield* bodyBytes(request)))
      const chat = yield* Effect.catchAll(
        decodeChat(json),
        (error) => invalid(ParseResult.ArrayFormatter.formatErrorSync(error))
      )
      if (chat.messages.length === 0) return yield* Errors.invalidFields({ messages: "must hold at least one message" })
      return chat
    }).pipe(counted(world, id))
    const headers = yield* served(world, id, 1)
    const seconds = Math.floor((yield* world.state.clock.now) / 1000)
    const completion = completionOf(asked, headers[predictionHeaders.requestId], seconds)
    if (asked.stream !== true) return HttpServerResponse.unsafeJson(completion, { headers })
    const events = eventsOf(completion, asked.stream_options?.include_usage === true)
    return HttpServerResponse.stream(Stream.encodeText(Stream.fromIteratorSucceed(events, 1)), {
      contentType: "text/event-stream",
      headers: { ...headers, "cache-control": "no-cache" }
    })
  })
