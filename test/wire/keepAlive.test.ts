/** Connections that are used again, and that the server gives up at the worst moment. */
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

/** Answers the first request, and breaks off at the second one, when it has read it. */
const resetsTheSecond: Behaviour = (socket, request, index) =>
  index === 1 ? socket.resetAndDestroy() : answers(socket, request, index)

// @effect/platform-node's layer for node:http closes each connection after one request, unless it is told not to.
const keepAliveAgent = NodeHttpClient.makeAgentLayer({ keepAlive: true })
const clients = all.map((client) =>
  client.name === "node:http"
    ? { ...client, layer: Layer.provide(NodeHttpClient.layerWithoutAgent, keepAliveAgent) }
    : client
)

// No client takes a connection for free in the very turn of the event loop in which an answer ended.
const aMoment = Effect.sleep(10)

/** On which connection each request came, numbered in the order of their use. */
const connectionsOf = ({ requests }: Server) => {
  const used = [...new Set(requests.map(({ socket }) => socket))]
  return requests.map(({ socket }) => used.indexOf(socket))
}

for (const client of clients) {
  describe(`R-1: a connection that is used again, ${client.name}`, () => {
    it.scopedLive("requests that follow each other share one", () =>
      Effect.gen(function*() {
        const server = yield* serve(answers)
        const run = on(server, yield* kept(client))
        yield* run(get)
        yield* aMoment
        yield* run(create)
        assert.deepStrictEqual(connectionsOf(server), [0, 0])
      }))

    it.scopedLive("closed by the server while it was idle: create goes on a new one, once", () =>
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

    it.scopedLive("reset when the second POST was read: create is sent once, its outcome is unknown", () =>
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

    it.scopedLive("reset when the second GET was read: get is sent again, on a new one", () =>
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
            // in the same turn of the event loop: the client can't have seen it when it writes
            for (const socket of server.sockets) socket[close]()
            return run(create)
          })
          const result = yield* Effect.either(again)
          yield* Effect.sleep(100)
          const posts = server.requests.length - 1
          // Either it surely never left, and was sent on a new connection; or nobody knows, and the caller is told.
          if (result._tag === "Right") return assert.strictEqual(posts, 1)
          const error = result.left
          assert.include(error, { _tag: "DataRobotNetworkError", outcome: "unknown", attempts: 1 })
          assert.include(error.message, "look with ModelDeployment.list({ query: label })")
          assert.strictEqual(posts, 0)
        }))
    }
  })
}
