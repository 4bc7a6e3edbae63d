/** The routes of jobs: `status/`. */
import { Envelope } from "../envelope.js"
import { JobsInput, JobState, ListedJob } from "../job.js"
import { read, route } from "../route.js"

export const list = read({
  id: "status.list",
  summary: "The jobs that are not over",
  path: "status/",
  query: JobsInput,
  success: Envelope(ListedJob)
})

export const get = read({
  id: "status.get",
  summary: "The state of a job; 303 to what it made when it is done",
  path: "status/:id/",
  success: JobState,
  accept: [303],
  maxBody: 64 * 1024
})

export const cancel = route({
  id: "status.cancel",
  summary: "Cancel a job",
  method: "DELETE",
  path: "status/:id/",
  repeat: "gone-is-done"
})
