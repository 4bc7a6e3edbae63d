/** Servers that keep a client connecting: one that does not answer at all, and one that does not answer TLS. */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { spawn } from "node:child_process"
import * as Net from "node:net"
import { deployment, listen } from "./support.js"

/** Responds to every request with a deployment. At most two connections wait to be accepted. */
const program = `
  const body = ${JSON.stringify(JSON.stringify(deployment()))}
  const server = require("node:http").createServer((_, response) => response.end(body))
  server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => console.log(server.address().port))
`

const connected = (port: number): Effect.Effect<void, never, Scope.Scope> =>
  Effect.flatMap(
    Effect.acquireRelease(
      Effect.sync(() => Net.connect(port, "127.0.0.1").on("error", () => {})),
      (socket) => Effect.sync(() => socket.destroy())
    ),
    // The attempt to connect counts as one until the event is over.
    (socket) => Effect.async<void>((resume) => void socket.once("connect", () => setImmediate(resume, Effect.void)))
  )

/**
 * A server in a stopped process whose queue of connections is full, so that the system drops every further attempt to
 * connect. `wake` continues the process; clients then connect when they try again, after a second or more.
 */
export const silentServer = Effect.gen(function*() {
  const child = yield* Effect.acquireRelease(
    Effect.sync(() => spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] })),
    (child) =>
      Effect.async<void>((resume) => {
        child.once("exit", () => resume(Effect.void))
        child.kill("SIGKILL")
      })
  )
  const port = yield* Effect.async<number>((resume) =>
    void child.stdout.once("data", (text) => resume(Effect.succeed(Number(text))))
  )
  child.kill("SIGSTOP")
  yield* connected(port)
  yield* connected(port)
  return { endpoint: `http://127.0.0.1:${port}/api/v2`, wake: () => void child.kill("SIGCONT") }
})

/** A server that accepts connections and says nothing, so that a TLS handshake never ends. */
export const silentTls = Effect.gen(function*() {
  const sockets = new Set<Net.Socket>()
  let accepted = 0
  const server = Net.createServer((socket) => {
    accepted++
    sockets.add(socket)
    socket.on("error", () => {}).on("close", () => sockets.delete(socket)).resume()
  })
  return {
    endpoint: `https://127.0.0.1:${yield* listen(server)}/api/v2`,
    open: () => sockets.size,
    accepted: () => accepted
  }
})

/** The number of sockets of this thread that are waiting for the system's answer to an attempt to connect. */
export const connecting = (): number => process.getActiveResourcesInfo().filter((name) => name === "ConnectWrap").length
