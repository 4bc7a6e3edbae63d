/** What the emulator remembers: model deployments, the prediction requests each received, and what it was asked. */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as DateTime from "effect/DateTime"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Schema from "effect/Schema"
import {
  type ActionLogEntry,
  type CreateInput,
  type Instance,
  ModelDeployment,
  type ServiceStatistics,
  type UpdateInput
} from "../internal/modelDeploymentSchema.js"
import type { JournalEntry, Traffic } from "./Api.js"
import { type Conflict, conflict, type NotFound, notFound } from "./errors.js"
import * as Fixtures from "./fixtures.js"
import * as Monitoring from "./monitoring.js"

/** What a state starts from. */
export interface StateOptions {
  /** Fixes the ids that are given out. */
  readonly seed: string | number
  /** What passes between the creation of a deployment and its being deployed. */
  readonly deployDelay: Duration.DurationInput
  /** The deployments that are there from the start. */
  readonly deployments: ReadonlyArray<Fixtures.DeploymentFixture>
  /** Host, with port, that prediction requests go to. */
  readonly predictionHost: string
}

/** A deployment as it is kept. Whether it is deployed and what monitoring says of it is found out when it is read. */
interface Stored {
  readonly deployment: ModelDeployment
  /** When the deployment process ends, in epoch milliseconds. */
  readonly deployedAt: number
  readonly requests: Array<Monitoring.PredictionRequest>
}

/** A fixture from JSON or JavaScript may be anything; this names what is wrong with it before it is answered. */
const validate = (deployment: ModelDeployment) => Effect.orDie(Schema.validate(ModelDeployment)(deployment))

/** How many requests the journal remembers. */
const journalSize = 1000

/** The emulator's memory. Every time in it is read from the Effect `Clock`. */
export class State extends Context.Tag("effect-datarobot/emulator/State")<State, {
  /** Adds deployments; one with the id of another takes its place. Dies of a fixture that makes no deployment. */
  readonly seed: (
    fixtures: ReadonlyArray<Fixtures.DeploymentFixture>
  ) => Effect.Effect<ReadonlyArray<ModelDeployment>>
  readonly create: (input: CreateInput) => Effect.Effect<ModelDeployment>
  readonly list: Effect.Effect<ReadonlyArray<ModelDeployment>>
  readonly get: (id: string) => Effect.Effect<ModelDeployment, NotFound>
  readonly update: (id: string, changes: UpdateInput) => Effect.Effect<void, NotFound>
  readonly actionLog: (id: string) => Effect.Effect<ReadonlyArray<ActionLogEntry>, NotFound>
  /** The deployment, if it can answer predictions. */
  readonly serving: (id: string) => Effect.Effect<ModelDeployment, NotFound | Conflict>
  /** Remembers a prediction request that came just now. */
  readonly record: (
    id: string,
    request: Omit<Monitoring.PredictionRequest, "time">
  ) => Effect.Effect<void, NotFound>
  readonly recordTraffic: (traffic: Traffic) => Effect.Effect<void, NotFound>
  /** Service statistics of `[start, end)` in epoch milliseconds. */
  readonly statistics: (id: string, start: number, end: number) => Effect.Effect<ServiceStatistics, NotFound>
  /** Remembers what was asked. */
  readonly log: (entry: JournalEntry) => Effect.Effect<void>
  /** What was asked, oldest first, the last 1 000. */
  readonly journal: Effect.Effect<ReadonlyArray<JournalEntry>>
  /** Back to the start: its deployments, its ids, an empty journal. */
  readonly reset: Effect.Effect<void>
}>() {}

/** A state that holds the deployments of its options. */
export const make = (options: StateOptions): Effect.Effect<typeof State.Service> =>
  Effect.gen(function*() {
    const deployDelay = Duration.toMillis(options.deployDelay)
    const instance: Instance = { ...Fixtures.instance, hostName: options.predictionHost }
    const deployments = new Map<string, Stored>()
    let journal: ReadonlyArray<JournalEntry> = []
    let ids = Random.make(options.seed)

    const nextId = Effect.suspend(() =>
      Effect.replicateEffect(ids.nextIntBetween(0, 0x1000), 8).pipe(
        Effect.map((parts) => parts.map((part) => part.toString(16).padStart(3, "0")).join(""))
      )
    )

    const find = (id: string) =>
      Effect.suspend(() => {
        const stored = deployments.get(id)
        return stored === undefined ? notFound : Effect.succeed(stored)
      })

    /** A deployment that was given as deployed is deployed at any time, even before it was created. */
    const isDeployed = ({ deployedAt, deployment }: Stored, now: number) =>
      deployment.deployed !== false || deployedAt <= now

    const view = (stored: Stored, now: number): ModelDeployment => ({
      ...stored.deployment,
      deployed: isDeployed(stored, now),
      ...Monitoring.activity(stored.requests, now)
    })

    const add = (fixture: Fixtures.DeploymentFixture) =>
      Effect.gen(function*() {
        const now = yield* Clock.currentTimeMillis
        const id = fixture.id ?? (yield* nextId)
        const createdAt = fixture.createdAt ?? DateTime.unsafeMake(now)
        const deployment = yield* validate(Fixtures.modelDeployment({ instance, ...fixture, id, createdAt }))
        const deployedAt = deployment.deployed === false ? now + deployDelay : DateTime.toEpochMillis(createdAt)
        const stored: Stored = { deployment, deployedAt, requests: [] }
        deployments.set(id, stored)
        return view(stored, now)
      })

    const seed = (fixtures: ReadonlyArray<Fixtures.DeploymentFixture>) => Effect.forEach(fixtures, add)

    const reset = Effect.suspend(() => {
      deployments.clear()
      journal = []
      ids = Random.make(options.seed)
      return Effect.asVoid(seed(options.deployments))
    })

    yield* reset

    return State.of({
      seed,
      reset,
      create: ({ description = null, instanceId, label, modelId, projectId, status = "active" }) =>
        add({
          projectId,
          modelId,
          label,
          description,
          status,
          deployed: false,
          ...(instanceId === undefined ? {} : { instance: { ...instance, id: instanceId } })
        }),
      list: Effect.map(
        Clock.currentTimeMillis,
        (now) => Array.from(deployments.values(), (stored) => view(stored, now))
      ),
      get: (id) => Effect.zipWith(find(id), Clock.currentTimeMillis, view),
      update: (id, changes) =>
        Effect.zipWith(find(id), DateTime.now, (stored, updatedAt) => {
          const { deployment } = stored
          const label = changes.label ?? deployment.label
          const description = changes.description ?? deployment.description ?? null
          const status = changes.status ?? deployment.status
          deployments.set(id, { ...stored, deployment: { ...deployment, label, description, status, updatedAt } })
        }),
      actionLog: (id) =>
        Effect.zipWith(find(id), Clock.currentTimeMillis, (stored, now) => {
          const { createdAt, user: performedBy } = stored.deployment
          const created: ActionLogEntry = { action: "created", performedAt: createdAt, performedBy }
          if (!isDeployed(stored, now)) return [created]
          return [created, { action: "deployed", performedAt: DateTime.unsafeMake(stored.deployedAt), performedBy }]
        }),
      serving: (id) =>
        Effect.flatMap(Effect.zipWith(find(id), Clock.currentTimeMillis, view), (deployment) => {
          if (deployment.deployed !== true) return conflict("The deployment is not deployed yet")
          if (deployment.status !== "active") return conflict(`The deployment is ${deployment.status}`)
          return Effect.succeed(deployment)
        }),
      record: (id, request) =>
        Effect.zipWith(find(id), Clock.currentTimeMillis, ({ requests }, time) => {
          requests.push({ ...request, time })
        }),
      recordTraffic: (traffic) =>
        Effect.map(find(traffic.deploymentId), ({ requests }) => {
          for (const request of spread(traffic)) requests.push(request)
        }),
      statistics: (id, start, end) =>
        Effect.map(find(id), ({ requests }) => Monitoring.statistics(requests, start, end)),
      log: (entry) =>
        Effect.sync(() => {
          journal = [...journal.slice(1 - journalSize), entry]
        }),
      journal: Effect.sync(() => journal)
    })
  })

/** The single requests of some traffic. */
function* spread(traffic: Traffic): Generator<Monitoring.PredictionRequest> {
  const { consumers, executionTime, requests, rows, serverErrors, userErrors } = traffic
  const start = DateTime.toEpochMillis(traffic.start)
  const length = DateTime.toEpochMillis(traffic.end) - start
  const errors = userErrors + serverErrors
  for (let index = 0; index < requests; index++) {
    const error = turn(index, errors, requests)
    yield {
      time: start + Math.floor(index * length / requests),
      user: `consumer-${index % consumers}`,
      rows,
      executionTime,
      status: error === undefined ? 200 : turn(error, userErrors, errors) === undefined ? 500 : 422
    }
  }
}

/** Of `total` turns, `part` are spread evenly: which of them is turn `index`, or `undefined` if it is none. */
const turn = (index: number, part: number, total: number) => {
  const before = Math.floor(index * part / total)
  return Math.floor((index + 1) * part / total) > before ? before : undefined
}
