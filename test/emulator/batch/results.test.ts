/** The columns and rows of the results, and what monitoring counts. */
import * as HttpBody from "@effect/platform/HttpBody"
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Emulator from "../../../src/emulator/index.js"
import { ask, at } from "../support.js"
import { create, download, fields, upload } from "./support.js"

const project = (targetType: string) => ({ id: "p", target: "price", targetType })
const deployments = [
  { id: "a", project: project("Binary") },
  { id: "number", project: project("Regression") },
  { id: "classes", project: { ...project("Multiclass"), classNames: ["low", "high"] } }
]
const emulator = Emulator.layer({ clock: "2030-01-01T00:00:00Z", batchDelay: 0, deployments })

/** Scores a CSV with some settings, and returns the lines of the results. */
const score = (spec: object, text: string) =>
  Effect.gen(function*() {
    const id = yield* create(spec)
    assert.strictEqual((yield* upload(id, text)).status, 202)
    return (yield* download(id)).text.trimEnd().split("\n")
  })

const probabilities = "price_1_PREDICTION,price_0_PREDICTION"
const decision = "price_PREDICTION,THRESHOLD,POSITIVE_CLASS"
const status = "DEPLOYMENT_APPROVAL_STATUS"

const columns: ReadonlyArray<readonly [name: string, spec: object, header: string]> = [
  ["of a binary target", {}, `${probabilities},${decision},${status}`],
  ["of a number", { deploymentId: "number" }, `price_PREDICTION,${status}`],
  ["of classes", { deploymentId: "classes" }, `price_low_PREDICTION,price_high_PREDICTION,price_PREDICTION,${status}`],
  ["without probabilities", { includeProbabilities: false }, `${decision},${status}`],
  ["of one class", { includeProbabilitiesClasses: ["0"] }, `price_0_PREDICTION,${decision},${status}`],
  ["repeated from the CSV", { passthroughColumns: ["y"] }, `${probabilities},${decision},${status},y`],
  ["that are all repeated", { passthroughColumnsSet: "all" }, `${probabilities},${decision},${status},x,y`],
  [
    "with the status of each row",
    { includePredictionStatus: true },
    `${probabilities},${decision},${status},prediction_status`
  ],
  ["with outliers", { predictionWarningEnabled: true }, `${probabilities},${decision},IS_OUTLIER_PREDICTION,${status}`],
  [
    "with explanations",
    { maxExplanations: 1 },
    `${probabilities},${decision},${status},EXPLANATION_1_FEATURE_NAME,EXPLANATION_1_STRENGTH,` +
    "EXPLANATION_1_ACTUAL_VALUE,EXPLANATION_1_QUALITATIVE_STRENGTH"
  ],
  [
    "that are renamed or left out",
    { columnNamesRemapping: { price_PREDICTION: "p", THRESHOLD: null } },
    `${probabilities},p,POSITIVE_CLASS,${status}`
  ],
  [
    "that are renamed by a list",
    { columnNamesRemapping: [{ inputName: "THRESHOLD", outputName: "t" }] },
    `${probabilities},price_PREDICTION,t,POSITIVE_CLASS,${status}`
  ]
]

for (const [name, spec, header] of columns) {
  it.effect(`the results have the columns ${name}`, () =>
    Effect.gen(function*() {
      const [first, ...rows] = yield* score(spec, "x,y\n1,2\n3,4\n")
      assert.strictEqual(first, header)
      assert.strictEqual(rows.length, 2)
      for (const row of rows) assert.strictEqual(row.split(",").length, header.split(",").length)
    }).pipe(Effect.provide(emulator)))
}

it.effect("a batch prediction has the values of a prediction request", () =>
  Effect.gen(function*() {
    const text = "x,y\n1,\"2,3\"\n\u00E9,4\n"
    const headers = { "datarobot-key": "00000000-0000-0000-0000-000000000000", accept: "text/csv" }
    const path = "/predApi/v1.0/deployments/a/predictions?passthroughColumnsSet=all&maxExplanations=2"
    const { text: expected } = yield* ask(`POST ${path}`, { body: HttpBody.text(text, "text/csv"), headers })
    const id = yield* create({ passthroughColumnsSet: "all", maxExplanations: 2 })
    assert.strictEqual((yield* upload(id, text)).status, 202)
    assert.strictEqual((yield* download(id)).text, expected)
  }).pipe(Effect.provide(emulator)))

it.effect("a job has its own threshold", () =>
  Effect.gen(function*() {
    const spec = { includeProbabilities: false, columnNamesRemapping: { POSITIVE_CLASS: null, [status]: null } }
    const lines = yield* score({ ...spec, predictionThreshold: 0 }, "x\n1\n2\n3\n")
    assert.deepStrictEqual(lines.slice(1), ["1,0", "1,0", "1,0"])
  }).pipe(Effect.provide(emulator)))

it.effect("csvSettings apply to the CSV and to the results", () =>
  Effect.gen(function*() {
    const id = yield* create({
      csvSettings: { delimiter: "tab", quotechar: "'", encoding: "latin-1" },
      passthroughColumnsSet: "all",
      includeProbabilities: false
    })
    const bytes = Uint8Array.from("x\ty\n'\u00E9\t'\t1\n", (character) => character.charCodeAt(0))
    const { status } = yield* ask(`PUT batchPredictions/${id}/csvUpload/`, {
      body: HttpBody.uint8Array(bytes, "text/csv")
    })
    assert.strictEqual(status, 202)
    // A decoder for UTF-8 shows the byte of the letter as a replacement character.
    const [, row = ""] = (yield* download(id)).text.split("\n")
    assert.match(row, /^[01]\t0\.5\t1\tAPPROVED\t'\uFFFD\t'\t1$/)
  }).pipe(Effect.provide(emulator)))

it.effect("a row with another number of cells fails, and shows why", () =>
  Effect.gen(function*() {
    const id = yield* create({ includePredictionStatus: true, passthroughColumns: ["x"], includeProbabilities: false })
    assert.strictEqual((yield* upload(id, "x,y\n1,2\n3\n\n4,5,6\n7,8\n\n")).status, 202)
    assert.deepInclude(yield* fields(id, "status", "scoredRows", "failedRows"), {
      status: "COMPLETED",
      scoredRows: 2,
      failedRows: 3
    })
    const { text } = yield* download(id)
    const lines = text.trimEnd().split("\n").slice(1)
    assert.include(lines[0] ?? "", ",1,OK")
    assert.strictEqual(lines[1], ",,,,3,\"The row has 1 cells, but the header line has 2\"")
    assert.strictEqual(lines[2], ",,,,,\"The row has 1 cells, but the header line has 2\"")
    assert.strictEqual(lines[3], ",,,,4,\"The row has 3 cells, but the header line has 2\"")
  }).pipe(Effect.provide(emulator)))

const bad = (count: number) => "x,y\n1,2\n" + "1\n".repeat(count) + "1,2\n"

it.effect("the 101st failed row aborts a job, and the rows before it can be downloaded", () =>
  Effect.gen(function*() {
    const enough = yield* create()
    assert.strictEqual((yield* upload(enough, bad(100))).status, 202)
    assert.deepInclude(yield* fields(enough, "status", "failedRows"), { status: "COMPLETED", failedRows: 100 })
    const tooMany = yield* create()
    const answer = yield* upload(tooMany, bad(101))
    assert.strictEqual(answer.status, 422)
    assert.include(answer.text, "more than 100 rows")
    assert.deepInclude(yield* fields(tooMany, "status", "scoredRows", "failedRows"), {
      status: "ABORTED",
      scoredRows: 1,
      failedRows: 101
    })
    const results = yield* download(tooMany)
    assert.deepStrictEqual([results.status, results.text.split("\n").length], [200, 104])
    const patient = yield* create({ abortOnError: false })
    assert.strictEqual((yield* upload(patient, bad(500))).status, 202)
    assert.deepInclude(yield* fields(patient, "status", "failedRows"), { status: "COMPLETED", failedRows: 500 })
  }).pipe(Effect.provide(emulator)))

it.effect("a column to repeat that the CSV does not have aborts a job", () =>
  Effect.gen(function*() {
    const { status, text } = yield* upload(yield* create({ passthroughColumns: ["z"] }), "x\n1\n")
    assert.strictEqual(status, 422)
    assert.include(text, "passthroughColumns are not columns of the CSV: z")
  }).pipe(Effect.provide(emulator)))

it.effect("the rows of jobs count as predictions, and as rows for drift unless the job skips that", () =>
  Effect.gen(function*() {
    const { advance } = yield* Emulator.Emulator
    yield* ask("PATCH deployments/a/settings/", { json: { targetDrift: { enabled: true } } })
    yield* advance("1 minute")
    const csv = (rows: number) => "x\n" + "1\n".repeat(rows)
    yield* score({}, csv(1500))
    yield* score({ skipDriftTracking: true }, csv(7))
    yield* advance("1 hour")
    const stats = yield* ask("GET deployments/a/serviceStats/?start=2030-01-01T00:00:00Z&end=2030-01-02T00:00:00Z")
    assert.strictEqual(at(stats.json, "metrics", "totalPredictions"), 1507, stats.text)
    // 1 000 rows are one request.
    assert.strictEqual(at(stats.json, "metrics", "totalRequests"), 3)
    const { snapshot } = yield* Emulator.Emulator
    const { deployments: [stored] } = yield* snapshot
    assert.strictEqual(stored?.rows?.length, 1500)
  }).pipe(Effect.provide(emulator)))
