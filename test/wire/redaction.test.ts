/** S-4: the token appears in no error, log or span, however they are rendered, whatever server and client make of it. */
import { assert, describe, it } from "@effect/vitest"
import { ModelDeployment } from "effect-datarobot"
import * as Effect from "effect/Effect"
import { echoes } from "./echoes.js"
import { assertHidden } from "./hidden.js"
import { idKinds, kinds, responds, respondsJson, through } from "./redaction.kinds.js"
import { render } from "./rendering.js"
import { deploymentId, token as wireToken } from "./support.js"

// It could be the id of something.
const idToken = "5bTOKEN00000TOKEN0000042"

const get = ModelDeployment.get(deploymentId)

describe("S-4: the token is not to be seen", () => {
  for (const [title, [tag, failing]] of Object.entries(kinds)) {
    it.effect(`${title}: in no rendering`, () =>
      Effect.gen(function*() {
        const rendered = yield* render(failing(wireToken))
        assert.strictEqual(rendered.error?._tag, tag)
        assertHidden(rendered.texts, wireToken)
      }))
  }

  for (const [form, echo] of Object.entries(echoes)) {
    it.effect(`${form}: is replaced in the server's message`, () =>
      Effect.gen(function*() {
        const answer = responds(401, `Invalid token ${echo(wireToken)}, says the server`)
        const { error } = yield* render(through(wireToken, answer)(get))
        assert.match(error?.message ?? "", /Invalid token .*<redacted>.*, says the server/)
      }))
  }

  it.effect("the renderings are not empty: something else that a server says is in all of them", () =>
    Effect.gen(function*() {
      const marker = "a-word-of-the-server"
      const { texts } = yield* render(through(wireToken, respondsJson(401, { message: marker }))(get))
      const missing = Object.entries(texts).filter(([, text]) => !text.includes(marker)).map(([renderer]) => renderer)
      assert.deepStrictEqual(missing, [])
    }))
})

describe("S-4: a token that could be an id", () => {
  for (const [title, failing] of Object.entries(idKinds)) {
    it.effect(`and ${title}, is not to be seen`, () =>
      Effect.gen(function*() {
        assertHidden((yield* render(failing(idToken))).texts, idToken)
      }))
  }
})
