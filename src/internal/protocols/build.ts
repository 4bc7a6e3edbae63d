/** Files that DataRobot has to build: starts the build, waits for its job, and downloads the file. */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { DataRobotError, DataRobotValidationError } from "../../DataRobotError.js"
import type { Route } from "../../wire/route.js"
import { afterChange, notRetryable } from "../request/errorChanges.js"
import type { Input } from "../request/input.js"
import { hostOf, pathFromUrl } from "../request/location.js"
import { type ApiResponse, type Operation, type Requirements, withNote } from "../request/operation.js"
import type { FileJobOptions } from "../request/options.js"
import { idOf } from "../request/path.js"
import { onOwnBase, refuse, send } from "../request/send.js"
import { runStream } from "../request/tracing.js"
import type { OnOne } from "./change.js"
import { jobOf } from "./createdResource.js"
import { type FileType, idleMillisOf, openFile } from "./download.js"
import { waitFor } from "./job.js"
import { done, type Found, poll, waitIssues } from "./poll.js"

const built = "The server accepted the request, and builds the file."

/** The collections and the words in the path of a file that was built. */
const collections = ["deployments", "modelPackages"]
const words = ["scoringCode", "scoringCodeBuilds", "modelPackageFile", "modelPackageFileBuilds", "download", "file"]

/**
 * Returns the segments of the path that the `Location` of a finished job points to, on the SDK's own base (S-12). Rejects
 * any other URL.
 */
export const finishedPath = (
  response: ApiResponse,
  collections: ReadonlyArray<string>,
  words: ReadonlyArray<string>
): Effect.Effect<ReadonlyArray<string>, DataRobotValidationError> => {
  const { connection: { endpoint, redactor }, location } = response
  const finished = withNote(response, "The job itself has finished.")
  if (location === undefined) return refuse(finished, "Location", "is missing")
  const target = pathFromUrl(endpoint, location, collections, words)
  if (target !== undefined) return onOwnBase(finished, "Location", target)
  const host = redactor.text(hostOf(endpoint, location)).slice(0, 253)
  const message = `must be the URL of an item of ${collections.join("/ or ")}/, but is another URL (host: ${host})`
  return refuse(finished, "Location", message)
}

/** Reads the end of a job that makes something which is not a resource of its own. */
export const readFinished = <A>(
  operation: Operation,
  handle: Parameters<typeof waitFor>[1],
  wait: Parameters<typeof waitFor>[2],
  read: (response: ApiResponse) => Effect.Effect<A, DataRobotError>
): Effect.Effect<A, DataRobotError, Requirements> => {
  const job = waitFor(operation, handle, wait)
  return poll<A>({
    ...job,
    read: (response) => {
      if (response.status === 303) return Effect.map(read(response), done)
      return Effect.flatMap(job.read(response), (found): Effect.Effect<Found<A>, DataRobotError> => {
        if (found._tag === "Done") return Effect.map(read(response), done)
        return Effect.succeed(found._tag === "Pending" ? { ...found, value: undefined } : found)
      })
    }
  })
}

/** Has DataRobot build a file of a deployment, waits for the job, and emits the bytes of the file as they arrive. */
export const downloadBuilt = (
  operation: Operation,
  routes: { readonly build: Route; readonly file: Route },
  ids: OnOne,
  body: Input,
  file: FileType,
  options: FileJobOptions
): Stream.Stream<Uint8Array, DataRobotError, Requirements> => {
  const { wait = {} } = options
  const { idleMillis, issues } = idleMillisOf(options, routes.file)
  const opened = Effect.gen(function*() {
    const response = yield* send(operation, {
      route: routes.build,
      ids,
      body,
      issues: [...issues, ...waitIssues(wait, "wait.")],
      whenUnknown: "The build may have been started. It changes nothing: you may start it again."
    })
    const rest = Effect.gen(function*() {
      const handle = yield* jobOf(withNote(response, built), "deployments", idOf(ids.id))
      if (handle.kind !== "status") return yield* refuse(withNote(response, built), "Location", "must point to a job")
      const path = yield* readFinished(
        operation,
        handle,
        wait,
        (finished) => finishedPath(finished, collections, words)
      )
      const call = { route: routes.file, path: { path: `${path.join("/")}/`, issues: [] } }
      return yield* openFile(operation, { ...call, note: "The file itself was built." }, file, { idleMillis })
    })
    return Stream.mapError(yield* afterChange(rest), notRetryable)
  })
  return runStream(operation, Stream.unwrapScoped(opened))
}
