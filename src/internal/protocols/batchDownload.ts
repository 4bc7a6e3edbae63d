/** Downloads the results of a batch prediction, also while it is running. */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { type DataRobotError, isApiError } from "../../DataRobotError.js"
import * as Routes from "../../wire/routes/batchPredictions.js"
import { monotonicMillis } from "../request/monotonic.js"
import type { Requirements } from "../request/operation.js"
import { positiveMillis, type WaitOptions } from "../request/options.js"
import { runStream } from "../request/tracing.js"
import { awaitComplete, awaitDownload, explain, isOver, type Work } from "./batchJob.js"
import { csvFile, openFile } from "./download.js"

/** How often results that are not found are requested again once the job is complete. */
const maxNotFound = 3
const longestPause = 10_000

type Results = Stream.Stream<Uint8Array, DataRobotError>

/**
 * A step of an operation: waits until the results can be downloaded, and requests them. The server may not find them at
 * once. An error of the download says what DataRobot says about the job.
 */
export const openResults = (
  work: Work,
  wait: WaitOptions,
  idleMillis: number
): Effect.Effect<Results, DataRobotError, Requirements | Scope.Scope> =>
  Effect.clockWith((clock) => {
    const deadline = monotonicMillis(clock) + (positiveMillis(wait.timeout) ?? Infinity)
    const attempt = (notFound: number): Effect.Effect<Results, DataRobotError, Requirements | Scope.Scope> =>
      Effect.gen(function*() {
        const left = Math.max(1, deadline - monotonicMillis(clock))
        const job = yield* awaitDownload(work, left === Infinity ? wait : { ...wait, timeout: left })
        const isFinal = isOver(job) && notFound >= maxNotFound
        return yield* openFile(work.operation, { route: Routes.download, ids: { id: work.id } }, csvFile, idleMillis)
          .pipe(
            Effect.catchAll((error) => {
              if (!isApiError(error) || error.reason !== "NotFound" || isFinal) return Effect.flip(explain(work, error))
              const pause = positiveMillis(wait.interval) ?? Math.min(1_000 * 1.5 ** notFound, longestPause)
              return Effect.zipRight(Effect.sleep(pause), attempt(notFound + 1))
            })
          )
      })
    return attempt(0)
  })

/** Waits until the results of a job can be downloaded, and emits them. Fails if the job does not complete. */
export const downloadResults = (
  work: Work,
  wait: WaitOptions,
  idleMillis: number
): Stream.Stream<Uint8Array, DataRobotError, Requirements> => {
  const explained = (bytes: Results) =>
    Stream.catchAll(bytes, (error) => Stream.fromEffect(Effect.flip(explain(work, error))))
  const results = Stream.unwrapScoped(Effect.map(openResults(work, wait, idleMillis), explained)).pipe(
    // The file of a job that was aborted ends like any other: only the state of the job tells whether it is complete.
    Stream.concat(Stream.execute(awaitComplete(work, wait)))
  )
  return runStream(work.operation, results)
}
