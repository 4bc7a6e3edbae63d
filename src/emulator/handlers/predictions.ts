/** The handlers of prediction requests. */
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { cellWriter } from "../../wire/csv.js"
import { predictionHeaders } from "../../wire/predictionHeaders.js"
import { unknownRoute } from "../api/nearestRoute.js"
import { own } from "../monitoring/rows.js"
import { csvPieces, jsonPieces, type Output } from "../predictions/output.js"
import { readParameters } from "../predictions/parameters.js"
import { decimals, executionTime, modelOf, scoreOf } from "../predictions/pseudoModel.js"
import { requestTable } from "../predictions/requestTable.js"
import { bodyBytes } from "../protocol/bodyBytes.js"
import * as Errors from "../protocol/errors.js"
import { requestUrl } from "../protocol/paging.js"
import type { Request } from "../protocol/request.js"
import { modelDeployment } from "../state/fixtures.js"
import type { Serving } from "../state/recordStore.js"
import { requiredColumn, targetTypeOf } from "../state/stored.js"
import { chat } from "./chat.js"
import type { Handlers } from "./handler.js"
import { checkTarget, counted, served, unavailable } from "./predictionRequest.js"

type Handler<Name extends keyof Handlers<"predictions">> = Handlers<"predictions">[Name]

/** Sends the pieces of a body. A body of one piece has a `Content-Length`; a longer one is made while it is sent. */
const bodyOf = (
  pieces: Generator<string, void>,
  contentType: string,
  headers: Readonly<Record<string, string>> = {}
) => {
  const first = pieces.next()
  const second = pieces.next()
  const start = first.done === true ? "" : first.value
  if (second.done === true) return HttpServerResponse.text(start, { contentType, headers })
  const rest = Stream.concat(Stream.make(start, second.value), Stream.fromIteratorSucceed(pieces, 1))
  return HttpServerResponse.stream(Stream.encodeText(rest), { contentType, headers })
}

/** Whether a request prefers CSV to JSON: the first of the two types in its `Accept` counts. */
const prefersCsv = ({ headers }: Request) => {
  const [first] = (headers["accept"] ?? "").toLowerCase().match(/text\/csv|application\/json/g) ?? []
  return first === "text/csv"
}

const responseOf = (
  output: Output,
  request: Request,
  headers: Readonly<Record<string, string>>
) =>
  prefersCsv(request)
    ? Effect.map(cellWriter, (write) => bodyOf(csvPieces(output, write), "text/csv; charset=UTF-8", headers))
    : Effect.succeed(bodyOf(jsonPieces(output), "application/json", headers))

/** The boundaries beyond which a prediction is an outlier, if the settings of the deployment have none. */
export const defaultBoundaries = ({ classes }: Output["model"]) =>
  classes === null ? { lower: 5, upper: 95 } : { lower: 0.05, upper: 0.95 }

/** The boundaries beyond which a prediction of a deployment is an outlier. */
export const boundariesOf = ({ details }: Pick<Serving, "details">, model: Output["model"]) => {
  const { lower, upper } = { ...defaultBoundaries(model), ...details.settings.predictionWarning?.customBoundaries }
  return { lower: lower ?? -Infinity, upper: upper ?? Infinity }
}

/** What a deployment of another kind of model says on a route. */
const wrongKind = (targetType: string, suffix: string) =>
  Errors.invalidData(`The target type of the deployment is ${targetType}: send its requests to ${suffix}`)

const predictRows = (on: "dedicated" | "serverless"): Handler<"predict"> => ({ path: { id }, request }, world) =>
  Effect.gen(function*() {
    const { state } = world
    const serving = yield* state.serving(id, checkTarget(on, id, request))
    const { deployment, details } = serving
    const targetType = targetTypeOf(deployment)
    if (targetType === "TextGeneration") return yield* unavailable(world, id)
    let rowCount = 0
    const output = yield* Effect.gen(function*() {
      if (targetType === "Unstructured") return yield* wrongKind(targetType, "predictionsUnstructured")
      const table = yield* requestTable(request)
      rowCount = table.rows.length
      const model = modelOf(deployment.project)
      const parameters = yield* readParameters(requestUrl(request).searchParams, model, table)
      const column = requiredColumn(details.settings)
      if (column !== undefined && table.rows.some((row) => own(row, column) == null)) {
        return yield* Errors.invalidData(`The association id column ${column} is required`)
      }
      const boundaries = boundariesOf(serving, model)
      return { model, table, parameters, boundaries, approvalStatus: "APPROVED" } satisfies Output
    }).pipe(counted(world, id, () => rowCount))
    const { model, table } = output
    const scored = function*() {
      for (const row of table.rows) yield { row, score: scoreOf(model, row) }
    }
    const headers = yield* served(world, id, rowCount, { [Symbol.iterator]: scored })
    return yield* responseOf(output, request, headers)
  })

/** The pseudo-model of an unstructured deployment reports what it received. */
const predictBytes =
  (on: "dedicated" | "serverless"): Handler<"predictUnstructured"> => ({ path: { id }, request }, world) =>
    Effect.gen(function*() {
      const { deployment } = yield* world.state.serving(id, checkTarget(on, id, request))
      const targetType = targetTypeOf(deployment)
      if (targetType === "TextGeneration") return yield* unavailable(world, id)
      const bytes = yield* Effect.gen(function*() {
        if (targetType !== "Unstructured") return yield* wrongKind(targetType, "predictions")
        return yield* bodyBytes(request)
      }).pipe(counted(world, id))
      const headers = yield* served(world, id, 1)
      const contentType = request.headers["content-type"] ?? null
      return HttpServerResponse.unsafeJson({ contentType, bytes: bytes.length }, { headers })
    })

export const predictions: Handlers<"predictions"> = {
  predict: predictRows("dedicated"),
  predictServerless: predictRows("serverless"),
  predictUnstructured: predictBytes("dedicated"),
  predictUnstructuredServerless: predictBytes("serverless"),
  chat,
  predictWithModel: ({ path, request }) => {
    // No project has this id. The client misspelled the route of a deployment.
    if (path.projectId === "deployments") return unknownRoute(request)
    return Effect.flatMap(requestTable(request), (table) => {
      const model = modelOf(modelDeployment(path).project)
      const parameters = { passthrough: [], explanations: undefined, withWarnings: false, withAdjusted: false }
      const output = { model, table, parameters, approvalStatus: undefined, boundaries: defaultBoundaries(model) }
      const milliseconds = decimals(executionTime(table.rows.length) * 1000)
      return responseOf(output, request, { [predictionHeaders.executionTime]: String(milliseconds) })
    })
  }
}
