/** Handles of jobs that a caller passes in: stored, parsed again, or made up. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { type DataRobotValidationError, Handle, type Issue } from "../../DataRobotError.js"
import type { Route } from "../../wire/route.js"
import * as Routes from "../../wire/routes/jobs.js"
import { isRecord } from "../../wire/text.js"
import type { Operation } from "../request/operation.js"
import { mergeOptions, resolveOptions, type WaitOptions } from "../request/options.js"
import { isId, pathOf, type Ref } from "../request/path.js"
import { refuseArguments } from "../request/send.js"
import { DataRobot } from "../request/service.js"
import { waitIssues } from "./poll.js"

/**
 * A job: its id, a handle, or the JSON text of a handle.
 *
 * @since 0.1.0
 */
export type JobRef = Ref | Handle

/** Which jobs an operation accepts. */
interface Accepts {
  /** The kind of its handles. Default: `status`. */
  readonly kind?: "status" | "batchPrediction"
  /** Whether it accepts the handle of a change that needed no job. */
  readonly done?: boolean
  /** The only collection in which a job may create or change a resource. Default: any. */
  readonly collection?: string
}

// Another version of this package may have stored it, with keys that this one does not know.
const decode = Schema.decodeUnknownOption(Handle)
const noHandle: Handle = { kind: "status", id: "" }
const shapes = {
  status: "{\"kind\":\"status\",\"id\":\"…\"}, or with the kind \"done\" and " +
    "\"resource\":{\"collection\":\"deployments\",\"id\":\"…\"}",
  batchPrediction: "{\"kind\":\"batchPrediction\",\"id\":\"…\"}"
}

const parseText = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

// An operation returns a handle of kind `done` only with its resource, and nothing checks that resource later.
const isComplete = ({ id, kind, resource }: Handle): boolean =>
  isId(id) && (kind !== "done" || (resource !== undefined && isId(resource.collection) && isId(resource.id)))

const wrongKind = (kind: Handle["kind"], accepted: Handle["kind"]): string => {
  if (kind === "batchPrediction") return "must be \"status\": wait for a batch prediction with BatchPrediction.await"
  if (kind === "dataExport") return `must be "${accepted}": wait for a data export with DeploymentExport.download`
  return accepted === "status" && kind !== "status"
    ? "must be \"status\": this handle has no job"
    : `must be "${accepted}", but is "${kind}"`
}

/** Returns the handle that a caller refers to, and the issues of anything else. */
export const readHandle = (
  ref: JobRef,
  accepts: Accepts
): { readonly handle: Handle; readonly issues: ReadonlyArray<Issue> } => {
  const { kind: accepted = "status" } = accepts
  const refuse = (path: string, message: string) => ({ handle: noHandle, issues: [{ path, message }] })
  // An id has no braces: a string that begins with one is the JSON of a handle.
  const isText = typeof ref === "string" && ref.startsWith("{")
  const given: unknown = isText ? parseText(ref) : ref
  // A batch prediction is itself a handle, because it has an id.
  const isItem = isRecord(given) && !("kind" in given) && (!isText || accepted === "batchPrediction")
  if (isItem || (!isText && !isRecord(given))) {
    const id = isItem ? given["id"] : given
    return {
      handle: { kind: accepted, id: isId(id) ? id : "" },
      issues: isId(id) ? [] : pathOf(Routes.get.path).issues
    }
  }
  if (given === undefined) return refuse("job", `is not the JSON text of a handle. A handle is ${shapes[accepted]}`)
  const handle = Option.getOrUndefined(Option.filter(decode(given), isComplete))
  if (handle === undefined) {
    return refuse("job", `must be the id of a job, or a handle as an operation returned it: ${shapes[accepted]}`)
  }
  const { kind, resource } = handle
  if (kind !== accepted && !(kind === "done" && accepts.done === true)) return refuse("kind", wrongKind(kind, accepted))
  return accepts.collection !== undefined && resource !== undefined && resource.collection !== accepts.collection
    ? refuse("resource.collection", `must be "${accepts.collection}"`)
    : { handle, issues: [] }
}

/** Checks a caller's reference to a job, and the options of the call, before anything is sent. */
export const checkJob = (
  operation: Operation,
  ref: JobRef,
  accepts: Accepts,
  wait?: WaitOptions,
  route: Route = Routes.get,
  more: ReadonlyArray<Issue> = []
): Effect.Effect<Handle, DataRobotValidationError, DataRobot> =>
  Effect.flatMap(DataRobot, ({ options }) => {
    const { handle, issues } = readHandle(ref, accepts)
    const { issues: optionIssues } = resolveOptions(mergeOptions(options, operation.options))
    const all = [...issues, ...more, ...waitIssues(wait), ...optionIssues]
    return all.length === 0
      ? Effect.succeed(handle)
      : refuseArguments(operation, { route, ids: { id: handle.id } }, all)
  })

/** Checks a caller's reference to a batch prediction, like `checkJob`, and returns its id. */
export const checkBatch = (
  operation: Operation,
  ref: JobRef,
  route: Route,
  wait?: WaitOptions,
  more?: ReadonlyArray<Issue>
): Effect.Effect<string, DataRobotValidationError, DataRobot> =>
  Effect.map(checkJob(operation, ref, { kind: "batchPrediction" }, wait, route, more), ({ id }) => id)
