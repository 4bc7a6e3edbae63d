/** The routes of jobs: `status/`. */
import { Envelope } from "../envelope.js"
import { JobsInput, JobState, ListedJob } from "../job.js"
import { route } from "../route.js"

export const list = route({
  id: "status.list",
  summary: "The jobs that are not over",
  method: "GET",
  path: "status/",
  query: JobsInput,
  success: Envelope(ListedJob),
  repeat: "safe"
})

export const get = route({
  id: "status.get",
  summary: "The state of a job; 303 to what it made when it is done",
  method: "GET",
  path: "status/:id/",
  success: JobState,
  accept: [303],
  maxBody: 64 * 1024,
  repeat: "safe"
})

export const cancel = route({
  id: "status.cancel",
  summary: "Cancel a job",
  method: "DELETE",
  path: "status/:id/",
  repeat: "gone-is-done"
})
