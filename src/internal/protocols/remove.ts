/** Deletes what a path names. */
import * as Effect from "effect/Effect"
import type { DataRobotError } from "../../DataRobotError.js"
import { type Call, operation, type Requirements, send } from "../request/send.js"

/**
 * Sends a DELETE, which may be repeated: when an attempt is lost that may have taken place, a 404 of the next one says
 * that it did.
 */
export const remove = (
  call: Pick<Call, "operation" | "path" | "query" | "options">
): Effect.Effect<void, DataRobotError, Requirements> =>
  operation(
    call.operation,
    Effect.asVoid(send({ ...call, method: "DELETE", idempotent: true, goneIsDone: true }))
  )
