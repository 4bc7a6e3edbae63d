/** Sends a request over a streamed exchange and reads the whole response. */
import type * as HttpClient from "@effect/platform/HttpClient"
import type * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { Outgoing, RequestBody } from "../src/internal/request/directClient.js"
import { openStream, type StreamLimits } from "../src/internal/request/streamedExchange.js"
import { readRest } from "../src/internal/request/streamedResponse.js"
import type { Exchange } from "../src/internal/request/transport.js"
import type { Redactor } from "../src/wire/redaction.js"

/** Reads at most `maxBody(status)` bytes, which must be complete `bodyMillis` after the headers. */
export const collectStream = (client: HttpClient.HttpClient, clock: Clock.Clock, redactor: Redactor) =>
(
  outgoing: Outgoing<RequestBody>,
  maxBody: (status: number) => number,
  { bodyMillis, ...limits }: StreamLimits & { readonly bodyMillis: number }
): Effect.Effect<Exchange> =>
  Effect.scoped(
    Effect.flatMap(
      openStream(client, clock, redactor)(outgoing, limits),
      (opened): Effect.Effect<Exchange> =>
        "pull" in opened ? readRest(opened, maxBody(opened.status), bodyMillis) : Effect.succeed(opened)
    )
  )
