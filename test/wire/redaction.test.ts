/**
 * S-4: the token appears in no error, log or span, however they are rendered and whatever the server and the client do.
 */
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { assert, describe, it } from "@effect/vitest"
import { DataRobot, DataRobotError, Job, ModelDeployment } from "effect-datarobot"
import { serve as emulator } from "effect-datarobot/emulator/node"
import { createClient } from "effect-datarobot/promise"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { echoes, everyEcho } from "./echoes.js"
import { assertHidden } from "./hidden.js"
import { recorded } from "./recording.js"
import { idKinds, kinds, responds, respondsJson, through } from "./redaction.kinds.js"
import { asserted, render, shown } from "./rendering.js"
import { deploymentId, token as wireToken } from "./support.js"

// This token could be an id.
const idToken = "5bTOKEN00000TOKEN0000042"

const get = ModelDeployment.get(deploymentId)

describe("S-4: errors do not show the token", () => {
  for (const [title, [tag, failing]] of Object.entries(kinds)) {
    it.effect(`${title} shows no token in any rendering`, () =>
      Effect.gen(function*() {
        const rendered = yield* render(failing(wireToken))
        assert.strictEqual(rendered.error?._tag, tag)
        assertHidden(rendered.texts, wireToken)
      }))
  }

  for (const [form, echo] of Object.entries(echoes)) {
    it.effect(`a token ${form} is redacted in the server's message`, () =>
      Effect.gen(function*() {
        const answer = responds(401, `Invalid token ${echo(wireToken)}, says the server`)
        const { error } = yield* render(through(wireToken, answer)(get))
        assert.match(error?.message ?? "", /Invalid token .*<redacted>.*, says the server/)
      }))
  }

  it.effect("every rendering contains another text of the server, so none is empty", () =>
    Effect.gen(function*() {
      const marker = "a-word-of-the-server"
      const { texts } = yield* render(through(wireToken, respondsJson(401, { message: marker }))(get))
      const missing = Object.entries(texts).filter(([, text]) => !text.includes(marker)).map(([renderer]) => renderer)
      assert.deepStrictEqual(missing, [])
    }))
})

describe("S-4: a token that could be an id", () => {
  for (const [title, failing] of Object.entries(idKinds)) {
    it.effect(`that ${title} is not shown`, () =>
      Effect.gen(function*() {
        assertHidden((yield* render(failing(idToken))).texts, idToken)
      }))
  }
})

describe("S-4: rejections of the Promise API do not show the token", () => {
  const answers: Readonly<Record<string, typeof fetch>> = {
    "a 401": async () => new Response(JSON.stringify({ message: everyEcho(wireToken) }), { status: 401 }),
    "a response of another shape": async () => new Response(JSON.stringify({ [wireToken]: wireToken })),
    "a broken connection": async (_, init) => {
      throw Object.assign(new TypeError(`failed: ${everyEcho(wireToken)}`), { init, cause: new Error(wireToken) })
    }
  }
  for (const [title, fetch] of Object.entries(answers)) {
    it(`${title} shows no token in any call`, async () => {
      const client = createClient({ endpoint: "https://dr.example.com/api/v2", token: wireToken, retry: false, fetch })
      const streamed = async () => {
        for await (const _ of client.ModelDeployment.stream()) break
      }
      const calls = [
        client.ModelDeployment.get(deploymentId),
        client.Deployment.activate(deploymentId),
        client.Job.await("abc", { interval: 1 }),
        streamed()
      ]
      const rejections = await Promise.all(calls.map((call) => call.then(() => undefined, (error: unknown) => error)))
      for (const error of rejections) {
        assert.isTrue(DataRobotError.isDataRobotError(error))
        assertHidden({ ...shown("rejection", error), ...asserted("rejection", error) }, wireToken)
      }
      await client.close()
    })
  }
})

describe("S-4: successful calls", () => {
  // Two milliseconds of real time. With virtual time the exporters would send a hundred times.
  it.live("return the server's data unchanged, but show no token in logs and spans", () =>
    Effect.gen(function*() {
      const answers = ["RUNNING", "INITIALIZED"].map((status) => respondsJson(200, { status, message: wireToken }))
      const end = responds(303, "", { location: `/api/v2/deployments/${deploymentId}/`, deprecation: wireToken })
      const next = answers[Symbol.iterator]()
      const progress = Stream.runCollect(Job.progress("abc", { interval: 1 })).pipe(
        through(wireToken, (request) => (next.next().value ?? end)(request))
      )
      const { exit, texts } = yield* recorded(progress)
      const states = Array.from(yield* exit)
      assert.deepStrictEqual(states.map(({ message }) => message), [wireToken, wireToken, undefined])
      assertHidden(texts, wireToken)
      assert.include(texts["OTLP /traces"], "around")
      assert.include(texts["Logger.jsonLogger"], "Job.progress")
    }))
})

describe("S-4: the emulator", () => {
  it.scopedLive("shows neither its own token nor a client's in logs and spans", () =>
    Effect.gen(function*() {
      const { texts } = yield* recorded(Effect.scoped(Effect.gen(function*() {
        const { url } = yield* emulator({ token: idToken, deployments: [{ id: deploymentId, label: "Churn" }] })
        const asked = [get, Effect.flip(ModelDeployment.update("none", { label: "New" })), ModelDeployment.list()]
        const as = (token: string) =>
          Effect.provide(Layer.merge(
            DataRobot.layer({ endpoint: url, token, retry: false }),
            NodeHttpClient.layer
          ))
        yield* as(idToken)(Effect.all(asked))
        yield* as(wireToken)(Effect.flip(get))
      })))
      assertHidden(texts, idToken)
      assertHidden(texts, wireToken)
      // These spans are the client's. The emulator makes none.
      assert.include(texts["OTLP /traces"], "ModelDeployment.get")
    }))
})
