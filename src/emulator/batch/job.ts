/** Batch predictions as the emulator stores them. They are plain data, so that a snapshot includes them. */
import * as Schema from "effect/Schema"
import { Millis } from "../state/clock.js"
import { withDefault } from "../state/withDefault.js"

/** How a job ends that does not simply score all rows: after how many rows, with which status and explanation. */
export const Plan = Schema.Struct({
  /** `INITIALIZING`: it never leaves the queue. */
  status: Schema.Literal("INITIALIZING", "ABORTED", "FAILED"),
  rows: Schema.NonNegativeInt,
  details: Schema.String
})
export interface Plan extends Schema.Schema.Type<typeof Plan> {}

/**
 * A batch prediction. Times are epoch milliseconds.
 *
 * - `spec`: what was posted, without secrets.
 * - `server`: the prediction server. It runs one job at a time.
 * - `hostName`: the host of that server.
 * - `modelId`: the model of the deployment when the job was created.
 * - `upload`: whether its CSV has begun to arrive, and has arrived.
 * - `joinedAt`: when it joined the queue: as soon as it has something to score.
 * - `details`: why it was aborted, or has failed.
 * - `hasResults`: whether rows can be downloaded. They are not part of a snapshot.
 * - `isRemoved`: whether it was cancelled. A listing does not include it.
 * - `definitionId`: the definition that started it. `source`: a client, or the schedule of the definition.
 */
export const BatchJob = Schema.Struct({
  id: Schema.String,
  createdAt: Millis,
  spec: Schema.Record({ key: Schema.String, value: Schema.Unknown }),
  deploymentId: Schema.NullOr(Schema.String),
  modelId: Schema.NullOr(Schema.String),
  server: Schema.String,
  hostName: Schema.NullOr(Schema.String),
  plan: Schema.NullOr(Plan),
  status: Schema.Literal("INITIALIZING", "RUNNING", "COMPLETED", "ABORTED", "FAILED"),
  details: Schema.String,
  upload: Schema.Literal("none", "begun", "ended"),
  joinedAt: Schema.NullOr(Millis),
  startedAt: Schema.NullOr(Millis),
  endedAt: Schema.NullOr(Millis),
  scoredRows: Schema.NonNegativeInt,
  failedRows: Schema.NonNegativeInt,
  percentage: Schema.Number,
  intakeSize: Schema.NonNegativeInt,
  outputSize: Schema.NonNegativeInt,
  hasResults: Schema.Boolean,
  resultsDeleted: Schema.Boolean,
  isRemoved: Schema.Boolean,
  definitionId: withDefault(Schema.NullOr(Schema.String), null),
  source: withDefault(Schema.Literal("api", "scheduled"), "api")
})
export interface BatchJob extends Schema.Schema.Type<typeof BatchJob> {}

/** The statuses of a job that is over. */
export type FinalStatus = "COMPLETED" | "ABORTED" | "FAILED"

/** Whether a job is over. */
export const isOver = ({ endedAt }: Pick<BatchJob, "endedAt">) => endedAt !== null

/** A new job. */
export type NewBatch =
  & Pick<BatchJob, "spec" | "deploymentId" | "modelId" | "server" | "hostName" | "plan">
  & Partial<Pick<BatchJob, "definitionId" | "source">>

/** A job at the moment of its creation. */
export const created = (id: string, createdAt: number, job: NewBatch): BatchJob => ({
  definitionId: null,
  source: "api",
  ...job,
  id,
  createdAt,
  status: "INITIALIZING",
  details: "",
  upload: "none",
  joinedAt: isUploaded(job) ? null : createdAt,
  startedAt: null,
  endedAt: null,
  scoredRows: 0,
  failedRows: 0,
  percentage: 0,
  intakeSize: 0,
  outputSize: 0,
  hasResults: false,
  resultsDeleted: false,
  isRemoved: false
})

const Settings = Schema.Struct({
  type: Schema.optionalWith(Schema.String, { default: () => "localFile" }),
  multipart: Schema.optionalWith(Schema.Boolean, { default: () => false }),
  async: Schema.optionalWith(Schema.Boolean, { default: () => true })
})
const settings = Schema.decodeUnknownSync(Settings)

/** The intake of a job. */
export const intakeOf = ({ spec }: Pick<BatchJob, "spec">) => settings(spec["intakeSettings"] ?? {})

/** The type of a job's output. */
export const outputOf = ({ spec }: Pick<BatchJob, "spec">) => settings(spec["outputSettings"] ?? {}).type

/** Whether a client sends the CSV of a job. */
export const isUploaded = (job: Pick<BatchJob, "spec">) => intakeOf(job).type === "localFile"

const lost = "The emulator was stopped before the job was over"

/**
 * A job after a restart of the emulator. A snapshot includes no rows: a job that had some and was not over has failed,
 * and results can no longer be downloaded.
 */
export const restarted = (job: BatchJob, now: number): BatchJob => {
  if (isOver(job)) return { ...job, hasResults: false, resultsDeleted: job.resultsDeleted || job.hasResults }
  if (job.joinedAt === null && job.upload === "none") return job
  const resultsDeleted = job.hasResults
  return { ...job, status: "FAILED", details: lost, endedAt: now, hasResults: false, resultsDeleted }
}
