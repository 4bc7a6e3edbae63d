import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type * as Schema from "effect/Schema"
import { catchReason, type DataRobotError } from "../../DataRobotError.js"
import { type Call, decode, operation, type Requirements, send } from "./send.js"

/** An operation of one request that answers none where the server knows of none. */
export const requestOption = <A, I>(
  call: Call & { readonly response: Schema.Schema<A, I> }
): Effect.Effect<Option.Option<A>, DataRobotError, Requirements> =>
  operation(
    call.operation,
    send(call).pipe(
      Effect.flatMap((answer) => decode(answer, call.response)),
      Effect.asSome,
      catchReason("NotFound", () => Effect.succeedNone)
    )
  )
