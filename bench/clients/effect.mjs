/** The SDK on an HTTP client of Effect, and that HTTP client without the SDK. */
import { Effect, Layer, ManagedRuntime, Stream } from "effect"
import { Readable } from "node:stream"
import { BatchPrediction, DataRobot, DeploymentActuals, ModelDeployment, Prediction } from "../../dist/index.js"
import { deployment, headers, token } from "./shared.mjs"

/** Connects the SDK on a layer of an HTTP client. */
export const sdk = (client) => (endpoint) => {
  const runtime = ManagedRuntime.make(Layer.merge(DataRobot.layer({ endpoint, token }), client))
  const run = (effect) => runtime.runPromise(effect)
  return {
    get: (id) => run(ModelDeployment.get(id)),
    create: (deployment) => run(ModelDeployment.create(deployment)),
    page: (limit) => run(ModelDeployment.page({ limit })),
    list: ({ total }) => run(ModelDeployment.list({ limit: total })),
    stream: ({ concurrency, onPage, pageSize, prefetch, total }) => {
      let count = 0
      const each = onPage === undefined
        ? () =>
          Effect.sync(() => {
            count++
          })
        : () => ++count % pageSize === 0 ? Effect.promise(onPage) : Effect.void
      const paging = { limit: total, pageSize, ...(concurrency && { concurrency }), ...(prefetch && { prefetch }) }
      return run(Stream.runForEach(ModelDeployment.stream(paging), each)).then(() => count)
    },
    submit: (actuals) => run(DeploymentActuals.submit(deployment, actuals)).then(({ actuals }) => actuals),
    predict: (rows) => run(Prediction.predict(deployment, rows)).then(({ data }) => data),
    predictStream: ({ batchSize, row, total }) => {
      const rows = Stream.map(Stream.range(0, total - 1), row)
      return run(Stream.runCount(Prediction.stream(deployment, rows, { batchSize })))
    },
    score: (csv) =>
      run(
        BatchPrediction.score(deployment, Stream.fromAsyncIterable(Readable.from(csv), (error) => error)).pipe(
          Stream.runFold(0, (size, { length }) => size + length)
        )
      )
  }
}

/** Connects Effect's own client on undici, with Schema, but without retries and time limits. */
export const platform = async () => {
  const { HttpClient, HttpClientRequest, HttpClientResponse } = await import("@effect/platform")
  const { layerUndici } = await import("@effect/platform-node/NodeHttpClient")
  const { Envelope } = await import("../../dist/wire/envelope.js")
  const Page = Envelope(ModelDeployment.ModelDeployment)
  const runtime = ManagedRuntime.make(layerUndici)
  const get = (url, schema) =>
    HttpClient.execute(HttpClientRequest.get(url, { headers })).pipe(
      Effect.flatMap(HttpClientResponse.filterStatusOk),
      Effect.flatMap(HttpClientResponse.schemaBodyJson(schema)),
      Effect.scoped,
      (effect) => runtime.runPromise(effect)
    )
  return (endpoint) => ({
    get: (id) => get(`${endpoint}/modelDeployments/${id}/`, ModelDeployment.ModelDeployment),
    page: (limit) => get(`${endpoint}/modelDeployments/?limit=${limit}`, Page)
  })
}
