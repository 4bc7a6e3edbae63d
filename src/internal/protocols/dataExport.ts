/** Data exports: starts an export, waits for it and for its dataset, and downloads the dataset. */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { DataRobotError, Handle, Issue } from "../../DataRobotError.js"
import { ExportData, TrainingExportData } from "../../wire/deploymentExport.js"
import type { Value } from "../../wire/route.js"
import * as Datasets from "../../wire/routes/datasets.js"
import * as Routes from "../../wire/routes/deploymentExports.js"
import { isRecord, oneLine } from "../../wire/text.js"
import { input } from "../request/input.js"
import { monotonicMillis } from "../request/monotonic.js"
import { type ApiResponse, type Call, type Operation, type Requirements, withNote } from "../request/operation.js"
import { type FileJobOptions, mergeOptions, resolveOptions, type WaitOptions } from "../request/options.js"
import { idOf, isId, notAnId, type Ref } from "../request/path.js"
import type { Writable } from "../request/read.js"
import { decode, refuse, refuseArguments, send } from "../request/send.js"
import { DataRobot } from "../request/service.js"
import { run, runStream } from "../request/tracing.js"
import { finishedPath, readFinished } from "./build.js"
import { jobOf } from "./createdResource.js"
import { csvFile, idleMillisOf, openFile } from "./download.js"
import { done, ended, type Found, missingJob, pending, poll, type Wait, waitIssues, waitMillis } from "./poll.js"

/**
 * What an export exports.
 *
 * @since 0.1.0
 */
export type ExportKind = "predictions" | "actuals" | "training"

/**
 * An export: what `DeploymentExport.download` downloads. Plain data that survives `JSON.stringify`, so that another
 * process can download it.
 *
 * @since 0.1.0
 */
export interface ExportRef {
  /** What it exports. */
  readonly kind: ExportKind
  /** Id of the deployment. */
  readonly deploymentId: string
  /** Id of the export. An export of training data has none until it has finished. */
  readonly id?: string | undefined
  /** Id of the job that makes the export, as in `status/{id}/`. */
  readonly jobId?: string | undefined
}

/** The collection of the exports of each kind, and the route that reads one of them. */
const kinds = {
  predictions: { collection: "predictionDataExports", route: Routes.predictionDataExport },
  actuals: { collection: "actualsDataExports", route: Routes.actualsDataExport },
  training: { collection: "trainingDataExports", route: Routes.trainingDataExport }
} as const

const accepted = "The server accepted the request, and makes the export."
const again = "start the export again"

/** An export that was started. */
type Started<Kind extends ExportKind> = ExportRef & {
  readonly kind: Kind
  readonly id: Kind extends "training" ? string | undefined : string
}

const startedOf = (
  response: ApiResponse,
  kind: ExportKind,
  deploymentId: string
): Effect.Effect<ExportRef, DataRobotError> => {
  const { collection } = kinds[kind]
  return Effect.flatMap(jobOf(withNote(response, accepted), collection), (job) => {
    const id = job.resource?.id
    // An export of training data has only a job until it has finished.
    if (id === undefined && kind !== "training") return refuse(withNote(response, accepted), "id", "is missing")
    const jobId = job.kind === "status" ? job.id : undefined
    return Effect.succeed({ kind, deploymentId, ...(id && { id }), ...(jobId && { jobId }) })
  })
}

/** Starts an export. */
export const startExport = <Kind extends ExportKind, R extends Writable>(
  operation: Operation,
  kind: Kind,
  route: R,
  deployment: Ref,
  body: Value<R, "body">
): Effect.Effect<Started<Kind>, DataRobotError, Requirements> =>
  run(
    operation,
    Effect.flatMap(
      send(operation, {
        route,
        ids: { id: deployment },
        body: input(route.body, body),
        whenUnknown: "The export may have been started: check with DeploymentExport before you start it again."
      }),
      // Boundary: only an export of training data may have no id, as the type says.
      (response) => startedOf(response, kind, idOf(deployment) ?? "") as Effect.Effect<Started<Kind>, DataRobotError>
    )
  )

/** How to wait for an export, and the time that is left for it. */
interface Waiting {
  readonly operation: Operation
  readonly export: ExportRef
  /** The options of the wait that begins now. All waits together have one timeout. */
  readonly options: Effect.Effect<WaitOptions>
}

const resume = "Pass the same export to DeploymentExport.download to keep waiting."

const waitFor = <A>(
  { export: { deploymentId, id, jobId = "" }, operation }: Waiting,
  options: WaitOptions,
  route: Call["route"],
  ids: Readonly<Record<string, Ref>>,
  what: string,
  rest: Pick<Wait<A>, "read" | "missing">
): Effect.Effect<A, DataRobotError, Requirements> => {
  const handle: Handle = {
    kind: "dataExport",
    id: id ?? jobId,
    resource: { collection: "deployments", id: deploymentId }
  }
  return poll({
    operation,
    // A failed poll is not retried, because the wait polls again.
    call: { route, ids, options: { ...operation.options, retry: false }, note: resume },
    handle,
    options,
    ...rest,
    onDeadline: (status, polls) => `${what} is still ${status ?? "in an unknown state"} after ${polls} polls. ${resume}`
  })
}

const failed = /^(?:error|fail|abort|expired|cancel)/i
const noRows = "most likely, the period has no rows"

/** Waits for the job of an export. Returns the collection and the id of what it made: the dataset or the export. */
const awaitJob = (
  { operation, options }: Waiting,
  jobId: string
): Effect.Effect<{ readonly collection: string; readonly id: string }, DataRobotError, Requirements> =>
  Effect.flatMap(
    options,
    (wait) =>
      readFinished(operation, { kind: "status", id: jobId }, wait, (response) =>
        Effect.flatMap(
          finishedPath(response, ["datasets", "deployments"], Object.values(kinds).map(({ collection }) => collection)),
          ([collection = "", id = "", made, exportId]) => {
            if (collection === "datasets") return Effect.succeed({ collection, id })
            return made === undefined || exportId === undefined
              ? refuse(response, "Location", "must point to an export or a dataset")
              : Effect.succeed({ collection: made, id: exportId })
          }
        ))
  )

/** What matters of the state of an export. */
interface ExportState {
  readonly status?: string | null
  readonly error?: { readonly message?: string | null } | null
  readonly datasets: ReadonlyArray<string>
}

const stateOf = (response: ApiResponse, kind: ExportKind): Effect.Effect<ExportState, DataRobotError> =>
  kind === "training"
    ? Effect.map(decode(response, TrainingExportData), ({ data }) => ({ datasets: data == null ? [] : [data.id] }))
    : Effect.map(decode(response, ExportData), ({ data, ...one }) => ({
      ...one,
      datasets: (data ?? []).map((dataset) => dataset.id)
    }))

const judge = (id: string, { datasets, error, status }: ExportState, retryAfter: number | undefined): Found<string> => {
  const shown = status ?? undefined
  if (failed.test(shown ?? "")) {
    const said = oneLine(error?.message ?? "", 500) || "no message"
    return ended("Failed", shown, `the export ${id} ended with ${shown}: ${said}`)
  }
  const isDone = shown === undefined ? datasets.length > 0 : shown.toUpperCase() === "SUCCEEDED"
  if (!isDone) return pending(shown, retryAfter)
  const [first, ...more] = datasets
  if (first === undefined) return ended("Failed", shown, `the export ${id} has no dataset: ${noRows}.`)
  return more.length === 0
    ? done(first)
    : ended(
      "Failed",
      shown,
      `the export ${id} has several datasets: download each with Dataset.download (${datasets.join(", ")}).`
    )
}

/** Waits for an export. Returns the id of its dataset. */
const awaitExport = (waiting: Waiting, id: string): Effect.Effect<string, DataRobotError, Requirements> => {
  const { deploymentId, kind } = waiting.export
  return Effect.flatMap(
    waiting.options,
    (options) =>
      waitFor(waiting, options, kinds[kind].route, { id: deploymentId, exportId: id }, `the export ${id}`, {
        read: (response) => Effect.map(stateOf(response, kind), (state) => judge(id, state, response.retryAfter))
      })
  )
}

/** Waits until DataRobot has read the rows of the dataset of an export. */
const awaitDataset = (waiting: Waiting, id: string): Effect.Effect<void, DataRobotError, Requirements> =>
  Effect.flatMap(
    waiting.options,
    (options) =>
      waitFor(waiting, options, Datasets.get, { id }, `the dataset ${id} of the export`, {
        read: (response) =>
          Effect.map(decode(response, Datasets.get.success), ({ error, processingState: state }): Found<void> => {
            if (state == null || state.toUpperCase() === "COMPLETED") return done(undefined)
            if (!failed.test(state)) return pending(state, response.retryAfter)
            const said = error ? ` (${oneLine(error, 300)})` : ""
            return ended("Failed", state, `the dataset ${id} of the export ended with ${state}${said}: ${noRows}.`)
          }),
        missing: missingJob(`the dataset ${id} of the export was not found (404). If it was deleted, ${again}.`)
      })
  )

const shape = "must be an export as DeploymentExport returned it, such as " +
  "{\"kind\":\"predictions\",\"deploymentId\":\"…\",\"id\":\"…\"}"

const issuesOf = (given: ExportRef): ReadonlyArray<Issue> => {
  // Boundary: the caller may have parsed it from a text.
  const one: unknown = given
  if (!isRecord(one) || !Object.hasOwn(kinds, String(one["kind"]))) return [{ path: "export", message: shape }]
  const { id, jobId } = one
  const wrong = ["deploymentId", "id", "jobId"].filter((name) =>
    !isId(one[name]) && (name === "deploymentId" || one[name] != null || (name === "id" && jobId == null))
  )
  return id == null && jobId == null && wrong.length > 1
    ? [{ path: "export", message: shape }]
    : wrong.map((path) => ({ path, message: notAnId }))
}

/** The options of a download of an export. */
interface ExportOptions extends FileJobOptions {
  readonly keep?: boolean | undefined
}

/** Deletes the dataset of an export after its download. The file is complete, so a failure is only a warning. */
const discard = (operation: Operation, id: string): Effect.Effect<void, never, Requirements> =>
  Effect.catchAll(
    Effect.asVoid(send(operation, { route: Datasets.delete, ids: { id } })),
    (error) => Effect.logWarning(`${operation.name}: the dataset ${id} of the export remains: ${error.message}`)
  )

/** Waits for an export, emits the bytes of its dataset as they arrive, and then deletes the dataset. */
export const downloadExport = (
  operation: Operation,
  given: ExportRef,
  options: ExportOptions
): Stream.Stream<Uint8Array, DataRobotError, Requirements> => {
  const { keep = false, wait = {} } = options
  const { idleMillis, issues } = idleMillisOf(options, Datasets.download)
  const all = [...issuesOf(given), ...issues, ...waitIssues(wait, "wait.")]
  const opened = Effect.gen(function*() {
    // The polls have other options than the call.
    const connection = yield* DataRobot
    const { issues: ofCall } = resolveOptions(mergeOptions(connection.options, options))
    if (all.length + ofCall.length > 0) {
      return yield* refuseArguments(operation, { route: kinds.predictions.route, ids: {} }, [...all, ...ofCall])
    }
    const clock = yield* Effect.clock
    const deadline = monotonicMillis(clock) + waitMillis(wait)
    const left = Effect.sync(() => ({ ...wait, timeout: Math.max(1, deadline - monotonicMillis(clock)) }))
    const waiting: Waiting = { operation, export: given, options: left }
    const { id, jobId, kind } = given
    // The export itself says more than its job, but one of training data is there only when it has finished.
    const made = jobId !== undefined && (id === undefined || kind === "training")
      ? yield* awaitJob(waiting, jobId)
      : { collection: kinds[kind].collection, id: id ?? "" }
    const datasetId = made.collection === "datasets" ? made.id : yield* awaitExport(waiting, made.id)
    yield* awaitDataset(waiting, datasetId)
    const note = `If the dataset ${datasetId} was deleted, ${again}.`
    const bytes = yield* openFile(
      operation,
      { route: Datasets.download, ids: { id: datasetId }, note },
      csvFile,
      { idleMillis }
    )
    return keep ? bytes : Stream.concat(bytes, Stream.drain(Stream.fromEffect(discard(operation, datasetId))))
  })
  return runStream(operation, Stream.unwrapScoped(opened))
}
