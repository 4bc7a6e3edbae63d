/** undici: `request` on an agent that is kept, alone and with a decoder, and the dispatcher that it is built on. */
import { Readable } from "node:stream"
import { Agent, request } from "undici"
import { checkStatus, count, deployment, headers, jsonHeaders, plain, rowsOf, sizeOf } from "./shared.mjs"

const dispatcher = new Agent()

const get = async (url) => {
  const { body, statusCode } = await request(url, { headers, dispatcher })
  checkStatus(statusCode)
  return body.json()
}

const send = async (url, value) => {
  const response = await request(url, { method: "POST", headers: jsonHeaders, body: JSON.stringify(value), dispatcher })
  checkStatus(response.statusCode)
  return response
}

const post = async (url, value) => {
  const response = await send(url, value)
  await response.body.dump()
  return response.headers.location
}

/** Yields the records of all pages: one page after the other, `concurrency` pages at a time, or prefetched. */
async function* records(fetchPage, { concurrency = 1, pageSize, prefetch = 0, total }) {
  const ahead = Math.max(prefetch, concurrency - 1)
  const pages = []
  let offset = 0
  /** Requests pages until `count` are in flight. */
  const fill = (count) => {
    for (; pages.length < count && offset < total; offset += pageSize) {
      pages.push(fetchPage(`?limit=${pageSize}&offset=${offset}`))
    }
  }
  for (;;) {
    fill(ahead + 1)
    if (pages.length === 0) return
    const { data } = await pages.shift()
    // Request the next page at the same moment as the SDK does: before the consumer works on this one.
    fill(ahead)
    yield* data
  }
}

/** Posts one batch of rows after the other. Yields the predictions, numbered through. */
async function* predictions(predict, { batchSize, ...source }) {
  let start = 0
  let rows = []
  const flush = async function*() {
    for (const prediction of await predict(rows)) yield { ...prediction, rowId: start + prediction.rowId }
    start += rows.length
    rows = []
  }
  for (const row of rowsOf(source)) {
    rows.push(row)
    if (rows.length === batchSize) yield* flush()
  }
  if (rows.length > 0) yield* flush()
}

/** Posts actual values in requests of 10 000, without any checks. Returns their number. */
const submit = (url) => async (actuals) => {
  for (let start = 0; start < actuals.length; start += 10_000) {
    const { body } = await send(url, { data: actuals.slice(start, start + 10_000) })
    await body.dump()
  }
  return actuals.length
}

/** Scores CSV with as few requests as possible: uploads a Node stream, and reads the results while they arrive. */
const score = (endpoint) => async (csv) => {
  const { body } = await send(`${endpoint}/batchPredictions/`, {})
  const job = `${endpoint}/batchPredictions/${(await body.json()).id}/`
  const upload = request(`${job}csvUpload/`, {
    method: "PUT",
    headers: { ...headers, "content-type": "text/csv" },
    body: Readable.from(csv),
    dispatcher
  }).then(({ body }) => body.dump())
  const size = await sizeOf((await request(`${job}download/`, { headers, dispatcher })).body)
  await upload
  return size
}

const same = (value) => value

/** Connects with `undici.request`. `decode` has a decoder of a record and one of a page. */
export const undici = (decode = { record: same, page: same }) => (endpoint) => {
  const bare = plain(endpoint, get, post)
  const target = `${endpoint}/deployments/${deployment.id}`
  const predict = async (rows) => (await (await send(`${target}/predictions`, rows)).body.json()).data
  const fetchPage = (query) => get(`${endpoint}/modelDeployments/${query}`).then(decode.page)
  return {
    get: (id) => bare.get(id).then(decode.record),
    create: (deployment) => bare.create(deployment).then(decode.record),
    page: (limit) => bare.page(limit).then(decode.page),
    list: async (options) => {
      const all = []
      for await (const record of records(fetchPage, { ...options, pageSize: 100 })) all.push(record)
      return all
    },
    stream: (options) => count(records(fetchPage, options), options),
    submit: submit(`${target}/actuals/fromJSON/`),
    predict,
    predictStream: (options) => count(predictions(predict, options)),
    score: score(endpoint)
  }
}

/** Calls the dispatcher directly. This is the lowest possible cost of a call in Node. */
export const dispatch = (endpoint, agent = dispatcher) => {
  const { origin, pathname } = new URL(endpoint)
  const get = (path) =>
    new Promise((resolve, reject) => {
      const chunks = []
      agent.dispatch({ origin, path: `${pathname}/modelDeployments/${path}`, method: "GET", headers }, {
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
  return { get: (id) => get(`${id}/`), page: (limit) => get(`?limit=${limit}`) }
}
