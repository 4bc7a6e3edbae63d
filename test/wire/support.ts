/**
 * Real sockets for the tests in this folder: servers that do what HTTP libraries would not allow, and the five HTTP
 * clients that the SDK is used with. The server counts what it receives.
 */
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import type * as HttpClient from "@effect/platform/HttpClient"
import { DataRobot, type DataRobotError } from "effect-datarobot"
import type { ConnectionOptions } from "effect-datarobot/DataRobot"
import * as Fetch from "effect-datarobot/fetch"
import * as Undici from "effect-datarobot/undici"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import * as Net from "node:net"
import * as Tls from "node:tls"
import { Agent } from "undici"
import { layerDispatcher } from "../../src/internal/request/dispatcherClient.js"
import { wire } from "../support.js"
import { inTurns } from "../turnClock.js"

/** The clients, and what each is built on. They differ a lot: see `differs` in `matrix.ts`. */
export const clients = [
  { name: "fetch", base: "fetch", layer: FetchHttpClient.layer },
  { name: "undici", base: "undici", layer: NodeHttpClient.layerUndici },
  { name: "node:http", base: "node:http", layer: NodeHttpClient.layer },
  { name: "effect-datarobot/fetch", base: "fetch", layer: Fetch.layer() },
  { name: "effect-datarobot/undici", base: "undici", layer: Layer.orDie(Undici.layer()) }
] as const

/** And the client of `createClient({ dispatcher })`, for what does not depend on how the dispatcher connects. */
export const clientsAndDispatcher = [
  ...clients,
  {
    name: "createClient's dispatcher",
    base: "undici",
    layer: Layer.unwrapScoped(
      Effect.map(
        Effect.acquireRelease(Effect.sync(() => new Agent()), (agent) => Effect.promise(() => agent.destroy())),
        layerDispatcher
      )
    )
  }
] as const

export type Client = typeof clientsAndDispatcher[number]

/** A request as received. */
export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: string
  readonly body: string
  /** The connection that it came on. */
  readonly socket: Net.Socket
}

/** Handles the request with this index (from 0). */
export type Behaviour = (socket: Net.Socket, request: Received, index: number) => void

/** A server on its own loopback port. */
export interface Server {
  readonly port: number
  /** `http://127.0.0.1:{port}/api/v2`, or https */
  readonly endpoint: string
  /** All received requests, in order. */
  readonly requests: ReadonlyArray<Received>
  /** The number of connections so far. */
  readonly connections: () => number
  /** The open connections. */
  readonly sockets: ReadonlySet<Net.Socket>
}

/** Splits the bytes of a connection into requests; sufficient for the requests that the SDK sends. */
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

/** Listens on a loopback port, a free one by default. The end of the scope closes it with all its connections. */
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

/**
 * A server that is closed with all its connections at the end of the scope. It uses https if it has a key and a
 * certificate.
 */
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
      // Many of these tests break connections, so errors of a socket are expected.
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

/** A loopback port without a listener. */
export const closedPort: Effect.Effect<number> = Effect.scoped(Effect.map(serve(() => {}), (server) => server.port))

/**
 * The token of these tests. It has all characters that URLs, JSON and HTML encode, and no part of it occurs in a folder
 * name that a stack trace may show.
 */
export const token = "NjE:wQ7/tZ4en+\"<s3cReT>&'=="

/** Runs the SDK on a server, with its own client that is released at the end. */
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

/** A client that outlives the operation, so that the operation and not the client's end closes a socket. */
export const kept = (client: Pick<Client, "layer">): Effect.Effect<
  {
    readonly layer: Layer.Layer<HttpClient.HttpClient>
  },
  never,
  Scope.Scope
> => Effect.map(Layer.build(client.layer), (context) => ({ layer: Layer.succeedContext(context) }))

/** Polls a condition for at most this many turns of the event loop, and returns whether it became true. */
export const within = (turns: number, holds: () => boolean): Effect.Effect<boolean> =>
  inTurns(Effect.gen(function*() {
    const end = (yield* Clock.currentTimeMillis) + turns
    while (!holds()) {
      if ((yield* Clock.currentTimeMillis) >= end) return false
      yield* Effect.sleep(2)
    }
    return true
  }))

/** A response as bytes. If the headers have no `content-length`, the body's length is added. */
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
  // latin1, because a header is bytes and these tests send any byte there.
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Said so\r\n${lines.join("")}\r\n`, "latin1"), bytes])
}

/** A JSON response. */
export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Buffer =>
  http(status, headers, JSON.stringify(value))

export const deploymentId = "5b0000000000000000000001"

/** A model deployment in wire format. */
export const deployment = (id: string = deploymentId) => wire({ id })

/** The input of `ModelDeployment.create`. */
export const newDeployment = {
  projectId: "5b00000000000000000000b1",
  modelId: "5b00000000000000000000a1",
  label: "Churn scorer"
}
