/**
 * Random sequences of operations through the SDK, on the emulator and on a small reference model of DataRobot. Both
 * must agree at every step. A failure prints the shortest sequence found that causes it.
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import { assert, describe, it } from "@effect/vitest"
import { DataRobot, DataRobotError, ModelDeployment, type ModelDeploymentStatus } from "effect-datarobot"
import type { ListInput } from "effect-datarobot/ModelDeployment"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as Emulator from "../../src/emulator/index.js"
import type { PredictionRequest } from "../../src/emulator/monitoring/history.js"
import { runs } from "../effort.js"
import { naiveStatistics } from "./naive.js"
import { datarobotKey, overSocket, type Running } from "./support.js"

const second = 1000
const start = Date.UTC(2018, 4, 3, 13, 25)
const deployDelay = 2 * second

// ---------------------------------------------------------------------------------------------------------------
// The model

interface Known {
  readonly id: string
  label: string
  description: string | null
  status: ModelDeploymentStatus
  readonly createdAt: number
  updatedAt: number
  readonly requests: Array<PredictionRequest>
}

interface Model {
  now: number
  readonly deployments: Array<Known>
}

const add = (
  model: Model,
  id: string,
  { description = null, label, status = "active" }: {
    readonly label: string
    readonly description?: string | undefined | null
    readonly status?: ModelDeploymentStatus | undefined
  }
) => {
  const known = { id, label, description, status, createdAt: model.now, updatedAt: model.now, requests: [] }
  model.deployments.push(known)
  return known
}

const isDeployed = (known: Known, model: Model) => model.now >= known.createdAt + deployDelay

const codePoints = (text: string) => Array.from(text, (character) => character.codePointAt(0) ?? 0)

/** Sorts by code points, like the service. */
const compare = (a: string, b: string) => {
  const [left, right] = [codePoints(a), codePoints(b)]
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    if (left[index] !== right[index]) return (left[index] ?? 0) - (right[index] ?? 0)
  }
  return left.length - right.length
}

const listed = (model: Model, { limit, offset = 0, orderBy, query = "", status }: ListInput) => {
  const found = model.deployments.filter((known) =>
    (status === undefined || known.status === status) &&
    `${known.label}\n${known.description ?? ""}`.toLowerCase().includes(query.toLowerCase())
  )
  const key = orderBy?.endsWith("label") ? "label" : "status"
  if (orderBy !== undefined) found.sort((a, b) => compare(a[key], b[key]) * (orderBy.startsWith("-") ? -1 : 1))
  return found.slice(offset, limit === undefined ? undefined : offset + limit).map(({ id }) => id)
}

const seen = (known: Known, model: Model) => ({
  id: known.id,
  label: known.label,
  description: known.description,
  status: known.status,
  deployed: isDeployed(known, model),
  createdAt: known.createdAt,
  updatedAt: known.updatedAt,
  recentRequestCount: known.requests.filter(({ time }) => time > model.now - 24 * 3600 * second).length
})

const shown = (deployment: ModelDeployment.ModelDeployment) => ({
  id: deployment.id,
  label: deployment.label,
  description: deployment.description,
  status: deployment.status,
  deployed: deployment.deployed,
  createdAt: deployment.createdAt.epochMillis,
  updatedAt: deployment.updatedAt.epochMillis,
  recentRequestCount: deployment.recentRequestCount
})

// ---------------------------------------------------------------------------------------------------------------
// The emulator

type Services = DataRobot | HttpClient.HttpClient | Emulator.Emulator

/** An emulator and a connection to it. A restart replaces it by another one. */
class Real {
  private readonly running: (options: Emulator.EmulatorOptions) => Running
  private runtime: ManagedRuntime.ManagedRuntime<Services, unknown>
  constructor(running: Real["running"]) {
    this.running = running
    this.runtime = this.begin()
  }
  private begin() {
    const emulator = this.running({ clock: new Date(start), deployDelay })
    const connection = Layer.unwrapEffect(
      Effect.map(
        Emulator.Emulator,
        ({ endpoint, token }) => DataRobot.layer({ endpoint, token, allowInsecure: true, retry: false })
      )
    )
    return ManagedRuntime.make(Layer.provideMerge(connection, emulator))
  }
  readonly run = <A, E>(effect: Effect.Effect<A, E, Services>): Promise<A> => this.runtime.runPromise(effect)
  readonly stop = () => this.runtime.dispose()
  /** Stops the emulator and starts another one with its snapshot. */
  async restart() {
    const snapshot = await this.run(Effect.flatMap(Emulator.Emulator, (emulator) => emulator.snapshot))
    await this.stop()
    this.runtime = this.begin()
    await this.run(Effect.flatMap(Emulator.Emulator, (emulator) => emulator.restore(snapshot)))
  }
}

// ---------------------------------------------------------------------------------------------------------------
// The commands

type Command = FastCheck.AsyncCommand<Model, Real>

const command = (name: string, run: (model: Model, real: Real) => Promise<void>): Command => ({
  check: () => true,
  run,
  toString: () => name
})

/** A command on one of the existing deployments; it does nothing if there are none. */
const onOne = (
  name: string,
  place: number,
  run: (known: Known, model: Model, real: Real) => Promise<void>
): Command => ({
  check: ({ deployments }) => deployments.length > 0,
  run: (model, real) => {
    const known = model.deployments[place % model.deployments.length]
    return known === undefined ? Promise.reject(new Error("There is none")) : run(known, model, real)
  },
  toString: () => `${name} of #${place}`
})

const text = FastCheck.string({
  unit: FastCheck.constantFrom("a", "B", "b", "\uFF5E", "\u{1F600}", " ", "+", "%"),
  maxLength: 4
})
const label = text.map((rest) => `L${rest}`)
const status = FastCheck.constantFrom<ModelDeploymentStatus>("active", "inactive", "archived")
const place = FastCheck.nat({ max: 20 })
const maybe = <A>(arbitrary: FastCheck.Arbitrary<A>) => FastCheck.option(arbitrary, { nil: undefined })
const ids = { projectId: "5b00000000000000000000b1", modelId: "5b00000000000000000000a1" }

const create = FastCheck.record({ label, description: maybe(text), status: maybe(status) }).map((input) =>
  command(`create ${JSON.stringify(input)}`, async (model, real) => {
    const made = await real.run(ModelDeployment.create({ ...ids, ...input }))
    assert.deepStrictEqual(shown(made), seen(add(model, made.id, input), model))
  })
)

/** A create whose response is lost: it is not sent again, and the deployment can be found as the error advises. */
const lostCreate = label.map((label) =>
  command(`create ${JSON.stringify(label)} and lose the response`, async (model, real) => {
    const before = listed(model, { query: label })
    const made = await real.run(Effect.gen(function*() {
      const { addFault } = yield* Emulator.Emulator
      yield* addFault({ fault: "commitThenDrop", operation: "modelDeployments.create", times: 1 })
      const error = yield* Effect.flip(ModelDeployment.create({ ...ids, label }))
      assert.isTrue(DataRobotError.isNetworkError(error) && error.outcome === "unknown")
      const found = yield* ModelDeployment.list({ query: label })
      return yield* Effect.forEach(found.filter(({ id }) => !before.includes(id)), (one) => ModelDeployment.get(one))
    }))
    const expected = made.map(({ id }) => seen(add(model, id, { label }), model))
    assert.strictEqual(made.length, 1)
    assert.deepStrictEqual(made.map(shown), expected)
  })
)

const refusedCreate = FastCheck.constant(
  command("create with a blank label", async (model, real) => {
    const error = await real.run(Effect.flip(ModelDeployment.create({ ...ids, label: " " })))
    assert.strictEqual(error._tag, "DataRobotValidationError")
    assert.deepStrictEqual(await real.run(ModelDeployment.list()).then((all) => all.length), model.deployments.length)
  })
)

const update = FastCheck.tuple(
  place,
  FastCheck.record({ label, description: text, status }, { requiredKeys: [] })
    .filter((changes) => Object.keys(changes).length > 0)
).map(([place, changes]) =>
  onOne(`update ${JSON.stringify(changes)}`, place, async (known, model, real) => {
    Object.assign(known, changes, { updatedAt: model.now })
    assert.deepStrictEqual(shown(await real.run(ModelDeployment.update(known, changes))), seen(known, model))
  })
)

const { activate, archive, deactivate } = ModelDeployment
const shortcut = FastCheck.tuple(
  place,
  FastCheck.constantFrom(
    { name: "activate", change: activate, status: "active" } as const,
    { name: "deactivate", change: deactivate, status: "inactive" } as const,
    { name: "archive", change: archive, status: "archived" } as const
  )
).map(([place, { change, name, status }]) =>
  onOne(name, place, async (known, model, real) => {
    Object.assign(known, { status, updatedAt: model.now })
    assert.deepStrictEqual(shown(await real.run(change(known))), seen(known, model))
  })
)

const get = place.map((place) =>
  onOne("get", place, async (known, model, real) => {
    assert.deepStrictEqual(shown(await real.run(ModelDeployment.get(known.id))), seen(known, model))
  })
)

const getMissing = FastCheck.constant(
  command("get an unknown deployment", async (_, real) => {
    assert.isTrue(Option.isNone(await real.run(ModelDeployment.getOption("5b0000000000000000000000"))))
  })
)

const filters = FastCheck.record({
  query: text,
  status,
  orderBy: FastCheck.constantFrom<NonNullable<ListInput["orderBy"]>>("label", "-label", "status", "-status"),
  limit: FastCheck.integer({ min: 1, max: 6 }),
  offset: FastCheck.nat({ max: 4 })
}, { requiredKeys: [] })

const list = filters.map((input) =>
  command(`list ${JSON.stringify(input)}`, async (model, real) => {
    const found = await real.run(ModelDeployment.list(input))
    assert.deepStrictEqual(found.map(({ id }) => id), listed(model, input))
  })
)

const stream = FastCheck.tuple(filters, FastCheck.integer({ min: 1, max: 3 })).map(([input, pageSize]) =>
  command(`stream ${JSON.stringify({ ...input, pageSize })}`, async (model, real) => {
    const found = await real.run(Stream.runCollect(ModelDeployment.stream({ ...input, pageSize })))
    assert.deepStrictEqual(Array.from(found, ({ id }) => id), listed(model, input))
  })
)

const predict = FastCheck.tuple(place, FastCheck.nat({ max: 3 })).map(([place, rows]) =>
  onOne(`predict ${rows} rows`, place, async (known, model, real) => {
    const answered = await real.run(Effect.gen(function*() {
      const { endpoint, token } = yield* Emulator.Emulator
      const url = `${new URL(endpoint).origin}/predApi/v1.0/deployments/${known.id}/predictions`
      const json = JSON.stringify(Array.from({ length: rows }, (_, x) => ({ x })))
      const response = yield* HttpClientRequest.post(url, {
        headers: { authorization: `Bearer ${token}`, "datarobot-key": datarobotKey }
      }).pipe(
        HttpClientRequest.bodyText(json, "application/json"),
        HttpClient.execute
      )
      yield* response.text
      return response.status
    }))
    if (!isDeployed(known, model) || known.status !== "active") return assert.strictEqual(answered, 409)
    const status = rows === 0 ? 400 : 200
    assert.strictEqual(answered, status)
    const user = "emulator@example.com"
    known.requests.push({ time: model.now, user, rows, status, executionTime: 0.02 + rows * 0.0005 })
  })
)

const statistics = FastCheck.tuple(
  place,
  FastCheck.integer({ min: -200, max: 20 }),
  FastCheck.integer({ min: 1, max: 200 })
).map(([place, from, length]) =>
  onOne(`statistics from ${from} s for ${length} s`, place, async (known, model, real) => {
    const startDate = model.now + from * second
    const endDate = startDate + length * second
    const answer = await real.run(
      ModelDeployment.getServiceStatistics(known, { startDate: new Date(startDate), endDate: new Date(endDate) })
    )
    assert.deepStrictEqual({ ...answer }, naiveStatistics(known.requests, startDate, endDate))
  })
)

const actionLog = place.map((place) =>
  onOne("action log", place, async (known, model, real) => {
    const log = await real.run(ModelDeployment.actionLog(known))
    assert.deepStrictEqual(
      log.map(({ action, performedAt }) => [action, DateTime.toEpochMillis(performedAt)]),
      [
        ["created", known.createdAt],
        ...isDeployed(known, model) ? [["deployed", known.createdAt + deployDelay]] : []
      ]
    )
  })
)

// Sums of these reach the edges of minutes and the end of the deployment process.
const advance = FastCheck.constantFrom(1, 999, second, 2 * second, 30 * second, 60 * second).map((millis) =>
  command(`advance ${millis} ms`, async (model, real) => {
    model.now += millis
    await real.run(Effect.flatMap(Emulator.Emulator, (emulator) => emulator.advance(millis)))
  })
)

const restart = FastCheck.constant(command("restart", (_, real) => real.restart()))

const commands = FastCheck.commands<Model, Real, false>([
  create,
  create,
  create,
  lostCreate,
  refusedCreate,
  update,
  update,
  shortcut,
  get,
  getMissing,
  list,
  stream,
  predict,
  predict,
  statistics,
  actionLog,
  advance,
  advance,
  restart
], { maxCommands: 40, size: "max" })

describe("The emulator agrees with its reference model", () => {
  const agree = (running: (options: Emulator.EmulatorOptions) => Running, numRuns: number) =>
    FastCheck.assert(
      FastCheck.asyncProperty(commands, async (sequence) => {
        const real = new Real(running)
        try {
          await FastCheck.asyncModelRun(() => ({ model: { now: start, deployments: [] }, real }), sequence)
        } finally {
          await real.stop()
        }
      }),
      { numRuns, endOnFailure: false }
    )

  it("in process", () => agree(Emulator.layer, runs(15, 60)), 60_000)
  it("over a socket", () => agree(overSocket, runs(4, 15)), 60_000)
})
