/** Jobs: changes that take time. They are plain data, so that a snapshot includes the running ones. */
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import { Millis } from "./clock.js"
import { DeployedModel } from "./details.js"
import { withDefault } from "./withDefault.js"

/** What a job changes when it ends. */
export const Change = Schema.Union(
  Schema.Struct({ change: Schema.Literal("creation") }),
  Schema.Struct({ change: Schema.Literal("status"), status: Schema.Literal("active", "inactive") }),
  Schema.Struct({ change: Schema.Literal("model"), ...DeployedModel.omit("since").fields }),
  Schema.Struct({
    change: Schema.Literal("settings"),
    settings: Schema.Record({ key: Schema.String, value: Schema.Unknown })
  }),
  Schema.Struct({
    change: Schema.Literal("deletion"),
    modelId: Schema.String,
    start: Schema.NullOr(Millis),
    end: Schema.NullOr(Millis)
  })
)
export type Change = typeof Change.Type

/**
 * A job: when it started (epoch milliseconds), how it ends, and what it then changes. `settled` is true once its change
 * was made. A job that was started by a fault has no deployment. `resource` is the path of what the job makes; by default,
 * of its deployment. `message` says why it fails.
 */
export const Job = Schema.Struct({
  id: Schema.String,
  startedAt: Millis,
  ends: Schema.Literal("done", "failed", "never"),
  description: withDefault(Schema.String, "Deployment creation"),
  deploymentId: withDefault(Schema.NullOr(Schema.String), null),
  change: withDefault(Schema.NullOr(Change), null),
  resource: withDefault(Schema.NullOr(Schema.String), null),
  message: withDefault(Schema.NullOr(Schema.String), null),
  settled: withDefault(Schema.Boolean, false)
})
export interface Job extends Schema.Schema.Type<typeof Job> {}

/** A job that creates a deployment. */
export const creation = { description: "Deployment creation", ends: "done" } as const

/** Whether a job that takes `takes` milliseconds has finished by a time. */
export const isOver = ({ ends, startedAt }: Job, now: number, takes: number) =>
  ends !== "never" && now - startedAt >= takes

/** Returns the state of a job at a time. In the first half of its duration, the state is `INITIALIZED`. */
export const stateOf = (job: Job, now: number, takes: number) => {
  const over = isOver(job, now, takes)
  const failed = over && job.ends === "failed"
  const running = job.ends !== "never" && now - job.startedAt >= takes / 2
  return {
    statusId: job.id,
    status: failed ? "ERROR" : over ? "COMPLETED" : running ? "RUNNING" : "INITIALIZED",
    message: failed ? job.message ?? "The deployment process failed" : "",
    code: failed ? 1 : 0,
    created: DateTime.unsafeMake(job.startedAt),
    description: job.description,
    statusType: "",
    type: ""
  }
}

/** The state of a job. */
export type JobState = ReturnType<typeof stateOf>
