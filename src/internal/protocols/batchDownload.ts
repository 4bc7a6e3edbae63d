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
import {
  awaitComplete,
  awaitDownload,
  confirmComplete,
  explain,
  isOver,
  transferOptions,
  type Work
} from "./batchJob.js"
import { csvFile, type Idle, openFile } from "./download.js"

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
  idle: Idle
): Effect.Effect<Results, DataRobotError, Requirements | Scope.Scope> =>
  Effect.clockWith((clock) => {
    const deadline = monotonicMillis(clock) + (positiveMillis(wait.timeout) ?? Infinity)
    const within = (left: number): WaitOptions => left === Infinity ? wait : { ...wait, timeout: Math.max(1, left) }
    const call = {
      route: Routes.download,
      ids: { id: work.id },
      options: transferOptions(work.operation, idle.idleMillis)
    }
    /** `times`: how often the results were not found. `timesOver`: how often since the job was over. */
    const attempt = (
      times: number,
      timesOver: number
    ): Effect.Effect<Results, DataRobotError, Requirements | Scope.Scope> =>
      Effect.gen(function*() {
        const job = yield* awaitDownload(work, within(deadline - monotonicMillis(clock)))
        const isFinal = isOver(job) && timesOver >= maxNotFound
        const again = Effect.gen(function*() {
          const pause = positiveMillis(wait.interval) ?? Math.min(1_000 * 1.5 ** times, longestPause)
          const left = deadline - monotonicMillis(clock)
          yield* Effect.sleep(Math.min(pause, Math.max(0, left)))
          // `awaitDownload` has no more to wait for, so it would never reach the deadline.
          if (left <= pause) yield* awaitComplete(work, within(1))
          return yield* attempt(times + 1, isOver(job) ? timesOver + 1 : 0)
        })
        return yield* openFile(work.operation, call, csvFile, idle)
          .pipe(
            Effect.catchAll((error) =>
              isApiError(error) && error.reason === "NotFound" && !isFinal ? again : Effect.flip(explain(work, error))
            )
          )
      })
    return attempt(0, 0)
  })

/** Waits until the results of a job can be downloaded, and emits them. Fails if the job does not complete. */
export const downloadResults = (
  work: Work,
  wait: WaitOptions,
  idleMillis: number
): Stream.Stream<Uint8Array, DataRobotError, Requirements> => {
  const explained = (bytes: Results) =>
    Stream.catchAll(bytes, (error) => Stream.fromEffect(Effect.flip(explain(work, error))))
  const results = Stream.unwrapScoped(Effect.map(openResults(work, wait, { idleMillis }), explained)).pipe(
    Stream.concat(Stream.execute(confirmComplete(work, wait)))
  )
  return runStream(work.operation, results)
}
