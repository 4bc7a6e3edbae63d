/**
 * The clients that are compared. Each is written as a typical program for one API: it keeps its connections open, sends
 * a token, and parses JSON. Only `effect-datarobot` also retries, limits time and size, and traces. `effect-datarobot`,
 * `undici + zod` and `Effect layerUndici + Schema` decode.
 *
 * A client has `get(id)` and `page(limit)`. Most also have `create(deployment)`, which then reads the created
 * deployment. Some have `stream(options)`, which calls `onPage` after each page and returns the number of records;
 * `list(options)`, which returns all records; `submit(actuals)`, which returns the number of actual values;
 * `predict(rows)`, `predictStream(options)`, which returns the number of predictions, and `score(csv)`, which returns the
 * size of the results.
 */
import { FetchHttpClient, HttpClient, HttpClientRequest, HttpClientResponse } from "@effect/platform"
import { NodeHttpClient } from "@effect/platform-node"
import { Effect, Layer, ManagedRuntime, Stream } from "effect"
import { Readable } from "node:stream"
import { Pool, request } from "undici"
import { BatchPrediction, DataRobot, DeploymentActuals, ModelDeployment, Prediction } from "../dist/index.js"
import { createClient } from "../dist/promise.js"
import { Envelope } from "../dist/wire/envelope.js"
import { undiciSubmit } from "./actuals.mjs"
import { zod } from "./decoders.mjs"

const token = "NjE4Y2Y0YjM:bench/token"
// A serverless deployment: its predictions are requested from the endpoint. The SDK need not read it.
const deployment = { id: "60a000000000000000000001", predictionEnvironment: { platform: "datarobotServerless" } }
const headers = { accept: "application/json", authorization: `Bearer ${token}`, "user-agent": "bench" }
const created = (response) => new URL(response.headers.location ?? response.headers.get("location"))

/** Builds a client without decoding from its functions for GET and POST. */
const plain = (get, post) => (endpoint) => ({
  get: (id) => get(`${endpoint}/modelDeployments/${id}/`),
  create: async (deployment) => get(await post(`${endpoint}/modelDeployments/`, deployment)),
  page: (limit) => get(`${endpoint}/modelDeployments/?limit=${limit}`)
})

const undiciGet = async (url) => {
  const { body, statusCode } = await request(url, { headers })
  if (statusCode !== 200) throw new Error(String(statusCode))
  return body.json()
}
const undiciPost = async (url, deployment) => {
  const response = await request(url, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(deployment)
  })
  await response.body.dump()
  return created(response)
}

/**
 * Yields the records of all pages: one page after the other, `concurrency` pages at a time, or with prefetched pages.
 */
async function* records({ concurrency = 1, endpoint, pageSize, prefetch = 0, total }) {
  const fetchAt = (offset) => undiciGet(`${endpoint}/modelDeployments/?limit=${pageSize}&offset=${offset}`)
  const ahead = Math.max(prefetch, concurrency - 1)
  const pages = []
  let offset = 0
  for (;;) {
    while (pages.length <= ahead && offset < total) {
      pages.push(fetchAt(offset))
      offset += pageSize
    }
    if (pages.length === 0) return
    const { data } = await pages.shift()
    // Request the next page at the same moment as the SDK does: before the consumer works on this one.
    if (pages.length < ahead && offset < total) {
      pages.push(fetchAt(offset))
      offset += pageSize
    }
    for (const record of data) yield record
  }
}

/** Returns all records, from pages of 100. */
const undiciList = (endpoint) => async ({ total }) => {
  const all = []
  for (let offset = 0; offset < total; offset += 100) {
    const { data } = await undiciGet(`${endpoint}/modelDeployments/?limit=100&offset=${offset}`)
    for (const record of data) all.push(record)
  }
  return all
}

/** Posts rows, and returns their predictions. */
const undiciPredict = (endpoint) => async (rows) => {
  const { body, statusCode } = await request(`${endpoint}/deployments/${deployment.id}/predictions`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(rows)
  })
  if (statusCode !== 200) throw new Error(String(statusCode))
  return (await body.json()).data
}

function* rowsOf({ row, total }) {
  for (let index = 0; index < total; index++) yield row(index)
}

/** Posts one batch of rows after the other. Yields the predictions, numbered through. */
async function* predictions({ batchSize, endpoint, ...source }) {
  const predict = undiciPredict(endpoint)
  let rows = []
  let start = 0
  for (const row of rowsOf(source)) {
    rows.push(row)
    if (rows.length < batchSize) continue
    for (const prediction of await predict(rows)) yield { ...prediction, rowId: start + prediction.rowId }
    start += rows.length
    rows = []
  }
  if (rows.length === 0) return
  for (const prediction of await predict(rows)) yield { ...prediction, rowId: start + prediction.rowId }
}

const sizeOf = async (chunks) => {
  let size = 0
  for await (const { length } of chunks) size += length
  return size
}

/** Scores CSV with as few requests as possible: uploads a Node stream, and reads the results while they arrive. */
const undiciScore = (endpoint) => async (csv) => {
  const created = await request(`${endpoint}/batchPredictions/`, { method: "POST", headers, body: "{}" })
  const { id } = await created.body.json()
  const job = `${endpoint}/batchPredictions/${id}/`
  const upload = request(`${job}csvUpload/`, {
    method: "PUT",
    headers: { ...headers, "content-type": "text/csv" },
    body: Readable.from(csv)
  }).then(({ body }) => body.dump())
  const { body } = await request(`${job}download/`, { headers })
  const size = await sizeOf(body)
  await upload
  return size
}

const count = async (iterable, { onPage, pageSize }) => {
  let count = 0
  for await (const _ of iterable) if (++count % pageSize === 0) await onPage?.()
  return count
}

/** Builds a client of the SDK on an HTTP client layer. */
const sdk = (client) => (endpoint) => {
  const runtime = ManagedRuntime.make(Layer.merge(DataRobot.layer({ endpoint, token }), client))
  return {
    get: (id) => runtime.runPromise(ModelDeployment.get(id)),
    create: (deployment) => runtime.runPromise(ModelDeployment.create(deployment)),
    list: ({ total }) => runtime.runPromise(ModelDeployment.list({ limit: total })),
    submit: (actuals) =>
      runtime.runPromise(DeploymentActuals.submit(deployment, actuals)).then(({ actuals }) => actuals),
    page: (limit) => runtime.runPromise(ModelDeployment.page({ limit })),
    predict: (rows) => runtime.runPromise(Prediction.predict(deployment, rows)).then(({ data }) => data),
    predictStream: ({ batchSize, row, total }) => {
      const rows = Stream.map(Stream.range(0, total - 1), row)
      return runtime.runPromise(Stream.runCount(Prediction.stream(deployment, rows, { batchSize })))
    },
    score: (csv) =>
      runtime.runPromise(
        BatchPrediction.score(deployment, Stream.fromAsyncIterable(Readable.from(csv), (error) => error)).pipe(
          Stream.runFold(0, (size, { length }) => size + length)
        )
      ),
    stream: ({ concurrency, onPage, pageSize, prefetch, total }) => {
      let count = 0
      const each = onPage === undefined
        ? () =>
          Effect.sync(() => {
            count++
          })
        : () => ++count % pageSize === 0 ? Effect.promise(onPage) : Effect.void
      const paging = { limit: total, pageSize, ...(concurrency && { concurrency }), ...(prefetch && { prefetch }) }
      return runtime.runPromise(Stream.runForEach(ModelDeployment.stream(paging), each)).then(() => count)
    }
  }
}

const Page = Envelope(ModelDeployment.ModelDeployment)

/** Builds a client with only Effect's own HTTP client and Schema, without retries and timeouts. */
const platform = (client) => (endpoint) => {
  const runtime = ManagedRuntime.make(client)
  const get = (url, schema) =>
    HttpClient.execute(HttpClientRequest.get(url, { headers })).pipe(
      Effect.flatMap(HttpClientResponse.filterStatusOk),
      Effect.flatMap(HttpClientResponse.schemaBodyJson(schema)),
      Effect.scoped
    )
  return {
    get: (id) => runtime.runPromise(get(`${endpoint}/modelDeployments/${id}/`, ModelDeployment.ModelDeployment)),
    page: (limit) => runtime.runPromise(get(`${endpoint}/modelDeployments/?limit=${limit}`, Page))
  }
}

const withStream = (connect) => (endpoint) => ({
  ...connect(endpoint),
  list: undiciList(endpoint),
  submit: undiciSubmit(`${endpoint}/deployments/${deployment.id}/actuals/fromJSON/`, headers),
  predict: undiciPredict(endpoint),
  predictStream: (options) => count(predictions({ ...options, endpoint }), {}),
  score: undiciScore(endpoint),
  stream: (options) => count(records({ ...options, endpoint }), options)
})

const axiosClient = async () => {
  const { Agent } = await import("node:http")
  const { default: axios } = await import("axios")
  const client = axios.create({ headers, httpAgent: new Agent({ keepAlive: true }), adapter: "http" })
  return plain(
    async (url) => (await client.get(String(url))).data,
    async (url, deployment) => created(await client.post(url, deployment))
  )
}

const kyClient = async () => {
  const { default: ky } = await import("ky")
  const client = ky.create({ headers, retry: 0 })
  return plain(
    (url) => client.get(url).json(),
    async (url, json) => created(await client.post(url, { json }))
  )
}

const gotClient = async () => {
  const { Agent } = await import("node:http")
  const { default: got } = await import("got")
  const client = got.extend({ headers, agent: { http: new Agent({ keepAlive: true }) }, retry: { limit: 0 } })
  return plain(
    (url) => client.get(url).json(),
    async (url, json) => created(await client.post(url, { json }))
  )
}

const zodClient = () => (endpoint) => {
  const { create, get, page } = plain(undiciGet, undiciPost)(endpoint)
  return {
    get: (id) => get(id).then(zod.record),
    create: (deployment) => create(deployment).then(zod.record),
    page: (limit) => page(limit).then(zod.page)
  }
}

const fetchGet = async (url) => {
  const response = await fetch(url, { headers })
  if (!response.ok) throw new Error(String(response.status))
  return response.json()
}
const fetchPost = async (url, deployment) => {
  const body = JSON.stringify(deployment)
  const response = await fetch(url, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body
  })
  await response.arrayBuffer()
  return created(response)
}

/**
 * Calls undici's dispatcher, on which its own `request` is built. This is the lowest possible cost of a call in Node.
 */
const dispatchClient = () => (endpoint) => {
  const { origin, pathname } = new URL(endpoint)
  const pool = new Pool(origin)
  const get = (path) =>
    new Promise((resolve, reject) => {
      const chunks = []
      pool.dispatch({ path, method: "GET", headers }, {
        onRequestStart() {},
        onResponseStart() {},
        onResponseData(_, chunk) {
          chunks.push(chunk)
        },
        onResponseEnd() {
          const bytes = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)
          resolve(JSON.parse(bytes.toString()))
        },
        onResponseError(_, error) {
          reject(error)
        }
      })
    })
  return {
    get: (id) => get(`${pathname}/modelDeployments/${id}/`),
    page: (limit) => get(`${pathname}/modelDeployments/?limit=${limit}`)
  }
}

const promiseClient = () => (endpoint) => {
  const { BatchPrediction, DeploymentActuals, ModelDeployment, Prediction } = createClient({ endpoint, token })
  return {
    ...ModelDeployment,
    list: ({ total }) => ModelDeployment.list({ limit: total }),
    submit: (actuals) => DeploymentActuals.submit(deployment, actuals).then(({ actuals }) => actuals),
    page: (limit) => ModelDeployment.page({ limit }),
    predict: (rows) => Prediction.predict(deployment, rows).then(({ data }) => data),
    predictStream: ({ batchSize, ...source }) =>
      count(Prediction.stream(deployment, rowsOf(source), { batchSize }), {}),
    score: (csv) => sizeOf(BatchPrediction.score(deployment, Readable.from(csv))),
    stream: (options) => count(ModelDeployment.stream({ limit: options.total, pageSize: options.pageSize }), options)
  }
}

const undiciLayer = async () => (await import("../dist/undici.js")).layer()

/** The clients by name. Each entry returns a function that connects to an endpoint. */
export const clients = {
  "undici.request": () => withStream(plain(undiciGet, undiciPost)),
  "undici dispatch": dispatchClient,
  "undici + zod": zodClient,
  fetch: () => plain(fetchGet, fetchPost),
  axios: axiosClient,
  ky: kyClient,
  got: gotClient,
  "Effect layerUndici + Schema": () => platform(NodeHttpClient.layerUndici),
  "effect-datarobot/undici": async () => sdk(await undiciLayer()),
  "effect-datarobot, fetch": () => sdk(FetchHttpClient.layer),
  "effect-datarobot/promise": promiseClient
}
