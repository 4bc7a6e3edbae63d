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
import { idOf, isId, pathOf, type Ref } from "../request/path.js"
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
  /** Whether it accepts the handle of a change that needed no job. */
  readonly done?: boolean
  /** The only collection in which a job may create or change a resource. Default: any. */
  readonly collection?: string
}

// Another version of this package may have stored it, with keys that this one does not know.
const decode = Schema.decodeUnknownOption(Handle)
const noHandle: Handle = { kind: "status", id: "" }
const shape = "{\"kind\":\"status\",\"id\":\"…\"}, or with the kind \"done\" and " +
  "\"resource\":{\"collection\":\"deployments\",\"id\":\"…\"}"

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

/** Returns the handle that a caller refers to, and the issues of anything else. */
export const readHandle = (
  ref: JobRef,
  accepts: Accepts
): { readonly handle: Handle; readonly issues: ReadonlyArray<Issue> } => {
  const refuse = (path: string, message: string) => ({ handle: noHandle, issues: [{ path, message }] })
  // An id has no braces: a string that begins with one is the JSON of a handle.
  const isText = typeof ref === "string" && ref.startsWith("{")
  if (!isText && !(isRecord(ref) && "kind" in ref)) {
    const id = idOf(ref) ?? ""
    return { handle: { ...noHandle, id }, issues: pathOf(Routes.get.path, { id }).issues }
  }
  const given: unknown = isText ? parseText(ref) : ref
  if (given === undefined) return refuse("job", `is not the JSON text of a handle. A handle is ${shape}`)
  const handle = Option.getOrUndefined(Option.filter(decode(given), isComplete))
  if (handle === undefined) {
    return refuse("job", `must be the id of a job, or a handle as an operation returned it: ${shape}`)
  }
  const { kind, resource } = handle
  if (kind === "modelDeployment" || kind === "dataExport" || (kind === "done" && accepts.done !== true)) {
    return refuse("kind", "must be \"status\": this handle has no job")
  }
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
  route: Route = Routes.get
): Effect.Effect<Handle, DataRobotValidationError, DataRobot> =>
  Effect.flatMap(DataRobot, ({ options }) => {
    const { handle, issues } = readHandle(ref, accepts)
    const { issues: optionIssues } = resolveOptions(mergeOptions(options, operation.options))
    const all = [...issues, ...waitIssues(wait), ...optionIssues]
    return all.length === 0
      ? Effect.succeed(handle)
      : refuseArguments(operation, { route, ids: { id: handle.id } }, all)
  })
