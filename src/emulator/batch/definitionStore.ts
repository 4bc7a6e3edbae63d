/** The definitions of batch predictions of an emulator, and the functions that change them. */
import * as Effect from "effect/Effect"
import { type Conflict, conflict, type NotFound, notFound } from "../protocol/errors.js"
import type { Memory } from "../state/memory.js"
import type { Definition, Settings } from "./definition.js"
import { type BatchJob, isOver } from "./job.js"
import { lastTimes } from "./schedule.js"

/** Maximum number of jobs that a schedule starts at once, if the time has made a leap. It starts the latest. */
const maxRuns = 100

/** A definition at a moment, and the jobs that it has started, oldest first. */
export interface KnownDefinition {
  readonly definition: Definition
  readonly jobs: ReadonlyArray<BatchJob>
  readonly now: number
}

/** A job that a schedule starts at a time. */
export interface ScheduledRun {
  readonly definition: Definition
  readonly time: number
}

export interface DefinitionStore {
  readonly createDefinition: (settings: Settings) => Effect.Effect<KnownDefinition>
  readonly definition: (id: string) => Effect.Effect<KnownDefinition, NotFound>
  /** The definitions in the order of their creation. */
  readonly definitions: Effect.Effect<ReadonlyArray<KnownDefinition>>
  readonly updateDefinition: (id: string, settings: Settings) => Effect.Effect<KnownDefinition, NotFound>
  /** Fails while a job of the definition is not over. */
  readonly deleteDefinition: (id: string) => Effect.Effect<void, NotFound | Conflict>
  /** Takes the jobs that schedules start up to now, in order. Each is taken once. */
  readonly takeRuns: Effect.Effect<ReadonlyArray<ScheduledRun>>
}

/** The definitions of a memory. */
export const make = ({ batches, change, definitions, nextId, read, touch }: Memory): DefinitionStore => {
  const known = (definition: Definition, now: number): KnownDefinition => ({
    definition,
    jobs: batches.all().map(({ job }) => job).filter(({ definitionId }) => definitionId === definition.id),
    now
  })

  const found = <A, E = never>(id: string, use: (definition: Definition, now: number) => Effect.Effect<A, E>) =>
    Effect.flatten(read((now): Effect.Effect<A, E | NotFound> => {
      const definition = definitions.get(id)
      return definition === undefined ? notFound : use(definition, now)
    }))

  const store = (definition: Definition, now: number) => {
    definitions.set(definition.id, definition)
    return known(definition, now)
  }

  return {
    createDefinition: ({ name, ...settings }) =>
      change((now) => {
        const id = nextId()
        const times = { createdAt: now, updatedAt: now, checkedAt: now, scheduledAt: null }
        return store({ id, name: name ?? `Batch predictions ${id}`, ...settings, ...times }, now)
      }),
    definition: (id) => found(id, (definition, now) => Effect.succeed(known(definition, now))),
    definitions: read((now) => Array.from(definitions.values(), (definition) => known(definition, now))),
    updateDefinition: (id, { name, ...settings }) =>
      found(id, (definition, now) => {
        touch()
        const changed = { ...definition, ...settings, updatedAt: now, checkedAt: now }
        return Effect.succeed(store({ ...changed, name: name ?? definition.name }, now))
      }),
    deleteDefinition: (id) =>
      found(id, (definition, now) => {
        const running = known(definition, now).jobs.find((job) => !isOver(job))
        if (running !== undefined) return conflict(`The job ${running.id} of the definition is not over`)
        touch()
        definitions.delete(id)
        return Effect.void
      }),
    takeRuns: read((now) =>
      Array.from(definitions.values()).flatMap((definition) => {
        const { checkedAt, enabled, schedule } = definition
        if (!enabled || schedule === null) return []
        const times = lastTimes(schedule, checkedAt, now, maxRuns)
        const scheduledAt = times.at(-1)
        if (scheduledAt === undefined) return []
        touch()
        const taken = { ...definition, checkedAt: now, scheduledAt }
        definitions.set(definition.id, taken)
        return times.map((time) => ({ definition: taken, time }))
      }).sort((one, other) => one.time - other.time)
    )
  }
}
