// A plain server of batch predictions, in a process of its own: the results are the uploaded bytes, sent while they
// arrive.
//
//   node bench/batchServer.mjs
//
// Prints a line of JSON with its `url` when it listens.
import { createServer } from "node:http"

const jobs = new Map()
let count = 0

const send = (response, status, body, headers = {}) =>
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body))

const stateOf = ({ id, isRunning, received, status }, base) => ({
  id,
  status,
  percentageCompleted: status === "COMPLETED" ? 100 : 0,
  jobIntakeSize: received,
  logs: [],
  links: {
    self: `${base}${id}/`,
    ...(isRunning ? { download: `${base}${id}/download/` } : { csvUpload: `${base}${id}/csvUpload/` })
  }
})

const server = createServer({ keepAlive: true, noDelay: true }, (request, response) => {
  const base = `http://${request.headers.host}/api/v2/batchPredictions/`
  const [, , , , id, action] = request.url.split("/")
  if (request.method === "POST") {
    request.resume()
    const job = { id: (++count).toString(16).padStart(24, "0"), status: "INITIALIZING", isRunning: false, received: 0 }
    jobs.set(job.id, job)
    return send(response, 202, stateOf(job, base), { location: `${base}${job.id}/` })
  }
  const job = jobs.get(id)
  if (job === undefined) return send(response, 404, { message: "Not Found" })
  if (request.method === "DELETE") {
    jobs.delete(id)
    return send(response, 202, {})
  }
  if (request.method === "PUT") {
    job.isRunning = true
    job.status = "RUNNING"
    job.upload = request
    request.pause()
    request.on("end", () => send(response, 202, {}))
    return job.connect?.()
  }
  if (action === "download") {
    response.writeHead(200, { "content-type": "text/csv" })
    job.connect = () => {
      job.upload.on("data", ({ length }) => job.received += length)
      job.upload.on("end", () => job.status = "COMPLETED")
      job.upload.pipe(response)
    }
    return job.upload === undefined ? undefined : job.connect()
  }
  return send(response, 200, stateOf(job, base))
})
server.keepAliveTimeout = 60_000
server.requestTimeout = 0
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })))
