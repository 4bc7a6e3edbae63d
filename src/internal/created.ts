/** Reads what a create has made: from its `Location`, through its job, or from the body (a 201, a 202 or a 200). */
import * as Effect from "effect/Effect"
import type * as Schema from "effect/Schema"
import type { DataRobotError } from "../DataRobotError.js"
import { awaitJob } from "./job.js"
import { idFromBody, resourceFromUrl } from "./location.js"
import { path } from "./path.js"
import { type Answer, decode, onOwnBase, refuse, type Requirements, send } from "./request.js"

/** The collection that something was created in, and how its items are read. */
export interface Collection<A, I> {
  readonly name: string
  readonly item: Schema.Schema<A, I>
}

/** The created item, as the server has it now. */
export const readCreated = <A, I>(
  answer: Answer,
  collection: Collection<A, I>
): Effect.Effect<A, DataRobotError, Requirements> =>
  Effect.gen(function*() {
    const { call, connection, location } = answer
    const created: Answer = {
      ...answer,
      call: { ...call, note: "The server has accepted it: look before you create it again." }
    }
    if (location === undefined) {
      const id = idFromBody(answer.body)
      const item = decode(created, collection.item)
      // a body that is not the item itself may still name it
      return yield* id === undefined ? item : Effect.orElse(item, () => readItem(answer, collection, id))
    }
    const resource = yield* onOwnBase(created, "Location", resourceFromUrl(connection.endpoint, location))
    const made = resource.collection === "status"
      ? yield* awaitJob(call.operation, resource.id, {}, call.options)
      : resource
    const id = made === undefined ? idFromBody(answer.body) : made.collection === collection.name ? made.id : undefined
    return id === undefined
      ? yield* refuse(created, "Location", `must lead to one of ${collection.name}/`)
      : yield* readItem(answer, collection, id)
  })

const readItem = <A, I>(answer: Answer, collection: Collection<A, I>, id: string) => {
  const { operation, options } = answer.call
  return Effect.flatMap(
    send({
      operation,
      method: "GET",
      path: path`${collection.name}/${id}/`,
      idempotent: true,
      options,
      note: `It was created, as ${answer.connection.redactor.text(id)}: do not create it again.`
    }),
    (read) => decode(read, collection.item)
  )
}
