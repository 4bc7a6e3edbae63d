/**
 * Real sockets for the tests of this folder: servers that do on purpose what no HTTP library would let them do, and the
 * four HTTP clients that people use the SDK with. What a server received is counted by the server.
 */
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import type * as HttpClient from "@effect/platform/HttpClient"
import { DataRobot, type DataRobotError } from "effect-datarobot"
import type { ConnectionOptions } from "effect-datarobot/DataRobot"
import * as Undici from "effect-datarobot/undici"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import * as Net from "node:net"
import * as Tls from "node:tls"
import { wire } from "../support.js"
import { inTurns } from "../turnClock.js"

/** The clients. They agree on little: see the tables of differences in `faults.test.ts`. */
export const clients = [
  { name: "fetch", layer: FetchHttpClient.layer },
  { name: "undici", layer: NodeHttpClient.layerUndici },
  { name: "node:http", layer: NodeHttpClient.layer },
  { name: "effect-datarobot/undici", layer: Layer.orDie(Undici.layer()) }
] as const

export type Client = typeof clients[number]

/** A request as it arrived. */
export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: string
  readonly body: string
  /** The connection it came on. */
  readonly socket: Net.Socket
}

/** What a server does with the request of this number (from 0). */
export type Behaviour = (socket: Net.Socket, request: Received, index: number) => void

/** A server on a loopback port of its own. */
export interface Server {
  readonly port: number
  /** `http://127.0.0.1:{port}/api/v2`, or https */
  readonly endpoint: string
  /** Everything that was received, in order. */
  readonly requests: ReadonlyArray<Received>
  /** How many connections were ever made. */
  readonly connections: () => number
  /** The connections that are open now. */
  readonly sockets: ReadonlySet<Net.Socket>
}

/** Splits what a connection brings into requests; enough for the requests that the SDK sends. */
const requestReader = (socket: Net.Socket, onRequest: (request: Received) => void) => {
  let buffer = ""
  return (chunk: Buffer) => {
    buffer += chunk.toString("latin1")
    for (;;) {
      const end = buffer.indexOf("\r\n\r\n")
      if (end < 0) return
      const [line = "", ...lines] = buffer.slice(0, end).split("\r\n")
      const headers = lines.join("\n").toLowerCase()
      const length = Number(/^content-length: *(\d+)$/m.exec(headers)?.[1] ?? 0)
      if (buffer.length < end + 4 + length) return
      const body = buffer.slice(end + 4, end + 4 + length)
      buffer = buffer.slice(end + 4 + length)
      const [method = "", path = ""] = line.split(" ")
      onRequest({ method, path, headers, body, socket })
    }
  }
}

/** Listens on a loopback port, any unless one is named; closed at the end of the scope with all its connections. */
export const listen = (server: Net.Server, port = 0): Effect.Effect<number, never, Scope.Scope> => {
  const sockets = new Set<Net.Socket>()
  server.on("connection", (socket) => {
    sockets.add(socket)
    socket.on("close", () => sockets.delete(socket))
  })
  const start = Effect.async<number>((resume) => {
    server.listen(port, "127.0.0.1", () => {
      const address = server.address()
      resume(Effect.succeed(typeof address === "object" && address !== null ? address.port : 0))
    })
  })
  const stop = Effect.async<void>((resume) => {
    server.close(() => resume(Effect.void))
    for (const socket of sockets) socket.destroy()
  })
  return Effect.acquireRelease(start, () => stop)
}

/** A server that is gone, with all its connections, at the end of the scope; https with a key and a certificate. */
export const serve = (
  behaviour: Behaviour,
  { onConnection = () => {}, port = 0, tls }: {
    readonly onConnection?: (socket: Net.Socket) => void
    readonly port?: number
    readonly tls?: Tls.TlsOptions
  } = {}
): Effect.Effect<Server, never, Scope.Scope> =>
  Effect.gen(function*() {
    const requests: Array<Received> = []
    const sockets = new Set<Net.Socket>()
    let connections = 0
    const onSocket = (socket: Net.Socket) => {
      connections++
      sockets.add(socket)
      socket.on("close", () => sockets.delete(socket))
      // the other end breaking off is what many of these tests are about
      socket.on("error", () => {})
      socket.on("data", requestReader(socket, (request) => behaviour(socket, request, requests.push(request) - 1)))
      onConnection(socket)
    }
    const server = tls === undefined ? Net.createServer({ noDelay: true }, onSocket) : Tls.createServer(tls, onSocket)
    const actual = yield* listen(server, port)
    return {
      port: actual,
      endpoint: `${tls === undefined ? "http" : "https"}://127.0.0.1:${actual}/api/v2`,
      requests,
      connections: () => connections,
      sockets
    }
  })

/** A loopback port that nobody listens on. */
export const closedPort: Effect.Effect<number> = Effect.scoped(Effect.map(serve(() => {}), (server) => server.port))

/**
 * The token of these tests. It has all that URLs, JSON and HTML write in another way, and no piece of it is in the name of
 * any folder that these files may be in: stacks show it.
 */
export const token = "NjE:wQ7/tZ4en+\"<s3cReT>&'=="

/** The SDK on a server, with a client of its own that is released at the end. */
export const on = (
  server: { readonly endpoint: string },
  client: { readonly layer: Layer.Layer<HttpClient.HttpClient> },
  options: Partial<ConnectionOptions> = {}
) =>
<A>(operation: Effect.Effect<A, DataRobotError.DataRobotError, DataRobot | HttpClient.HttpClient>) =>
  Effect.provide(
    operation,
    Layer.merge(DataRobot.layer({ endpoint: server.endpoint, token, ...options }), client.layer)
  )

/** A client that outlives the operation, so that what closes a socket is the operation and not the client's end. */
export const kept = (client: Pick<Client, "layer">): Effect.Effect<
  {
    readonly layer: Layer.Layer<HttpClient.HttpClient>
  },
  never,
  Scope.Scope
> => Effect.map(Layer.build(client.layer), (context) => ({ layer: Layer.succeedContext(context) }))

/** Waits until something holds, at most so many turns of the event loop; whether it did. */
export const within = (turns: number, holds: () => boolean): Effect.Effect<boolean> =>
  inTurns(Effect.gen(function*() {
    const end = (yield* Clock.currentTimeMillis) + turns
    while (!holds()) {
      if ((yield* Clock.currentTimeMillis) >= end) return false
      yield* Effect.sleep(2)
    }
    return true
  }))

/** A response as bytes on the wire. Without a `content-length` among the headers, the body's own is put there. */
export const http = (
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: string | Uint8Array = ""
): Buffer => {
  const bytes = Buffer.from(body)
  const length = "content-length" in headers || "transfer-encoding" in headers || status === 204 || status === 304
    ? {}
    : { "content-length": String(bytes.length) }
  const lines = Object.entries({ "content-type": "application/json", ...length, ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
  // latin1: a header is bytes, and these tests put any byte there
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Said so\r\n${lines.join("")}\r\n`, "latin1"), bytes])
}

/** A response of JSON. */
export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Buffer =>
  http(status, headers, JSON.stringify(value))

export const deploymentId = "5b0000000000000000000001"

/** A model deployment as DataRobot sends it. */
export const deployment = (id: string = deploymentId) => wire({ id })

/** What `ModelDeployment.create` is called with. */
export const newDeployment = {
  projectId: "5b00000000000000000000b1",
  modelId: "5b00000000000000000000a1",
  label: "Churn scorer"
}
