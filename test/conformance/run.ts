/** Runs a row of the table: the call, against a server that follows the row's plan. */
import type * as HttpClient from "@effect/platform/HttpClient"
import { DataRobot } from "effect-datarobot"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import { turnClock } from "../turnClock.js"
import { token } from "../wire/support.js"
import { moment, within } from "./match.js"
import { callOptions, connectionOptions, operations } from "./operations.js"
import { type Outcome, unexpected } from "./outcome.js"
import type { Row } from "./rows.js"
import { servePlan } from "./server.js"
import type { Reference } from "./table.js"

/** Runs a row, and returns the differences from it. Empty if there are none. */
export const run = (
  row: Row,
  reference: Reference,
  client: Layer.Layer<HttpClient.HttpClient>
): Effect.Effect<ReadonlyArray<string>> =>
  Effect.gen(function*() {
    const operation = operations[row.operation]
    if (operation === undefined) return [`the runner does not know the operation ${row.operation}`]
    const server = yield* servePlan(row, reference, token)
    const connected = Layer.merge(
      DataRobot.layer({ endpoint: server.endpoint, token, ...connectionOptions(row.options) }),
      client
    )
    // The turn clock counts turns only while a fiber sleeps on it.
    yield* Effect.forkScoped(turnClock.sleep(Duration.hours(1)))
    const began = moment()
    const outcome: Outcome = yield* Effect.provide(operation(row.arguments, callOptions(row.options)), connected).pipe(
      // The options of the connection are invalid, so nothing was sent.
      Effect.catchAll((error) => Effect.succeed({ end: Either.left(error) }))
    )
    const tooLong = within(row.result.tookMillis, began, "the call")
    return [...server.problems(), ...unexpected(row, outcome, token), ...tooLong]
  }).pipe(Effect.scoped)
