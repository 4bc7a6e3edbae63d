// The server of the benchmarks, in a separate process. It serializes its responses before the first request: all
// records are in one buffer, and a page is a slice of it. The predictions for a number of rows are serialized once.
//
//   node bench/server.mjs RECORDS
//
// Prints a line of JSON with its `url` when it listens. Below `/slow/`, a response takes 10 ms longer.
import { createServer } from "node:http"
import { respondToActuals } from "./actuals.mjs"
import { respondToBatch } from "./batch.mjs"
import { responseTo } from "./predictions.mjs"
import { idOf, record } from "./records.mjs"

const count = Number(process.argv[2])
const delay = 10

const texts = Array.from({ length: count }, (_, index) => Buffer.from(JSON.stringify(record(index))))
const starts = []
let length = 0
for (const text of texts) {
  starts.push(length)
  length += text.length + 1
}
const all = Buffer.concat(texts.flatMap((text) => [text, Buffer.from(",")]))
const one = texts[0]
texts.length = 0

const headers = (bytes) => ({ "content-type": "application/json", "content-length": bytes })

const sendPage = (response, base, params) => {
  const offset = Math.min(Number(params.get("offset") ?? 0), count)
  const limit = Number(params.get("limit") ?? 20)
  const end = Math.min(offset + limit, count)
  const next = end < count ? `"${base}?limit=${limit}&offset=${end}"` : "null"
  const previous = offset > 0 ? `"${base}?limit=${limit}&offset=${Math.max(0, offset - limit)}"` : "null"
  const head = `{"count":${end - offset},"next":${next},"previous":${previous},"data":[`
  const data = end > offset ? all.subarray(starts[offset], (starts[end] ?? length) - 1) : Buffer.alloc(0)
  response.writeHead(200, headers(head.length + data.length + 2))
  response.write(head)
  response.write(data)
  response.end("]}")
}

const server = createServer({ keepAlive: true, noDelay: true }, (request, response) => {
  const base = `http://${request.headers.host}`
  const { pathname, searchParams } = new URL(request.url, base)
  const collection = pathname.endsWith("/modelDeployments/")
  const answer = () => {
    if (request.method === "POST") {
      response.writeHead(201, { location: `${base}${pathname}${idOf(0)}/`, "content-length": 0 }).end()
    } else if (collection) sendPage(response, `${base}${pathname}`, searchParams)
    else response.writeHead(200, headers(one.length)).end(one)
  }
  if (pathname.includes("/batchPredictions/")) return respondToBatch(request, response)
  if (pathname.endsWith("/actuals/fromJSON/")) return respondToActuals(request, response)
  if (pathname.endsWith("/predictions")) {
    const chunks = []
    request.on("data", (chunk) => chunks.push(chunk)).on("end", () => {
      const body = responseTo(Buffer.concat(chunks))
      response.writeHead(200, headers(body.length)).end(body)
    })
    return undefined
  }
  return request.resume().on("end", () => pathname.startsWith("/slow/") ? setTimeout(answer, delay) : answer())
})
server.keepAliveTimeout = 60_000
server.requestTimeout = 0
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })))
process.on("SIGTERM", () => process.exit(0))
