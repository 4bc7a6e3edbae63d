/** The emulator's datasets, data exports, scoring code and model packages, with the SDK. */
import { assert, describe, it } from "@effect/vitest"
import {
  BatchPrediction,
  DataRobotError,
  Dataset,
  Deployment,
  DeploymentActuals,
  DeploymentExport,
  DeploymentModel,
  DeploymentMonitoring,
  DeploymentSettings,
  Prediction
} from "effect-datarobot"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Emulator from "../../src/emulator/index.js"
import { Snapshot } from "../../src/emulator/state/snapshot.js"
import { failsWith } from "../support.js"
import { ask, at, eachWay, withSdk } from "./support.js"

const { isApiError, isJobError } = DataRobotError
const id = "60a000000000000000000001"
const hour = 3_600_000
const now = Date.now()
const today = { startTime: new Date(now - hour), endTime: new Date(now + 24 * hour) }
const yesterday = { startTime: new Date(now - 24 * hour), endTime: new Date(now - hour) }
/** The emulator's jobs are short in these tests. */
const quick = { wait: { interval: "10 millis" } } as const

const bytesOf = <E, R>(file: Stream.Stream<Uint8Array, E, R>) =>
  Effect.map(Stream.runCollect(file), (chunks) => Buffer.concat(Chunk.toReadonlyArray(chunks)))
const textOf = <E, R>(file: Stream.Stream<Uint8Array, E, R>) =>
  Effect.map(bytesOf(file), (bytes) => bytes.toString("utf8"))

/** The files in a ZIP file without compression, read from its central directory. */
const unzip = (zip: Buffer): Record<string, string> => {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  const count = zip.readUInt16LE(end + 10)
  const files: Record<string, string> = {}
  for (let entry = 0, position = zip.readUInt32LE(end + 16); entry < count; entry++) {
    assert.strictEqual(zip.readUInt32LE(position), 0x02014b50)
    const [size, nameLength] = [zip.readUInt32LE(position + 24), zip.readUInt16LE(position + 28)]
    const name = zip.toString("utf8", position + 46, position + 46 + nameLength)
    const local = zip.readUInt32LE(position + 42)
    assert.strictEqual(zip.readUInt32LE(local), 0x04034b50)
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    files[name] = zip.toString("utf8", start, start + size)
    position += 46 + nameLength
  }
  return files
}

/** A deployment that has predicted two rows, one of which has an actual value. */
const predicted = Effect.gen(function*() {
  yield* DeploymentSettings.update(id, {
    associationId: { columnNames: ["customer"] },
    predictionsDataCollection: { enabled: true }
  }, quick)
  yield* Prediction.predict(id, [{ customer: "c1", tenure: 3 }, { customer: "c2", tenure: 40 }])
  yield* DeploymentActuals.submit(id, [{ associationId: "c1", actualValue: 1 }], quick)
})

eachWay((running) => {
  const provided = Effect.provide(
    withSdk(running({ deployments: [{ id }], deployDelay: "50 millis", batchDelay: "10 millis" }))
  )

  describe("datasets", () => {
    it.live("are uploaded from text, bytes and a stream, downloaded as they are, and deleted", () =>
      Effect.gen(function*() {
        const csv = "\uFEFFname,n\nAnn,1\n\"Bo, b\",2\nÄ😀,3\n"
        const bytes = new TextEncoder().encode(csv)
        const stream = Stream.rechunk(Stream.map(Stream.fromIterable(bytes), (byte) => Uint8Array.of(byte)), 7)
        for (const source of [csv, bytes, stream]) {
          const dataset = yield* Dataset.upload<never, never>(source, { name: "Cust\"omers é" }, quick)
          assert.deepInclude(dataset, {
            name: "Cust\"omers é.csv",
            processingState: "COMPLETED",
            rowCount: 3,
            datasetSize: bytes.length
          })
          assert.deepStrictEqual(yield* Dataset.get(dataset), dataset)
          assert.deepStrictEqual([...yield* bytesOf(Dataset.download(dataset))], [...bytes])
          yield* Dataset.delete(dataset)
          assert.isTrue(Option.isNone(yield* Dataset.getOption(dataset)))
          const gone = yield* failsWith(Stream.runDrain(Dataset.download(dataset)), isApiError)
          assert.strictEqual(gone.reason, "NotFound")
        }
      }).pipe(provided))

    it.live("cannot be used while they are read, and are in ERROR if they have no rows", () =>
      Effect.gen(function*() {
        const error = yield* failsWith(Dataset.upload("a,b\n", { name: "empty" }, quick), isJobError)
        assert.strictEqual(error.reason, "Failed")
        assert.include(error.message, "ended with ERROR: The file has no rows")
      }).pipe(provided))

    it.live("are not created from a body that is no form, no file, or not UTF-8", () =>
      Effect.gen(function*() {
        const multipart = { "content-type": "multipart/form-data; boundary=b" }
        const form = (part: string) => ({ headers: multipart, text: `--b\r\n${part}\r\n--b--\r\n` })
        assert.strictEqual((yield* ask("POST datasets/fromFile/", { json: {} })).status, 400)
        assert.strictEqual((yield* ask("POST datasets/fromFile/", { ...form(""), text: "x" })).status, 400)
        const field = "content-disposition: form-data; name=\"file\"\r\n\r\na\r\n"
        assert.strictEqual((yield* ask("POST datasets/fromFile/", form(field))).status, 400)
        const { json, status } = yield* ask(
          "POST datasets/fromFile/",
          form("content-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\na\n1\n")
        )
        assert.strictEqual(status, 202)
        assert.isString(at(json, "catalogId"))
      }).pipe(provided))

    it.live("are the intake of a batch prediction", () =>
      Effect.gen(function*() {
        const { id: datasetId } = yield* Dataset.upload("tenure\n3\n40\n", { name: "rows" }, quick)
        const job = yield* BatchPrediction.create({
          deploymentId: id,
          intakeSettings: { type: "dataset", datasetId }
        })
        const { scoredRows, status } = yield* BatchPrediction.await(job, { interval: "10 millis" })
        assert.deepStrictEqual([status, scoredRows], ["COMPLETED", 2])
        const refused = yield* failsWith(
          BatchPrediction.create({ deploymentId: id, intakeSettings: { type: "dataset", datasetId: "none" } }),
          isApiError
        )
        assert.strictEqual(refused.reason, "Unprocessable")
      }).pipe(provided))

    it.live("are in a snapshot, with the exports", () =>
      Effect.gen(function*() {
        yield* predicted
        const dataset = yield* Dataset.upload("a\n1\n", { name: "kept" }, quick)
        const started = yield* DeploymentExport.startPredictions(id, today)
        const { json } = yield* ask("GET /__emulator/state")
        const snapshot = yield* Effect.orDie(Schema.decodeUnknown(Snapshot)(json))
        assert.deepStrictEqual(snapshot.catalog.exports.map((one) => one.id), [started.id])
        yield* Dataset.delete(dataset)
        assert.strictEqual((yield* ask("PUT /__emulator/state", { json })).status, 204)
        assert.strictEqual(yield* textOf(Dataset.download(dataset)), "a\n1\n")
        assert.match(yield* textOf(DeploymentExport.download(started, quick)), /^timestamp,modelId,associationId/)
      }).pipe(provided))
  })

  describe("data exports", () => {
    it.live("of predictions have a state, then a dataset with the rows of the period, deleted after its download", () =>
      Effect.gen(function*() {
        yield* predicted
        const started = yield* DeploymentExport.startPredictions(id, today)
        assert.deepInclude(started, { kind: "predictions", deploymentId: id })
        // The export survives as text, as if another process downloaded it.
        const stored: DeploymentExport.ExportRef = JSON.parse(JSON.stringify(started))
        const csv = yield* textOf(DeploymentExport.download(stored, quick))
        const [header, ...rows] = csv.trimEnd().split("\n")
        assert.strictEqual(header, "timestamp,modelId,associationId,predicted,tenure")
        assert.deepStrictEqual(rows.map((row) => row.split(",").filter((_, column) => [2, 4].includes(column))), [
          ["c1", "3"],
          ["c2", "40"]
        ])

        const [listed, ...more] = yield* DeploymentExport.listPredictions(id, { status: "SUCCEEDED" })
        assert.deepStrictEqual(more, [])
        assert.deepInclude(listed, { id: started.id, deploymentId: id })
        const again = yield* failsWith(Stream.runDrain(DeploymentExport.download(started, quick)), isJobError)
        assert.include(again.message, "start the export again")
      }).pipe(provided))

    it.effect("are created, scheduled and finished, and then their datasets are read", () =>
      Effect.gen(function*() {
        const { id: exportId } = yield* DeploymentExport.startPredictions(id, today)
        const stateAfter = (seconds: number) =>
          Effect.gen(function*() {
            yield* (yield* Emulator.Emulator).advance(`${seconds} seconds`)
            const { data, status } = yield* DeploymentExport.getPredictions(id, exportId)
            const dataset = data?.[0] === undefined ? undefined : yield* Dataset.get(data[0])
            return [status, dataset?.processingState]
          })
        assert.deepStrictEqual(yield* stateAfter(0), ["CREATED", undefined])
        assert.deepStrictEqual(yield* stateAfter(5), ["SCHEDULED", undefined])
        assert.deepStrictEqual(yield* stateAfter(5), ["SUCCEEDED", "RUNNING"])
        assert.deepStrictEqual(yield* stateAfter(5), ["SUCCEEDED", "ERROR"])
      }).pipe(
        Effect.provide(withSdk(running({ deployments: [{ id }], deployDelay: "10 seconds", clock: "2022-03-01" })))
      ))

    it.live("keep their dataset if the caller says so", () =>
      Effect.gen(function*() {
        yield* predicted
        const started = yield* DeploymentExport.startPredictions(id, today)
        const first = yield* textOf(DeploymentExport.download(started, { ...quick, keep: true }))
        assert.strictEqual(yield* textOf(DeploymentExport.download(started, quick)), first)
      }).pipe(provided))

    it.live("of a period without rows end with a dataset in ERROR", () =>
      Effect.gen(function*() {
        yield* predicted
        const started = yield* DeploymentExport.startPredictions(id, yesterday)
        const error = yield* failsWith(Stream.runDrain(DeploymentExport.download(started, quick)), isJobError)
        assert.strictEqual(error.reason, "Failed")
        assert.include(error.message, "ended with ERROR (The file has no rows): most likely, the period has no rows.")
        assert.deepStrictEqual(error.handle, {
          kind: "dataExport",
          id: started.id,
          resource: { collection: "deployments", id }
        })
      }).pipe(provided))

    it.live("of actual values have those of the period, at the time of their predictions", () =>
      Effect.gen(function*() {
        yield* predicted
        yield* DeploymentActuals.submit(id, [
          { associationId: "c9", actualValue: 2, timestamp: new Date(now), wasActedOn: true }
        ], quick)
        const csvOf = (input: DeploymentExport.ActualsInput) =>
          Effect.flatMap(
            DeploymentExport.startActuals(id, input),
            (one) => textOf(DeploymentExport.download(one, quick))
          )
        const matched = (yield* csvOf(today)).trimEnd().split("\n")
        assert.deepStrictEqual(matched.map((row) => row.split(",").slice(1).join()), [
          "associationId,actualValue,wasActedOn",
          "c1,1,"
        ])
        const all = yield* csvOf({ ...today, onlyMatchedPredictions: false })
        assert.include(all, `${new Date(now).toISOString()},c9,2,true\n`)
        const [one] = yield* DeploymentExport.listActuals(id)
        assert.deepInclude(one, { kind: "actuals", onlyMatchedPredictions: false })
        assert.deepInclude(yield* DeploymentExport.getActuals(id, one?.id ?? ""), { status: "SUCCEEDED" })
      }).pipe(provided))

    it.live("of training data are those of the dataset that was uploaded for the model", () =>
      Effect.gen(function*() {
        const missing = yield* failsWith(DeploymentExport.startTraining(id), isApiError)
        assert.strictEqual(missing.reason, "Unprocessable")
        const { model } = yield* Deployment.get(id)
        const name = `training-${model?.id}`
        assert.include(missing.message, `upload it as a dataset named ${name}.csv`)
        yield* Dataset.upload("a\n1\n2\n", { name }, quick)
        const started = yield* DeploymentExport.startTraining(id)
        assert.strictEqual(started.id, undefined)
        assert.isString(started.jobId)
        assert.strictEqual(yield* textOf(DeploymentExport.download(started, { ...quick, keep: true })), "a\n1\n2\n")
        const [listed] = yield* DeploymentExport.listTraining(id)
        if (listed === undefined) return assert.fail("the export is not listed")
        assert.deepStrictEqual([listed.kind, listed.modelId], ["training", model?.id])
        assert.deepStrictEqual(yield* DeploymentExport.getTraining(id, listed), listed)
        assert.strictEqual(yield* textOf(DeploymentExport.download(listed, quick)), "a\n1\n2\n")
      }).pipe(provided))
  })

  describe("the files of a model", () => {
    it.live("are a JAR file whose manifest names the model, plain and built", () =>
      Effect.gen(function*() {
        const { model } = yield* Deployment.get(id)
        for (const code of [{}, { sourceCode: true }, { includeAgent: true }]) {
          const files = unzip(yield* bytesOf(DeploymentModel.downloadScoringCode(id, code, quick)))
          assert.deepStrictEqual(Object.keys(files), ["META-INF/MANIFEST.MF"])
          assert.include(files["META-INF/MANIFEST.MF"], `DataRobot-Model-Id: ${model?.id}\r\n`)
        }
      }).pipe(provided))

    it.live("are a model package, which must be built first", () =>
      Effect.gen(function*() {
        assert.strictEqual((yield* ask(`GET deployments/${id}/modelPackageFile/`)).status, 404)
        const files = unzip(yield* bytesOf(DeploymentModel.downloadModelPackage(id, {}, quick)))
        const { model } = yield* Deployment.get(id)
        assert.deepInclude(JSON.parse(files["model-package.json"] ?? ""), { deploymentId: id, modelId: model?.id })
      }).pipe(provided))
  })

  it.live("prediction results are CSV, with the same filters", () =>
    Effect.gen(function*() {
      yield* predicted
      const csvOf = (filters: DeploymentMonitoring.PredictionResultsFileInput) =>
        Effect.map(
          textOf(DeploymentMonitoring.downloadPredictionResults(id, filters)),
          (csv) => csv.trimEnd().split("\n").map((row) => row.split(",")[2])
        )
      assert.deepStrictEqual(yield* csvOf({}), ["associationId", "c1", "c2"])
      assert.deepStrictEqual(yield* csvOf({ actualsPresent: true }), ["associationId", "c1"])
      assert.deepStrictEqual(yield* csvOf(yesterday), ["associationId"])
    }).pipe(provided))
})
