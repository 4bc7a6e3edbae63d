/**
 * S-4, S-10: if a server repeats the token or a secret of the caller's headers, no operation shows it in its error, its
 * spans or its logs.
 */
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

const marker = "a-word-of-the-server"
// This token could be an id.
const idToken = "5bTOKEN00000TOKEN0000042"
// A secret in the caller's headers, which could be an id too.
const headerSecret = "7cSECRET0000SECRET000042"

const headersWith = (secret: string) => ({
  "x-request-id": secret,
  "retry-after": secret,
  deprecation: secret,
  "x-echo": secret
})

/** The server's responses, by how they contain the token. */
const echoing = (secret: string): Readonly<Record<string, Answer>> => {
  const echo = everyEcho(secret)
  const nested = { [secret]: { [secret]: [secret, { [secret]: echo }] } }
  const json = (status: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer => ({
    status,
    headers: { ...headersWith(secret), ...headers },
    body: JSON.stringify(body)
  })
  return {
    "a 422 with the token in its message, keys and fields": json(422, {
      message: `${marker} ${echo}`,
      errors: nested,
      ...nested
    }),
    "a 500 in plain text": { status: 500, body: `${marker} ${echo}`, headers: { "x-request-id": secret } },
    "a 302 to a URL with the token": json(302, {}, {
      location: `https://ana:${secret}@dr.example.com/?token=${secret}`
    }),
    "a 201 to a URL with the token": json(201, {}, { location: `/api/v2/${secret}/${secret}/` }),
    "a 202 to a URL with the token": json(202, {}, { location: `/api/v2/status/${secret}/?token=${secret}` }),
    "a 200 of another shape": json(200, {
      ...nested,
      id: [secret],
      data: [nested],
      status: nested,
      next: secret,
      // Records with any keys.
      metrics: { [secret]: 7 },
      checks: { [secret]: 7 }
    }),
    "a job that failed": json(200, { status: `ERROR ${echo}`, message: `${marker} ${echo}`, ...nested }),
    "a broken connection whose error has the token": `${secret} ${echo}`
  }
}

/** The server's responses with a token that could be an id. */
const pointing = (secret: string): Readonly<Record<string, Answer>> => ({
  "a 202 to a job with the token as its id": { status: 202, headers: { location: `/api/v2/status/${secret}/` } },
  "a 201 to a deployment with the token as its id": {
    status: 201,
    headers: { location: `/api/v2/deployments/${secret}/` }
  },
  "a 202 whose id is the token": {
    status: 202,
    headers: { location: "/api/v2/status/s1/" },
    body: JSON.stringify({ id: secret })
  },
  "a 200 whose id is the token": { body: JSON.stringify({ id: secret }) }
})

const secrets: ReadonlyArray<readonly [secret: string, answers: Readonly<Record<string, Answer>>]> = [
  [token, echoing(token)],
  [idToken, pointing(idToken)],
  [headerSecret, { ...echoing(headerSecret), ...pointing(headerSecret) }]
]

/** The responses to a later request. */
const later = new Set([
  "a 422 with the token in its message, keys and fields",
  "a 200 of another shape",
  "a job that failed"
])

/** Returns everything that an error shows. */
const shown = (error: DataRobotError.DataRobotError): Texts => ({
  inspect: inspect(error, { depth: 10, showHidden: true, maxStringLength: null }),
  JSON: JSON.stringify(error),
  stack: `${error} ${error.stack}`,
  "Cause.pretty": Cause.pretty(Cause.fail(error), { renderErrorCause: true }),
  "Schema.encode": JSON.stringify(Schema.encodeSync(DataRobotError.DataRobotError)(error))
})

describe("A secret that a server repeats is in no output of an operation (S-4, S-10)", () => {
  for (const { call, name, requests } of operations) {
    const { lines, layer } = logged()
    const { layer: tracing, spans } = traced()
    it.effect(`${name} shows neither the token nor a header's secret in errors, spans and logs`, () =>
      Effect.gen(function*() {
        const words = new Set<string>()
        for (const [secret, answers] of secrets) {
          for (const [position, line] of requests.entries()) {
            for (const [what, answer] of Object.entries(answers)) {
              if (position > 0 && what in echoing(secret) && !later.has(what)) continue
              const before = spans.length
              const { end } = yield* run(
                call({ retry: false, wait: { timeout: "1 second" }, headers: { "x-api-key": headerSecret } }),
                (_, index) => index === position ? answer : success(requests[index] ?? line, undefined, requests[0]),
                { token: secret === headerSecret ? token : secret }
              )
              // The data of a success is passed on unchanged, but a handle is stored and passed on, so it must not have
              // the token.
              const texts = Either.isLeft(end)
                ? shown(end.left)
                : name.includes(".start")
                ? { handle: JSON.stringify(end.right) }
                : {}
              const attributes = spans.slice(before).map(({ attributes, name }) => [name, ...attributes])
              assert.isNotEmpty(attributes, what)
              assertHidden({ ...texts, spans: inspect(attributes, { depth: 5 }) }, secret)
              for (const text of Object.values(texts)) if (text.includes(marker)) words.add(what)
            }
          }
        }
        const log = lines.map(({ message }) => message).join("\n")
        assert.include(log, name)
        for (const [secret] of secrets) assertHidden({ logs: log }, secret)
        // The server's other text must be shown, because an empty output would pass this test too.
        assert.isNotEmpty([...words])
      }).pipe(Effect.provide(Layer.mergeAll(layer, tracing, Logger.minimumLogLevel(LogLevel.All)))))
  }
})
