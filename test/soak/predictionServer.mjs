// A prediction server for measurements, in a process of its own. It returns a prediction for each row of a request.
//
//   node test/soak/predictionServer.mjs
//
// Prints a line of JSON with its `url` when it listens.
import { createServer } from "node:http"

const prediction = (rowId) =>
  `{"rowId":${rowId},"prediction":${rowId % 2},"predictionThreshold":0.5,"predictionValues":` +
  `[{"label":1,"value":0.${1000 + rowId}},{"label":0,"value":0.${8999 - rowId}}],` +
  `"deploymentApprovalStatus":"APPROVED"}`

/** The responses by number of rows. The client numbers the rows of a stream itself. */
const responses = new Map()

const responseOf = (rows) => {
  const known = responses.get(rows)
  if (known !== undefined) return known
  const response = Buffer.from(`{"data":[${Array.from({ length: rows }, (_, rowId) => prediction(rowId)).join(",")}]}`)
  responses.set(rows, response)
  return response
}

const server = createServer({ keepAlive: true, noDelay: true }, (request, response) => {
  const chunks = []
  request.on("data", (chunk) => chunks.push(chunk)).on("end", () => {
    const body = responseOf(JSON.parse(Buffer.concat(chunks).toString()).length)
    response.writeHead(200, { "content-type": "application/json", "content-length": body.length }).end(body)
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })))
