/** Model deployments as DataRobot sends them, about 1 KB each, with different ids. */
const hex = (number, length) => number.toString(16).padStart(length, "0")

export const idOf = (index) => `5b0000000000000000${hex(index, 6)}`

export const record = (index) => ({
  id: idOf(index),
  label: `Churn scorer ${index}`,
  description: index % 3 === 0
    ? null
    : "Scores the customers of a region every night, for the campaign of the next day",
  status: "active",
  type: "dedicated",
  deployed: true,
  model: {
    id: `5c0000000000000000${hex(index, 6)}`,
    modelType: "eXtreme Gradient Boosted Trees Classifier with Early Stopping",
    uid: "5b00000000000000000000f1"
  },
  project: {
    id: "5b00000000000000000000b1",
    projectName: "Churn",
    fileName: "churn.csv",
    stage: "modeling",
    target: "churned",
    targetType: "Binary",
    metric: "LogLoss",
    created: "2018-05-01T09:00:00.000000Z"
  },
  user: { id: "5b00000000000000000000f1", username: "ana@example.com", firstName: "Ana", lastName: "Lee" },
  organizationId: "5b00000000000000000000c1",
  instance: {
    id: "5b00000000000000000000d1",
    hostName: "pred-1.example.com",
    datarobotKey: "00000000-0000-0000-0000-000000000000",
    sslEnabled: true
  },
  predictionEndpoint: "pred-1.example.com",
  createdAt: "2018-05-02 10:11:12.131415",
  updatedAt: "2018-05-03 08:00:00.000000",
  serviceHealth: "passing",
  modelHealth: "passing",
  serviceHealthMessages: [
    { level: "passing", msgId: "NO_GOOD_REQUESTS", message: "No successful predictions in 24 hours" }
  ],
  recentRequestCount: 24 + (index % 100),
  prevRequestCount: 12,
  relativeRequestsTrend: 100.5,
  trendTimeWindow: "1d",
  requestRates: [3, 1, 4, 1, 5, 9, 2]
})

/** Two keys that the SDK does not know. Real servers send such keys. */
const unknown = { importance: "LOW", capabilities: { supportsDriftTracking: true, supportsModelReplacement: true } }

/** The first records. */
export const records = (count, unknownKeys = false) =>
  Array.from({ length: count }, (_, index) => unknownKeys ? { ...record(index), ...unknown } : record(index))

/** A page as the server sends it. */
export const page = (size, unknownKeys) =>
  JSON.stringify({ count: size, next: null, previous: null, data: records(size, unknownKeys) })
