/** The life of a batch prediction, with a virtual clock. */
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Emulator from "../../../src/emulator/index.js"
import { ask, at, eachWay } from "../support.js"
import { download, get, upload } from "./support.js"

const deployments = [{ id: "a" }]
const clock = "2030-01-01T00:00:00Z"

eachWay((running) => {
  it.effect("a job waits for its CSV and for the queue, scores its rows, and its results can be downloaded", () =>
    Effect.gen(function*() {
      const { advance, endpoint } = yield* Emulator.Emulator
      const made = yield* ask("POST batchPredictions/", { json: { deploymentId: "a" } })
      assert.strictEqual(made.status, 202, made.text)
      const id = String(at(made.json, "id"))
      const self = `${endpoint}/batchPredictions/${id}/`
      assert.strictEqual(made.headers["location"], self)
      assert.deepStrictEqual(at(made.json, "links"), { self, csvUpload: `${self}csvUpload/` })
      assert.strictEqual((yield* download(id)).status, 404)
      assert.strictEqual((yield* upload(id, "x\n1\n2\n")).status, 202)
      assert.deepInclude(yield* get(id), { status: "INITIALIZING", queued: true, queuePosition: 0, links: { self } })
      yield* advance("10 seconds")
      assert.deepInclude(yield* get(id), {
        status: "COMPLETED",
        percentageCompleted: 100,
        scoredRows: 2,
        failedRows: 0,
        queued: false,
        queuePosition: null,
        links: { self, download: `${self}download/` }
      })
      const { headers, status, text } = yield* download(id)
      assert.strictEqual(status, 200)
      assert.strictEqual(headers["content-type"], "text/csv")
      assert.strictEqual(headers["content-disposition"], `attachment;filename=result-${id}.csv`)
      assert.strictEqual(
        text.split("\n")[0],
        "target_1_PREDICTION,target_0_PREDICTION,target_PREDICTION,THRESHOLD,POSITIVE_CLASS,DEPLOYMENT_APPROVAL_STATUS"
      )
      assert.strictEqual(text.split("\n").length, 4)
    }).pipe(Effect.provide(running({ clock, deployments }))))
})
