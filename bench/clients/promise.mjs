/** The Promise API of the SDK. */
import { Readable } from "node:stream"
import { createClient } from "../../dist/promise.js"
import { count, deployment, rowsOf, sizeOf, token } from "./shared.mjs"

export const promise = (endpoint) => {
  const { BatchPrediction, DeploymentActuals, ModelDeployment, Prediction } = createClient({ endpoint, token })
  return {
    get: (id) => ModelDeployment.get(id),
    create: (deployment) => ModelDeployment.create(deployment),
    page: (limit) => ModelDeployment.page({ limit }),
    list: ({ total }) => ModelDeployment.list({ limit: total }),
    stream: (options) => count(ModelDeployment.stream({ limit: options.total, pageSize: options.pageSize }), options),
    submit: (actuals) => DeploymentActuals.submit(deployment, actuals).then(({ actuals }) => actuals),
    predict: (rows) => Prediction.predict(deployment, rows).then(({ data }) => data),
    predictStream: ({ batchSize, ...source }) => count(Prediction.stream(deployment, rowsOf(source), { batchSize })),
    score: (csv) => sizeOf(BatchPrediction.score(deployment, Readable.from(csv)))
  }
}
