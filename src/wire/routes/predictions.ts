/** The routes of prediction servers. */
import { Predictions, Rows } from "../prediction.js"
import { route } from "../route.js"

export const predict = route({
  id: "predictions.predict",
  summary: "Predict with a deployment; monitoring counts the request",
  base: "prediction",
  method: "POST",
  path: "deployments/:id/predictions",
  body: Rows,
  csv: true,
  success: Predictions,
  failures: [400, 409, 413, 422],
  repeat: "safe"
})

export const predictWithModel = route({
  id: "predictions.predictWithModel",
  summary: "Predict with a model that has no deployment; nothing is counted",
  base: "prediction",
  method: "POST",
  path: ":projectId/:modelId/predict",
  body: Rows,
  csv: true,
  success: Predictions,
  failures: [400, 413],
  repeat: "safe"
})
