/** The routes of the deployments API for monitoring data. */
import { Envelope } from "../envelope.js"
import {
  Accuracy,
  AccuracyInput,
  AccuracyOverTime,
  AccuracyOverTimeInput,
  DeleteMonitoringDataInput,
  FeatureDriftInput,
  FeatureDriftWire,
  PredictionResult,
  PredictionResultsInput,
  PredictionsOverTime,
  PredictionsOverTimeInput,
  TargetDrift,
  TargetDriftInput
} from "../monitoring.js"
import { read, route } from "../route.js"

export const targetDrift = read({
  id: "deployments.targetDrift",
  summary: "How far the predictions of a period have drifted",
  path: "deployments/:id/targetDrift/",
  query: TargetDriftInput,
  success: TargetDrift,
  failures: [403, 422]
})

export const featureDrift = read({
  id: "deployments.featureDrift",
  summary: "How far the features of a period have drifted",
  path: "deployments/:id/featureDrift/",
  query: FeatureDriftInput,
  success: FeatureDriftWire,
  failures: [403, 422]
})

export const accuracy = read({
  id: "deployments.accuracy",
  summary: "The accuracy of the predictions of a period",
  path: "deployments/:id/accuracy/",
  query: AccuracyInput,
  success: Accuracy,
  failures: [422]
})

export const accuracyOverTime = read({
  id: "deployments.accuracyOverTime",
  summary: "One accuracy metric over time",
  path: "deployments/:id/accuracyOverTime/",
  query: AccuracyOverTimeInput,
  success: AccuracyOverTime,
  failures: [422]
})

export const predictionsOverTime = read({
  id: "deployments.predictionsOverTime",
  summary: "Predictions over time",
  path: "deployments/:id/predictionsOverTime/",
  query: PredictionsOverTimeInput,
  success: PredictionsOverTime,
  failures: [422]
})

export const predictionResults = read({
  id: "deployments.predictionResults",
  summary: "The predicted rows, with their actual values",
  path: "deployments/:id/predictionResults/",
  query: PredictionResultsInput,
  success: Envelope(PredictionResult)
})

export const deleteMonitoringData = route({
  id: "deployments.deleteMonitoringData",
  summary: "Delete the monitoring data of a model",
  method: "POST",
  path: "deployments/:id/monitoringDataDeletions/",
  body: DeleteMonitoringDataInput,
  job: true,
  failures: [409],
  repeat: "caller-says"
})
