/** Routes and operations of an invented API for tests, and servers with planned responses. */
import * as HttpClient from "@effect/platform/HttpClient"
import type { RequestError } from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { assert } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { type Call, operation } from "../../../src/internal/request/operation.js"
import { send } from "../../../src/internal/request/send.js"
import { route } from "../../../src/wire/route.js"
import { connection, endOf, perform, type Step } from "../../support.js"

export const Thing = Schema.Struct({ id: Schema.String, label: Schema.String })

export const getThing = route({
  id: "things.get",
  summary: "A thing",
  method: "GET",
  path: "things/:id/",
  success: Thing,
  repeat: "safe"
})

export const changeThing = route({
  id: "things.change",
  summary: "Change a thing",
  method: "PATCH",
  path: "things/:id/",
  body: Schema.Struct({ label: Schema.String }),
  repeat: "caller-says"
})

export const deleteThing = route({
  id: "things.delete",
  summary: "Delete a thing",
  method: "DELETE",
  path: "things/:id/",
  repeat: "gone-is-done"
})

export const op = operation("Thing.get")
const ids = { id: "t1" }
export const get: Call = { route: getThing, ids }
export const change: Call = { route: changeThing, ids }
export const remove: Call = { route: deleteThing, ids }

/** Sends a call to a server with these responses. Returns the result, and the requests that were sent. */
export const run = (call: Call, steps: ReadonlyArray<Step>) =>
  Effect.map(perform(send(op, call), ...steps), (performed) => ({ ...performed, end: endOf(performed.outcome) }))

/** An HTTP client with this response to every request. */
export const clientOf = (
  respond: (request: HttpClientRequest.HttpClientRequest) => Effect.Effect<Response, RequestError>
): HttpClient.HttpClient =>
  HttpClient.make((request) =>
    Effect.map(respond(request), (response) => HttpClientResponse.fromWeb(request, response))
  )

/** A connection, and an HTTP client with this response to every request. */
export const client = (...args: Parameters<typeof clientOf>) =>
  Layer.merge(connection(), Layer.succeed(HttpClient.HttpClient, clientOf(...args)))

/** The first defect of an effect. */
export const defectOf = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.exit(effect), (exit) => {
    const defects = Exit.isFailure(exit) ? Cause.defects(exit.cause) : Chunk.empty()
    return Option.getOrElse(Chunk.head(defects), () => assert.fail("no defect"))
  })
