/**
 * Created resources: finds the resource that a request created, at once (200, 201) or in a job (202). The `Location`
 * header or the body identifies it.
 */
import * as Effect from "effect/Effect"
import type * as Schema from "effect/Schema"
import type { DataRobotError, DataRobotValidationError, Handle, Made } from "../../DataRobotError.js"
import type { Route, Value } from "../../wire/route.js"
import * as JobRoutes from "../../wire/routes/jobs.js"
import { afterChange, afterMaking } from "../request/errorChanges.js"
import { responseInvalid } from "../request/errors.js"
import { redactorOf } from "../request/headerSecrets.js"
import { input } from "../request/input.js"
import { isCleanId, notClean } from "../request/jobHandle.js"
import { idFromBody, resourceFromUrl } from "../request/location.js"
import { type ApiResponse, type Call, type Operation, type Requirements, withNote } from "../request/operation.js"
import type { WaitOptions } from "../request/options.js"
import { pathOf } from "../request/path.js"
import { readResult, type Writable } from "../request/read.js"
import { decode, onOwnBase, refuse, send } from "../request/send.js"
import { run } from "../request/tracing.js"
import { awaitJob } from "./job.js"
import { waitIssues } from "./poll.js"

/** The note of an error after a response that accepted a create. */
export const accepted = "The server accepted the request: check whether it exists before you create it again."

/** A collection: its name in a URL, and the route that reads one of its items. */
export interface Collection<A, I> {
  readonly name: string
  readonly route: Route & { readonly success: Schema.Schema<A, I> }
}

/** How to read the resource that a request created. */
export interface Reading<A, I> {
  readonly collection: Collection<A, I>
  /** Whether the operation created the resource, or resumes a job of another operation. */
  readonly made: "created" | "resumed"
  /** What the operation created before. With it, errors list everything that was created. */
  readonly before?: ReadonlyArray<Made> | undefined
  readonly wait?: WaitOptions | undefined
}

/**
 * Returns the handle of the job that a response started. `id` is the id of the item that the job works on. The id of a
 * new item may be in the body. If no job was needed, the handle has the kind `done`.
 */
export const jobOf = (
  response: ApiResponse,
  collection: string,
  id?: string | undefined
): Effect.Effect<Handle, DataRobotValidationError> => {
  const { connection, location, status } = response
  const known = id ?? idFromBody(response.body)
  const item = known === undefined ? {} : { resource: { collection, id: known } }
  if (location === undefined) {
    // A 202 for a change must have a `Location`, because it says where to wait.
    const isDone = id === undefined || status !== 202
    return known !== undefined && isDone && isCleanId(connection, known, id)
      ? Effect.succeed({ kind: "done", id: known, ...item })
      : refuse(response, "Location", isDone ? "is missing, and no id is in the body" : "is missing")
  }
  return Effect.flatMap(
    onOwnBase(response, "Location", resourceFromUrl(connection.endpoint, location)),
    (resource): Effect.Effect<Handle, DataRobotValidationError> => {
      if (![resource.id, known ?? ""].every((one) => isCleanId(connection, one, id))) {
        return refuse(response, "Location", notClean)
      }
      if (resource.collection === "status") return Effect.succeed({ kind: "status", id: resource.id, ...item })
      if (id === undefined) return Effect.succeed({ kind: "done", id: resource.id, resource })
      return resource.collection === collection && resource.id === id
        ? Effect.succeed({ kind: "done", id, resource })
        : refuse(response, "Location", "must point to a job or to the changed item")
    }
  )
}

/** Waits for a job, and reads the item that it created or changed. */
export const readMade = <A, I>(
  operation: Operation,
  job: Handle,
  { before, collection, made, wait }: Reading<A, I>
): Effect.Effect<A, DataRobotError, Requirements> => {
  const listing = <B>(item: Made | undefined, step: Effect.Effect<B, DataRobotError, Requirements>) =>
    afterMaking(before === undefined ? [] : [...before, ...(item === undefined ? [] : [item])], step)
  return Effect.gen(function*() {
    const resource = yield* listing(job.resource, awaitJob(operation, job, wait))
    const id = resource?.collection === collection.name ? resource.id : undefined
    const redactor = yield* redactorOf(operation)
    if (id === undefined) {
      const { path } = pathOf(JobRoutes.get.path, { id: job.id })
      const error = responseInvalid(
        { operation: operation.name, method: "GET", path: redactor.text(path), attempts: job.kind === "done" ? 0 : 1 },
        { idempotent: true, note: made === "created" ? accepted : undefined },
        [{ path: "Location", message: `must point to an item of ${collection.name}/` }]
      )
      return yield* listing(job.resource, Effect.fail(error))
    }
    const read = readResult(operation, {
      route: collection.route,
      ids: { id },
      note: made === "created"
        ? `It was created with id ${id}: do not create it again.`
        : "The job itself has finished."
    })
    // The id may come from the job, and then contain a secret.
    return yield* listing(redactor.text(id) === id ? { collection: collection.name, id } : undefined, read)
  })
}

/**
 * Returns the created resource: finds its `Location` or the id in the body, waits for the job if there is one, and
 * reads it.
 */
export const readCreated = <A, I>(
  response: ApiResponse,
  reading: Reading<A, I>
): Effect.Effect<A, DataRobotError, Requirements> =>
  Effect.flatMap(
    jobOf(withNote(response, accepted), reading.collection.name),
    (job) => readMade(response.operation, job, reading)
  )

/** Like `readCreated`, but if there is no `Location` and the body is the item itself, returns the body. */
export const readCreatedOrBody = <A, I>(
  response: ApiResponse,
  reading: Reading<A, I>
): Effect.Effect<A, DataRobotError, Requirements> => {
  if (response.location !== undefined) return readCreated(response, reading)
  const item = decode(withNote(response, accepted), reading.collection.route.success)
  // A body that is not the item itself may still have its id.
  return idFromBody(response.body) === undefined ? item : Effect.orElse(item, () => readCreated(response, reading))
}

const sendCreate = <R extends Writable>(
  operation: Operation,
  route: R,
  body: Value<R, "body">,
  whenUnknown: string
): Effect.Effect<ApiResponse, DataRobotError, Requirements> =>
  send(operation, {
    route,
    body: input(route.body, body),
    issues: waitIssues(operation.options.wait, "wait."),
    whenUnknown
  })

/** Creates something with input that was checked, usually without a job, and returns it. */
export const createInput = <A, I>(
  operation: Operation,
  call: Call,
  collection: Collection<A, I>
): Effect.Effect<A, DataRobotError, Requirements> =>
  run(
    operation,
    Effect.flatMap(
      send(operation, call),
      (response) => afterChange(readCreatedOrBody(response, { collection, made: "created" }))
    )
  )

/** Creates something, usually without a job, and returns it. */
export const createAtOnce = <R extends Writable, A, I>(
  operation: Operation,
  route: R,
  body: Value<R, "body">,
  collection: Collection<A, I>,
  whenUnknown: string
): Effect.Effect<A, DataRobotError, Requirements> =>
  createInput(operation, { route, body: input(route.body, body), whenUnknown }, collection)

/** Creates something in a job, waits for it, and returns it. */
export const create = <R extends Writable, A, I>(
  operation: Operation,
  route: R,
  body: Value<R, "body">,
  collection: Collection<A, I>,
  whenUnknown: string
): Effect.Effect<A, DataRobotError, Requirements> =>
  run(
    operation,
    Effect.flatMap(
      sendCreate(operation, route, body, whenUnknown),
      (response) => afterChange(readCreated(response, { collection, made: "created", wait: operation.options.wait }))
    )
  )

/** Starts the job that creates something, and returns the job. */
export const startCreate = <R extends Writable>(
  operation: Operation,
  route: R,
  body: Value<R, "body">,
  collection: string,
  whenUnknown: string
): Effect.Effect<Handle, DataRobotError, Requirements> =>
  run(
    operation,
    Effect.flatMap(sendCreate(operation, route, body, whenUnknown), (response) => jobOf(response, collection))
  )
