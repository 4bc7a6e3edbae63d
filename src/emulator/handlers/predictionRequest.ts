/** What the handlers of prediction requests to a deployment have in common. */
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Effect from "effect/Effect"
import { keyHeader, predictionHeaders } from "../../wire/predictionHeaders.js"
import { hash } from "../predictions/hash.js"
import { decimals, executionTime } from "../predictions/pseudoModel.js"
import * as Errors from "../protocol/errors.js"
import { requestUrl } from "../protocol/paging.js"
import type { Request } from "../protocol/request.js"
import { user } from "../state/fixtures.js"
import type { Scored, Serving } from "../state/recordStore.js"
import type { World } from "../World.js"

type Here = World

/**
 * Checks that a deployment makes its predictions where the request was sent, and that a request to a prediction server
 * has the server's key. Chat accepts both kinds.
 */
export const checkTarget =
  (on: "dedicated" | "serverless" | "either", id: string, request: Request) =>
  ({ target }: Serving): Effect.Effect<void, Errors.NotFound | Errors.Unauthorized> => {
    const { origin } = requestUrl(request)
    if (target.kind === "external") {
      return Errors.notHere("The deployment runs outside of DataRobot, which cannot make its predictions")
    }
    if (on === "either") return Effect.void
    if (target.kind === "serverless") {
      return on === "serverless"
        ? Effect.void
        : Errors.notHere(`The deployment is serverless: send its requests to ${origin}/api/v2/deployments/${id}/`)
    }
    if (on === "serverless") {
      return Errors.notHere(
        `The deployment has a prediction server: send its requests to ${origin}/predApi/v1.0/deployments/${id}/`
      )
    }
    const given = request.headers[keyHeader] ?? ""
    if (target.datarobotKey === null || given === target.datarobotKey) return Effect.void
    return Errors.unauthorized(`The ${keyHeader} header is ${given === "" ? "missing" : "invalid"}`)
  }

/** Records a request of the emulator's user. Returns the number of the deployment's requests so far. */
const record = ({ state }: Here, id: string, rows: number, status: number, scored?: Iterable<Scored>) =>
  state.record(id, { user: user.username, rows, executionTime: executionTime(rows), status }, scored)

/** Counts a request that fails as a user error. `rows` returns how many rows were read by then. */
export const counted =
  (world: Here, id: string, rows: () => number = () => 0) =>
  <A, E extends { readonly _tag: keyof typeof Errors.statuses }>(effect: Effect.Effect<A, E>) =>
    Effect.tapError(effect, ({ _tag }) => record(world, id, rows(), Errors.statuses[_tag]))

/** Counts a request that succeeds. Returns the headers of its response. The model is in memory from its first use on. */
export const served = (world: Here, id: string, rows: number, scored?: Iterable<Scored>) =>
  Effect.gen(function*() {
    const count = yield* record(world, id, rows, 200, scored)
    return {
      [predictionHeaders.executionTime]: String(decimals(executionTime(rows) * 1000)),
      [predictionHeaders.modelCacheHit]: String(count > 1),
      [predictionHeaders.requestId]: requestIdOf(id, yield* world.state.clock.now, count)
    }
  })

/** The id of a request: 32 hexadecimal digits. */
const requestIdOf = (id: string, time: number, count: number) =>
  Array.from({ length: 4 }, (_, part) => hash(`${part} ${id} ${time} ${count}`).toString(16).padStart(8, "0")).join("")

/** The response of a deployment that only chats: 503, as the service has it. It counts as a server error. */
export const unavailable = (world: Here, id: string) =>
  Effect.as(
    record(world, id, 0, 503),
    HttpServerResponse.unsafeJson(
      { message: "The deployment only chats: send its requests to chat/completions" },
      { status: 503 }
    )
  )
