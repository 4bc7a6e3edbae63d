/** The jobs of an emulator: the running ones, and the latest of those that have finished. */
import { isOver, type Job } from "./jobs.js"

/** Maximum number of finished jobs to keep. */
const maxSettled = 1_000

/** The jobs, oldest first. */
export interface JobQueue {
  readonly get: (id: string) => Job | undefined
  readonly all: () => ReadonlyArray<Job>
  /** The jobs that `settle` has not ended yet. */
  readonly running: () => ReadonlyArray<Job>
  readonly add: (job: Job) => void
  readonly remove: (id: string) => void
  /** Ends the jobs that have finished by a time, in the order of their starts. Returns the jobs that it ended. */
  readonly settle: (now: number) => ReadonlyArray<Job>
  /** Ends the jobs of a deleted deployment. They change nothing. */
  readonly release: (deploymentId: string) => void
  readonly clear: () => void
}

/** Creates a queue without jobs. Each job takes `takes` milliseconds. */
export const make = (takes: number): JobQueue => {
  const jobs = new Map<string, Job>()
  const running = new Set<string>()

  const all = () => Array.from(jobs.values())
  const unsettled = () => Array.from(running).flatMap((id) => jobs.get(id) ?? [])

  const end = (job: Job) => {
    running.delete(job.id)
    jobs.set(job.id, { ...job, settled: true })
  }

  const forgetOldest = () => {
    for (const { id, settled } of jobs.values()) {
      if (jobs.size - running.size <= maxSettled) break
      if (settled) jobs.delete(id)
    }
  }

  return {
    get: (id) => jobs.get(id),
    all,
    running: unsettled,
    add: (job) => {
      jobs.set(job.id, job)
      if (!job.settled) running.add(job.id)
    },
    remove: (id) => {
      jobs.delete(id)
      running.delete(id)
    },
    settle: (now) => {
      const ended = unsettled().filter((job) => isOver(job, now, takes))
      ended.forEach(end)
      forgetOldest()
      return ended
    },
    release: (deploymentId) => {
      for (const job of unsettled()) {
        if (job.deploymentId === deploymentId) end({ ...job, deploymentId: null, change: null })
      }
    },
    clear: () => {
      jobs.clear()
      running.clear()
    }
  }
}
