/** The batch predictions of an emulator, and the functions that change them. */
import * as Effect from "effect/Effect"
import { type Conflict, conflict, type NotFound, notFound } from "../protocol/errors.js"
import type { Memory } from "../state/memory.js"
import type { Definition } from "./definition.js"
import { type BatchJob, created, intakeOf, isOver, isUploaded, type NewBatch } from "./job.js"
import type { Entry } from "./queue.js"
import * as Transfers from "./transfers.js"

/** A job at a moment. */
export interface Shown {
  readonly job: BatchJob
  readonly now: number
  /** Number of jobs that wait before this one. Undefined if it is not in a queue. */
  readonly queuePosition: number | undefined
  /** Whether the job waits for its CSV. */
  readonly isWaiting: boolean
  /** The definition that started it, if that still exists. */
  readonly definition: Definition | undefined
}

/** The batch predictions. */
export interface BatchStore extends Transfers.Transfers {
  /** Creates a job, now or at an earlier time. */
  readonly createBatch: (job: NewBatch, time?: number) => Effect.Effect<Shown>
  readonly batch: (id: string) => Effect.Effect<Shown, NotFound>
  /** The jobs that were not cancelled, oldest first. */
  readonly batches: Effect.Effect<ReadonlyArray<Shown>>
  /** Aborts a job. Fails if it is over. */
  readonly cancelBatch: (id: string) => Effect.Effect<void, NotFound | Conflict>
  /** Ends a job whose CSV cannot be scored, unless it is over. */
  readonly endBatch: (id: string, status: "ABORTED" | "FAILED", details: string) => Effect.Effect<void, NotFound>
}

/** Whether a job waits for its CSV, or for more parts of it. */
const waits = (job: BatchJob) =>
  isUploaded(job) && job.status === "INITIALIZING" &&
  (job.upload === "none" || (intakeOf(job).multipart && job.upload === "begun"))

/** The batch predictions of a memory. */
export const make = (memory: Memory): BatchStore => {
  const { batches, change, definitions, nextId, read, touch } = memory

  const toShown = ({ job }: Entry, now: number): Shown => ({
    job,
    now,
    queuePosition: batches.position(job),
    isWaiting: waits(job),
    definition: definitions.get(job.definitionId ?? "")
  })

  const found = <A, E = never>(id: string, use: (entry: Entry, now: number) => Effect.Effect<A, E>) =>
    Effect.flatten(read((now): Effect.Effect<A, E | NotFound> => {
      const entry = batches.get(id)
      return entry === undefined ? notFound : use(entry, now)
    }))

  return {
    ...Transfers.make(memory, found),
    createBatch: (job, time) =>
      Effect.flatMap(
        change((now) => batches.add(created(nextId(), time ?? now, job))),
        (entry) => read((now) => toShown(entry, now))
      ),
    batch: (id) => found(id, (entry, now) => Effect.succeed(toShown(entry, now))),
    batches: read((now) => batches.all().filter(({ job }) => !job.isRemoved).map((entry) => toShown(entry, now))),
    cancelBatch: (id) =>
      found(id, (entry, now) => {
        if (isOver(entry.job)) return conflict(`The job is over: ${entry.job.status}`)
        touch()
        entry.job = { ...entry.job, isRemoved: true }
        batches.end(entry, "ABORTED", "Aborted by the user", now)
        if (entry.job.hasResults) batches.deleteResults(entry)
        return Effect.void
      }),
    endBatch: (id, status, details) =>
      found(id, (entry, now) => {
        if (isOver(entry.job)) return Effect.void
        touch()
        batches.end(entry, status, details, now)
        return Effect.void
      })
  }
}
