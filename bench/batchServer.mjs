// The server of batch predictions in a process of its own.
//
//   node bench/batchServer.mjs
//
// Prints a line of JSON with its `url` when it listens.
import { createServer } from "node:http"
import { respondToBatch } from "./batch.mjs"

const server = createServer({ keepAlive: true, noDelay: true }, respondToBatch)
server.keepAliveTimeout = 60_000
server.requestTimeout = 0
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })))
