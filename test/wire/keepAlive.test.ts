/** Reused connections, and servers that close them at the worst moment. */
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { assert, describe, it } from "@effect/vitest"
import { ModelDeployment } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import {
  type Behaviour,
  clients as all,
  deployment,
  deploymentId,
  json,
  kept,
  newDeployment,
  on,
  serve,
  type Server
} from "./support.js"

const get = ModelDeployment.get(deploymentId)
const create = ModelDeployment.create(newDeployment)
const retry = { baseDelay: 5, maxDelay: 10 }

const answers: Behaviour = (socket, { method }) => socket.write(json(method === "POST" ? 201 : 200, deployment()))

/** Responds to the first request, and resets the connection after reading the second one. */
const resetsTheSecond: Behaviour = (socket, request, index) =>
  index === 1 ? socket.resetAndDestroy() : answers(socket, request, index)

// @effect/platform-node's layer for node:http closes each connection after one request by default.
const keepAliveAgent = NodeHttpClient.makeAgentLayer({ keepAlive: true })
const clients = all.map((client) =>
  client.name === "node:http"
    ? { ...client, layer: Layer.provide(NodeHttpClient.layerWithoutAgent, keepAliveAgent) }
    : client
)

// No client reuses a connection in the same turn of the event loop in which a response ended.
const aMoment = Effect.sleep(10)

/** The connection of each request, numbered in order of first use. */
const connectionsOf = ({ requests }: Server) => {
  const used = [...new Set(requests.map(({ socket }) => socket))]
  return requests.map(({ socket }) => used.indexOf(socket))
}

for (const client of clients) {
  describe(`R-1: a reused connection, ${client.name}`, () => {
    it.scopedLive("consecutive requests share one connection", () =>
      Effect.gen(function*() {
        const server = yield* serve(answers)
        const run = on(server, yield* kept(client))
        yield* run(get)
        yield* aMoment
        yield* run(create)
        assert.deepStrictEqual(connectionsOf(server), [0, 0])
      }))

    it.scopedLive("closed by the server while idle: create is sent once on a new connection", () =>
      Effect.gen(function*() {
        const server = yield* serve((socket, { method }) =>
          socket.end(json(method === "POST" ? 201 : 200, deployment()))
        )
        const run = on(server, yield* kept(client))
        yield* run(get)
        yield* aMoment
        yield* run(create)
        assert.deepStrictEqual(server.requests.map(({ method }) => method), ["GET", "POST"])
        assert.deepStrictEqual(connectionsOf(server), [0, 1])
      }))

    it.scopedLive("reset after the second POST was read: create is sent once and its outcome is unknown", () =>
      Effect.gen(function*() {
        const server = yield* serve(resetsTheSecond)
        const run = on(server, yield* kept(client), { retry })
        yield* run(create)
        yield* aMoment
        const error = yield* Effect.flip(run(create))
        assert.include(error, { _tag: "DataRobotNetworkError", reason: "Transport", outcome: "unknown", attempts: 1 })
        yield* Effect.sleep(100)
        assert.deepStrictEqual(connectionsOf(server), [0, 0])
      }))

    it.scopedLive("reset after the second GET was read: get is retried on a new connection", () =>
      Effect.gen(function*() {
        const server = yield* serve(resetsTheSecond)
        const run = on(server, yield* kept(client), { retry })
        yield* run(get)
        yield* aMoment
        assert.strictEqual((yield* run(get)).id, deploymentId)
        assert.deepStrictEqual(connectionsOf(server), [0, 0, 1])
      }))

    for (const [how, close] of [["reset", "resetAndDestroy"], ["closed", "destroy"]] as const) {
      it.scopedLive(`${how} by the server just before the second POST: create is never sent twice`, () =>
        Effect.gen(function*() {
          const server = yield* serve(answers)
          const run = on(server, yield* kept(client), { retry })
          yield* run(create)
          yield* aMoment
          const again = Effect.suspend(() => {
            // In the same turn of the event loop, so the client can't see it before it writes.
            for (const socket of server.sockets) socket[close]()
            return run(create)
          })
          const result = yield* Effect.either(again)
          yield* Effect.sleep(100)
          const posts = server.requests.length - 1
          // Either the request was not sent and is retried on a new connection, or its outcome is unknown and the error
          // says so.
          if (result._tag === "Right") return assert.strictEqual(posts, 1)
          const error = result.left
          assert.include(error, { _tag: "DataRobotNetworkError", outcome: "unknown", attempts: 1 })
          assert.include(error.message, "check with ModelDeployment.list({ query: label })")
          assert.strictEqual(posts, 0)
        }))
    }
  })
}
