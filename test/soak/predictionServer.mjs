// A prediction server, in a process of its own. It returns a prediction for each row of a request.
//
//   node test/soak/predictionServer.mjs
//
// Prints a line of JSON with its `url` when it listens.
import { createServer } from "node:http"
import { responseTo } from "../../bench/predictions.mjs"

const server = createServer({ keepAlive: true, noDelay: true }, (request, response) => {
  const chunks = []
  request.on("data", (chunk) => chunks.push(chunk)).on("end", () => {
    const body = responseTo(Buffer.concat(chunks))
    response.writeHead(200, { "content-type": "application/json", "content-length": body.length }).end(body)
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })))
