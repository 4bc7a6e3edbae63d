/** S-4 and S-10 for generated tokens: the tables of failures, with any token, and a token in any encoding. */
import * as HttpClientError from "@effect/platform/HttpClientError"
import { assert, describe, it } from "@effect/vitest"
import { DataRobot, ModelDeployment } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import { runs } from "../effort.js"
import { compositions, tokens as encodableTokens } from "./encodings.js"
import { assertHidden } from "./hidden.js"
import { type Answer, type Failing, idKinds, kinds, responds, respondsJson, through } from "./redaction.kinds.js"
import { render } from "./rendering.js"
import { deploymentId } from "./support.js"

/** Renders the failure of each row of a table with any token. */
const hides = (
  table: Readonly<Record<string, Failing>>,
  tokens: FastCheck.Arbitrary<string>,
  other: string,
  numRuns: number
) => {
  // The fixed texts around the token do not depend on it.
  const rows = Object.entries(table).map(([title, failing]) => ({
    title,
    failing,
    fixed: Effect.runSync(Effect.cached(render(failing(other), { quick: true })))
  }))
  it.effect.prop(
    "shows no six consecutive characters of it in any failure",
    [FastCheck.constantFrom(...rows), tokens],
    ([{ failing, fixed }, token]) =>
      Effect.gen(function*() {
        const { texts } = yield* render(failing(token), { quick: true })
        assertHidden(texts, token, (yield* fixed).texts)
      }),
    { timeout: 60_000, fastCheck: { numRuns } }
  )
}

describe("S-4: any valid token", () => {
  const tokens = FastCheck.oneof(
    FastCheck.stringMatching(/^[\x21-\x7E]{8,64}$/),
    // The characters that encodings treat differently.
    FastCheck.array(FastCheck.constantFrom(..."\"\\/<>&'%+=~!()*;:@$,#u0aZ"), { minLength: 8, maxLength: 64 })
      .map((chars) => chars.join(""))
  )
  const table = Object.fromEntries(Object.entries(kinds).map(([title, [, failing]]) => [title, failing]))
  hides(table, tokens, "zQ7~zQ7~zQ7~zQ7~", runs(30, 120))
})

describe("S-4: any token that could be an id", () => {
  hides(idKinds, FastCheck.stringMatching(/^[A-Za-z0-9_-]{8,64}$/), "zQ7_zQ7-zQ7_zQ7-", runs(15, 60))
})

describe("S-10: any token in any composition of encodings", () => {
  const answers: ReadonlyArray<(text: string) => Answer> = [
    (text) => respondsJson(401, { message: text, [text]: [text] }),
    (text) => responds(500, text),
    (text) => respondsJson(404, { message: "no" }, { "x-request-id": text }),
    (text) => respondsJson(200, { id: { [text]: text } }),
    (text) => (request) =>
      Effect.fail(
        new HttpClientError.RequestError({ request, reason: "Transport", cause: new Error(text) })
      ),
    (text) => () => Effect.die(new Error(text))
  ]
  it.effect.prop(
    "is in no rendering of a failure, decoded or not",
    [FastCheck.constantFrom(...answers), encodableTokens, compositions],
    ([answer, token, { decode, encode }]) =>
      Effect.gen(function*() {
        const echo = `Invalid token: ${encode(token)}, says the server`
        const lower = (text: string) => text.toLowerCase()
        // The decoder of the test finds it if it is not removed.
        assert.include(lower(decode(echo)), lower(token))
        const { texts } = yield* render(through(token, answer(echo))(ModelDeployment.get(deploymentId)), {
          quick: true
        })
        for (const [renderer, text] of Object.entries(texts)) {
          assert.notInclude(lower(text), lower(token), renderer)
          assert.notInclude(lower(decode(text)), lower(token), `${renderer}, decoded`)
        }
      }),
    { timeout: 60_000, fastCheck: { numRuns: runs(50, 500) } }
  )
})

describe("S-4: any invalid token", () => {
  const accepted = /^[\x21-\x7E]{8,4096}$/
  const refused = FastCheck.oneof(
    FastCheck.string({ unit: "binary", minLength: 6, maxLength: 100 }),
    FastCheck.stringMatching(/^[\x20-\x7E]{6,60}$/).map((text) => `${text} `),
    FastCheck.stringMatching(/^[\x21-\x7E]{6,7}$/),
    FastCheck.stringMatching(/^[A-Za-z0-9]{6,20}$/).map((text) => text.repeat(800).slice(0, 5000))
  ).filter((token) => !accepted.test(token))

  const settings = (token: string) => Effect.provide(DataRobot, DataRobot.layer({ token }))
  const fixed = Effect.runSync(Effect.cached(render(settings("zQ7"), { quick: true })))

  it.effect.prop("is not shown in the error that rejects it", [refused], ([token]) =>
    Effect.gen(function*() {
      const { error, texts } = yield* render(settings(token), { quick: true })
      assert.strictEqual(error?._tag, "DataRobotValidationError")
      assertHidden(texts, token, (yield* fixed).texts)
    }), { timeout: 60_000, fastCheck: { numRuns: runs(20, 100) } })
})
