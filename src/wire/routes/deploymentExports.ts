/** The routes of the deployments API for data exports. */
import {
  ActualsExportData,
  ActualsInput,
  ListActualsInput,
  ListPredictionsInput,
  ListTrainingInput,
  PredictionsExportData,
  PredictionsInput,
  StartedExport,
  TrainingExportData,
  TrainingInput
} from "../deploymentExport.js"
import { Envelope } from "../envelope.js"
import { createOnce, read, type Route } from "../route.js"

/** Declares a route that starts an export. (Bundlers keep an unused route that spreads shared fields.) */
const start = <const R extends Omit<Route, "method" | "repeat" | "attemptTimeout">>(route: R) =>
  createOnce({ ...route, success: StartedExport, status: 202, job: true, failures: [422] })

export const startPredictionDataExport = start({
  id: "deployments.startPredictionDataExport",
  summary: "Export the prediction data of a period as a dataset",
  path: "deployments/:id/predictionDataExports/",
  body: PredictionsInput
})

export const predictionDataExports = read({
  id: "deployments.predictionDataExports",
  summary: "List the exports of prediction data",
  path: "deployments/:id/predictionDataExports/",
  query: ListPredictionsInput,
  success: Envelope(PredictionsExportData)
})

export const predictionDataExport = read({
  id: "deployments.predictionDataExport",
  summary: "The state of an export of prediction data",
  path: "deployments/:id/predictionDataExports/:exportId/",
  success: PredictionsExportData
})

export const startActualsDataExport = start({
  id: "deployments.startActualsDataExport",
  summary: "Export the actual values of a period as a dataset",
  path: "deployments/:id/actualsDataExports/",
  body: ActualsInput
})

export const actualsDataExports = read({
  id: "deployments.actualsDataExports",
  summary: "List the exports of actual values",
  path: "deployments/:id/actualsDataExports/",
  query: ListActualsInput,
  success: Envelope(ActualsExportData)
})

export const actualsDataExport = read({
  id: "deployments.actualsDataExport",
  summary: "The state of an export of actual values",
  path: "deployments/:id/actualsDataExports/:exportId/",
  success: ActualsExportData
})

export const startTrainingDataExport = start({
  id: "deployments.startTrainingDataExport",
  summary: "Export the training data of a model as a dataset",
  path: "deployments/:id/trainingDataExports/",
  body: TrainingInput
})

export const trainingDataExports = read({
  id: "deployments.trainingDataExports",
  summary: "List the exports of training data",
  path: "deployments/:id/trainingDataExports/",
  query: ListTrainingInput,
  success: Envelope(TrainingExportData)
})

export const trainingDataExport = read({
  id: "deployments.trainingDataExport",
  summary: "An export of training data",
  path: "deployments/:id/trainingDataExports/:exportId/",
  success: TrainingExportData
})
