/** S-4 on real sockets: what the HTTP clients themselves make of a server that repeats the token. */
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

describe("S-4: on real sockets", { concurrent: true }, () => {
  const bearer = `Bearer ${wireToken}`
  const servers: Readonly<Record<string, Behaviour>> = {
    "401": (socket) => socket.write(json(401, { message: `Invalid ${bearer}` })),
    "500 as a web page": (socket) => socket.write(http(500, { "content-type": "text/html" }, `<pre>${bearer}</pre>`)),
    "a page instead of JSON": (socket) => socket.write(http(200, {}, `<pre>${bearer}</pre>`)),
    "no HTTP at all": (socket) => socket.end(`${bearer}\r\n\r\n`),
    "a header that is none": (socket) => socket.end(`HTTP/1.1 200 OK\r\n${wireToken} ${wireToken}\u0000\r\n\r\n`),
    "a chunk size that is none": (socket) =>
      socket.end(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${wireToken}\r\n\r\n`),
    "a status line that holds it": (socket) => socket.end(`HTTP/1.1 500 ${bearer}\r\ncontent-length: 0\r\n\r\n`),
    "a redirect to it": (socket) => socket.write(http(302, { location: `https://dr.example.com/${bearer}` })),
    "a reset": faults.resetBeforeHeaders,
    "a reset in the body": faults.resetInBody,
    "no answer in time": faults.stallInBody,
    "compression that is none": faults.gzipLie
  }
  for (const client of clients) {
    for (const [title, behaviour] of Object.entries(servers)) {
      // the clients that do not unpack see JSON there, and succeed
      if (behaviour === faults.gzipLie && client.name !== "fetch") continue
      it.scopedLive(`${title}, ${client.name}: in no rendering`, () =>
        Effect.gen(function*() {
          const server = yield* serve(behaviour)
          const attemptTimeout = behaviour === faults.stallInBody ? 1000 : 5000
          const rendered = yield* render(on(server, client, { attemptTimeout, retry: false })(get), { quick: true })
          assert.isTrue(server.requests[0]?.headers.includes(wireToken.toLowerCase()), "it was sent")
          assertHidden(rendered.texts, wireToken)
        }).pipe(inTurns))
    }

    it.scopedLive(`connection refused, ${client.name}: in no rendering`, () =>
      Effect.gen(function*() {
        const endpoint = `http://127.0.0.1:${yield* closedPort}/api/v2`
        assertHidden((yield* render(on({ endpoint }, client, { retry: false })(create))).texts, wireToken)
      }))
  }

  it.scopedLive("a job that takes too long, in a state that holds it: in no rendering", () =>
    Effect.gen(function*() {
      const server = yield* serve((socket) => socket.write(json(200, { status: `WAITING FOR ${bearer}` })))
      const [client] = clients
      const rendered = yield* render(on(server, client)(Job.await("abc", { timeout: 20 })))
      assert.include(rendered.error, { _tag: "DataRobotJobError", reason: "Deadline" })
      assertHidden(rendered.texts, wireToken)
    }))

  it.scopedLive("a deployment that takes too long, in a state that holds it: in no rendering", () =>
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
