/** The handlers of prediction requests. */
import type * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Effect from "effect/Effect"
import { unknownRoute } from "../api/nearestRoute.js"
import { own } from "../monitoring/rows.js"
import { executionTime, predict, readRows, scoreOf } from "../predictions/pseudoModel.js"
import { bodyText } from "../protocol/bodyText.js"
import * as Errors from "../protocol/errors.js"
import { modelDeployment, user } from "../state/fixtures.js"
import type { Scored } from "../state/recordStore.js"
import { requiredColumn } from "../state/stored.js"
import type { Handlers } from "./handler.js"

/** The rows of a prediction request. */
const rowsOf = (request: HttpServerRequest.HttpServerRequest) =>
  Effect.flatMap(bodyText(request), (body) => {
    const rows = readRows(request.headers["content-type"] ?? "", body)
    return typeof rows === "string" ? Errors.malformed(rows) : Effect.succeed(rows)
  })

const statusOf = { Malformed: 400, TooLarge: 413 } as const

const predictRows: Handlers<"predictions">["predict"] = ({ path, request }, { state }) =>
  Effect.gen(function*() {
    const { deployment, details } = yield* state.serving(path.id)
    const record = (rows: number, status: number, scored?: ReadonlyArray<Scored>) =>
      state.record(path.id, { user: user.username, rows, executionTime: executionTime(rows), status }, scored)
    const rows = yield* Effect.tapError(rowsOf(request), ({ _tag }) => record(0, statusOf[_tag]))
    const column = requiredColumn(details.settings)
    if (column !== undefined && rows.some((row) => own(row, column) == null)) {
      yield* record(rows.length, 422)
      return yield* Errors.invalidData(`The association id column ${column} is required`)
    }
    const data = predict(deployment.project, rows)
    const scored = data.map((prediction, index) => ({ row: rows[index] ?? {}, score: scoreOf(prediction) }))
    yield* record(rows.length, 200, scored)
    return { data }
  })

const predictBytes: Handlers<"predictions">["predictUnstructured"] = ({ path, request }, { state }) =>
  Effect.gen(function*() {
    yield* state.serving(path.id)
    const body = yield* bodyText(request)
    yield* state.record(path.id, { user: user.username, rows: 1, executionTime: executionTime(1), status: 200 })
    return HttpServerResponse.unsafeJson({ characters: body.length })
  })

export const predictions: Handlers<"predictions"> = {
  predict: predictRows,
  predictServerless: predictRows,
  predictUnstructured: predictBytes,
  predictUnstructuredServerless: predictBytes,
  chat: ({ path }, { state }) =>
    Effect.andThen(state.known(path.id), Errors.invalidData("The deployment does not support the chat API")),
  predictWithModel: ({ path, request }) =>
    // No project has this id. The client misspelled the route of a deployment.
    path.projectId === "deployments"
      ? unknownRoute(request)
      : Effect.map(rowsOf(request), (rows) => ({ data: predict(modelDeployment(path).project, rows) }))
}
