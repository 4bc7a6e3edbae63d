/**
 * Snapshots: the state of an emulator can be taken, stored and restored, and another emulator then responds the same.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import * as Fs from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Emulator from "../../../src/emulator/index.js"
import { type EmulatorServer, serve, type ServeOptions } from "../../../src/emulator/node.js"
import { untyped } from "../../support.js"
import { ask, at, eachWay, newDeployment } from "../support.js"

const traffic = (deploymentId: string) => ({
  deploymentId,
  start: "2018-05-01",
  end: "2018-05-03T13:25",
  requests: 123,
  userErrors: 10,
  serverErrors: 7,
  consumers: 9,
  executionTime: 0.1 + 0.2
})

/** An emulator with some of every kind of state. */
const live = Effect.gen(function*() {
  const emulator = yield* Emulator.Emulator
  const [, given] = yield* emulator.seed([
    { label: "ü \"quoted\"", description: null, modelHealth: null, instance: null },
    {
      label: null,
      createdAt: Emulator.modelDeployment().createdAt,
      project: { id: "p", target: "price", targetType: "Regression", nested: { empty: {}, list: [], nothing: null } }
    }
  ])
  yield* ask("POST modelDeployments/", { json: { ...newDeployment, instanceId: "i", status: "inactive" } })
  yield* emulator.recordTraffic(traffic(given?.id ?? ""))
  yield* emulator.advance("90 minutes")
  yield* ask("POST modelDeployments/", { json: newDeployment })
  yield* ask(`POST /predApi/v1.0/deployments/${given?.id}/predictions`, { json: [{ x: 1 }, { x: 2 }] })
  yield* emulator.addFault({ fault: "job", ends: "failed", times: 1 })
  yield* ask("POST modelDeployments/", { json: newDeployment })

  // State of the deployments API: settings, rows, actual values, a replaced model, and running jobs.
  const deployment = `deployments/${given?.id}/` as const
  const settings = { associationId: { columnNames: ["id"] }, targetDrift: { enabled: true } }
  yield* ask(`PATCH ${deployment}settings/`, { json: settings })
  yield* emulator.advance("1 minute")
  const rows = [{ id: "r1", x: 1, nested: { y: [null] } }, { id: "r2", x: "2" }]
  yield* ask(`POST /predApi/v1.0/${deployment}predictions`, { json: rows })
  yield* ask(`POST ${deployment}actuals/fromJSON/`, { json: { data: [{ associationId: "r1", actualValue: 7.5 }] } })
  yield* ask(`PATCH ${deployment}sharedRoles/`, {
    json: { operation: "updateRoles", roles: [{ id: "g", role: "USER", shareRecipientType: "group" }] }
  })
  yield* ask(`PATCH ${deployment}model/`, { json: { modelPackageId: "p2", reason: "ERRORS" } })
  yield* emulator.advance("1 minute")
  yield* ask(`PATCH ${deployment}status/`, { json: { status: "inactive" } })
  yield* ask(`POST ${deployment}monitoringDataDeletions/`, { json: { modelId: "m", start: "2018-01-01T00:00:00Z" } })
})

/** All readable state, and the responses to the next creates. */
const look = Effect.gen(function*() {
  const list = yield* ask("GET modelDeployments/")
  const answers = [list]
  const data = at(list.json, "data")
  for (const item of Array.isArray(data) ? data : []) {
    const path = `modelDeployments/${at(item, "id")}/` as const
    answers.push(yield* ask(`GET ${path}`))
    answers.push(yield* ask(`GET ${path}actionLog/`))
    answers.push(yield* ask(`GET ${path}serviceStats/`))
    answers.push(yield* ask(`GET ${path}serviceStats/?start=2018-05-02&end=2018-05-03`))
    const deployment = `deployments/${at(item, "id")}/` as const
    const parts = [
      "",
      "serviceStats/",
      "settings/",
      "accuracy/",
      "targetDrift/",
      "modelHistory/",
      "sharedRoles/"
    ] as const
    for (const part of [...parts, "predictionResults/"] as const) answers.push(yield* ask(`GET ${deployment}${part}`))
  }
  answers.push(yield* ask("GET deployments/"), yield* ask("GET status/"))
  const state = yield* ask("GET /__emulator/state")
  answers.push(yield* ask("GET /__emulator/clock"), state)
  const job = at(state.json, "jobs", 0, "id")
  answers.push(yield* ask(`GET status/${job}/`))
  answers.push(yield* ask("POST modelDeployments/", { json: newDeployment }))
  answers.push(yield* ask("POST deployments/fromLearningModel/", { json: { modelId: "m", label: "L" } }))
  answers.push(yield* ask("POST modelDeployments/", { json: newDeployment }))
  return answers.map(({ headers, status, text }) => ({ status, text, location: headers["location"] }))
})

const clock = "2018-05-03T13:25:00Z"

eachWay((running) => {
  describe("a snapshot", () => {
    it.effect("makes another emulator respond byte for byte the same", () =>
      Effect.gen(function*() {
        const options = { clock, seed: "s" }
        const [snapshot, origin, expected] = yield* Effect.gen(function*() {
          yield* live
          const emulator = yield* Emulator.Emulator
          return [yield* emulator.snapshot, new URL(emulator.endpoint).origin, yield* look] as const
        }).pipe(Effect.provide(running(options)))
        // The same responses contain the same host.
        const answers = yield* Effect.gen(function*() {
          yield* (yield* Emulator.Emulator).restore(JSON.parse(JSON.stringify(snapshot)))
          return yield* look
        }).pipe(Effect.provide(Emulator.layer({ ...options, origin })))
        assert.isAtLeast(answers.length, 20)
        assert.deepStrictEqual(answers, expected)
      }))

    it.effect("can be read and written through the control routes", () =>
      Effect.gen(function*() {
        yield* live
        const state = yield* ask("GET /__emulator/state")
        const expected = yield* look
        assert.notStrictEqual((yield* ask("GET /__emulator/state")).text, state.text)
        const put = yield* ask("PUT /__emulator/state", { text: state.text, headers: { authorization: "" } })
        assert.strictEqual(put.status, 204)
        assert.strictEqual((yield* ask("GET /__emulator/state")).text, state.text)
        assert.deepStrictEqual(yield* look, expected)
      }).pipe(Effect.provide(running({ clock }))))

    it.effect("is restored if it has the former key `today` in place of `details`", () =>
      Effect.gen(function*() {
        yield* live
        const state = yield* ask("GET /__emulator/state")
        const former = state.text.replaceAll("\"details\":{", "\"today\":{")
        assert.include(former, "\"today\":{")
        assert.strictEqual((yield* ask("PUT /__emulator/state", { text: former })).status, 204)
        assert.strictEqual((yield* ask("GET /__emulator/state")).text, state.text)
      }).pipe(Effect.provide(running({ clock }))))

    it.effect("takes deployments along to where the emulator is now", () =>
      Effect.gen(function*() {
        const elsewhere = Emulator.layer({ origin: "http://localhost:1234", deployments: [{ id: "a" }] })
        const snapshot = yield* Effect.flatMap(Emulator.Emulator, (emulator) => emulator.snapshot).pipe(
          Effect.provide(elsewhere)
        )
        const { endpoint, restore } = yield* Emulator.Emulator
        yield* restore(snapshot)
        const { json } = yield* ask("GET modelDeployments/a/")
        const here = new URL(endpoint).host
        assert.deepStrictEqual([at(json, "predictionEndpoint"), at(json, "instance", "hostName")], [here, here])
      }).pipe(Effect.provide(running())))

    it.effect("keeps a deployment with an infinite deploy delay", () =>
      Effect.gen(function*() {
        const { advance, restore, snapshot } = yield* Emulator.Emulator
        yield* ask("POST modelDeployments/", { json: newDeployment })
        yield* restore(yield* snapshot)
        yield* advance("30000 days")
        assert.strictEqual(at((yield* ask("GET modelDeployments/")).json, "data", 0, "deployed"), undefined)
      }).pipe(Effect.provide(running({ deployDelay: Duration.infinity }))))

    it.effect("does not replace the faults and the recorded requests", () =>
      Effect.gen(function*() {
        const { addFault, faults, requests, restore, snapshot } = yield* Emulator.Emulator
        const taken = yield* snapshot
        yield* addFault({ fault: "delay", delay: 0 })
        yield* ask("GET ping/")
        yield* restore(taken)
        assert.deepStrictEqual([(yield* faults).length, (yield* requests).length], [1, 1])
      }).pipe(Effect.provide(running())))

    it.effect("is rejected if it is invalid, and the state stays unchanged", () =>
      Effect.gen(function*() {
        const { restore, snapshot } = yield* Emulator.Emulator
        const good = yield* snapshot
        const bad = [
          {},
          { ...good, version: 2 },
          { ...good, more: 1 },
          { ...good, ids: -1 },
          { ...good, clock: { now: 1e300, advanced: 0 } },
          { ...good, clock: { now: 0, advanced: 8.64e15 } },
          { ...good, deployments: [{ ...good.deployments[0], deployedAt: 1e300 }] },
          { ...good, deployments: [{ ...good.deployments[0], requests: { users: [], time: [1] } }] },
          { ...good, deployments: [{ ...good.deployments[0], deployment: { id: 5 } }] }
        ]
        for (const json of bad) {
          assert.strictEqual((yield* ask("PUT /__emulator/state", { json })).status, 422, JSON.stringify(json))
          const died = yield* Effect.exit(restore(untyped(json)))
          assert.isTrue(Exit.isFailure(died) && died.cause._tag === "Die")
        }
        assert.deepStrictEqual(yield* snapshot, good)
      }).pipe(Effect.provide(running({ deployments: [{ id: "a" }] }))))
  })
})

describe("A data file", () => {
  const folder = Effect.acquireRelease(
    Effect.promise(() => Fs.mkdtemp(join(tmpdir(), "effect-datarobot-data-"))),
    (path) => Effect.promise(() => Fs.rm(path, { recursive: true }))
  )
  const inFile = Effect.map(folder, (path) => join(path, "data.json"))
  const contents = (file: string) => Effect.promise(() => Fs.readFile(file, "utf8"))
  /** An emulator that runs during a callback. */
  const run = <A>(options: ServeOptions, use: (server: EmulatorServer) => Effect.Effect<A>) =>
    Effect.scoped(Effect.flatMap(Effect.orDie(serve(options)), use))

  const request = (server: EmulatorServer, method: string, path: string, json?: unknown) =>
    Effect.promise(async () => {
      const headers = { authorization: `Bearer ${server.token}`, "content-type": "application/json" }
      const body = json === undefined ? {} : { body: JSON.stringify(json) }
      const response = await fetch(`${server.url}/${path}`, { method, headers, ...body })
      return response.text()
    })

  it.scopedLive("keeps all state from one run to the next, byte for byte", () =>
    Effect.gen(function*() {
      const dataFile = yield* inFile
      const paths = (id: string) => ["", `${id}/`, `${id}/actionLog/`, `${id}/serviceStats/`]
      const read = (server: EmulatorServer, id: string) =>
        Effect.forEach(paths(id), (path) => request(server, "GET", `modelDeployments/${path}`))
      const [port, id, expected] = yield* run({ dataFile, clock }, (server) =>
        Effect.gen(function*() {
          const created = yield* request(server, "POST", "modelDeployments/", newDeployment)
          const id = String(at(JSON.parse(created), "id"))
          yield* server.recordTraffic(traffic(id))
          yield* server.advance("1 hour")
          return [Number(new URL(server.url).port), id, yield* read(server, id)] as const
        }))
      const again = { dataFile, port, clock, preset: "demo" } as const
      assert.deepStrictEqual(yield* run(again, (server) => read(server, id)), expected)
      // A third run, after one without changes.
      assert.deepStrictEqual(yield* run(again, (server) => read(server, id)), expected)
    }))

  it.scopedLive("is restored if it has the former key `today` in place of `details`", () =>
    Effect.gen(function*() {
      const dataFile = yield* inFile
      const settings = (server: EmulatorServer) => request(server, "GET", "deployments/a/accuracyMetrics/")
      const expected = yield* run({ dataFile, deployments: [{ id: "a" }] }, (server) =>
        Effect.zipRight(
          request(server, "PUT", "deployments/a/accuracyMetrics/", { data: ["MCC"] }),
          settings(server)
        ))
      const written = yield* contents(dataFile)
      assert.include(written, "\"details\":{")
      yield* Effect.promise(() => Fs.writeFile(dataFile, written.replaceAll("\"details\":{", "\"today\":{")))
      assert.strictEqual(yield* run({ dataFile }, settings), expected)
      assert.include(expected, "MCC")
    }))

  it.scopedLive("is there from the start, with what the options begin with, for its owner only", () =>
    Effect.gen(function*() {
      const dataFile = yield* inFile
      yield* run({ dataFile, preset: "demo" }, () =>
        Effect.gen(function*() {
          assert.include(yield* contents(dataFile), "Churn scorer")
          const { mode } = yield* Effect.promise(() => Fs.stat(dataFile))
          assert.strictEqual(mode & 0o777, 0o600)
        }))
    }))

  it.scopedLive("is written while the emulator runs, and leaves no other file", () =>
    Effect.gen(function*() {
      const dataFile = yield* inFile
      yield* run({ dataFile }, (server) =>
        Effect.gen(function*() {
          yield* request(server, "POST", "modelDeployments/", newDeployment)
          const [waited] = yield* Effect.timed(
            contents(dataFile).pipe(Effect.repeat({ until: (text) => text.includes(newDeployment.projectId) }))
          )
          assert.isBelow(Duration.toSeconds(waited), 50)
        }))
      const files = yield* Effect.promise(() => Fs.readdir(join(dataFile, "..")))
      assert.deepStrictEqual(files, ["data.json"])
    }))

  it.scopedLive("is rejected and left unchanged if it is damaged", () =>
    Effect.gen(function*() {
      const dataFile = yield* inFile
      yield* run({ dataFile, deployments: [{ label: "Kept" }] }, () => Effect.void)
      const good = yield* contents(dataFile)
      const damages = {
        "": "it does not contain a snapshot of an emulator",
        [good.slice(0, -20)]: "it does not contain a snapshot of an emulator",
        "[1]": "it does not contain a snapshot of an emulator",
        [good.replace("\"ids\":1", "\"ids\":\"1\"")]: "(ids: ",
        [good.replace("\"label\":\"Kept\"", "\"label\":7")]: "deployments.0.deployment.label"
      }
      for (const [text, problem] of Object.entries(damages)) {
        yield* Effect.promise(() => Fs.writeFile(dataFile, text))
        const error = yield* Effect.flip(Effect.scoped(serve({ dataFile })))
        assert.strictEqual(error._tag, "EmulatorDataError")
        assert.include(
          error.message,
          `The emulator cannot keep its data in ${dataFile}: it does not contain a snapshot`
        )
        assert.include(error.message, problem)
        assert.include(error.message, "The file was not changed")
        assert.strictEqual(yield* contents(dataFile), text)
      }
    }))

  it.scopedLive("fails the start if it can't be written there", () =>
    Effect.gen(function*() {
      const path = yield* folder
      for (const [dataFile, code] of [[join(path, "no", "data.json"), "ENOENT"], [path, "EISDIR"]] as const) {
        const error = yield* Effect.flip(Effect.scoped(serve({ dataFile })))
        assert.strictEqual(error._tag, "EmulatorDataError")
        assert.include(error.message, code)
      }
    }))

  it.scopedLive("fails the end if it can't be written", () =>
    Effect.gen(function*() {
      const path = yield* folder
      const inner = join(path, "inner")
      yield* Effect.promise(() => Fs.mkdir(inner))
      const scope = yield* Scope.make()
      const server = yield* Scope.extend(serve({ dataFile: join(inner, "data.json") }), scope)
      yield* Effect.promise(() => Fs.rm(inner, { recursive: true }))
      yield* server.seed([{}])
      const exit = yield* Effect.exit(Scope.close(scope, Exit.void))
      assert.isTrue(Exit.isFailure(exit) && String(exit.cause).includes("cannot keep its data"))
    }))
})
