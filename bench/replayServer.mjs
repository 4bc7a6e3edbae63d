// A bare `node:http` server that sends the same response to every request.
//
//   node bench/replayServer.mjs < RESPONSE
//
// RESPONSE is JSON: `{ status, headers, body }`. Prints a line of JSON with its `url` when it listens.
import { createServer } from "node:http"
import { text } from "node:stream/consumers"

const { body, headers, status } = JSON.parse(await text(process.stdin))
const bytes = Buffer.from(body)

const server = createServer((request, response) => {
  const answer = () => response.writeHead(status, headers).end(bytes)
  if (request.method === "GET") answer()
  else request.resume().on("end", answer)
})
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })))
