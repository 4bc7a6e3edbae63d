/** The jobs of an emulator, as `status/` shows them. */
import * as Effect from "effect/Effect"
import { type NotFound, notFound } from "../protocol/errors.js"
import { creation, type Job, type JobState, stateOf } from "./jobs.js"
import type { Memory } from "./memory.js"

/** The jobs. */
export interface JobStore {
  /** Starts a job that creates nothing. Returns its id. */
  readonly startJob: (ends: Job["ends"]) => Effect.Effect<string>
  /** The state of a job, and the path of what it makes. */
  readonly job: (
    id: string
  ) => Effect.Effect<{ readonly state: JobState; readonly resource: string | null }, NotFound>
  /** The jobs that have not finished, oldest first. */
  readonly jobs: Effect.Effect<ReadonlyArray<JobState>>
  /** Removes a job. Its change is never made. */
  readonly cancelJob: (id: string) => Effect.Effect<void, NotFound>
}

/** The jobs of a memory. */
export const make = ({ change, deployments, jobs, jobTime, read, start, touch }: Memory): JobStore => ({
  startJob: (ends) => change((startedAt) => start({ ...creation, startedAt, ends, deploymentId: null, change: null })),
  job: (id) =>
    Effect.flatten(read((now) => {
      const job = jobs.get(id)
      if (job === undefined) return notFound
      const { deploymentId, resource } = job
      return Effect.succeed({
        state: stateOf(job, now, jobTime),
        resource: resource ?? (deploymentId === null ? null : `deployments/${deploymentId}`)
      })
    })),
  jobs: read((now) => jobs.running().map((job) => stateOf(job, now, jobTime))),
  cancelJob: (id) =>
    Effect.flatten(read((now) => {
      const job = jobs.get(id)
      if (job === undefined) return notFound
      touch()
      jobs.remove(id)
      const stored = job.deploymentId === null ? undefined : deployments.get(job.deploymentId)
      // A deployment whose creation is cancelled is never deployed.
      if (stored !== undefined && job.change?.change === "creation" && stored.deployedAt > now) {
        deployments.set(stored.deployment.id, { ...stored, deployedAt: Infinity })
      }
      return Effect.void
    }))
})
