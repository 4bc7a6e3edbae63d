/** Batch predictions of the benchmarks: a plain server whose results are the uploaded bytes, and the CSV to upload. */
/** The jobs by id. */
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

/** Responds to a request of `batchPredictions/`. The results are sent while the CSV arrives. */
export const respondToBatch = (request, response) => {
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
}

const pieceSize = 64 * 1024
const line = "c-1000001,42,basic,17.25,2026-11-30,Berlin,true\n"
const piece = Buffer.from(line.repeat(Math.floor(pieceSize / line.length)))

/** Yields CSV of a number of bytes, in pieces of 64 KiB. */
export function* csvOf(bytes) {
  for (let sent = 0; sent < bytes; sent += piece.length) yield piece
}

/** The number of bytes that `csvOf` yields. */
export const sizeOf = (bytes) => Math.ceil(bytes / piece.length) * piece.length
