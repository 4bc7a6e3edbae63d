// The server of the benchmarks, in a separate process. It serializes its responses before the first request: all
// records are in one buffer, and a page is a slice of it. The predictions for a number of rows are serialized once.
//
//   node bench/server.mjs RECORDS
//
// Prints a line of JSON with its `url` when it listens. Below `/slow/`, a response takes 10 ms longer. Below
// `/unknown/`, there are 1 000 records, with keys that the SDK does not know.
import { createServer } from "node:http"
import { respondToActuals } from "./actuals.mjs"
import { respondToBatch } from "./batch.mjs"
import { responseTo } from "./predictions.mjs"
import { idOf, records } from "./records.mjs"

const delay = 10

const headers = (bytes) => ({ "content-type": "application/json", "content-length": bytes })

/** Serializes records. Returns their number, and a function from the bounds of a page to its bytes. */
const serialized = (records) => {
  const texts = records.map((record) => Buffer.from(`${JSON.stringify(record)},`))
  const starts = [0]
  for (const { length } of texts) starts.push(starts.at(-1) + length)
  const all = Buffer.concat(texts)
  return {
    count: texts.length,
    between: (from, to) => to > from ? all.subarray(starts[from], starts[to] - 1) : Buffer.alloc(0)
  }
}

const known = serialized(records(Number(process.argv[2])))
const unknown = serialized(records(1_000, true))

const sendPage = (response, { between, count }, base, params) => {
  const offset = Math.min(Number(params.get("offset") ?? 0), count)
  const limit = Number(params.get("limit") ?? 20)
  const end = Math.min(offset + limit, count)
  const next = end < count ? `"${base}?limit=${limit}&offset=${end}"` : "null"
  const previous = offset > 0 ? `"${base}?limit=${limit}&offset=${Math.max(0, offset - limit)}"` : "null"
  const head = `{"count":${end - offset},"next":${next},"previous":${previous},"data":[`
  const data = between(offset, end)
  response.writeHead(200, headers(head.length + data.length + 2))
  response.write(head)
  response.write(data)
  response.end("]}")
}

const sendOne = (response, { between }) => {
  const one = between(0, 1)
  response.writeHead(200, headers(one.length)).end(one)
}

const respondToRows = (request, response) => {
  const chunks = []
  request.on("data", (chunk) => chunks.push(chunk)).on("end", () => {
    const body = responseTo(Buffer.concat(chunks))
    response.writeHead(200, headers(body.length)).end(body)
  })
}

const server = createServer({ keepAlive: true, noDelay: true }, (request, response) => {
  const base = `http://${request.headers.host}`
  const { pathname, searchParams } = new URL(request.url, base)
  if (pathname.includes("/batchPredictions/")) return respondToBatch(request, response)
  if (pathname.endsWith("/actuals/fromJSON/")) return respondToActuals(request, response)
  if (pathname.endsWith("/predictions")) return respondToRows(request, response)
  const collection = pathname.startsWith("/unknown/") ? unknown : known
  const respond = () => {
    if (request.method === "POST") {
      response.writeHead(201, { location: `${base}${pathname}${idOf(0)}/`, "content-length": 0 }).end()
    } else if (pathname.endsWith("/modelDeployments/")) {
      sendPage(response, collection, `${base}${pathname}`, searchParams)
    } else sendOne(response, collection)
  }
  return request.resume().on("end", () => pathname.startsWith("/slow/") ? setTimeout(respond, delay) : respond())
})
server.keepAliveTimeout = 60_000
server.requestTimeout = 0
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })))
process.on("SIGTERM", () => process.exit(0))
