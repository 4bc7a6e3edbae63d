/** Options that do not exist: misspelt ones, and those in the wrong argument. Nothing is sent. */
import type { HttpClient } from "@effect/platform/HttpClient"
import { assert, describe, it } from "@effect/vitest"
import {
  BatchPrediction,
  DataRobot,
  DataRobotError,
  Deployment,
  DeploymentActuals,
  Job,
  ModelDeployment,
  Prediction
} from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { nearest } from "../../../src/internal/reading/nearest.js"
import { endpoint, failsWith, id, perform, token, untyped } from "../../support.js"

type Operation = Effect.Effect<unknown, DataRobotError.DataRobotError, DataRobot | HttpClient>

const tiemout = untyped({ tiemout: 5 })
const meant = "tiemout is not known here: did you mean \"timeout\"?"

const refused = (name: string, operation: Operation, ...issues: ReadonlyArray<string>) =>
  it.effect(`${name} is refused`, () =>
    Effect.gen(function*() {
      const { attempts, outcome } = yield* perform(operation, 200)
      const error = Either.isLeft(outcome) ? outcome.left : assert.fail("succeeded")
      if (!DataRobotError.isValidationError(error)) assert.fail(error.message)
      assert.strictEqual(error.phase, "request")
      assert.deepStrictEqual(error.issues.map(({ message, path }) => `${path} ${message}`), issues)
      assert.strictEqual(attempts.length, 0)
    }))

describe("A misspelt option", () => {
  refused("of a read", ModelDeployment.get(id, tiemout), meant)
  refused("of a list", ModelDeployment.list({}, tiemout), meant)
  refused("of a stream", Stream.runDrain(ModelDeployment.stream({}, tiemout)), meant)
  refused("of a change", ModelDeployment.update(id, { label: "n" }, tiemout), meant)
  refused("of a region", ModelDeployment.get(id).pipe(DataRobot.withOptions(tiemout)), meant)
  refused(
    "of a region around another one",
    ModelDeployment.get(id).pipe(DataRobot.withOptions({ retry: false }), DataRobot.withOptions(tiemout)),
    meant
  )
  refused("of a prediction", Prediction.predict(id, [{ a: 1 }], tiemout), meant)
  refused(
    "of an upload",
    BatchPrediction.upload(id, "a\n1\n", untyped({ partsize: 1 })),
    "partsize is not known here: did you mean \"partSize\"?"
  )
  refused(
    "of a submission",
    DeploymentActuals.submit(id, [{ associationId: "1", actualValue: 1 }], untyped({ onprogres: 1 })),
    "onprogres is not known here: did you mean \"onProgress\"?"
  )
  refused(
    "of a request",
    DataRobot.request(untyped({ method: "GET", path: "a/", response: 1 }), tiemout),
    "response must be a Schema",
    meant
  )
  refused(
    "of a wait",
    Job.await("s1", untyped({ intervall: 5 })),
    "intervall is not known here: did you mean \"interval\"?"
  )
  refused(
    "of the wait of a change",
    Deployment.activate(id, untyped({ wait: { tiemout: 5 } })),
    "wait.tiemout is not known here: did you mean \"timeout\"?"
  )
  refused(
    "of the retries",
    ModelDeployment.get(id, untyped({ retry: { maxAttemps: 5 } })),
    "retry.maxAttemps is not known here: did you mean \"maxAttempts\"?"
  )
  refused("that is like no other one", ModelDeployment.get(id, untyped({ zzz: 5 })), "zzz is not known here")
  refused(
    "of a filter",
    ModelDeployment.list(untyped({ stauts: "active" })),
    "stauts is not known here: did you mean \"status\"?"
  )

  for (const options of [{ tiemout: 5 }, { maxpages: 5 }, { retry: { maxAttemps: 1 } }]) {
    it.effect(`of a connection is refused: ${JSON.stringify(options)}`, () =>
      Effect.gen(function*() {
        const error = yield* failsWith(
          Effect.scoped(Layer.build(DataRobot.layer({ endpoint, token, ...untyped(options) as object }))),
          DataRobotError.isValidationError
        )
        assert.match(error.message, /^DataRobot\.layer: invalid settings: .* is not known here: did you mean/)
      }))
  }

  it.effect("is shown by its length if it is long, and without the token", () =>
    Effect.gen(function*() {
      const { outcome } = yield* perform(ModelDeployment.get(id, untyped({ ["x".repeat(100)]: 1, [token]: 1 })), 200)
      const error = Either.isLeft(outcome) ? outcome.left : assert.fail("succeeded")
      assert.include(error.message, "<100 characters> is not known here")
      assert.notInclude(error.message, token)
    }))

  it.effect("is ignored if it is undefined", () =>
    Effect.gen(function*() {
      const { outcome } = yield* perform(
        ModelDeployment.get(id, untyped({ tiemout: undefined, signal: undefined })),
        200
      )
      assert.isTrue(Either.isRight(outcome))
    }))
})

describe("An option in the argument of the input", () => {
  const signal = untyped({ signal: new AbortController().signal })
  const belongs = "is not known here: it is an option, and belongs in the last argument, the options of the call"
  refused("as a signal", ModelDeployment.list(signal), `signal ${belongs}`)
  refused("as a signal of a change", ModelDeployment.update(id, signal), `signal ${belongs}`)
  refused("as a timeout", ModelDeployment.list(untyped({ timeout: 5 })), `timeout ${belongs}`)
})

describe("nearest", () => {
  const known = ["timeout", "attemptTimeout", "retry"]
  for (
    const [word, found] of [
      ["tiemout", "timeout"],
      ["Timeout", "timeout"],
      ["attempTimeout", "attemptTimeout"],
      ["retyr", "retry"],
      ["x", undefined],
      ["colour", undefined],
      ["t".repeat(65), undefined],
      ["", undefined]
    ] as const
  ) {
    it(`the word nearest to ${word.slice(0, 20)} is ${found}`, () => {
      assert.strictEqual(nearest(word, known), found)
    })
  }
})
