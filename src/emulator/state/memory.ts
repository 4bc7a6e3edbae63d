/** What an emulator stores. Every change is one step: no other change happens in between. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { Definition } from "../batch/definition.js"
import * as BatchQueue from "../batch/queue.js"
import { recordBatch } from "../batch/record.js"
import * as Catalog from "../files/catalog.js"
import { type NotFound, notFound } from "../protocol/errors.js"
import type { EmulatorClock } from "./clock.js"
import * as JobQueue from "./jobQueue.js"
import type { Job } from "./jobs.js"
import * as Registry from "./registry.js"
import * as Signal from "./signal.js"
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
  readonly batches: BatchQueue.BatchQueue
  readonly definitions: Map<string, Definition>
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
  /**
   * Waits until a step returns something. The step is repeated after every change, and at the time that `due` returns.
   */
  readonly until: <A>(
    step: (now: number) => Option.Option<A>,
    due: () => number | undefined
  ) => Effect.Effect<A>
  /** Counts a change that is made within a step that reads. */
  readonly touch: () => void
  /** Repeats the steps that wait, without a change of what is stored. */
  readonly wake: () => void
  /** Grows with every change. */
  readonly revision: () => number
  /** Number of ids that were generated. */
  readonly ids: () => number
  /** Removes everything. `ids` is the number of ids that count as generated. */
  readonly clear: (ids: number) => void
}

/** Creates an empty memory. */
export const make = (
  clock: EmulatorClock,
  idOf: (number: number) => string,
  jobTime: number,
  pace: BatchQueue.Pace
): Memory => {
  const deployments = new Map<string, Stored>()
  const registry = Registry.make()
  const catalog = Catalog.make()
  const jobs = JobQueue.make(jobTime)
  const batches = BatchQueue.make(pace)
  const definitions = new Map<string, Definition>()
  const signal = Signal.make()
  let ids = 0
  let revision = 0

  const touch = () => {
    revision++
    signal.notify()
  }

  const nextId = (): string => {
    const id = idOf(++ids)
    const isTaken = deployments.has(id) || jobs.get(id) !== undefined || batches.get(id) !== undefined ||
      definitions.has(id) ||
      Registry.has(registry, id) || Catalog.has(catalog, id)
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
    if (batches.settle(now, (job, piece, time) => recordBatch(deployments.get(job.deploymentId ?? ""), piece, time))) {
      touch()
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

  const until: Memory["until"] = (step, due) => {
    const loop: ReturnType<typeof step> extends Option.Option<infer A> ? Effect.Effect<A> : never = Effect.flatten(
      read((now) => {
        const result = step(now)
        if (Option.isSome(result)) return Effect.succeed(result.value)
        const changed = signal.after(signal.count())
        const time = due()
        // A clock that stands still reaches no time by itself: its advance is a change.
        const wait = time === undefined || clock.stands
          ? changed
          : Effect.raceFirst(changed, Effect.sleep(Math.max(1, time - now)))
        return Effect.zipRight(wait, loop)
      })
    )
    // A server runs its application in an uninterruptible region. A client that disconnects must interrupt the wait.
    return Effect.interruptible(loop)
  }

  return {
    clock,
    jobTime,
    deployments,
    registry,
    catalog,
    jobs,
    batches,
    definitions,
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
    until,
    touch,
    wake: signal.notify,
    revision: () => revision,
    ids: () => ids,
    clear: (number) => {
      deployments.clear()
      Registry.fill(registry, Registry.initialContent)
      Catalog.fill(catalog, { datasets: [], exports: [] })
      jobs.clear()
      batches.clear()
      definitions.clear()
      ids = number
    }
  }
}
