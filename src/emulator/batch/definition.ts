/** Definitions of batch predictions as the emulator stores them, and as the API shows them. */
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import { Schedule } from "../../wire/batchPredictionDefinition.js"
import { Millis } from "../state/clock.js"
import { user } from "../state/fixtures.js"
import { type BatchJob, isOver } from "./job.js"
import { nextTime } from "./schedule.js"

/**
 * A definition. Times are epoch milliseconds.
 *
 * - `spec`: the settings of its jobs as they were posted, without secrets.
 * - `checkedAt`: up to when its schedule has started jobs.
 * - `scheduledAt`: when its schedule started the last job.
 */
export const Definition = Schema.Struct({
  id: Schema.String,
  name: Schema.String,
  enabled: Schema.Boolean,
  schedule: Schema.NullOr(Schedule),
  spec: Schema.Record({ key: Schema.String, value: Schema.Unknown }),
  createdAt: Millis,
  updatedAt: Millis,
  checkedAt: Millis,
  scheduledAt: Schema.NullOr(Millis)
})
export interface Definition extends Schema.Schema.Type<typeof Definition> {}

/** What a caller sets of a definition. */
export type Settings = Pick<Definition, "enabled" | "schedule" | "spec"> & { readonly name?: string | undefined }

const iso = (millis: number) => DateTime.formatIso(DateTime.unsafeMake(millis))

const isoOrNull = (millis: number | null | undefined) => millis == null ? null : iso(millis)

const never = "1900-01-01T00:00:00.000000Z"

const lastEnd = (jobs: ReadonlyArray<BatchJob>, isWanted: (job: BatchJob) => boolean) => {
  const ends = jobs.filter(isWanted).flatMap(({ endedAt }) => endedAt === null ? [] : [endedAt])
  return ends.length === 0 ? never : iso(Math.max(...ends))
}

/** A definition as JSON, at a time. `jobs` are those that it has started. */
export const toJson = (definition: Definition, jobs: ReadonlyArray<BatchJob>, now: number) => {
  const { createdAt, enabled, id, name, schedule, scheduledAt, spec, updatedAt } = definition
  const by = { userId: user.id, username: user.username, fullName: `${user.firstName} ${user.lastName}` }
  const last = jobs.reduce<BatchJob | undefined>(
    (latest, job) => latest === undefined || job.createdAt >= latest.createdAt ? job : latest,
    undefined
  )
  return {
    id,
    name,
    enabled,
    schedule,
    batchPredictionJob: spec,
    created: iso(createdAt),
    updated: iso(updatedAt),
    createdBy: by,
    updatedBy: by,
    nextScheduledRunTime: enabled && schedule !== null ? isoOrNull(nextTime(schedule, now)) : null,
    lastScheduledRunTime: isoOrNull(scheduledAt),
    lastStartedJobStatus: last?.status ?? null,
    lastStartedJobTime: isoOrNull(last?.createdAt),
    lastSuccessfulRunTime: lastEnd(jobs, ({ status }) => status === "COMPLETED"),
    lastFailedRunTime: lastEnd(jobs, (job) => isOver(job) && job.status !== "COMPLETED")
  }
}
