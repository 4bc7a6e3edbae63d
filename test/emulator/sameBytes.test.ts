/**
 * The emulator behaves the same in process and behind a socket: the same requests at the same times have the same
 * responses.
 */
import * as HttpBody from "@effect/platform/HttpBody"
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/TestClock"
import * as Emulator from "../../src/emulator/index.js"
import { type Answer, ask, at, newDeployment, overSocket } from "./support.js"

/** Most requests that the emulator supports, and their responses. */
const conversation = Effect.gen(function*() {
  yield* TestClock.setTime(Date.UTC(2018, 4, 3, 13, 25))
  const answers: Array<Answer> = []
  const say = (...question: Parameters<typeof ask>) =>
    Effect.tap(ask(...question), (answer) => {
      answers.push(answer)
    })
  const created = yield* say("POST modelDeployments/", { json: newDeployment })
  const id = String(at(created.json, "id"))
  yield* say("POST modelDeployments/", { json: { label: 1 } })
  yield* say("POST modelDeployments/", { text: "" })
  yield* say("POST modelDeployments/", { text: "{\u0000" })
  yield* say(`POST /predApi/v1.0/deployments/${id}/predictions`, { json: [{ x: 1 }] })
  yield* TestClock.adjust("10 seconds")
  yield* say(`POST /predApi/v1.0/deployments/${id}/predictions`, { json: [{ x: "\u00E9\u{1F600}" }] })
  yield* say(`POST /predApi/v1.0/deployments/${id}/predictions`, { text: "" })
  yield* say(`POST /predApi/v1.0/deployments/${id}/predictions`, {
    text: "x\n\u00E9\u{1F600}",
    headers: { "content-type": "text/csv" }
  })
  const predictions = `/predApi/v1.0/deployments/${id}/predictions`
  const csv = { "content-type": "text/csv", accept: "text/csv" }
  yield* say(`POST ${predictions}?passthroughColumnsSet=all&maxExplanations=all`, {
    text: "x,y\n1,\"2\"\n",
    headers: csv
  })
  yield* say(`POST ${predictions}?explanationAlgorithm=shap`, { text: "x\n" + "1\n".repeat(3000), headers: csv })
  yield* say(`POST ${predictions}?wd=1`, { json: [{ x: 1 }] })
  yield* say(`POST ${predictions}`, { json: [{ x: 1 }], headers: { "datarobot-key": "wrong" } })
  yield* say(`POST deployments/${id}/predictions`, { json: [{ x: 1 }] })
  const chat = { messages: [{ role: "user", content: "\u00E9\u{1F600} ?" }] }
  yield* say("POST deployments/text/chat/completions", { json: chat })
  yield* say("POST deployments/text/chat/completions", { json: { ...chat, stream: true } })
  yield* say("POST deployments/text/predictions", { json: [{ x: 1 }] })
  yield* say("POST /predApi/v1.0/deployments/bytes/predictionsUnstructured", { text: "\u00E9" })
  yield* say("POST /__emulator/traffic", {
    json: {
      deploymentId: id,
      start: "2018-04-30",
      end: "2018-05-03T12:00",
      requests: 999,
      serverErrors: 99,
      consumers: 7
    }
  })
  yield* say(`GET modelDeployments/${id}`)
  yield* say(`GET modelDeployments/${id}/serviceStats/?start=2018-05-01`)
  yield* say(`GET modelDeployments/${id}/actionLog/?offset=1`)
  yield* say(`PATCH modelDeployments/${id}/`, { json: { label: "\u00FC", description: "" } })
  yield* say(`PATCH modelDeployments/${id}/`, { json: null })
  yield* say("GET modelDeployments?limit=1&orderBy=-label&query=%C3%BC%20%2B&status=active")
  yield* say("GET //api//v2/modelDeployments?limit=1&offset=1")
  yield* say("GET modelDeployments?limit=x&status=%00")
  yield* say("GET modelDeployments/%ZZ/")
  yield* say(`GET modelDeployments/${"long".repeat(400)}/`)
  yield* say("GET modelDeployments/../..//nowhere?x=1")
  yield* say(`DELETE modelDeployments/${id}/`)
  yield* say(`HEAD modelDeployments/${id}/`)
  yield* say("GET ping/", { headers: { authorization: "" } })
  yield* say("POST /predApi/v1.0/p/m/predict", { json: [{ x: 1 }, { y: [2] }] })
  yield* say("POST /predApi/v1.0/deployments/m/predict", { json: [{}] })
  yield* say("POST /__emulator/seed", { json: [{ label: "\u00E9", createdAt: "2018-01-01T00:00Z", instance: null }] })
  yield* say("POST /__emulator/seed", { json: [{ label: 1, more: 2 }] })
  const deployment = `deployments/${id}/` as const
  const settings = { associationId: { columnNames: ["\u00E9"] }, targetDrift: { enabled: true } }
  yield* say("POST deployments/fromLearningModel/", { json: { modelId: "m", label: "\u00FC", importance: "LOW" } })
  yield* say("POST deployments/fromModelPackage/", { json: { modelPackageId: "", label: 1 } })
  yield* say(`PATCH ${deployment}settings/`, { json: settings })
  yield* say(`PATCH ${deployment}settings/`, {
    json: { predictionWarning: { customBoundaries: { lower: 2, upper: 1 } } }
  })
  yield* say("GET status/?limit=1")
  yield* say("POST /__emulator/clock/advance", { json: { duration: "1 minute" } })
  yield* say(`POST /predApi/v1.0/${deployment}predictions`, { json: [{ "\u00E9": "r1", x: 1 }, { "\u00E9": null }] })
  yield* say(`POST ${deployment}actuals/fromJSON/`, { json: { data: [{ associationId: "r1", actualValue: "1.0" }] } })
  for (
    const part of [
      "",
      "accuracy/",
      "accuracyOverTime/?bucketSize=P0Y0M1DT0H0M0S&metric=AUC",
      "targetDrift/",
      "featureDrift/",
      "features/",
      "predictionResults/?limit=1",
      "predictionsOverTime/?bucketSize=PT30M",
      "serviceStats/?start=2018-05-01&executionTimeQuantile=0.9",
      "serviceStatsOverTime/?metric=peakLoad",
      "capabilities/",
      "healthSettings/defaults/",
      "nowhere/"
    ]
  ) yield* say(`GET ${deployment}${part}`)
  const made = yield* say("POST batchPredictions/", { json: { deploymentId: id, passthroughColumnsSet: "all" } })
  yield* say("POST batchPredictions/", { json: { deploymentId: "unknown", chunkSize: "x" } })
  const batch = `batchPredictions/${at(made.json, "id")}/` as const
  yield* say(`GET ${batch}download/`)
  yield* say(`PUT ${batch}csvUpload/`, { json: [] })
  yield* say(`PUT ${batch}csvUpload/`, { body: HttpBody.text("x,y\n\u00E9,\"1\n2\"\n3\n", "text/csv") })
  yield* say(`PUT ${batch}csvUpload/`, { body: HttpBody.text("x\n1\n", "text/csv") })
  yield* say(`GET ${batch}`)
  yield* say("POST /__emulator/clock/advance", { json: { duration: "1 minute" } })
  yield* say(`GET ${batch}`)
  yield* say(`GET ${batch}download/`)
  yield* say(`GET ${batch}download/`, { headers: { accept: "application/json" } })
  yield* say("GET batchPredictions/?limit=1&orderBy=-status")
  yield* say("GET batchPredictions/?orderBy=x")
  yield* say(`DELETE ${batch}`)
  yield* say(`PATCH ${deployment}model/`, { json: { modelId: "m2", reason: "OTHER" } })
  yield* say(`PATCH ${deployment}model/`, { json: { modelId: "m3", reason: "OTHER" } })
  yield* say(`PATCH ${deployment}status/`, { json: { status: "active" } })
  yield* say(`PATCH ${deployment}sharedRoles/`, { json: { operation: "updateRoles", roles: [] } })
  yield* say("GET deployments/?limit=1&orderBy=-label&search=%C3%BC&status=active,launching")
  yield* say("GET deployments/?orderBy=x&limit=0&role=%00")
  yield* say(`DELETE ${deployment}`)
  for (
    const fault of [
      { fault: "status", status: 503, headers: { "retry-after": "3" }, body: { message: "\u00FC" }, times: 1 },
      { fault: "status", status: 418, body: "caf\u00E9", times: 1 },
      { fault: "html", times: 1 },
      { fault: "job", ends: "failed", times: 1 },
      { fault: "location", location: "/elsewhere", times: 1 },
      { fault: "nextLoop", times: 1 },
      { fault: "delay", delay: 0, every: 2, chance: 0.5 },
      { fault: "explode" }
    ]
  ) yield* say("POST /__emulator/faults", { json: fault })
  yield* say("GET ping/")
  yield* say("GET ping/")
  yield* say("GET ping/")
  yield* say("POST modelDeployments/", { json: newDeployment })
  yield* say("POST modelDeployments/", { json: newDeployment })
  yield* say("GET modelDeployments/?limit=1")
  yield* say("GET /__emulator/faults")
  yield* say("DELETE /__emulator/faults")
  yield* say("POST /__emulator/clock/advance", { json: { duration: "1 minute" } })
  yield* say("GET /__emulator/clock")
  const state = yield* say("GET /__emulator/state")
  yield* say(`GET status/${at(state.json, "jobs", 0, "id")}/`)
  yield* say("PUT /__emulator/state", { json: {} })
  yield* say("PUT /__emulator/state", { text: state.text })
  yield* say("GET /__emulator/state")
  yield* say("GET /__emulator/openapi.json")
  yield* say("GET /__emulator/requests")
  yield* say("POST /__emulator/reset")
  yield* say("POST modelDeployments/", { json: newDeployment })
  assert.isAtLeast(answers.length, 90)
  return answers.map(({ headers, status, text }) => ({
    status,
    text,
    headers: { type: headers["content-type"], length: headers["content-length"], location: headers["location"] }
  }))
})

it.effect("the emulator sends the same bytes in process and over a socket", () =>
  Effect.gen(function*() {
    const project = (targetType: string) => ({ id: "p", targetType })
    const deployments = [
      { label: "first" },
      { label: null, description: "\u00FC +" },
      { id: "text", project: project("TextGeneration") },
      { id: "bytes", project: project("Unstructured") }
    ]
    const options = { seed: "same", deployments }
    const [remote, origin] = yield* Effect.all([
      conversation,
      Effect.map(Emulator.Emulator, ({ endpoint }) => new URL(endpoint).origin)
    ]).pipe(Effect.provide(overSocket(options)))
    yield* TestClock.setTime(0)
    const local = yield* Effect.provide(conversation, Emulator.layer({ ...options, origin }))
    assert.deepStrictEqual(local, remote)
  }))
