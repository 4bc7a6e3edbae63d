/** The handle of the job that a response started. */
import * as Effect from "effect/Effect"
import type { DataRobotValidationError, Handle } from "../../DataRobotError.js"
import type { Connection } from "./connection.js"
import { resourceFromUrl } from "./location.js"
import type { ApiResponse } from "./operation.js"
import { onOwnBase, refuse } from "./send.js"

/**
 * Whether an id has no part of a secret. Ids end up in handles, which are stored and passed on. If a server echoes a
 * secret as an id, it must not get there (S-4). But the caller's own id may also be the value of one of its headers, such
 * as `idempotency-key`.
 */
export const isCleanId = ({ redactor, tokenRedactor }: Connection, one: string, own?: string): boolean =>
  (one === own ? tokenRedactor : redactor).text(one) === one

/** The message for an id with a part of a secret. */
export const notClean = "must not contain any part of the token"

/**
 * Returns the handle that the `Location` of a response points to: that of a job or of a batch prediction. If it points to
 * another resource, no job was needed, and the handle has the kind `done`.
 */
export const jobHandle = (response: ApiResponse): Effect.Effect<Handle, DataRobotValidationError> => {
  const { connection, location } = response
  if (location === undefined) return refuse(response, "Location", "is missing, so there is no job to wait for")
  return Effect.flatMap(
    onOwnBase(response, "Location", resourceFromUrl(connection.endpoint, location)),
    (resource): Effect.Effect<Handle, DataRobotValidationError> => {
      const { collection, id } = resource
      if (!isCleanId(connection, id)) return refuse(response, "Location", notClean)
      if (collection === "status") return Effect.succeed({ kind: "status", id })
      return Effect.succeed(
        collection === "batchPredictions" ? { kind: "batchPrediction", id } : { kind: "done", id, resource }
      )
    }
  )
}
