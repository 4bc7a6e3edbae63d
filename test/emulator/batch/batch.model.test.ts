/** Batch predictions in any order, compared with a reference model. */
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Emulator from "../../../src/emulator/index.js"
import { makeModel, maxFailedRows, type ModelRow } from "../../batchModel.js"
import { runs } from "../../effort.js"
import { ask, at } from "../support.js"
import * as Batch from "./support.js"

const delay = 5

/** A job, counted from the newest. */
const which = FastCheck.nat(2)
const row = FastCheck.constantFrom<ModelRow>("good", "good", "bad")
const rows = FastCheck.oneof(
  { weight: 3, arbitrary: FastCheck.array(row, { maxLength: 12 }) },
  { weight: 1, arbitrary: FastCheck.constant(Array.from({ length: maxFailedRows + 3 }, (): ModelRow => "bad")) }
)
const abortOnError = FastCheck.boolean()
const part = FastCheck.nat(2)

const create = FastCheck.record({
  kind: FastCheck.constant("create" as const),
  inParts: FastCheck.boolean(),
  abortOnError
})
const upload = FastCheck.record({ kind: FastCheck.constant("upload" as const), which, rows })
const uploadPart = FastCheck.record({ kind: FastCheck.constant("part" as const), which, part, rows })
const finish = FastCheck.record({ kind: FastCheck.constant("finish" as const), which })
const cancel = FastCheck.record({ kind: FastCheck.constant("cancel" as const), which })
const advance = FastCheck.record({
  kind: FastCheck.constant("advance" as const),
  seconds: FastCheck.constantFrom(0, 1, 2, 5, 9, 60, 200)
})

type Step = typeof create | typeof upload | typeof uploadPart | typeof finish | typeof cancel extends
  FastCheck.Arbitrary<infer A> ? A : never

const newest = { which: 0 }

/** Steps in the usual order, and single steps in any order. */
const steps = FastCheck.array(
  FastCheck.oneof(
    {
      weight: 4,
      arbitrary: FastCheck.tuple(create, upload).map((
        [job, sent]
      ) => [{ ...job, inParts: false }, { ...sent, ...newest }])
    },
    {
      weight: 2,
      arbitrary: FastCheck.tuple(create, FastCheck.array(uploadPart, { minLength: 1, maxLength: 4 }), finish).map((
        [job, parts, end]
      ) => [{ ...job, inParts: true }, ...parts.map((sent) => ({ ...sent, ...newest })), { ...end, ...newest }])
    },
    ...[create, upload, uploadPart, finish, cancel].map((arbitrary) => ({
      weight: 1,
      arbitrary: FastCheck.tuple<[Step]>(arbitrary)
    })),
    { weight: 5, arbitrary: FastCheck.tuple(advance) }
  ),
  { minLength: 5, maxLength: 20, size: "max" }
)

const toCsv = (lines: ReadonlyArray<ModelRow>) =>
  ["x,y", ...lines.map((line, index) => line === "good" ? `${index},1` : `${index}`)].join("\n")

it.effect.prop(
  "batch predictions of the emulator go through the states of the reference model",
  [steps],
  ([steps]) =>
    Effect.gen(function*() {
      const emulator = yield* Emulator.Emulator
      const model = makeModel(delay)
      const ids: Array<string> = []
      for (const one of steps.flat()) {
        const id = "which" in one ? ids.at(-1 - one.which) : undefined
        if (one.kind === "create") {
          const intakeSettings = { type: "localFile", multipart: one.inParts, async: false }
          const made = yield* Batch.create({ intakeSettings, abortOnError: one.abortOnError })
          ids.push(made)
          model.create(made, one)
        } else if (one.kind === "advance") {
          yield* emulator.advance(`${one.seconds} seconds`)
          model.advance(one.seconds)
        } else if (id !== undefined) {
          switch (one.kind) {
            case "upload":
              assert.strictEqual((yield* Batch.upload(id, toCsv(one.rows))).status, model.upload(id, one.rows))
              break
            case "part": {
              const answer = yield* Batch.uploadPart(id, one.part, toCsv(one.rows))
              assert.strictEqual(answer.status, model.uploadPart(id, one.part, one.rows), answer.text)
              break
            }
            case "finish":
              assert.strictEqual((yield* Batch.finish(id)).status, model.finish(id))
              break
            case "cancel":
              assert.strictEqual((yield* ask(`DELETE batchPredictions/${id}/`)).status, model.cancel(id))
          }
        }
        const touched = one.kind === "advance" ? ids : id === undefined ? ids.slice(-1) : [id]
        for (const id of touched) {
          const json = yield* Batch.get(id)
          const { canDownload, canUpload, ...expected } = model.get(id)
          const shown = Object.fromEntries(Object.keys(expected).map((name) => [name, at(json, name)]))
          assert.deepStrictEqual(shown, expected)
          assert.strictEqual(at(json, "links", "csvUpload") !== undefined, canUpload)
          assert.strictEqual(at(json, "links", "download") !== undefined, canDownload)
          const results = model.download(id)
          if (results === undefined) continue
          const { status, text } = yield* Batch.download(id)
          assert.strictEqual(status, results.status, text)
          if (status === 200) assert.strictEqual(text.split("\n").length - 2, results.rows)
        }
        const { json } = yield* ask("GET batchPredictions/?limit=100")
        const data = at(json, "data")
        assert.deepStrictEqual(Array.isArray(data) ? data.map((job) => at(job, "id")) : data, model.listed())
      }
    }).pipe(
      Effect.provide(Emulator.layer({
        clock: "2030-01-01T00:00:00Z",
        batchDelay: `${delay} seconds`,
        batchSpeed: 1,
        deployments: [{ id: "a" }]
      }))
    ),
  { fastCheck: { numRuns: runs(15, 100) }, timeout: 120_000 }
)
