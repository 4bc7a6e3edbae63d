/**
 * What the emulator knows: deployments, the prediction requests that each received, and jobs. Model deployments and
 * the deployments API are two views of the same deployments.
 */
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
} from "../../wire/modelDeployment.js"
import * as History from "../monitoring/history.js"
import { type ActualValue, maxRows, type PredictedRow } from "../monitoring/rows.js"
import * as Monitoring from "../monitoring/statistics.js"
import { requestAt, type Traffic } from "../monitoring/traffic.js"
import { type Conflict, conflict, type NotFound, notFound } from "../protocol/errors.js"
import * as EmulatorClock from "./clock.js"
import type { Details } from "./details.js"
import * as Fixtures from "./fixtures.js"
import * as Ids from "./ids.js"
import * as Jobs from "./jobs.js"
import type { Snapshot } from "./snapshot.js"
import { changed, detailsOf, keepsRows, predictedRow, type Stored } from "./stored.js"

/** What a state starts from. */
export interface StateOptions {
  /** Fixes the ids that are given out. */
  readonly seed: string | number
  /** Where the time is from. */
  readonly clock: EmulatorClock.ClockOption
  /** What passes between the creation of a deployment and its being deployed; any other job takes as long. */
  readonly deployDelay: Duration.DurationInput
  /** Host, with port, that prediction requests go to. */
  readonly predictionHost: string
}

/** A deployment and everything that is known of it, at a moment. */
export interface Known {
  readonly now: number
  readonly deployment: ModelDeployment
  readonly details: Details
  readonly requests: History.History
  readonly rows: ReadonlyArray<PredictedRow>
  readonly actuals: ReadonlyMap<string, ActualValue>
  /** What the jobs that run are to change. */
  readonly pending: ReadonlyArray<Jobs.Change>
}

/** What a deployment of the deployments API begins with. */
export interface NewDeployment {
  readonly label: string
  readonly description?: string | undefined
  readonly status?: "active" | "inactive" | undefined
  readonly modelId?: string | undefined
  readonly modelPackageId?: string | undefined
  readonly importance?: string | undefined
  readonly defaultPredictionServerId?: string | undefined
  readonly predictionEnvironmentId?: string | undefined
  readonly userProvidedId?: string | undefined
}

/** Why a change is not made. */
export type Refused<E> = Effect.Effect<never, E>

/** A row as it was predicted. */
export interface Scored {
  readonly row: Readonly<Record<string, unknown>>
  readonly score: number
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
  readonly update: (
    id: string,
    changes: UpdateInput & { readonly importance?: string | undefined }
  ) => Effect.Effect<void, NotFound>
  readonly actionLog: (id: string) => Effect.Effect<ReadonlyArray<ActionLogEntry>, NotFound>
  /** The deployment, if it can answer predictions. */
  readonly serving: (id: string) => Effect.Effect<Pick<Known, "deployment" | "details">, NotFound | Conflict>
  /** Remembers a prediction request that came just now, and its rows where the deployment's settings ask for that. */
  readonly record: (
    id: string,
    request: Omit<History.PredictionRequest, "time">,
    scored?: ReadonlyArray<Scored>
  ) => Effect.Effect<void, NotFound>
  readonly recordTraffic: (traffic: Traffic) => Effect.Effect<void, NotFound>
  /** Service statistics of `[start, end)` in epoch milliseconds. */
  readonly statistics: (id: string, start: number, end: number) => Effect.Effect<ServiceStatistics, NotFound>
  /** Deploys a model of the deployments API; gives the deployment's id and that of the job. */
  readonly deploy: (input: NewDeployment) => Effect.Effect<{ readonly id: string; readonly job: string }>
  readonly known: (id: string) => Effect.Effect<Known, NotFound>
  readonly allKnown: Effect.Effect<ReadonlyArray<Known>>
  /** Changes what only the deployments API knows, unless it is refused. */
  readonly changeDetails: <E = never>(
    id: string,
    change: (details: Details) => Details | Refused<E>
  ) => Effect.Effect<void, NotFound | E>
  /** Starts a job that makes a change when it ends, unless it is refused; gives the job's id. */
  readonly startChange: <E = never>(
    id: string,
    description: string,
    plan: (known: Known, newId: () => string) => Jobs.Change | Refused<E>
  ) => Effect.Effect<string, NotFound | E>
  /** Takes actual values in, and starts a job that is over when they are said to be; gives the job's id. */
  readonly addActuals: (
    id: string,
    actuals: ReadonlyArray<ActualValue>,
    keepWithoutPredictions: boolean
  ) => Effect.Effect<string, NotFound>
  readonly remove: (id: string) => Effect.Effect<void, NotFound>
  /** Starts a job that makes nothing; gives its id. */
  readonly startJob: (ends: "failed" | "never") => Effect.Effect<string>
  /** The state of a job, and the deployment that it works on. */
  readonly job: (
    id: string
  ) => Effect.Effect<{ readonly state: Jobs.JobState; readonly deploymentId: string | null }, NotFound>
  /** The jobs that are not over, oldest first. */
  readonly jobs: Effect.Effect<ReadonlyArray<Jobs.JobState>>
  /** Takes a job away; what it was to change stays as it is. */
  readonly cancelJob: (id: string) => Effect.Effect<void, NotFound>
  /** Forgets everything; ids and the time begin anew. */
  readonly clear: Effect.Effect<void>
  readonly snapshot: Effect.Effect<Snapshot>
  /** Knows what the snapshot knew, and nothing else. */
  readonly restore: (snapshot: Snapshot) => Effect.Effect<void>
  /** Grows with every change of what is known. */
  readonly revision: Effect.Effect<number>
}

const creation = "Deployment creation"

/** So many jobs that are over are remembered. */
const maxSettled = 1_000

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
    const jobs = new Map<string, Jobs.Job>()
    /** The jobs whose end has not been seen yet, oldest first. */
    const running = new Set<string>()
    let ids = 0
    let revision = 0

    const keep = (job: Jobs.Job) => {
      jobs.set(job.id, job)
      if (!job.settled) running.add(job.id)
    }

    /** Makes the changes of the jobs that are over by now, in the order in which they were started. */
    const settle = (now: number) => {
      for (const id of running) {
        const job = jobs.get(id)
        if (job !== undefined && !Jobs.isOver(job, now, deployDelay)) continue
        running.delete(id)
        if (job === undefined) continue
        revision++
        jobs.set(id, { ...job, settled: true })
        const stored = job.deploymentId === null ? undefined : deployments.get(job.deploymentId)
        if (stored === undefined || job.change === null || job.ends === "failed") continue
        deployments.set(stored.deployment.id, changed(stored, job.change, job.startedAt + deployDelay))
      }
      // the oldest come first
      for (const { id, settled } of jobs.values()) {
        if (jobs.size - running.size <= maxSettled) break
        if (settled) jobs.delete(id)
      }
    }

    /** Has the jobs of a deployment that is gone change nothing any more. */
    const release = (deploymentId: string) => {
      for (const id of running) {
        const job = jobs.get(id)
        if (job?.deploymentId !== deploymentId) continue
        running.delete(id)
        jobs.set(id, { ...job, deploymentId: null, change: null, settled: true })
      }
    }

    /** The present moment, with everything that has happened until then. */
    const present = Effect.map(clock.now, (now) => {
      settle(now)
      return now
    })

    /** Reads in one step what is known at this moment. */
    const read = <A>(at: (now: number) => A) => Effect.map(present, at)

    /** Makes a change in one step. */
    const change = <A>(at: (now: number) => A) =>
      read((now) => {
        revision++
        return at(now)
      })

    const find = <A>(id: string, found: (stored: Stored, now: number) => A): Effect.Effect<A, NotFound> =>
      Effect.flatMap(present, (now) => {
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
      return {
        deployment,
        deployedAt,
        requests: History.make(),
        details: detailsOf(deployment),
        rows: [],
        actuals: new Map()
      }
    }

    const known = (stored: Stored, now: number): Known => ({
      now,
      deployment: view(stored, now),
      details: stored.details,
      requests: stored.requests,
      rows: stored.rows,
      actuals: stored.actuals,
      pending: Array.from(running).flatMap((id) => {
        const { change, deploymentId } = jobs.get(id) ?? {}
        return deploymentId === stored.deployment.id && change != null ? [change] : []
      })
    })

    const start = (job: Omit<Jobs.Job, "id" | "settled">): string => {
      const id = nextId()
      keep({ ...job, id, settled: false })
      return id
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
      running.clear()
      ids = 0
    }

    return {
      clock: {
        ...clock,
        advance: (duration) => Effect.zipRight(clock.advance(duration), change(() => undefined))
      },
      // All of them are made before the first one is put: one that makes no deployment takes the others with it.
      seed: (fixtures) =>
        change((now) =>
          fixtures.map((fixture) => storedFrom(fixture, now)).map((stored) => {
            release(stored.deployment.id)
            return put(stored, now)
          })
        ),
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
          const { deployment, details } = stored
          const label = changes.label ?? deployment.label
          const description = changes.description ?? deployment.description ?? null
          const status = changes.status ?? deployment.status
          const importance = changes.importance ?? details.importance
          const updatedAt = DateTime.unsafeMake(now)
          deployments.set(id, {
            ...stored,
            deployment: { ...deployment, label, description, status, updatedAt },
            details: { ...details, importance }
          })
        }),
      actionLog: (id) =>
        find(id, (stored, now) => {
          const { createdAt, user: performedBy } = stored.deployment
          const created: ActionLogEntry = { action: "created", performedAt: createdAt, performedBy }
          if (!isDeployed(stored, now)) return [created]
          return [created, { action: "deployed", performedAt: DateTime.unsafeMake(stored.deployedAt), performedBy }]
        }),
      serving: (id) =>
        Effect.flatten(find(id, (stored, now) => {
          const { deployment, details } = stored
          if (!isDeployed(stored, now)) return conflict("The deployment is not deployed yet")
          if (deployment.status !== "active") return conflict(`The deployment is ${deployment.status}`)
          return Effect.succeed({ deployment, details })
        })),
      record: (id, request, scored = []) =>
        changeFound(id, (stored, time) => {
          stored.requests.add(1, () => ({ ...request, time }))
          if (!keepsRows(stored.details)) return
          for (const { row, score } of scored) stored.rows.push(predictedRow(stored.details, row, score, time))
          if (stored.rows.length > maxRows) stored.rows.splice(0, stored.rows.length - maxRows)
        }),
      recordTraffic: (traffic) =>
        changeFound(traffic.deploymentId, ({ requests }) => requests.add(traffic.requests, requestAt(traffic))),
      statistics: (id, start, end) => find(id, ({ requests }) => Monitoring.statistics(requests, start, end)),
      deploy: (input) =>
        change((now) => {
          const { description = null, label, modelId = nextId(), modelPackageId = nextId(), status = "active" } = input
          const stored = storedFrom({ modelId, label, description, status, deployed: false }, now)
          const { id } = stored.deployment
          const [model] = stored.details.models
          deployments.set(id, {
            ...stored,
            details: {
              ...stored.details,
              models: [{ ...model, modelPackageId }],
              importance: input.importance ?? null,
              defaultPredictionServerId: input.defaultPredictionServerId ?? null,
              predictionEnvironmentId: input.predictionEnvironmentId ?? null,
              userProvidedId: input.userProvidedId ?? null
            }
          })
          return {
            id,
            job: start({
              startedAt: now,
              ends: "done",
              description: creation,
              deploymentId: id,
              change: { change: "creation" }
            })
          }
        }),
      known: (id) => find(id, known),
      allKnown: read((now) => Array.from(deployments.values(), (stored) => known(stored, now))),
      changeDetails: (id, change) =>
        Effect.flatten(find(id, (stored) => {
          const details = change(stored.details)
          if (Effect.isEffect(details)) return details
          revision++
          deployments.set(id, { ...stored, details })
          return Effect.void
        })),
      startChange: (id, description, plan) =>
        Effect.flatten(find(id, (stored, now) => {
          const planned = plan(known(stored, now), nextId)
          if (Effect.isEffect(planned)) return planned
          revision++
          return Effect.succeed(
            start({ startedAt: now, ends: "done", description, deploymentId: id, change: planned })
          )
        })),
      addActuals: (id, actuals, keepWithoutPredictions) =>
        find(id, (stored, startedAt) => {
          revision++
          const predicted = new Set(stored.rows.map(({ associationId }) => associationId))
          for (const actual of actuals) {
            if (!keepWithoutPredictions && !predicted.has(actual.associationId)) continue
            stored.actuals.set(actual.associationId, actual)
          }
          for (const oldest of stored.actuals.keys()) {
            if (stored.actuals.size <= maxRows) break
            stored.actuals.delete(oldest)
          }
          return start({ startedAt, ends: "done", description: "Actuals upload", deploymentId: id, change: null })
        }),
      remove: (id) =>
        changeFound(id, () => {
          release(id)
          deployments.delete(id)
        }),
      startJob: (ends) =>
        change((startedAt) => start({ startedAt, ends, description: creation, deploymentId: null, change: null })),
      job: (id) =>
        Effect.flatMap(present, (now) => {
          const job = jobs.get(id)
          return job === undefined
            ? notFound
            : Effect.succeed({ state: Jobs.stateOf(job, now, deployDelay), deploymentId: job.deploymentId })
        }),
      jobs: read((now) =>
        Array.from(running).flatMap((id) => {
          const job = jobs.get(id)
          return job === undefined ? [] : [Jobs.stateOf(job, now, deployDelay)]
        })
      ),
      cancelJob: (id) =>
        Effect.flatMap(present, (now) => {
          const job = jobs.get(id)
          if (job === undefined) return notFound
          revision++
          jobs.delete(id)
          running.delete(id)
          const stored = job.deploymentId === null ? undefined : deployments.get(job.deploymentId)
          // a deployment whose creation is given up is never deployed
          if (stored !== undefined && job.change?.change === "creation" && stored.deployedAt > now) {
            deployments.set(stored.deployment.id, { ...stored, deployedAt: Infinity })
          }
          return Effect.void
        }),
      clear: Effect.zipRight(clock.reset, change(forget)),
      snapshot: Effect.map(clock.snapshot, (time): Snapshot => ({
        version: 1,
        clock: time,
        ids,
        predictionHost: options.predictionHost,
        deployments: Array.from(
          deployments.values(),
          ({ actuals, deployedAt, deployment, requests, rows, details }) => ({
            deployment,
            deployedAt: Schema.is(EmulatorClock.Millis)(deployedAt) ? deployedAt : null,
            requests: History.toSnapshot(requests),
            details,
            rows: [...rows],
            actuals: [...actuals.values()]
          })
        ),
        jobs: [...jobs.values()]
      })),
      restore: (snapshot) =>
        Effect.zipRight(
          clock.restore(snapshot.clock),
          change(() => {
            forget()
            ids = snapshot.ids
            for (const { actuals, deployedAt, deployment, requests, rows, details } of snapshot.deployments) {
              deployments.set(deployment.id, {
                deployment: moved(deployment, snapshot.predictionHost),
                deployedAt: deployedAt ?? Infinity,
                requests: History.fromSnapshot(requests),
                details: details ?? detailsOf(deployment),
                rows: [...rows],
                actuals: new Map(actuals.map((actual) => [actual.associationId, actual]))
              })
            }
            for (const job of snapshot.jobs) keep(job)
          })
        ),
      revision: Effect.sync(() => revision)
    }
  })
