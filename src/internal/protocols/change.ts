/** Changes: sends a change, waits for its job if DataRobot starts one, and reads the result. */
import * as Effect from "effect/Effect"
import type { DataRobotError, Handle } from "../../DataRobotError.js"
import type { Route, Value } from "../../wire/route.js"
import { afterChange } from "../request/errorChanges.js"
import { type Input, input } from "../request/input.js"
import type { ApiResponse, Call, Ids, Operation, Payload, Requirements } from "../request/operation.js"
import { idOf, type Ref } from "../request/path.js"
import { type Readable, readResult, type Writable } from "../request/read.js"
import { send } from "../request/send.js"
import { run } from "../request/tracing.js"
import { jobOf } from "./createdResource.js"
import { awaitJob } from "./job.js"
import { waitIssues } from "./poll.js"

/** The id in the path of a route that works on one resource. */
export type OnOne = Readonly<Record<"id", Ref>>

const whenUnknown = "The change may have been made: read the deployment before you try again."

const sendChange = (
  operation: Operation,
  route: Route,
  ids: Readonly<Record<string, Ref>>,
  body: Input | Payload,
  more: Partial<Call> = {}
): Effect.Effect<ApiResponse, DataRobotError, Requirements> =>
  send(operation, { route, ids, body, whenUnknown, ...more })

/** Sends a change, and returns nothing. */
export const change = <R extends Writable>(
  operation: Operation,
  route: R,
  ids: Ids<R>,
  body: Value<R, "body">
): Effect.Effect<void, DataRobotError, Requirements> =>
  run(operation, Effect.asVoid(sendChange(operation, route, ids, input(route.body, body))))

/** A step of an operation: sends a change of a deployment that DataRobot makes in a job, and returns the job. */
export const begin = (
  operation: Operation,
  route: Route,
  ids: OnOne,
  body: Input | Payload,
  more?: Partial<Call>
): Effect.Effect<Handle, DataRobotError, Requirements> =>
  Effect.flatMap(
    sendChange(operation, route, ids, body, more),
    (response) => jobOf(response, "deployments", idOf(ids.id))
  )

/** A step of an operation: sends a change that DataRobot makes in a job, and waits for the job. */
export const beginAndWait = (
  operation: Operation,
  route: Route,
  ids: OnOne,
  body: Input | Payload,
  more?: Partial<Call>
): Effect.Effect<void, DataRobotError, Requirements> =>
  begin(operation, route, ids, body, { ...more, issues: waitIssues(operation.options.wait, "wait.") }).pipe(
    Effect.flatMap((job) => afterChange(awaitJob(operation, job, operation.options.wait))),
    Effect.asVoid
  )

/** Sends a change that DataRobot makes in a job, and returns the job. */
export const startChange = <R extends Writable>(
  operation: Operation,
  route: R,
  ids: OnOne,
  body: Value<R, "body">
): Effect.Effect<Handle, DataRobotError, Requirements> =>
  run(operation, begin(operation, route, ids, input(route.body, body)))

/** Sends a change that DataRobot makes in a job, and waits for the job. */
export const runJob = <R extends Writable>(
  operation: Operation,
  route: R,
  ids: OnOne,
  body: Value<R, "body">
): Effect.Effect<void, DataRobotError, Requirements> =>
  run(operation, beginAndWait(operation, route, ids, input(route.body, body)))

/** Runs a change, then reads another route and returns the result. */
const thenRead = <S extends Readable>(
  operation: Operation,
  ids: OnOne,
  made: Effect.Effect<unknown, DataRobotError, Requirements>,
  after: S
): Effect.Effect<Value<S, "success">, DataRobotError, Requirements> =>
  run(
    operation,
    Effect.andThen(made, afterChange(readResult(operation, { route: after, ids, note: "The change itself was made." })))
  )

/** Makes a change without a job, whose input was checked, then reads another route and returns the result. */
export const changeInput = <S extends Readable>(
  operation: Operation,
  { body, ids, route, ...more }: Pick<Call, "route" | "whenUnknown"> & { readonly ids: OnOne; readonly body: Input },
  after: S
): Effect.Effect<Value<S, "success">, DataRobotError, Requirements> =>
  thenRead(operation, ids, sendChange(operation, route, ids, body, more), after)

/** Makes a change without a job, then reads another route and returns the result. */
export const changeAtOnce = <R extends Writable, S extends Readable>(
  operation: Operation,
  route: R,
  ids: OnOne,
  body: Value<R, "body">,
  after: S,
  more?: Pick<Call, "whenUnknown">
): Effect.Effect<Value<S, "success">, DataRobotError, Requirements> =>
  changeInput(operation, { route, ids, body: input(route.body, body), ...more }, after)

/** Makes a change, waits for its job if there is one, then reads another route and returns the result. */
export const changeAndRead = <R extends Writable, S extends Readable>(
  operation: Operation,
  route: R,
  ids: OnOne,
  body: Value<R, "body">,
  after: S
): Effect.Effect<Value<S, "success">, DataRobotError, Requirements> =>
  thenRead(operation, ids, beginAndWait(operation, route, ids, input(route.body, body)), after)

/**
 * Deletes or archives the resource of a path, with a request without a body. If the route deletes, a 404 after an
 * attempt that may have taken effect counts as success.
 */
export const remove = <R extends Route>(
  operation: Operation,
  route: R,
  ids: Ids<R>,
  more: Pick<Call, "query" | "issues" | "whenUnknown"> = {}
): Effect.Effect<void, DataRobotError, Requirements> =>
  run(operation, Effect.asVoid(send(operation, { route, ids, ...more })))
