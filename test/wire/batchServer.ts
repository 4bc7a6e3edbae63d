/**
 * A server with one batch prediction, on raw sockets. By default it scores every row with the same prediction. A script
 * replaces its response to a kind of request, down to the bytes and the moment.
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as Net from "node:net"
import { http, json, listen } from "./support.js"

export const jobId = "5b00000000000000000000e1"

export const statusDetails = "Job submitted at 2026-01-05 09:22:19.779000"
export const logs = ["Job created by ana@example.com", "Row 3: 'age' is not a number"]

/** What the server answers by default. */
export const scored = "churned_PREDICTION\n0.25\n0.75\n"

/** The kinds of requests, by the method and the end of the path. */
const kinds = {
  create: /^POST \/api\/v2\/batchPredictions\/$/,
  get: /^GET \/api\/v2\/batchPredictions\/[^/]+\/$/,
  cancel: /^DELETE \/api\/v2\/batchPredictions\/[^/]+\/$/,
  upload: /^PUT \/api\/v2\/batchPredictions\/[^/]+\/csvUpload\/$/,
  part: /^PUT \/api\/v2\/batchPredictions\/[^/]+\/csvUpload\/part\/\d+\/$/,
  finish: /^POST \/api\/v2\/batchPredictions\/[^/]+\/csvUpload\/finalizeMultipart\/$/,
  download: /^GET \/api\/v2\/batchPredictions\/[^/]+\/download\/$/,
  other: /^/
} as const

export type Kind = keyof typeof kinds

/** A request of which the headers have arrived. */
export interface Request {
  readonly kind: Kind
  readonly path: string
  /** Start line and headers, in lower case. */
  readonly head: string
  readonly socket: Net.Socket
  /** The number of earlier requests of this kind. */
  readonly index: number
  /** The body so far, decoded. */
  readonly body: () => string
  /** Whether the whole body has arrived. */
  readonly isWhole: () => boolean
  /** Whether the response was written completely. */
  readonly isAnswered: () => boolean
  /** Calls back when the whole body has arrived. */
  readonly whenWhole: (then: () => void) => void
  /** Calls back each time that more of the body has arrived. */
  readonly whenMore: (then: () => void) => void
  /** Writes a complete response. */
  readonly answer: (bytes: Buffer) => void
  /** Writes the beginning of a response whose body is sent in chunks. */
  readonly begin: (headers?: Readonly<Record<string, string>>) => void
  /** Writes a chunk of the body. */
  readonly chunk: (text: string) => void
  /** Writes the last chunk. */
  readonly end: () => void
  /** Resets the connection. */
  readonly reset: () => void
}

/** The job, which handlers change. */
export class Job {
  readonly id = jobId
  status = "INITIALIZING"
  /** Whether it has a link to download the results. */
  isReady = false
  isMultipart = false
  private readonly more: Readonly<Record<string, unknown>>
  /** The host that its links name. */
  readonly host: string

  /** `more`: other properties in its JSON. */
  constructor(more: Readonly<Record<string, unknown>> = {}, host = "app.datarobot.example") {
    this.more = more
    this.host = host
  }

  toJSON(): Readonly<Record<string, unknown>> {
    const self = `https://${this.host}/api/v2/batchPredictions/${jobId}/`
    return {
      id: this.id,
      status: this.status,
      statusDetails,
      logs,
      percentageCompleted: this.status === "COMPLETED" ? 100 : 0,
      scoredRows: 0,
      failedRows: 0,
      jobSpec: {
        deploymentId: "5b0000000000000000000001",
        intakeSettings: { type: "localFile", ...(this.isMultipart ? { multipart: true, async: false } : {}) },
        outputSettings: { type: "localFile" }
      },
      links: { self, csvUpload: `${self}csvUpload/`, ...(this.isReady ? { download: `${self}download/` } : {}) },
      ...this.more
    }
  }

  run(): void {
    this.status = "RUNNING"
    this.isReady = true
  }
}

export type Handler = (request: Request, job: Job, server: Pick<BatchServer, "requests">) => void

/** Responses that differ from the default ones. */
export type Script = Partial<Record<Kind, Handler>>

export interface BatchServer {
  readonly endpoint: string
  readonly port: number
  readonly job: Job
  /** All requests, in order. */
  readonly requests: ReadonlyArray<Request>
  /** The kinds of the requests, in order. */
  readonly kinds: () => ReadonlyArray<Kind>
  readonly count: (kind: Kind) => number
  /**
   * The requests whose response is not complete, but whose connection is open. Starts to read all connections, because
   * only a server that reads notices their end.
   */
  readonly open: () => ReadonlyArray<Kind>
}

export const csvHeaders = { "content-type": "text/csv" }

const honest: Readonly<Record<Kind, Handler>> = {
  create: (request, job) =>
    request.whenWhole(() => {
      job.isMultipart = request.body().includes("\"multipart\":true")
      const location = `https://${job.host}/api/v2/batchPredictions/${jobId}/`
      request.answer(json(202, job, { location }))
    }),
  get: (request, job) => request.answer(json(200, job)),
  upload: (request, job) => {
    job.run()
    request.whenWhole(() => request.answer(http(202)))
  },
  part: (request) => request.whenWhole(() => request.answer(http(202))),
  finish: (request, job) => {
    job.run()
    request.answer(http(202))
  },
  download: (request, job, server) => {
    request.begin(csvHeaders)
    const finish = () => {
      const isUploaded = server.requests.some(({ isAnswered, kind }) =>
        (kind === "upload" || kind === "finish") && isAnswered()
      )
      if (!isUploaded) return void setTimeout(finish, 2)
      request.chunk(scored)
      job.status = "COMPLETED"
      request.end()
    }
    finish()
  },
  cancel: (request, job) => {
    job.status = "ABORTED"
    request.answer(http(202))
  },
  other: (request) => request.answer(json(404, { message: "Not found" }))
}

/** Reads a body as it arrives. Calls back with each decoded piece, and with the bytes after the end. */
const bodyReader = (head: string, onPiece: (piece: Buffer) => void, onEnd: (rest: Buffer) => void) => {
  const isChunked = /^transfer-encoding: *chunked$/m.test(head)
  let left = isChunked ? 0 : Number(/^content-length: *(\d+)$/m.exec(head)?.[1] ?? 0)
  let buffer = Buffer.alloc(0)
  let isLast = false
  return (bytes: Buffer) => {
    buffer = Buffer.concat([buffer, bytes])
    for (;;) {
      const piece = buffer.subarray(0, left)
      buffer = buffer.subarray(piece.length)
      left -= piece.length
      if (piece.length > 0) onPiece(piece)
      if (left > 0) return
      if (!isChunked) return onEnd(buffer)
      // The end of a line before the length of a chunk, unless it is the first one.
      const [text, size = ""] = /^(?:\r\n)?([0-9a-f]+)\r\n/i.exec(buffer.toString("latin1", 0, 20)) ?? [""]
      if (isLast) {
        if (buffer.length < 2) return
        return onEnd(buffer.subarray(2))
      }
      if (text === "") return
      buffer = buffer.subarray(text.length)
      left = Number.parseInt(size, 16)
      isLast = left === 0
    }
  }
}

/** Starts a server whose responses a script may replace. */
export const batchServer = (script: Script = {}, job = new Job()): Effect.Effect<BatchServer, never, Scope.Scope> => {
  const requests: Array<Request> = []
  const handlers = { ...honest, ...script }

  const received = (socket: Net.Socket, text: string, onEnd: (rest: Buffer) => void) => {
    const [line = ""] = text.split("\r\n")
    const head = text.replaceAll("\r\n", "\n").toLowerCase()
    const [method = "", path = ""] = line.split(" ")
    // Boundary: the keys are those of the table above.
    const kind = (Object.keys(kinds) as Array<Kind>).find((name) => kinds[name].test(`${method} ${path}`)) ?? "other"
    const pieces: Array<Buffer> = []
    const whole: Array<() => void> = []
    const more: Array<() => void> = []
    let isWhole = false
    let isAnswered = false
    const write = (bytes: Buffer | string) => void (socket.writable && socket.write(bytes))
    const request: Request = {
      kind,
      path,
      head,
      socket,
      index: requests.filter((one) => one.kind === kind).length,
      body: () => Buffer.concat(pieces).toString("utf8"),
      isWhole: () => isWhole,
      isAnswered: () => isAnswered,
      whenWhole: (then) => isWhole ? then() : void whole.push(then),
      whenMore: (then) => void more.push(then),
      answer: (bytes) => {
        isAnswered = true
        write(bytes)
      },
      begin: (headers) => write(http(200, { ...headers, "transfer-encoding": "chunked" })),
      chunk: (text) => write(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`),
      end: () => {
        isAnswered = true
        write("0\r\n\r\n")
      },
      reset: () => socket.resetAndDestroy()
    }
    requests.push(request)
    const read = bodyReader(head, (piece) => {
      pieces.push(piece)
      for (const then of more) then()
    }, (rest) => {
      isWhole = true
      for (const then of whole) then()
      onEnd(rest)
    })
    return { request, read }
  }

  const server = Net.createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
    let start = Buffer.alloc(0)
    let read: ((bytes: Buffer) => void) | undefined
    const onBytes = (bytes: Buffer): void => {
      if (read !== undefined) return read(bytes)
      start = Buffer.concat([start, bytes])
      const end = start.indexOf("\r\n\r\n")
      if (end < 0) return
      const head = start.toString("latin1", 0, end)
      const rest = start.subarray(end + 4)
      start = Buffer.alloc(0)
      const began = received(socket, head, (after) => {
        read = undefined
        if (after.length > 0) setImmediate(onBytes, after)
      })
      read = began.read
      handlers[began.request.kind](began.request, job, { requests })
      read?.(rest)
    }
    // Many of these tests break connections, so errors of a socket are expected.
    socket.on("error", () => {})
    socket.on("end", () => socket.end())
    socket.on("data", onBytes)
  })

  return Effect.map(listen(server), (port) => ({
    endpoint: `http://127.0.0.1:${port}/api/v2`,
    port,
    job,
    requests,
    kinds: () => requests.map(({ kind }) => kind),
    count: (kind) => requests.filter((one) => one.kind === kind).length,
    open: () =>
      requests.filter(({ isAnswered, socket }) => !isAnswered() && !socket.resume().destroyed).map(({ kind }) => kind)
  }))
}
