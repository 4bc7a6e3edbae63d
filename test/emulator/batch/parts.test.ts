/** Uploads in parts, and uploads that are rejected. */
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Emulator from "../../../src/emulator/index.js"
import { ask, eachWay } from "../support.js"
import { create, csv, download, fields, finish, upload, uploadPart } from "./support.js"

const deployments = [{ id: "a" }]
const clock = "2030-01-01T00:00:00Z"
const spec = { passthroughColumnsSet: "all", columnNamesRemapping: { THRESHOLD: null, POSITIVE_CLASS: null } }
const inParts = (async: boolean) => ({ ...spec, intakeSettings: { type: "localFile", multipart: true, async } })

/** The last cells of the lines of some results: the values of the only column of the CSV. */
const values = (text: string) => text.trimEnd().split("\n").slice(1).map((line) => line.split(",").at(-1))

eachWay((running) => {
  it.effect("parts are scored in the order of their numbers, and a part that is sent again replaces the first one", () =>
    Effect.gen(function*() {
      const { advance } = yield* Emulator.Emulator
      const id = yield* create(inParts(false))
      assert.strictEqual((yield* finish(id)).status, 422)
      assert.strictEqual((yield* upload(id, "x\n1\n")).status, 409)
      assert.strictEqual((yield* uploadPart(id, 1, "x\nlost\n")).status, 202)
      assert.strictEqual((yield* uploadPart(id, 0, "x\n1\n2\n")).status, 202)
      assert.strictEqual((yield* uploadPart(id, 1, "x\n3\n")).status, 202)
      yield* advance("1 minute")
      assert.deepInclude(yield* fields(id, "status", "queued"), { status: "INITIALIZING", queued: false })
      assert.strictEqual((yield* finish(id)).status, 202)
      assert.strictEqual((yield* finish(id)).status, 409)
      assert.strictEqual((yield* uploadPart(id, 2, "x\n3\n")).status, 409)
      assert.deepInclude(yield* fields(id, "status", "jobIntakeSize"), { status: "COMPLETED", jobIntakeSize: 10 })
      assert.deepStrictEqual(values((yield* download(id)).text), ["1", "2", "3"])
    }).pipe(Effect.provide(running({ clock, deployments }))))

  it.effect("asynchronous parts are scored as they arrive, and cannot be sent again", () =>
    Effect.gen(function*() {
      const id = yield* create(inParts(true))
      assert.strictEqual((yield* uploadPart(id, 3, "x\n1\n")).status, 202)
      assert.deepInclude(yield* fields(id, "status", "scoredRows"), { status: "RUNNING", scoredRows: 1 })
      assert.strictEqual((yield* uploadPart(id, 3, "x\n1\n")).status, 409)
      assert.strictEqual((yield* uploadPart(id, 0, "x\n2\n")).status, 202)
      assert.strictEqual((yield* finish(id)).status, 202)
      assert.deepStrictEqual(values((yield* download(id)).text), ["1", "2"])
    }).pipe(Effect.provide(running({ clock, batchDelay: 0, deployments }))))

  it.effect("a part needs the header line of the other parts, and a number", () =>
    Effect.gen(function*() {
      const id = yield* create(inParts(false))
      assert.strictEqual((yield* uploadPart(id, "one", "x\n1\n")).status, 422)
      assert.strictEqual((yield* uploadPart(id, 0, "x\n1\n")).status, 202)
      const { status, text } = yield* uploadPart(id, 1, "y\n1\n")
      assert.strictEqual(status, 422)
      assert.include(text, "header line of the part")
      assert.deepInclude(yield* fields(id, "status"), { status: "INITIALIZING" })
      assert.strictEqual((yield* uploadPart(id, 1, "x\n2\n")).status, 202)
      assert.strictEqual((yield* finish(id)).status, 202)
    }).pipe(Effect.provide(running({ clock, deployments }))))

  it.effect("an upload must be CSV, of a known job, and come once", () =>
    Effect.gen(function*() {
      const id = yield* create()
      assert.strictEqual((yield* upload("unknown", "x\n1\n")).status, 404)
      const json = yield* ask(`PUT batchPredictions/${id}/csvUpload/`, { json: [] })
      assert.strictEqual(json.status, 406, json.text)
      assert.strictEqual((yield* uploadPart(id, 0, "x\n1\n")).status, 409)
      assert.strictEqual((yield* finish(id)).status, 409)
      assert.strictEqual((yield* upload(id, "x\n1\n")).status, 202)
      assert.strictEqual((yield* upload(id, "x\n1\n")).status, 409)
      const gzip = { ...csv("x\n1\n"), headers: { "content-encoding": "gzip" } }
      assert.strictEqual((yield* ask(`PUT batchPredictions/${yield* create()}/csvUpload/`, gzip)).status, 406)
      const elsewhere = yield* create({ intakeSettings: { type: "s3", url: "s3://bucket/file.csv" } })
      assert.strictEqual((yield* upload(elsewhere, "x\n1\n")).status, 409)
    }).pipe(Effect.provide(running({ clock, deployments }))))

  for (
    const [name, text, problem] of [
      ["is empty", "", "empty"],
      ["has two columns with the same name", "x,x\n1,2\n", "same name"],
      ["has a quote that is never closed", "x\n\"1\n", "quote"]
    ] as const
  ) {
    it.effect(`a CSV that ${name} aborts the job`, () =>
      Effect.gen(function*() {
        const id = yield* create()
        const answer = yield* upload(id, text)
        assert.strictEqual(answer.status, 422)
        assert.include(answer.text, problem)
        const { status, statusDetails } = yield* fields(id, "status", "statusDetails")
        assert.strictEqual(status, "ABORTED")
        assert.include(String(statusDetails), problem)
        assert.strictEqual((yield* download(id)).status, 422)
      }).pipe(Effect.provide(running({ clock, deployments }))))
  }
})
