/** Jobs: what DataRobot does in its own time after it has answered 202, with its state at `status/{id}/`. */
import type * as HttpClient from "@effect/platform/HttpClient"
import type * as Effect from "effect/Effect"
import type { DataRobot } from "./DataRobot.js"
import type { DataRobotError } from "./DataRobotError.js"
import { awaitJob } from "./internal/job.js"
import type { Resource } from "./internal/location.js"
import type { RequestOptions } from "./internal/options.js"
import type { Ref } from "./internal/path.js"
import type { WaitOptions } from "./internal/poll.js"
import { operation } from "./internal/request.js"

export type { Resource } from "./internal/location.js"
export type { WaitOptions } from "./internal/poll.js"

const await_ = (
  ref: Ref,
  wait: WaitOptions = {},
  options?: RequestOptions
): Effect.Effect<Resource | undefined, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  operation("Job.await", awaitJob("Job.await", ref, wait, options))

export {
  /**
   * Waits for a job and answers what it made, where the server points to it. Takes the id of the status or the `handle`
   * of a `DataRobotJobError`, also from another process. Interruption and timeout leave the job alone.
   *
   * Fails with a `DataRobotJobError` when the job failed (`Failed`), is not known any more (`Lost`), or takes longer than
   * `timeout` (`Deadline`).
   *
   * `GET status/{id}/`
   */
  await_ as await
}
