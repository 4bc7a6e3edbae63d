/**
 * The schemas of the definitions of batch predictions: saved settings of jobs, which can be run on a schedule. Responses
 * are read leniently: only the id is required.
 */
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import { exclusiveIssue, IntakeSettings, jobFields, JobSpec, Status, targetIssue, targets } from "./batchPrediction.js"
import { type Ahead, ahead, between, fields, filled, onePage, pageSize, type Paging, paging, some } from "./fields.js"
import { nullish } from "./nullish.js"
import { Timestamp } from "./timestamp.js"

/** The values of one part of a schedule, as a server sends them. */
const ReadPart = nullish(Schema.Array(Schema.Union(Schema.Number, Schema.String)))

/** The time that stands for "never". */
const never = DateTime.unsafeMake("1900-01-01T00:00:00Z")

/** The time of a run. Null if there was none: the server then sends null, or the year 1900. */
const RunTime = nullish(Schema.transform(
  Schema.NullOr(Timestamp),
  Schema.NullOr(Schema.DateTimeUtcFromSelf),
  {
    strict: true,
    decode: (time) => time !== null && DateTime.Equivalence(time, never) ? null : time,
    encode: (time) => time
  }
))

const User = nullish(Schema.Struct({
  /** Id of the user. */
  userId: nullish(Schema.String),
  /** Name that the user logs in with: usually the email address. */
  username: nullish(Schema.String),
  /** First and last name of the user. */
  fullName: nullish(Schema.String)
}))

/**
 * A definition of batch predictions: saved settings of jobs, with which `BatchPredictionDefinition.run` or a schedule
 * starts them.
 *
 * @since 0.1.0
 */
export const BatchPredictionDefinition = Schema.Struct({
  /** Id of the definition. */
  id: Schema.String,
  /** Name of the definition. */
  name: nullish(Schema.String),
  /** Whether the schedule starts jobs. */
  enabled: nullish(Schema.Boolean),
  /**
   * When the schedule starts jobs, in UTC. Each part has the values that match; `["*"]` matches any. Null if there is
   * no schedule.
   */
  schedule: nullish(Schema.Struct({
    /** Minutes, 0 to 59. */
    minute: ReadPart,
    /** Hours, 0 to 23, in UTC. */
    hour: ReadPart,
    /** Days of the month, 1 to 31. */
    dayOfMonth: ReadPart,
    /** Months, 1 to 12 or English names. */
    month: ReadPart,
    /** Days of the week, 0 (Sunday) to 6 or English names. */
    dayOfWeek: ReadPart
  })),
  /** What its jobs score, and with which settings. */
  batchPredictionJob: nullish(JobSpec),
  /** When it was created. */
  created: nullish(Timestamp),
  /** When it was last changed. */
  updated: nullish(Timestamp),
  /** The user who created it. */
  createdBy: User,
  /** The user who last changed it. */
  updatedBy: User,
  /** When the schedule starts the next job. Null if it does not. */
  nextScheduledRunTime: RunTime,
  /** When the schedule started the last job. Null if it never has. */
  lastScheduledRunTime: RunTime,
  /** Status of the last job, however it was started. Null if there was none. */
  lastStartedJobStatus: nullish(Status),
  /** When the last job was started. Null if there was none. */
  lastStartedJobTime: RunTime,
  /** When a job last completed. Null if none has; DataRobot then sends a time in the year 1900. */
  lastSuccessfulRunTime: RunTime,
  /** When a job last failed. Null if none has; DataRobot then sends a time in the year 1900. */
  lastFailedRunTime: RunTime
}).annotations({ identifier: "BatchPredictionDefinition" })
export interface BatchPredictionDefinition extends Schema.Schema.Type<typeof BatchPredictionDefinition> {}

// ---------------------------------------------------------------------------------------------------------------
// Inputs.

const optional = Schema.optional

export const monthNames = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december"
] as const
export const dayNames = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const

/** The whole names, and those of three letters. */
const shortened = <const Names extends ReadonlyArray<string>>(names: Names) => [
  ...names,
  ...names.map((name) => name.slice(0, 3))
]

const isName = (names: ReadonlyArray<string>) => {
  const known = new Set(shortened(names))
  return (text: string) => known.has(text.toLowerCase())
}

/** A list of the values of one part of a schedule, or `["*"]`. */
const part = <A>(value: Schema.Schema<A>, values: string) =>
  Schema.Union(
    Schema.Array(value).pipe(Schema.minItems(1)),
    Schema.Array(Schema.Literal("*")).pipe(Schema.itemsCount(1))
  ).annotations({
    message: () => ({ message: `must be a list of ${values}, or ["*"] for all of them`, override: true })
  })

const orName = (least: number, most: number, names: ReadonlyArray<string>) =>
  Schema.Union(between(least, most), Schema.String.pipe(Schema.filter(isName(names))))

/**
 * When a definition starts jobs, in UTC. Each part is a list of values, or `["*"]` for all of them. A job starts in every
 * minute that is in all parts. As in cron, if both `dayOfMonth` and `dayOfWeek` list values, a day in either of them is
 * enough. DataRobot starts a job as soon as it can after that time.
 *
 * @since 0.1.0
 */
export const Schedule = Schema.Struct({
  /** Minutes, 0 to 59. */
  minute: part(between(0, 59), "whole numbers from 0 to 59"),
  /** Hours, 0 to 23, in UTC. */
  hour: part(between(0, 23), "whole numbers from 0 to 23"),
  /** Days of the month, 1 to 31. Days that a month does not have are ignored. */
  dayOfMonth: part(between(1, 31), "whole numbers from 1 to 31"),
  /** Months, 1 to 12, or English names such as `jan` or `January`. */
  month: part(orName(1, 12, monthNames), "whole numbers from 1 to 12 or names of months"),
  /** Days of the week, 0 (Sunday) to 6, or English names such as `sun` or `Sunday`. */
  dayOfWeek: part(orName(0, 6, dayNames), "whole numbers from 0 to 6 or names of days")
})
export interface Schedule extends Schema.Schema.Type<typeof Schedule> {}

const [_localFile, ...storedIntakes] = IntakeSettings.members

/**
 * Where the jobs of a definition read their rows: any intake but `localFile`, because a job that a schedule starts has no
 * upload.
 *
 * @since 0.1.0
 */
export const StoredIntakeSettings = Schema.Union(...storedIntakes)
export type StoredIntakeSettings = typeof StoredIntakeSettings.Type

const { intakeSettings: _, ...otherFields } = jobFields

const definition = {
  /** The name. Default: one that DataRobot makes up. */
  name: optional(filled),
  /** When to start jobs, in UTC. */
  schedule: optional(Schedule)
}

const whenEnabled = ({ enabled, schedule }: { readonly enabled: boolean; readonly schedule?: Schedule | undefined }) =>
  enabled && schedule === undefined
    ? { path: ["schedule"], message: "must be given, because enabled is true" }
    : undefined

/**
 * A new definition: the settings of its jobs, and when they start.
 *
 * @since 0.1.0
 */
export const CreateInput = Schema.Struct(fields(otherFields, definition, {
  /** Where the rows come from. It cannot be `localFile`. */
  intakeSettings: StoredIntakeSettings,
  /** Whether the schedule starts jobs. */
  enabled: Schema.Boolean
})).pipe(
  Schema.filter((given) => targetIssue(given) ?? exclusiveIssue(given) ?? whenEnabled(given))
)
export interface CreateInput extends Schema.Schema.Type<typeof CreateInput> {}

const targetsIssue = (given: Readonly<Record<string, unknown>>) => {
  const [, second] = targets.filter((name) => given[name] !== undefined)
  return second === undefined
    ? undefined
    : { path: [second], message: "must not be given together with another model or deployment" }
}

/**
 * Changes of a definition: its settings stay the same unless they are here.
 *
 * @since 0.1.0
 */
export const UpdateInput = Schema.Struct(fields(otherFields, definition, {
  /** Where the rows come from. It cannot be `localFile`. */
  intakeSettings: optional(StoredIntakeSettings),
  /** Whether the schedule starts jobs. */
  enabled: optional(Schema.Boolean)
})).pipe(
  some("the settings of a job, name, enabled and schedule"),
  Schema.filter((given) => targetsIssue(given) ?? exclusiveIssue(given))
)
export interface UpdateInput extends Schema.Schema.Type<typeof UpdateInput> {}

/** The body of a run. */
export const RunInput = Schema.Struct({
  /** Id of the definition. */
  jobDefinitionId: filled
})
export interface RunInput extends Schema.Schema.Type<typeof RunInput> {}

const filters = {
  /** Only definitions whose name contains this text. */
  searchName: optional(filled),
  /** Only definitions of this deployment, by id. */
  deploymentId: optional(filled)
}

/**
 * Filters of a listing of definitions. A definition must match every filter.
 *
 * @since 0.1.0
 */
export const ListInput = Schema.Struct(fields(filters, paging))
export interface ListInput extends Paging, Schema.Schema.Type<typeof ListInput> {}

/** Filters of one page: `limit` is at most 100. */
export const PageInput = Schema.Struct(fields(filters, onePage))

/**
 * Filters of a stream of definitions, and how it fetches pages.
 *
 * @since 0.1.0
 */
export const StreamInput = Schema.Struct(fields(filters, paging, ahead, {
  /** Number of definitions per page, 1 to 100. Default: 100. */
  pageSize: optional(pageSize)
}))
export interface StreamInput extends Paging, Ahead, Schema.Schema.Type<typeof StreamInput> {}
