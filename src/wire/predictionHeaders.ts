/** The request header with the key of a prediction server. */
export const keyHeader = "datarobot-key"

/** Response headers of a prediction request. */
export const predictionHeaders = {
  /** Milliseconds that the model took, as a decimal number. */
  executionTime: "x-datarobot-execution-time",
  /** `true` if the model was already in memory. */
  modelCacheHit: "x-datarobot-model-cache-hit",
  requestId: "x-datarobot-request-id"
} as const
