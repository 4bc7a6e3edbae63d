/** A deployment as the emulator stores it, and how jobs and predictions change it. */
import * as Arr from "effect/Array"
import * as DateTime from "effect/DateTime"
import * as Option from "effect/Option"
import type { ModelDeployment } from "../../wire/modelDeployment.js"
import * as History from "../monitoring/history.js"
import { type ActualValue, own, type PredictedRow, toValue } from "../monitoring/rows.js"
import { type Details, initialDetails, merge } from "./details.js"
import type { Change } from "./jobs.js"

/** A stored deployment. Whether it is deployed, and its monitoring data, are computed when it is read. */
export interface Stored {
  readonly deployment: ModelDeployment
  /** When the deployment process ends, in epoch milliseconds. */
  readonly deployedAt: number
  readonly requests: History.History
  readonly details: Details
  readonly rows: Array<PredictedRow>
  readonly actuals: Map<string, ActualValue>
}

/** The type of a deployment's target. Default: a number. */
export const targetTypeOf = ({ project }: ModelDeployment): string => String(project["targetType"] ?? "Regression")

/** Returns a deployment after the change of a job. */
export const applyChange = (stored: Stored, change: Change, now: number): Stored => {
  const { deployment, details } = stored
  switch (change.change) {
    case "creation":
      // `deployedAt` already says when it is deployed.
      return stored
    case "status":
      return {
        ...stored,
        deployment: { ...deployment, status: change.status, updatedAt: DateTime.unsafeMake(now) }
      }
    case "model": {
      const { modelId, modelPackageId, reason } = change
      return {
        ...stored,
        deployment: { ...deployment, model: { ...deployment.model, id: modelId }, updatedAt: DateTime.unsafeMake(now) },
        details: { ...details, models: [...details.models, { modelId, modelPackageId, reason, since: now }] }
      }
    }
    case "settings":
      return { ...stored, details: { ...details, settings: merge(details.settings, change.settings) } }
    case "deletion": {
      const { end, modelId, start } = change
      const isGone = (one: { readonly time: number; readonly modelId: string }) =>
        one.modelId === modelId && one.time >= (start ?? -Infinity) && one.time < (end ?? Infinity)
      const gone = new Set(stored.rows.filter(isGone).map(({ associationId }) => associationId))
      return {
        ...stored,
        rows: stored.rows.filter((row) => !isGone(row)),
        actuals: new Map(Array.from(stored.actuals).filter(([id]) => !gone.has(id))),
        requests: History.without(stored.requests, (time) => isGone({ time, modelId: modelAt(details, time) }))
      }
    }
  }
}

/** The initial details of a deployment. */
export const detailsOf = (deployment: ModelDeployment): Details => {
  const { createdAt, id, model } = deployment
  const since = DateTime.toEpochMillis(createdAt)
  return initialDetails({ modelId: model.id, modelPackageId: id, since, reason: null }, targetTypeOf(deployment))
}

/** The model of a deployment at a time. */
export const modelAt = ({ models }: Details, time: number): string =>
  (Arr.findLast(models, ({ since }) => since <= time).pipe(Option.getOrElse(() => models[0]))).modelId

/** Whether predicted rows are stored: drift, accuracy and the collection of predictions need them. */
export const keepsRows = ({ settings }: Details): boolean =>
  [settings.targetDrift, settings.featureDrift, settings.predictionsDataCollection].some((one) =>
    one?.enabled === true
  ) || associationColumn(settings) !== undefined

/** Returns the column that holds the association id of a row. */
export const associationColumn = ({ associationId }: Details["settings"]): string | undefined =>
  associationId?.columnNames?.[0]

/** Returns the column that every row of a prediction request must have. */
export const requiredColumn = (settings: Details["settings"]): string | undefined =>
  settings.associationId?.requiredInPredictionRequests === true ? associationColumn(settings) : undefined

/** A row for storing. */
export const predictedRow = (
  details: Details,
  row: Readonly<Record<string, unknown>>,
  score: number,
  time: number
): PredictedRow => {
  const column = associationColumn(details.settings)
  const associationId = column === undefined ? undefined : own(row, column)
  const features = Object.entries(row).filter(([name]) => name !== column).map((
    [name, value]
  ) => [name, toValue(value)])
  return {
    time,
    modelId: modelAt(details, time),
    associationId: associationId === undefined || associationId === null ? null : String(associationId),
    features: Object.fromEntries(features),
    score
  }
}
