/** What a request has made: at once (200, 201), or through a job (202). Read from its `Location`, or from the body. */
import * as Effect from "effect/Effect"
import type * as Schema from "effect/Schema"
import { DataRobot } from "../../DataRobot.js"
import type { DataRobotError, DataRobotValidationError, Handle } from "../../DataRobotError.js"
import type { Redactor } from "../../wire/redaction.js"
import { responseInvalid } from "../request/errors.js"
import { idFromBody, resourceFromUrl } from "../request/location.js"
import type { RequestOptions } from "../request/options.js"
import { path } from "../request/path.js"
import { type Answer, decode, onOwnBase, refuse, type Requirements, send } from "../request/send.js"
import { awaitJob, isDone, type JobRef, statusPath } from "./job.js"
import type { WaitOptions } from "./poll.js"

const accepted = "The server has accepted it: look before you create it again."

/** A collection, and how its items are read. */
export interface Collection<A, I> {
  readonly name: string
  readonly item: Schema.Schema<A, I>
}

/** How what a request made is read: as which operation, of which collection. */
export interface Reading<A, I> {
  readonly operation: string
  readonly collection: Collection<A, I>
  /** Whether the operation has created the item, or goes on with a job of another one. */
  readonly made: "created" | "resumed"
  readonly wait?: WaitOptions | undefined
  readonly options: RequestOptions | undefined
}

/**
 * The job that an answer has started. `id` is that of the item which the job works on; of a new one, the body may tell
 * it. An answer that needs no job is one that is done.
 */
export const jobOf = (
  answer: Answer,
  collection: string,
  id?: string | undefined
): Effect.Effect<Handle, DataRobotValidationError> => {
  const { connection: { endpoint, redactor }, location, status } = answer
  const known = id ?? idFromBody(answer.body)
  const item = known === undefined ? {} : { resource: { collection, id: known } }
  if (location === undefined) {
    // a change that is only accepted must say where it can be waited for
    const isDone = id === undefined || status !== 202
    return known !== undefined && isDone && isClean(redactor, known)
      ? Effect.succeed({ kind: "done", id: known, ...item })
      : refuse(answer, "Location", isDone ? "is missing, and no id is in the body" : "is missing")
  }
  return Effect.flatMap(
    onOwnBase(answer, "Location", resourceFromUrl(endpoint, location)),
    (resource): Effect.Effect<Handle, DataRobotValidationError> => {
      if (![resource.id, known ?? ""].every((one) => isClean(redactor, one))) {
        return refuse(answer, "Location", "must hold no part of the token")
      }
      if (resource.collection === "status") return Effect.succeed({ kind: "status", id: resource.id, ...item })
      if (id === undefined) return Effect.succeed({ kind: "done", id: resource.id, resource })
      return resource.collection === collection && resource.id === id
        ? Effect.succeed({ kind: "done", id, resource })
        : refuse(answer, "Location", "must lead to a job, or to what was changed")
    }
  )
}

// An id ends up in handles, which are stored and sent on: a server that echoes the token must not get it there (S-4).
const isClean = (redactor: Redactor, id: string) => redactor.text(id) === id

/** Waits for a job, and reads the item that it made or worked on. */
export const readMade = <A, I>(
  job: JobRef,
  { collection, made, operation, options, wait = {} }: Reading<A, I>
): Effect.Effect<A, DataRobotError, Requirements> =>
  Effect.gen(function*() {
    const resource = yield* awaitJob(operation, job, wait, options)
    const id = resource?.collection === collection.name ? resource.id : undefined
    const { redactor } = yield* DataRobot
    if (id === undefined) {
      return yield* responseInvalid(
        { operation, method: "GET", path: redactor.text(statusPath(job).path), attempts: isDone(job) ? 0 : 1 },
        { idempotent: true, note: made === "created" ? accepted : undefined },
        [{ path: "Location", message: `must lead to one of ${collection.name}/` }]
      )
    }
    const read = yield* send({
      operation,
      method: "GET",
      path: path`${collection.name}/${id}/`,
      idempotent: true,
      options,
      note: made === "created"
        ? `It was created, as ${id}: do not create it again.`
        : "The job itself is done."
    })
    return yield* decode(read, collection.item)
  })

/** What a create has made: from its `Location` or the id in its body, through its job. */
export const readCreated = <A, I>(
  answer: Answer,
  reading: Reading<A, I>
): Effect.Effect<A, DataRobotError, Requirements> =>
  Effect.flatMap(
    jobOf({ ...answer, call: { ...answer.call, note: accepted } }, reading.collection.name),
    (job) => readMade(job, reading)
  )

/** The same, but a body that is the item already is taken as it is where no `Location` says more. */
export const readCreatedOrBody = <A, I>(
  answer: Answer,
  reading: Reading<A, I>
): Effect.Effect<A, DataRobotError, Requirements> => {
  if (answer.location !== undefined) return readCreated(answer, reading)
  const item = decode({ ...answer, call: { ...answer.call, note: accepted } }, reading.collection.item)
  // a body that is not the item itself may still name it
  return idFromBody(answer.body) === undefined ? item : Effect.orElse(item, () => readCreated(answer, reading))
}
