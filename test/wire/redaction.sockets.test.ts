/** S-4 on real sockets: the errors of the HTTP clients themselves when a server repeats the token. */
import { assert, describe, it } from "@effect/vitest"
import { Job, ModelDeployment } from "effect-datarobot"
import * as Effect from "effect/Effect"
import { inTurns } from "../turnClock.js"
import { faults } from "./faultServers.js"
import { assertHidden } from "./hidden.js"
import { render } from "./rendering.js"
import {
  type Behaviour,
  clients,
  closedPort,
  deployment,
  deploymentId,
  http,
  json,
  newDeployment,
  on,
  serve,
  token as wireToken
} from "./support.js"

const get = ModelDeployment.get(deploymentId)
const create = ModelDeployment.create(newDeployment)

describe("S-4: failures on real sockets do not show the token", { concurrent: true }, () => {
  const bearer = `Bearer ${wireToken}`
  const servers: Readonly<Record<string, Behaviour>> = {
    "401": (socket) => socket.write(json(401, { message: `Invalid ${bearer}` })),
    "500 with a web page": (socket) => socket.write(http(500, { "content-type": "text/html" }, `<pre>${bearer}</pre>`)),
    "a web page instead of JSON": (socket) => socket.write(http(200, {}, `<pre>${bearer}</pre>`)),
    "a response that is not HTTP": (socket) => socket.end(`${bearer}\r\n\r\n`),
    "an invalid header": (socket) => socket.end(`HTTP/1.1 200 OK\r\n${wireToken} ${wireToken}\u0000\r\n\r\n`),
    "an invalid chunk size": (socket) =>
      socket.end(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${wireToken}\r\n\r\n`),
    "a status line with the token": (socket) => socket.end(`HTTP/1.1 500 ${bearer}\r\ncontent-length: 0\r\n\r\n`),
    "a redirect to a URL with the token": (socket) =>
      socket.write(http(302, { location: `https://dr.example.com/${bearer}` })),
    "a reset": faults.resetBeforeHeaders,
    "a reset in the body": faults.resetInBody,
    "a timeout": faults.stallInBody,
    "invalid compression": faults.gzipLie
  }
  for (const client of clients) {
    for (const [title, behaviour] of Object.entries(servers)) {
      // Clients that do not decompress read JSON here and succeed.
      if (behaviour === faults.gzipLie && client.base !== "fetch") continue
      it.scopedLive(`${title}, ${client.name}`, () =>
        Effect.gen(function*() {
          const server = yield* serve(behaviour)
          const attemptTimeout = behaviour === faults.stallInBody ? 1000 : 5000
          const rendered = yield* render(on(server, client, { attemptTimeout, retry: false })(get), { quick: true })
          assert.isTrue(server.requests[0]?.headers.includes(wireToken.toLowerCase()), "it was sent")
          assertHidden(rendered.texts, wireToken)
        }).pipe(inTurns))
    }

    it.scopedLive(`connection refused, ${client.name}`, () =>
      Effect.gen(function*() {
        const endpoint = `http://127.0.0.1:${yield* closedPort}/api/v2`
        assertHidden((yield* render(on({ endpoint }, client, { retry: false })(create))).texts, wireToken)
      }))
  }

  it.scopedLive("a job that reaches the deadline with the token in its status", () =>
    Effect.gen(function*() {
      const server = yield* serve((socket) => socket.write(json(200, { status: `WAITING FOR ${bearer}` })))
      const [client] = clients
      const rendered = yield* render(on(server, client)(Job.await("abc", { timeout: 20 })))
      assert.include(rendered.error, { _tag: "DataRobotJobError", reason: "Deadline" })
      assertHidden(rendered.texts, wireToken)
    }))

  it.scopedLive("a deployment that reaches the deadline with the token in its status", () =>
    Effect.gen(function*() {
      const server = yield* serve((socket) =>
        socket.write(json(200, { ...deployment(), deployed: false, status: bearer }))
      )
      const [client] = clients
      const rendered = yield* render(on(server, client)(ModelDeployment.awaitDeployed(deploymentId, { timeout: 20 })))
      assert.include(rendered.error, { _tag: "DataRobotJobError", reason: "Deadline" })
      assertHidden(rendered.texts, wireToken)
    }))
})
