/** What the SDK makes of batch predictions in any order, compared with the reference model. */
import { assert, it } from "@effect/vitest"
import { BatchPrediction, DataRobotError } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Stream from "effect/Stream"
import * as Emulator from "../../../src/emulator/index.js"
import { makeModel, maxFailedRows, type ModelRow } from "../../batchModel.js"
import { runs } from "../../effort.js"
import { withSdk } from "../support.js"

const delay = 5

const which = FastCheck.nat(2)
const rows = FastCheck.oneof(
  { weight: 3, arbitrary: FastCheck.array(FastCheck.constantFrom<ModelRow>("good", "good", "bad"), { maxLength: 12 }) },
  { weight: 1, arbitrary: FastCheck.constant(Array.from({ length: maxFailedRows + 3 }, (): ModelRow => "bad")) }
)

const step = FastCheck.oneof(
  FastCheck.record({
    kind: FastCheck.constant("create" as const),
    inParts: FastCheck.boolean(),
    abortOnError: FastCheck.boolean(),
    rows: FastCheck.option(rows)
  }),
  FastCheck.record({ kind: FastCheck.constant("upload" as const), which, rows }),
  FastCheck.record({ kind: FastCheck.constant("cancel" as const), which }),
  FastCheck.record({ kind: FastCheck.constant("advance" as const), seconds: FastCheck.constantFrom(1, 5, 60, 200) })
)

const toCsv = (lines: ReadonlyArray<ModelRow>) =>
  ["x,y", ...lines.map((line, index) => line === "good" ? `${index},1` : `${index}`), ""].join("\n")

/** The error that a status of the model becomes: that of the job, if it has ended badly. */
const expected = (status: number, jobStatus: string) =>
  status < 300 ? "ok" : jobStatus === "ABORTED" ? "job ABORTED" : `api ${status}`

const shown = (result: Either.Either<unknown, DataRobotError.DataRobotError>) => {
  if (Either.isRight(result)) return "ok"
  const error = result.left
  if (DataRobotError.isJobError(error)) return `job ${error.status}`
  return DataRobotError.isApiError(error) ? `api ${error.status}` : error.message
}

it.effect.prop(
  "the SDK shows batch predictions as the reference model has them",
  [FastCheck.array(step, { minLength: 5, maxLength: 15, size: "max" })],
  ([steps]) =>
    Effect.gen(function*() {
      const emulator = yield* Emulator.Emulator
      const model = makeModel(delay)
      const jobs: Array<{ readonly job: BatchPrediction.BatchPrediction; readonly inParts: boolean }> = []

      const upload = ({ inParts, job }: typeof jobs[number], lines: ReadonlyArray<ModelRow>) =>
        Effect.gen(function*() {
          const result = yield* Effect.either(BatchPrediction.upload(job, toCsv(lines), { retry: false }))
          let status = inParts ? model.uploadPart(job.id, 0, lines) : model.upload(job.id, lines)
          if (inParts && status === 202) status = model.finish(job.id)
          assert.strictEqual(shown(result), expected(status, model.get(job.id).status))
        })

      for (const one of steps) {
        const known = "which" in one ? jobs.at(-1 - one.which) : undefined
        if (one.kind === "create") {
          const intakeSettings = { type: "localFile", multipart: one.inParts, async: false } as const
          const { abortOnError, inParts } = one
          const job = yield* BatchPrediction.create({ deploymentId: "a", intakeSettings, abortOnError })
          model.create(job.id, one)
          jobs.push({ job, inParts })
          if (one.rows !== null) yield* upload({ job, inParts }, one.rows)
        } else if (one.kind === "advance") {
          yield* emulator.advance(`${one.seconds} seconds`)
          model.advance(one.seconds)
        } else if (known !== undefined && one.kind === "upload") yield* upload(known, one.rows)
        else if (known !== undefined) {
          const result = yield* Effect.either(BatchPrediction.cancel(known.job, { retry: false }))
          const status = model.cancel(known.job.id)
          assert.strictEqual(shown(result), status === 409 ? "api 409" : "ok")
        }

        for (const { job: { id } } of jobs) {
          const { canDownload, canUpload, queuePosition, ...view } = model.get(id)
          const job = yield* BatchPrediction.get(id)
          assert.deepInclude(job, view)
          assert.strictEqual(job.queuePosition ?? null, queuePosition)
          assert.strictEqual(job.links.csvUpload !== undefined, canUpload)
          assert.strictEqual(job.links.download !== undefined, canDownload)
          const isOver = view.status === "COMPLETED" || view.status === "ABORTED"
          if (!isOver) continue
          const end = view.status === "COMPLETED" ? "ok" : "job ABORTED"
          assert.strictEqual(shown(yield* Effect.either(BatchPrediction.await(id))), end)
          assert.strictEqual(shown(yield* Effect.either(Stream.runDrain(BatchPrediction.progress(id)))), end)
          // A file of a job that was aborted is never a whole file.
          let text = ""
          const downloading = Stream.runForEach(BatchPrediction.download(id), (bytes) =>
            Effect.sync(() => {
              text += new TextDecoder().decode(bytes)
            }))
          assert.strictEqual(shown(yield* Effect.either(downloading)), end)
          if (end === "ok") assert.strictEqual(text.split("\n").length - 2, model.download(id)?.rows)
        }
        const listed = yield* BatchPrediction.list()
        assert.deepStrictEqual(listed.map(({ id }) => id), model.listed())
      }
    }).pipe(
      Effect.provide(withSdk(Emulator.layer({
        clock: "2030-01-01T00:00:00Z",
        batchDelay: `${delay} seconds`,
        batchSpeed: 1,
        deployments: [{ id: "a" }]
      })))
    ),
  { fastCheck: { numRuns: runs(15, 100) }, timeout: 120_000 }
)
