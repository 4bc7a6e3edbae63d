/** What an emulator stores. Every change is one step: no other change happens in between. */
import * as Effect from "effect/Effect"
import * as Catalog from "../files/catalog.js"
import { type NotFound, notFound } from "../protocol/errors.js"
import type { EmulatorClock } from "./clock.js"
import * as JobQueue from "./jobQueue.js"
import type { Job } from "./jobs.js"
import * as Registry from "./registry.js"
import { applyChange, type Stored } from "./stored.js"

/** A job to start. `resource` and `message` are null by default. */
export type NewJob = Omit<Job, "id" | "settled" | "resource" | "message"> & Partial<Pick<Job, "resource" | "message">>

/** The deployments, registry and jobs of an emulator, and the steps that read and change them. Times are epoch milliseconds. */
export interface Memory {
  readonly clock: EmulatorClock
  /** The duration of a job, in milliseconds. */
  readonly jobTime: number
  readonly deployments: Map<string, Stored>
  readonly registry: Registry.Registry
  readonly catalog: Catalog.Catalog
  readonly jobs: JobQueue.JobQueue
  /** Returns a new id. */
  readonly nextId: () => string
  /** Starts a job, and returns its id. */
  readonly start: (job: NewJob) => string
  /** Reads what is stored at this moment, in one step. */
  readonly read: <A>(at: (now: number) => A) => Effect.Effect<A>
  /** Makes a change, in one step. */
  readonly change: <A>(at: (now: number) => A) => Effect.Effect<A>
  /** Reads a deployment, in one step. */
  readonly find: <A>(id: string, found: (stored: Stored, now: number) => A) => Effect.Effect<A, NotFound>
  /** Changes a deployment, in one step. */
  readonly changeFound: <A>(id: string, found: (stored: Stored, now: number) => A) => Effect.Effect<A, NotFound>
  /** Counts a change that is made within a step that reads. */
  readonly touch: () => void
  /** Grows with every change. */
  readonly revision: () => number
  /** Number of ids that were generated. */
  readonly ids: () => number
  /** Removes everything. `ids` is the number of ids that count as generated. */
  readonly clear: (ids: number) => void
}

/** Creates an empty memory. */
export const make = (clock: EmulatorClock, idOf: (number: number) => string, jobTime: number): Memory => {
  const deployments = new Map<string, Stored>()
  const registry = Registry.make()
  const catalog = Catalog.make()
  const jobs = JobQueue.make(jobTime)
  let ids = 0
  let revision = 0

  const touch = () => {
    revision++
  }

  const nextId = (): string => {
    const id = idOf(++ids)
    const isTaken = deployments.has(id) || jobs.get(id) !== undefined || Registry.has(registry, id) ||
      Catalog.has(catalog, id)
    return isTaken ? nextId() : id
  }

  /** Makes the changes of the jobs that have finished by now. */
  const settle = (now: number) => {
    for (const { change, deploymentId, ends, startedAt } of jobs.settle(now)) {
      touch()
      const stored = deploymentId === null ? undefined : deployments.get(deploymentId)
      if (stored === undefined || change === null || ends === "failed") continue
      deployments.set(stored.deployment.id, applyChange(stored, change, startedAt + jobTime))
    }
  }

  const read = <A>(at: (now: number) => A) =>
    Effect.map(clock.now, (now) => {
      settle(now)
      return at(now)
    })

  const find = <A>(id: string, found: (stored: Stored, now: number) => A): Effect.Effect<A, NotFound> =>
    Effect.flatten(read((now) => {
      const stored = deployments.get(id)
      return stored === undefined ? notFound : Effect.succeed(found(stored, now))
    }))

  return {
    clock,
    jobTime,
    deployments,
    registry,
    catalog,
    jobs,
    nextId,
    start: (job) => {
      const id = nextId()
      jobs.add({ resource: null, message: null, ...job, id, settled: false })
      return id
    },
    read,
    change: (at) =>
      read((now) => {
        touch()
        return at(now)
      }),
    find,
    changeFound: (id, found) =>
      find(id, (stored, now) => {
        touch()
        return found(stored, now)
      }),
    touch,
    revision: () => revision,
    ids: () => ids,
    clear: (number) => {
      deployments.clear()
      Registry.fill(registry, Registry.initialContent)
      Catalog.fill(catalog, { datasets: [], exports: [] })
      jobs.clear()
      ids = number
    }
  }
}
