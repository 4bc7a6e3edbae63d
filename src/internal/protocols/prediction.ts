/** Predictions with one request: sends rows to the target of a deployment, and reads its predictions. */
import * as Effect from "effect/Effect"
import type { DataRobotError, DataRobotValidationError } from "../../DataRobotError.js"
import { type PredictionRow, Predictions as Response, PredictQuery } from "../../wire/prediction.js"
import { predictionHeaders } from "../../wire/predictionHeaders.js"
import * as PredictionRoutes from "../../wire/routes/predictions.js"
import { defined } from "../request/defined.js"
import { requestIdOf } from "../request/errors.js"
import { type Input, input } from "../request/input.js"
import type { ApiResponse, Operation, Payload, Requirements } from "../request/operation.js"
import { pathOf } from "../request/path.js"
import { receive, refuse, refuseArguments, send } from "../request/send.js"
import { run } from "../request/tracing.js"
import { type WriteRow, writeRows } from "./predictionRows.js"
import { type DeploymentRef, type Routes, withTarget } from "./predictionTarget.js"

/**
 * The predictions of a request, in the order of its rows, and what the server says about the request.
 *
 * @since 0.1.0
 */
export interface Predictions {
  /** The prediction for each row. */
  readonly data: ReadonlyArray<PredictionRow>
  /** Milliseconds that the model took. */
  readonly executionTime?: number
  /** Whether the model was already in memory. */
  readonly modelCacheHit?: boolean
  /** The server's id of this request. Pass it to DataRobot support. */
  readonly requestId?: string
}

/** The routes of a prediction from rows. */
export const rowRoutes: Routes = {
  dedicated: PredictionRoutes.predict,
  serverless: PredictionRoutes.predictServerless
}

/** The routes of a prediction with an unstructured model. */
export const unstructuredRoutes: Routes = {
  dedicated: PredictionRoutes.predictUnstructured,
  serverless: PredictionRoutes.predictUnstructuredServerless
}

/** Options of every request that are not parameters of it. */
const requestOptions = new Set(["timeout", "attemptTimeout", "retry", "headers", "idempotent"])

/**
 * Returns the query of a request. `own` are the options of the operation that are not parameters. An option that does
 * not exist is an issue.
 */
export const queryOf = (options: object, own: ReadonlyArray<string>): Input => {
  const given = Object.entries(options).filter(([name, value]) =>
    value !== undefined && !requestOptions.has(name) && !own.includes(name)
  )
  return input(PredictQuery, Object.fromEntries(given))
}

const decimal = /^\d{1,12}(?:\.\d{1,12})?$/

/** Returns what the headers of a response say about the request. */
export const metadataOf = ({ connection: { redactor }, headers }: ApiResponse): Omit<Predictions, "data"> => {
  const time = headers[predictionHeaders.executionTime]?.trim() ?? ""
  const hit = headers[predictionHeaders.modelCacheHit]?.trim().toLowerCase()
  return defined({
    executionTime: decimal.test(time) ? Number(time) : undefined,
    modelCacheHit: hit === "true" ? true : hit === "false" ? false : undefined,
    requestId: requestIdOf(headers, redactor)
  })
}

/** What to check about the predictions of a request, besides their form. */
export interface Expected {
  /** The number of rows that were sent. */
  readonly rows: number
  /** Whether each row must have exactly one prediction. Otherwise a time series model may return any number. */
  readonly isStrict: boolean
}

const isTimeSeries = ({ forecastDistance, forecastPoint, seriesId, timestamp }: PredictionRow): boolean =>
  forecastPoint != null || forecastDistance != null || seriesId != null || timestamp != null

// A missing or repeated prediction would be taken for that of another row.
const check = (
  response: ApiResponse,
  data: ReadonlyArray<PredictionRow>,
  { isStrict, rows }: Expected
): Effect.Effect<ReadonlyArray<PredictionRow>, DataRobotValidationError> => {
  if (!isStrict && data.some(isTimeSeries)) return Effect.succeed(data)
  if (data.length !== rows) {
    return refuse(response, "data", `must have a prediction for each of the ${rows} rows, but has ${data.length}`)
  }
  const wrong = data.findIndex(({ rowId }, index) => index > 0 && rowId <= (data[index - 1]?.rowId ?? -Infinity))
  return wrong < 0
    ? Effect.succeed(data)
    : refuse(response, `data[${wrong}].rowId`, "must be greater than the one before: the order of the rows is lost")
}

/** A step of an operation: requests the predictions for a body with rows. */
export const requestPredictions = (
  operation: Operation,
  deployment: DeploymentRef,
  body: Payload,
  query: Input,
  expected: Expected
): Effect.Effect<Predictions, DataRobotError, Requirements> =>
  withTarget(operation, deployment, rowRoutes, (targeted) =>
    Effect.flatMap(
      receive(operation, { ...targeted, body, query, whenUnknown }, Response),
      ({ response, value }) =>
        Effect.map(check(response, value.data, expected), (data) => ({ data, ...metadataOf(response) }))
    ))

/** The advice if it is unknown whether a request with `idempotent: false` took effect. */
export const whenUnknown = "The predictions may have been made and counted by monitoring."

/** Checks some rows and the options of a call, and requests the predictions. */
export const predictRows = (
  operation: Operation,
  deployment: DeploymentRef,
  rows: unknown,
  options: object,
  write: WriteRow
): Effect.Effect<Predictions, DataRobotError, Requirements> =>
  run(
    operation,
    Effect.suspend(() => {
      const { count, ...written } = writeRows(rows, write)
      const body = { ...written, contentType: "application/json" }
      const query = queryOf(options, ["row"])
      const route = rowRoutes.serverless
      const ids = { id: deployment }
      const issues = [...pathOf(route.path, ids).issues, ...body.issues, ...query.issues]
      return issues.length > 0
        ? refuseArguments(operation, { route, ids }, issues)
        : requestPredictions(operation, deployment, body, query, { rows: count, isStrict: false })
    })
  )

/** A step of an operation: sends a body of any type, and returns the response as it is. */
export const requestUnstructured = (
  operation: Operation,
  deployment: DeploymentRef,
  body: Payload
): Effect.Effect<ApiResponse, DataRobotError, Requirements> =>
  withTarget(
    operation,
    deployment,
    unstructuredRoutes,
    (targeted) => send(operation, { ...targeted, body, accept: "*/*", whenUnknown })
  )
