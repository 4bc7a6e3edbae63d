/**
 * Scores CSV with a batch prediction of its own: creates the job, uploads the CSV, and downloads the results while it
 * uploads. It owns the job: however the stream ends, the job does not run on (J-3).
 */
import * as Cause from "effect/Cause"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as ExecutionStrategy from "effect/ExecutionStrategy"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { type DataRobotError, isJobError, type Issue } from "../../DataRobotError.js"
import { type BatchPrediction, CreateInput, type JobOptions } from "../../wire/batchPrediction.js"
import * as Routes from "../../wire/routes/batchPredictions.js"
import { afterChange, notRetryable } from "../request/errorChanges.js"
import { type Input, input } from "../request/input.js"
import type { Operation, Requirements } from "../request/operation.js"
import type { WaitOptions } from "../request/options.js"
import { idOf, pathOf, type Ref } from "../request/path.js"
import { refuseArguments } from "../request/send.js"
import { within } from "../request/timeLimit.js"
import { runStream } from "../request/tracing.js"
import { openResults } from "./batchDownload.js"
import {
  abandon,
  awaitComplete,
  confirmComplete,
  createJob,
  failExplained,
  isOver,
  isSame,
  secretsOf,
  type Work
} from "./batchJob.js"
import { type Intake, partSizeIssues, uploadCsv } from "./batchUpload.js"
import { type Csv, dialectIssues, givenCsv, markErrors } from "./csvSource.js"
import { type Idle, idleMillisOf } from "./download.js"
import { waitIssues } from "./poll.js"
import { SourceError } from "./sourceError.js"

/** The options of a job of its own that are not settings of the job. */
export interface ScoreOptions extends JobOptions {
  readonly wait?: WaitOptions | undefined
  readonly idleTimeout?: unknown
  readonly multipart?: boolean | undefined
  readonly partSize?: number | undefined
  readonly onProgress?: ((job: BatchPrediction) => Effect.Effect<unknown>) | undefined
}

/** The options that are not settings of the job. */
const own = new Set([
  "timeout",
  "attemptTimeout",
  "retry",
  "headers",
  "wait",
  "idleTimeout",
  "multipart",
  "partSize",
  "onProgress"
])

/** How long an interrupted caller waits for the id of the job that is being created, to cancel it. In milliseconds. */
const createMillis = 5_000
/** How long to wait after a failed attempt to read the job during a transfer, in milliseconds. */
const restMillis = 10_000

/** What the arguments of a call say. */
interface Checked {
  readonly body: Input
  readonly idleMillis: number
  readonly intake: Intake
  readonly wait: WaitOptions
  readonly issues: ReadonlyArray<Issue>
}

/** Checks the arguments of a call. */
const check = (deployment: Ref, csvProblems: ReadonlyArray<Issue>, options: ScoreOptions): Checked => {
  const { idleTimeout, multipart = false, onProgress, partSize, wait = {} } = options
  const settings = Object.fromEntries(
    Object.entries(options).filter(([name, value]) => value !== undefined && !own.has(name))
  )
  const deploymentId = idOf(deployment)
  const body = input(CreateInput, {
    ...settings,
    deploymentId: deploymentId ?? "invalid",
    intakeSettings: multipart === true ? { type: "localFile", multipart, async: false } : { type: "localFile" },
    outputSettings: { type: "localFile" }
  })
  const idle = idleMillisOf({ idleTimeout }, Routes.download)
  const reserved = ["deploymentId", "modelId", "modelPackageId", "intakeSettings", "outputSettings"]
  const issues = [
    ...(deploymentId === undefined ? pathOf(":id/").issues : []),
    ...reserved.filter((name) => name in settings).map((path) => ({ path, message: "is set by this operation" })),
    ...csvProblems,
    ...idle.issues,
    ...partSizeIssues(partSize),
    ...(typeof multipart === "boolean" ? [] : [{ path: "multipart", message: "must be true or false" }]),
    ...(multipart === true ? dialectIssues(options.csvSettings ?? {}, "split") : []),
    ...(onProgress === undefined || typeof onProgress === "function"
      ? []
      : [{ path: "onProgress", message: "must be a function" }]),
    ...waitIssues(wait, "wait."),
    ...body.issues
  ]
  return {
    body,
    idleMillis: idle.idleMillis,
    intake: { isMultipart: multipart, canResend: multipart, csvSettings: options.csvSettings },
    wait,
    issues
  }
}

/** A job that a scope owns. At the end of the scope it is cancelled, unless it is over. */
interface Owned {
  readonly work: Work
  /** Cancels the job, unless it is over. Does so once, and waits for that. */
  readonly cancel: Effect.Effect<void, never, Requirements>
  readonly settle: () => void
}

/** Creates the job of a scope. */
const acquireJob = (
  operation: Operation,
  body: Input,
  onState: (job: BatchPrediction) => Effect.Effect<unknown>
): Effect.Effect<Owned, DataRobotError, Requirements | Scope.Scope> =>
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function*() {
      // In a fiber of its own, because an interrupted caller still needs the id of the job, to cancel it.
      const creating = yield* Effect.forkDaemon(Effect.interruptible(createJob(operation, { body })))
      const late = within(Effect.exit(Fiber.join(creating)), createMillis, () => undefined)
      const created = yield* restore(Fiber.join(creating)).pipe(
        Effect.onInterrupt(() =>
          Effect.flatMap(late, (exit) =>
            exit !== undefined && Exit.isSuccess(exit)
              ? abandon({ operation, id: exit.value.id })
              : Fiber.interrupt(creating))
        )
      )
      let last: BatchPrediction | undefined
      const notify = (job: BatchPrediction): Effect.Effect<void> => {
        const isNews = last === undefined || !isSame(last, job)
        last = job
        return isNews ? Effect.asVoid(onState(job)) : Effect.void
      }
      const work: Work = { operation, id: created.id, isOwned: true, onState: notify }
      let isSettled = false
      const cancel = yield* Effect.cached(
        Effect.suspend(() => isSettled || (last !== undefined && isOver(last)) ? Effect.void : abandon(work))
      )
      yield* Effect.addFinalizer(() => cancel)
      yield* restore(Effect.flatMap(afterChange(created.job), notify))
      return { work, cancel, settle: () => void (isSettled = true) }
    })
  )

/** Scores CSV, and emits the results as CSV. */
export const scoreCsv = <E, R>(
  { name, options: requestOptions }: Operation,
  deployment: Ref,
  given: Csv<E, R>,
  options: ScoreOptions
): Stream.Stream<Uint8Array, E | DataRobotError, R | Requirements> => {
  const operation = { name, options: requestOptions, secrets: secretsOf(options) }
  const { csv, issues: csvIssues } = givenCsv(given)
  const { body, idleMillis, intake, issues, wait } = check(deployment, csvIssues, options)
  const { onProgress = () => Effect.void, partSize } = options
  if (issues.length > 0) return Stream.fromEffect(refuseArguments(operation, { route: Routes.create }, issues))

  const source = markErrors(csv)
  type Failure = SourceError<E> | DataRobotError
  const resultsOf = ({ cancel, settle, work }: Owned) =>
    Effect.gen(function*() {
      const scope = yield* Effect.scope
      const downloading = yield* Scope.fork(scope, ExecutionStrategy.sequential)
      /** The failure of the upload or of the job, which is the reason of every other one. It ends the download. */
      const failed = yield* Deferred.make<never, Failure>()
      const fail = (cause: Cause.Cause<Failure>) =>
        Effect.zipRight(Deferred.failCause(failed, cause), Scope.close(downloading, Exit.void))
      /** Fails with the failure that is the reason of this one, if there is one. */
      const orReason = (otherwise: Effect.Effect<never, Failure, Requirements>) =>
        Effect.flatMap(Deferred.isDone(failed), (isKnown) => isKnown ? Deferred.await(failed) : otherwise)
      /** In an uninterruptible region, fibers have to be interruptible all the same. */
      const orFailed = <A, E2, R2>(effect: Effect.Effect<A, E2, R2>) =>
        Effect.raceFirst(Effect.interruptible(effect), Effect.interruptible(Deferred.await(failed)))

      // The server may stop to read the CSV until its results are read, and has no results until the source goes on.
      const idle: Idle = { idleMillis, linked: new Set() }
      const upload = uploadCsv(operation, work.id, source, { intake, idle, partSize }).pipe(
        Effect.catchAll((error) => failExplained(work, error)),
        Effect.catchAllCause((cause) => fail(cause)),
        Effect.interruptible
      )
      const uploading = yield* Effect.forkScoped(upload)
      // Before the end of the upload, because the source may take long to end.
      yield* Effect.addFinalizer(() => Effect.forkDaemon(cancel))
      const bytes = yield* Scope.extend(orFailed(openResults(work, wait, idle)), downloading).pipe(
        Effect.catchAll((error) => orReason(Effect.fail(error)))
      )

      let isComplete = false
      const watch: Effect.Effect<void, never, Requirements> = awaitComplete(work, { interval: wait.interval }).pipe(
        Effect.matchCauseEffect({
          onSuccess: () => Effect.sync(() => void (isComplete = true)),
          onFailure: (cause) => {
            const error = Cause.failureOption(cause)
            // A transfer outlives a short outage of the API.
            return Option.isSome(error) && !isJobError(error.value)
              ? Effect.zipRight(Effect.sleep(restMillis), watch)
              : fail(cause)
          }
        })
      )
      const watching = yield* Effect.forkScoped(Effect.interruptible(watch))

      const end = Effect.gen(function*() {
        yield* orFailed(Fiber.join(uploading))
        yield* Fiber.interrupt(watching)
        if (!isComplete) yield* orFailed(confirmComplete(work, wait))
        if (yield* Deferred.isDone(failed)) yield* Deferred.await(failed)
        settle()
      })
      return bytes.pipe(
        Stream.catchAll((error) => Stream.fromEffect(orReason(failExplained(work, error)))),
        Stream.concat(Stream.execute(end))
      )
    })
  const results = Effect.map(acquireJob(operation, body, onProgress), (owned) =>
    Stream.mapError(
      Stream.unwrapScoped(resultsOf(owned)),
      (error) => error instanceof SourceError ? error.error : notRetryable(error)
    ))
  return runStream(operation, Stream.unwrapScoped(results))
}
