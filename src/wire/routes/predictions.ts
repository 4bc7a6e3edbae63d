/**
 * The routes of predictions. A dedicated prediction server has them below `/predApi/v1.0/`, a serverless deployment
 * below `/api/v2/`.
 */
import { ChatCompletion, ChatRequest, Predictions, PredictQuery, Rows } from "../prediction.js"
import { route } from "../route.js"

/** What the routes of predictions have in common. The time limit is the server's own. */
const common = {
  method: "POST",
  repeat: "unless-told",
  attemptTimeout: 600_000,
  timeout: 600_000,
  maxBody: 256 * 1024 * 1024
} as const

const rows = {
  ...common,
  path: "deployments/:id/predictions",
  query: PredictQuery,
  body: Rows,
  csv: true,
  success: Predictions,
  failures: [400, 409, 413, 422]
} as const

const unstructured = {
  ...common,
  path: "deployments/:id/predictionsUnstructured",
  anyBody: true,
  bytes: true,
  failures: [400, 409, 413, 422]
} as const

export const predict = route({
  ...rows,
  id: "predictions.predict",
  summary: "Predict with a deployment; monitoring counts the request",
  base: "prediction"
})

export const predictServerless = route({
  ...rows,
  id: "predictions.predictServerless",
  summary: "Predict with a serverless deployment; monitoring counts the request"
})

export const predictUnstructured = route({
  ...unstructured,
  id: "predictions.predictUnstructured",
  summary: "Predict with an unstructured model; the body and the response have any type",
  base: "prediction"
})

export const predictUnstructuredServerless = route({
  ...unstructured,
  id: "predictions.predictUnstructuredServerless",
  summary: "Predict with an unstructured model of a serverless deployment"
})

export const chat = route({
  ...common,
  id: "predictions.chat",
  summary: "Chat with a text generation model: OpenAI's request, response and events",
  path: "deployments/:id/chat/completions",
  body: ChatRequest,
  success: ChatCompletion,
  failures: [400, 409, 413, 422]
})

export const predictWithModel = route({
  ...common,
  id: "predictions.predictWithModel",
  summary: "Predict with a model that has no deployment; nothing is counted",
  base: "prediction",
  path: ":projectId/:modelId/predict",
  body: Rows,
  csv: true,
  success: Predictions,
  failures: [400, 413]
})
