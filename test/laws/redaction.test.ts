/** S-4: whatever a server repeats, no operation shows the token in its error, its spans or its logs. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError } from "effect-datarobot"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import * as Schema from "effect/Schema"
import { inspect } from "node:util"
import { logged, token, traced } from "../support.js"
import { everyEcho } from "../wire/echoes.js"
import { assertHidden } from "../wire/hidden.js"
import type { Texts } from "../wire/recording.js"
import { operations } from "./operations.js"
import { type Answer, run, success } from "./server.js"

const echo = everyEcho(token)
const marker = "a-word-of-the-server"
const json = (status: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { "x-request-id": token, "retry-after": token, deprecation: token, "x-echo": token, ...headers },
  body: JSON.stringify(body)
})

const nested = { [token]: { [token]: [token, { [token]: echo }] } }

/** What the server responds to a request, by what it does with the token. */
const echoing: Readonly<Record<string, Answer>> = {
  "a 401 with the token in its message": json(401, { message: `${marker} ${echo}` }),
  "a 404 with the token in its keys": json(404, { message: marker, ...nested }),
  "a 422 with the token in its fields": json(422, { message: marker, errors: nested }),
  "a 500 in plain text": { status: 500, body: `${marker} ${echo}`, headers: { "x-request-id": token } },
  "a 302 to a URL with the token": json(302, {}, { location: `https://ana:${token}@dr.example.com/?token=${token}` }),
  "a 201 to a URL with the token": json(201, {}, { location: `https://dr.example.com/api/v2/${token}/${token}/` }),
  "a 202 to a URL with the token": json(202, {}, { location: `/api/v2/status/${token}/?token=${token}` }),
  "a 200 of another shape": json(200, { ...nested, id: [token], data: [nested], status: nested, next: token }),
  "a job that failed": json(200, { status: `ERROR ${echo}`, message: `${marker} ${echo}`, ...nested }),
  "a broken connection whose error has the token": `${token} ${echo}`
}

/** Everything that an error shows. */
const shown = (error: DataRobotError.DataRobotError): Texts => ({
  inspect: inspect(error, { depth: 10, showHidden: true, maxStringLength: null }),
  JSON: JSON.stringify(error),
  stack: `${error} ${error.stack}`,
  "Cause.pretty": Cause.pretty(Cause.fail(error), { renderErrorCause: true }),
  "Schema.encode": JSON.stringify(Schema.encodeSync(DataRobotError.DataRobotError)(error))
})

describe("A server that repeats the token finds it in no output of an operation (S-4)", () => {
  for (const { call, name, requests } of operations) {
    it.effect(`${name} shows the token neither in errors nor in spans and logs`, () =>
      Effect.gen(function*() {
        const { lines, layer } = logged()
        const { layer: tracing, spans } = traced()
        const words = new Set<string>()
        for (const [position, line] of requests.entries()) {
          for (const [what, answer] of Object.entries(echoing)) {
            const before = spans.length
            const { end } = yield* run(
              call({ retry: false, wait: { timeout: "1 second" } }),
              (_, index) => index === position ? answer : success(requests[index] ?? line)
            ).pipe(
              Effect.provide(Layer.mergeAll(layer, tracing, Logger.minimumLogLevel(LogLevel.All)))
            )
            const texts = Either.isLeft(end) ? shown(end.left) : {}
            const attributes = spans.slice(before).map(({ attributes, name }) => [name, ...attributes])
            assert.isNotEmpty(attributes, what)
            assertHidden({ ...texts, spans: inspect(attributes, { depth: 5 }) }, token)
            for (const text of Object.values(texts)) if (text.includes(marker)) words.add(what)
          }
        }
        const log = lines.map(({ message }) => message).join("\n")
        assert.include(log, name)
        assertHidden({ logs: log }, token)
        // The server's other words are shown: an empty text would hide the token too.
        assert.isAtLeast(words.size, 2)
      }))
  }
})
