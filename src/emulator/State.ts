/** What the emulator knows: model deployments, the prediction requests that each received, and jobs. */
import * as DateTime from "effect/DateTime"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import {
  type ActionLogEntry,
  type CreateInput,
  type Instance,
  ModelDeployment,
  type ServiceStatistics,
  type UpdateInput
} from "../internal/modelDeploymentSchema.js"
import * as EmulatorClock from "./clock.js"
import type { Job } from "./DataRobotApi.js"
import { type Conflict, conflict, type NotFound, notFound } from "./errors.js"
import * as Fixtures from "./fixtures.js"
import * as History from "./history.js"
import * as Ids from "./ids.js"
import * as Monitoring from "./monitoring.js"
import type { JobSnapshot, Snapshot } from "./snapshot.js"
import { requestAt, type Traffic } from "./traffic.js"

/** What a state starts from. */
export interface StateOptions {
  /** Fixes the ids that are given out. */
  readonly seed: string | number
  /** Where the time is from. */
  readonly clock: EmulatorClock.ClockOption
  /** What passes between the creation of a deployment and its being deployed. */
  readonly deployDelay: Duration.DurationInput
  /** Host, with port, that prediction requests go to. */
  readonly predictionHost: string
}

/** A deployment as it is kept. Whether it is deployed and what monitoring says of it is found out when it is read. */
interface Stored {
  readonly deployment: ModelDeployment
  /** When the deployment process ends, in epoch milliseconds. */
  readonly deployedAt: number
  readonly requests: History.History
}

/** What the emulator knows and how that changes. Every change is made in one step: no other comes in between. */
export interface State {
  readonly clock: EmulatorClock.EmulatorClock
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
    request: Omit<History.PredictionRequest, "time">
  ) => Effect.Effect<void, NotFound>
  readonly recordTraffic: (traffic: Traffic) => Effect.Effect<void, NotFound>
  /** Service statistics of `[start, end)` in epoch milliseconds. */
  readonly statistics: (id: string, start: number, end: number) => Effect.Effect<ServiceStatistics, NotFound>
  /** Starts a job that makes nothing; gives its id. */
  readonly startJob: (ends: JobSnapshot["ends"]) => Effect.Effect<string>
  readonly job: (id: string) => Effect.Effect<Job, NotFound>
  /** Forgets everything; ids and the time begin anew. */
  readonly clear: Effect.Effect<void>
  readonly snapshot: Effect.Effect<Snapshot>
  /** Knows what the snapshot knew, and nothing else. */
  readonly restore: (snapshot: Snapshot) => Effect.Effect<void>
  /** Grows with every change of what is known. */
  readonly revision: Effect.Effect<number>
}

/** A fixture from JSON or JavaScript may be anything; this names what is wrong with it before it is answered. */
const validate = Schema.validateSync(ModelDeployment)

/** A state that knows nothing yet. */
export const make = (options: StateOptions): Effect.Effect<State> =>
  Effect.gen(function*() {
    const deployDelay = Duration.toMillis(options.deployDelay)
    const instance: Instance = { ...Fixtures.instance, hostName: options.predictionHost }
    const clock = yield* EmulatorClock.make(options.clock)
    const idOf = yield* Ids.make(options.seed)
    const deployments = new Map<string, Stored>()
    const jobs = new Map<string, JobSnapshot>()
    let ids = 0
    let revision = 0

    /** Reads in one step what is known at this moment. */
    const read = <A>(at: (now: number) => A) => Effect.map(clock.now, at)

    /** Makes a change in one step. */
    const change = <A>(at: (now: number) => A) =>
      read((now) => {
        revision++
        return at(now)
      })

    const find = <A>(id: string, found: (stored: Stored, now: number) => A): Effect.Effect<A, NotFound> =>
      Effect.flatMap(clock.now, (now) => {
        const stored = deployments.get(id)
        return stored === undefined ? notFound : Effect.succeed(found(stored, now))
      })

    const changeFound = (id: string, found: (stored: Stored, now: number) => void) =>
      find(id, (stored, now) => {
        revision++
        found(stored, now)
      })

    const nextId = (): string => {
      const id = idOf(++ids)
      return deployments.has(id) || jobs.has(id) ? nextId() : id
    }

    /** A deployment that was given as deployed is deployed at any time, even before it was created. */
    const isDeployed = ({ deployedAt, deployment }: Stored, now: number) =>
      deployment.deployed !== false || deployedAt <= now

    const view = (stored: Stored, now: number): ModelDeployment => ({
      ...stored.deployment,
      deployed: isDeployed(stored, now),
      ...Monitoring.activity(stored.requests, now)
    })

    const storedFrom = (fixture: Fixtures.DeploymentFixture, now: number): Stored => {
      const id = fixture.id ?? nextId()
      const createdAt = fixture.createdAt ?? DateTime.unsafeMake(now)
      const { hostName } = fixture.instance ?? instance
      const deployment = validate(
        Fixtures.modelDeployment({ instance, predictionEndpoint: hostName, ...fixture, id, createdAt })
      )
      const deployedAt = deployment.deployed === false ? now + deployDelay : DateTime.toEpochMillis(createdAt)
      return { deployment, deployedAt, requests: History.make() }
    }

    const put = (stored: Stored, now: number) => {
      deployments.set(stored.deployment.id, stored)
      return view(stored, now)
    }

    /** A deployment that is served where the snapshot was taken is served here now. */
    const moved = (deployment: ModelDeployment, from: string): ModelDeployment => ({
      ...deployment,
      ...(deployment.instance?.hostName === from
        ? { instance: { ...deployment.instance, hostName: options.predictionHost } }
        : {}),
      ...(deployment.predictionEndpoint === from ? { predictionEndpoint: options.predictionHost } : {})
    })

    const forget = () => {
      deployments.clear()
      jobs.clear()
      ids = 0
    }

    return {
      clock: {
        ...clock,
        advance: (duration) => Effect.zipRight(clock.advance(duration), change(() => undefined))
      },
      // All of them are made before the first one is put: one that makes no deployment takes the others with it.
      seed: (fixtures) =>
        change((now) => fixtures.map((fixture) => storedFrom(fixture, now)).map((stored) => put(stored, now))),
      create: ({ description = null, instanceId, label, modelId, projectId, status = "active" }) =>
        change((now) => {
          const served = instanceId === undefined ? {} : { instance: { ...instance, id: instanceId } }
          return put(
            storedFrom({ projectId, modelId, label, description, status, deployed: false, ...served }, now),
            now
          )
        }),
      list: read((now) => Array.from(deployments.values(), (stored) => view(stored, now))),
      get: (id) => find(id, view),
      update: (id, changes) =>
        changeFound(id, (stored, now) => {
          const { deployment } = stored
          const label = changes.label ?? deployment.label
          const description = changes.description ?? deployment.description ?? null
          const status = changes.status ?? deployment.status
          const updatedAt = DateTime.unsafeMake(now)
          deployments.set(id, { ...stored, deployment: { ...deployment, label, description, status, updatedAt } })
        }),
      actionLog: (id) =>
        find(id, (stored, now) => {
          const { createdAt, user: performedBy } = stored.deployment
          const created: ActionLogEntry = { action: "created", performedAt: createdAt, performedBy }
          if (!isDeployed(stored, now)) return [created]
          return [created, { action: "deployed", performedAt: DateTime.unsafeMake(stored.deployedAt), performedBy }]
        }),
      serving: (id) =>
        Effect.flatMap(find(id, (stored, now) => [stored.deployment, isDeployed(stored, now)] as const), (found) => {
          const [deployment, deployed] = found
          if (!deployed) return conflict("The deployment is not deployed yet")
          if (deployment.status !== "active") return conflict(`The deployment is ${deployment.status}`)
          return Effect.succeed(deployment)
        }),
      record: (id, request) => changeFound(id, ({ requests }, time) => requests.add(1, () => ({ ...request, time }))),
      recordTraffic: (traffic) =>
        changeFound(traffic.deploymentId, ({ requests }) => requests.add(traffic.requests, requestAt(traffic))),
      statistics: (id, start, end) => find(id, ({ requests }) => Monitoring.statistics(requests, start, end)),
      startJob: (ends) =>
        change((startedAt) => {
          const id = nextId()
          jobs.set(id, { id, startedAt, ends })
          return id
        }),
      job: (id) =>
        Effect.flatMap(clock.now, (now) => {
          const job = jobs.get(id)
          return job === undefined ? notFound : Effect.succeed(stateOf(job, now, deployDelay))
        }),
      clear: Effect.zipRight(clock.reset, change(forget)),
      snapshot: Effect.map(clock.snapshot, (time): Snapshot => ({
        version: 1,
        clock: time,
        ids,
        predictionHost: options.predictionHost,
        deployments: Array.from(deployments.values(), ({ deployedAt, deployment, requests }) => ({
          deployment,
          deployedAt: Schema.is(EmulatorClock.Millis)(deployedAt) ? deployedAt : null,
          requests: History.toSnapshot(requests)
        })),
        jobs: [...jobs.values()]
      })),
      restore: (snapshot) =>
        Effect.zipRight(
          clock.restore(snapshot.clock),
          change(() => {
            forget()
            ids = snapshot.ids
            for (const { deployedAt, deployment, requests } of snapshot.deployments) {
              deployments.set(deployment.id, {
                deployment: moved(deployment, snapshot.predictionHost),
                deployedAt: deployedAt ?? Infinity,
                requests: History.fromSnapshot(requests)
              })
            }
            for (const job of snapshot.jobs) jobs.set(job.id, job)
          })
        ),
      revision: Effect.sync(() => revision)
    }
  })

/** What a job says of itself: it takes as long as a deployment does. */
const stateOf = ({ ends, id, startedAt }: JobSnapshot, now: number, takes: number): Job => {
  const passed = now - startedAt
  const running = ends === "failed" && passed >= takes / 2
  const failed = ends === "failed" && passed >= takes
  return {
    statusId: id,
    status: failed ? "ERROR" : running ? "RUNNING" : "INITIALIZED",
    message: failed ? "The deployment process failed" : "",
    code: failed ? 1 : 0,
    created: DateTime.formatIso(DateTime.unsafeMake(startedAt)).replace("Z", "000Z"),
    description: "Deployment creation",
    statusType: "",
    type: ""
  }
}
