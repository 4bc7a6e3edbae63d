/** Deletes what a path names. */
import * as Effect from "effect/Effect"
import { catchReason, type DataRobotError } from "../DataRobotError.js"
import { type Call, operation, type Requirements, send } from "./request.js"

/**
 * Sends a DELETE, which may be repeated: it finds nothing the second time if it took place the first time, and that is
 * a success.
 */
export const remove = (
  call: Pick<Call, "operation" | "path" | "query" | "options">
): Effect.Effect<void, DataRobotError, Requirements> =>
  operation(
    call.operation,
    send({ ...call, method: "DELETE", idempotent: true }).pipe(
      catchReason("NotFound", (error) => error.attempts > 1 ? Effect.void : Effect.fail(error)),
      Effect.asVoid
    )
  )
