/**
 * Batch predictions: jobs with a state of their own, which this protocol polls. It does not use `status/{id}/`. A wait has
 * no default time limit, because a queued job is healthy (J-3).
 */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Stream from "effect/Stream"
import { type DataRobotError, isApiError, isJobError, isValidationError } from "../../DataRobotError.js"
import type { BatchPrediction, CreateInput } from "../../wire/batchPrediction.js"
import type { Route } from "../../wire/route.js"
import * as Routes from "../../wire/routes/batchPredictions.js"
import { isRecord } from "../../wire/text.js"
import { afterChange, cleanReport, type JobReport, withReport } from "../request/errorChanges.js"
import { headerSecrets, redactorOf } from "../request/headerSecrets.js"
import type { Input } from "../request/input.js"
import { type ApiResponse, type Operation, type Requirements, withNote } from "../request/operation.js"
import type { WaitOptions } from "../request/options.js"
import { isGone } from "../request/retry.js"
import { decode, refuse, send } from "../request/send.js"
import { run } from "../request/tracing.js"
import { accepted, jobOf } from "./createdResource.js"
import { changesOf, done, ended, type Found, missingJob, pending, poll, type Wait } from "./poll.js"
import { SourceError } from "./sourceError.js"

/** The collection of batch predictions in a URL. */
export const collection = "batchPredictions"

const isComplete = ({ status }: BatchPrediction): boolean => /^completed$/i.test(status)
const hasFailed = ({ status }: BatchPrediction): boolean => /^(?:abort|fail|cancel|error|expired)/i.test(status)

/** Whether a job is over. A status that is not known counts as running. */
export const isOver = (job: BatchPrediction): boolean => isComplete(job) || hasFailed(job)

/** Whether the results can be downloaded. */
const isReady = (job: BatchPrediction): boolean => isComplete(job) || typeof job.links.download === "string"

const reportOf = ({ logs, statusDetails }: BatchPrediction): JobReport => ({
  ...(statusDetails ? { statusDetails } : {}),
  logs
})

/**
 * Returns the options of a transfer. Its only limit is the time without progress: how long it takes depends on its size,
 * and the response may take as long.
 */
export const transferOptions = ({ options }: Operation, millis: number): Operation["options"] => ({
  ...options,
  timeout: millis,
  attemptTimeout: millis
})

/** A job that an operation works on. */
export interface Work {
  readonly operation: Operation
  readonly id: string
  /** Whether the operation owns the job, and cancels it when it fails. */
  readonly isOwned?: true
  /** Called with every state that is read. */
  readonly onState?: (job: BatchPrediction) => Effect.Effect<void>
}

/** Returns what is known about a job that ended badly. */
const failure = (job: BatchPrediction): Found<never> => {
  const { failedRows, id, logs, status, statusDetails } = job
  const details = statusDetails || logs.at(-1) || "no details"
  const rows = failedRows == null || failedRows === 0 ? "" : ` (rows that failed: ${failedRows})`
  return ended("Failed", status, `batch prediction ${id} ended with ${status}${rows}: ${details}`, reportOf(job))
}

const read =
  ({ id, onState = () => Effect.void }: Work, isEnough: (job: BatchPrediction) => boolean) =>
  (response: ApiResponse): Effect.Effect<Found<BatchPrediction>, DataRobotError> =>
    decode(response, Routes.get.success).pipe(
      // The state of another job, such as one from a cache, says nothing about this one.
      Effect.tap((job) => job.id === id ? onState(job) : refuse(response, "id", "must be the id of the job")),
      Effect.map((job) => {
        if (hasFailed(job)) return failure(job)
        return isEnough(job) ? done(job) : pending(job.status, response.retryAfter, job)
      })
    )

const waitFor = (
  work: Work,
  options: WaitOptions,
  isEnough: (job: BatchPrediction) => boolean
): Wait<BatchPrediction> => {
  const { id, isOwned, operation } = work
  const then = isOwned === true
    ? "The job is cancelled."
    : `The job continues in DataRobot. To keep waiting, call BatchPrediction.await with id ${id}.`
  return {
    operation,
    call: {
      route: Routes.get,
      ids: { id },
      // A failed poll is not retried, because the wait polls again.
      options: { ...operation.options, retry: false },
      note: then
    },
    handle: { kind: "batchPrediction", id },
    options,
    defaultTimeout: Infinity,
    read: read(work, isEnough),
    lost: [404, 410],
    missing: missingJob(`batch prediction ${id} was not found (404). It was deleted, or it was cancelled.`),
    onDeadline: (status, polls) =>
      `batch prediction ${id} is still ${status ?? "in an unknown state"} after ${polls} polls. ${then}`
  }
}

/** A step of an operation: waits until a job is complete, and returns it. */
export const awaitComplete = (
  work: Work,
  wait: WaitOptions
): Effect.Effect<BatchPrediction, DataRobotError, Requirements> => poll(waitFor(work, wait, isComplete))

/** How long a job may take to be complete after its results have ended, unless the caller sets a limit. In milliseconds. */
const endMillis = 600_000

/**
 * A step of an operation: waits until a job is complete whose results have ended. The file of a job that was aborted ends
 * like any other: only the state of the job tells whether it is complete.
 */
export const confirmComplete = (
  work: Work,
  { timeout = endMillis, ...wait }: WaitOptions
): Effect.Effect<BatchPrediction, DataRobotError, Requirements> => awaitComplete(work, { ...wait, timeout })

/** A step of an operation: waits until the results of a job can be downloaded, and returns the job. */
export const awaitDownload = (
  work: Work,
  wait: WaitOptions
): Effect.Effect<BatchPrediction, DataRobotError, Requirements> => poll(waitFor(work, wait, isReady))

/** A step of an operation: reads a job once. Fails if it has ended badly. */
export const readJob = (work: Work): Effect.Effect<BatchPrediction, DataRobotError, Requirements> => {
  const { call, missing: _, ...wait } = waitFor(work, {}, () => true)
  return poll({ ...wait, call: { ...call, options: work.operation.options }, isOnce: true })
}

/** Whether two states of a job tell the same. */
export const isSame = (one: BatchPrediction, other: BatchPrediction): boolean =>
  one.status === other.status && one.statusDetails === other.statusDetails && one.scoredRows === other.scoredRows &&
  one.failedRows === other.failedRows && one.skippedRows === other.skippedRows &&
  one.percentageCompleted === other.percentageCompleted && one.queuePosition === other.queuePosition &&
  one.links.download === other.links.download

/** Emits the states of a job until it is complete, one element per change. */
export const batchStates = (
  work: Work,
  wait: WaitOptions
): Stream.Stream<BatchPrediction, DataRobotError, Requirements> => changesOf(waitFor(work, wait, isComplete), isSame)

/**
 * Returns the best error for a failed transfer: that of the job if it has ended badly, and otherwise the given one, with
 * what DataRobot says about the job.
 */
export const explain = (work: Work, error: DataRobotError): Effect.Effect<DataRobotError, never, Requirements> =>
  // An error of the job itself, of the CSV, or of the token: reading the job says nothing new.
  isJobError(error) || (isValidationError(error) && error.phase === "request") ||
    (isApiError(error) && error.reason === "Unauthorized")
    ? Effect.succeed(error)
    : Effect.matchEffect(readJob(work), {
      onSuccess: (job) =>
        Effect.map(
          redactorOf(work.operation),
          (redactor) => withReport(error, cleanReport(reportOf(job), redactor))
        ),
      onFailure: (other) => Effect.succeed(isJobError(other) ? other : error)
    })

/** Fails with the best error for a failed transfer. An error of the source of the CSV stays as it is. */
export const failExplained = <E>(
  work: Work,
  error: SourceError<E> | DataRobotError
): Effect.Effect<never, SourceError<E> | DataRobotError, Requirements> =>
  error instanceof SourceError ? Effect.fail(error) : Effect.flip(explain(work, error))

/** Shorter texts occur in other texts too. */
const minSecret = 8

const isSecret = (key: unknown): key is string => typeof key === "string" && key.length >= minSecret

/** Returns the credentials in a URL: its password, and the values of its query, such as the signature of a link. */
const urlSecrets = (url: unknown): ReadonlyArray<string> => {
  if (typeof url !== "string" || !URL.canParse(url)) return []
  const { password, searchParams } = new URL(url)
  // Decoded like a query, because that never throws.
  const decoded = new URLSearchParams(`password=${password.replaceAll("+", "%2B")}`)
  return [...decoded.values(), ...searchParams.values()]
}

/** Returns the secrets in the settings of a job, which the server may repeat in an error. */
export const secretsOf = (
  job: Pick<CreateInput, "intakeSettings" | "outputSettings" | "predictionInstance">
): ReadonlyArray<string> => {
  // Boundary: they are not checked yet.
  const settings = (given: unknown): Readonly<Record<string, unknown>> => isRecord(given) ? given : {}
  const { intakeSettings, outputSettings, predictionInstance } = settings(job)
  const { apiKey, datarobotKey } = settings(predictionInstance)
  const { headers, url } = settings(outputSettings)
  return [apiKey, datarobotKey]
    .map((key) => Redacted.isRedacted(key) ? Redacted.value(key) : key)
    .concat(urlSecrets(settings(intakeSettings)["url"]), urlSecrets(url), headerSecrets(settings(headers)))
    .filter(isSecret)
}

/** A job that was created: its id, and how to read it. */
interface Created {
  readonly id: string
  readonly job: Effect.Effect<BatchPrediction, DataRobotError, Requirements>
}

const whenUnknown = "It may have been created: check with BatchPrediction.list before you create it again."

/** How a job is created. */
interface Creating {
  readonly body: Input
  /** The route that creates the job. Default: that of a job with settings of its own. */
  readonly route?: Route
  /** The advice if it is unknown whether the job was created. */
  readonly whenUnknown?: string
}

/** A step of an operation: creates a job. The response has the job; otherwise it is read. */
export const createJob = (
  operation: Operation,
  creating: Creating
): Effect.Effect<Created, DataRobotError, Requirements> =>
  Effect.gen(function*() {
    const response = yield* send(operation, { route: Routes.create, whenUnknown, ...creating })
    const made = withNote(response, accepted)
    const { resource } = yield* jobOf(made, collection)
    if (resource?.collection !== collection) {
      return yield* refuse(made, "Location", `must point to an item of ${collection}/`)
    }
    const { id } = resource
    const inBody = Effect.filterOrFail(decode(response, Routes.create.success), (job) => job.id === id)
    // Not all servers of a cluster know the job yet, so this is a wait too.
    const first = poll(waitFor({ operation, id }, {}, () => true))
    return { id, job: Effect.orElse(inBody, () => first) }
  })

/** Creates a job, and returns it without waiting for it. */
export const startJob = (
  operation: Operation,
  creating: Creating
): Effect.Effect<BatchPrediction, DataRobotError, Requirements> =>
  run(operation, Effect.flatMap(createJob(operation, creating), ({ job }) => afterChange(job)))

/** Time limit of the request that cancels an operation's own job, in milliseconds. */
const cancelMillis = 10_000

/**
 * A step of an operation: cancels a job that it owns, and waits for that. Never fails: if the job could not be cancelled,
 * logs a warning.
 */
export const abandon = ({ id, operation }: Work): Effect.Effect<void, never, Requirements> =>
  send(operation, {
    route: Routes.cancel,
    ids: { id },
    options: { ...operation.options, timeout: cancelMillis, attemptTimeout: cancelMillis / 2 }
  }).pipe(
    Effect.catchAll((error) =>
      // Then it is over already.
      isApiError(error) && (isGone(error.status) || error.status === 409)
        ? Effect.void
        : Effect.logWarning(
          `${operation.name} could not cancel batch prediction ${id}. It may continue: cancel it with ` +
            `BatchPrediction.cancel. ${error.message}`
        )
    ),
    Effect.asVoid
  )
