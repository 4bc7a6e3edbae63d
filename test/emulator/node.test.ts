import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Scope from "effect/Scope"
import { rm } from "node:fs/promises"
import * as Http from "node:http"
import * as Net from "node:net"
import { networkInterfaces, tmpdir } from "node:os"
import { join } from "node:path"
import { type EmulatorServer, serve } from "../../src/emulator/node.js"
import { withinTurns } from "../turnClock.js"

/** Sends bytes and returns everything received until the server closes the connection. */
const raw = ({ url }: EmulatorServer, bytes: string) =>
  Effect.async<string>((resume) => {
    let received = ""
    const socket = Net.connect(Number(new URL(url).port), "127.0.0.1", () => socket.write(bytes))
    socket.setEncoding("utf8")
    socket.on("data", (chunk) => received += chunk)
    socket.on("close", () => resume(Effect.succeed(received)))
  })

const statusFor = (server: EmulatorServer, host: string, target = "/api/v2/ping/") =>
  raw(
    server,
    `GET ${target} HTTP/1.1\r\n${host}Authorization: Bearer ${server.token}\r\nConnection: close\r\n\r\n`
  ).pipe(Effect.map((answer) => Number(answer.split(" ")[1])))

describe("serve", () => {
  it.scoped("listens on a free port of 127.0.0.1", () =>
    Effect.gen(function*() {
      const one = yield* serve()
      const two = yield* serve()
      assert.match(one.url, /^http:\/\/127\.0\.0\.1:\d+\/api\/v2$/)
      assert.notStrictEqual(one.url, two.url)
      assert.strictEqual(one.endpoint, one.url)
      assert.strictEqual(one.token, "emulator-token-0000")
      const response = yield* Effect.promise(() =>
        fetch(`${one.url}/ping/`, { headers: { authorization: `Bearer ${one.token}` } })
      )
      assert.strictEqual(response.status, 200)
    }))

  it.scoped("can't be reached through other addresses of the machine", () =>
    Effect.gen(function*() {
      const port = Number(new URL((yield* serve()).url).port)
      const connects = (host: string) =>
        Effect.async<boolean>((resume) => {
          const socket = Net.connect({ port, host, timeout: 1000 }, () => socket.destroy())
          socket.on("connect", () => resume(Effect.succeed(true)))
          socket.on("error", () => resume(Effect.succeed(false)))
          socket.on("timeout", () => socket.destroy(new Error("timeout")))
        })
      assert.isTrue(yield* connects("127.0.0.1"))
      const addresses = Object.values(networkInterfaces()).flatMap((all = []) => all.map(({ address }) => address))
      for (const address of [...addresses, "127.0.0.2"].filter((other) => other !== "127.0.0.1")) {
        assert.isFalse(yield* connects(address), address)
      }
    }))

  it.scoped("gives deployments a working prediction endpoint", () =>
    Effect.gen(function*() {
      const { seed, token } = yield* serve()
      const [deployment] = yield* seed([{}])
      const url = `http://${deployment?.predictionEndpoint}/predApi/v1.0/deployments/${deployment?.id}/predictions`
      const key = deployment?.instance?.datarobotKey ?? ""
      const headers = { authorization: `Bearer ${token}`, "datarobot-key": key, "content-type": "text/csv" }
      const response = yield* Effect.promise(() => fetch(url, { method: "POST", body: "a\n1", headers }))
      assert.strictEqual(response.status, 200)
    }))

  it.scoped("fails with the port if it is taken", () =>
    Effect.gen(function*() {
      const port = Number(new URL((yield* serve()).url).port)
      const error = yield* Effect.flip(serve({ port }))
      if (error._tag !== "EmulatorListenError") return assert.fail(error.message)
      assert.deepStrictEqual([error.port, error.code], [port, "EADDRINUSE"])
      assert.include(error.message, `port ${port} of 127.0.0.1: the port is in use`)
    }))

  it.scoped.each([-1, 1.5, 65_536, Number.NaN])("rejects the port %d", (port) =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(serve({ port }))
      if (error._tag !== "EmulatorListenError") return assert.fail(error.message)
      assert.strictEqual(error.code, "ERR_SOCKET_BAD_PORT")
      assert.include(error.message, "a port is a whole number from 0 to 65535")
    }))

  it.live("responds to requests that arrive while it starts", () =>
    Effect.gen(function*() {
      const port = yield* Effect.scoped(Effect.map(serve(), ({ url }) => Number(new URL(url).port)))
      const ask = Effect.promise(() =>
        fetch(`http://127.0.0.1:${port}/__emulator/health`).then(({ status }) => status, () => "refused")
      )
      // Each client retries until it gets a response, so the first request arrives before the emulator has started.
      const first = ask.pipe(Effect.repeat({ until: (status) => status !== "refused" }), Effect.timeout("50 seconds"))
      const asking = yield* Effect.fork(
        Effect.all(Array.from({ length: 8 }, () => first), { concurrency: "unbounded" })
      )
      // The emulator has started once its data is in the file.
      const dataFile = join(tmpdir(), `effect-datarobot-${port}.json`)
      yield* Effect.scoped(Effect.zipRight(serve({ port, preset: "fleet", dataFile }), Fiber.join(asking))).pipe(
        Effect.map((statuses) => assert.deepStrictEqual([...new Set(statuses)], [200])),
        Effect.ensuring(Effect.promise(() => rm(dataFile)))
      )
    }))

  it.scoped("accepts only loopback names as Host", () =>
    Effect.gen(function*() {
      const server = yield* serve()
      const { host, port } = new URL(server.url)
      const own = [host, `localhost:${port}`, "LOCALHOST", `[::1]:${port}`]
      for (const name of own) {
        assert.strictEqual(yield* statusFor(server, `Host: ${name}\r\n`), 200, name)
      }
      const foreign = [
        "example.com",
        `127.0.0.1.example.com:${port}`,
        `127.0.0.1@example.com`,
        "127.0.0.2",
        "localhost:x",
        "localhost:65536"
      ]
      for (const name of foreign) {
        assert.strictEqual(yield* statusFor(server, `Host: ${name}\r\n`), 403, name)
      }
      assert.strictEqual(yield* statusFor(server, "Host: \r\n"), 403)
      assert.strictEqual(yield* statusFor(server, `Host: ${host}\r\n`, "http://example.com/api/v2/ping/"), 403)
      assert.strictEqual(yield* statusFor(server, "Host: example.com\r\n", "/__emulator/health"), 403)
      assert.strictEqual((yield* server.requests).length, own.length)
    }))

  it.scoped("aborts a streamed body of more than 50 MiB and keeps working", () =>
    Effect.gen(function*() {
      const { requests, token, url } = yield* serve()
      const outcome = yield* Effect.promise(() => {
        const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" }
        let pieces = 0
        const body = new ReadableStream<Uint8Array>({
          pull: (controller) => pieces++ < 60 ? controller.enqueue(new Uint8Array(1024 * 1024)) : controller.close()
        })
        // Boundary: the type of fetch's options lacks `duplex`, which a streamed body needs.
        const init = { method: "POST", headers, body, duplex: "half" } as RequestInit
        return fetch(`${url}/modelDeployments/`, init).then(({ status }) => status, String)
      })
      assert.strictEqual(outcome, "TypeError: fetch failed")
      assert.deepStrictEqual((yield* requests).map(({ status }) => status), [400])
      assert.strictEqual(yield* Effect.promise(() => fetch(`${url}/ping/`).then(({ status }) => status)), 401)
    }))

  it.live("stops within a second while clients hold connections, and frees its port", () =>
    Effect.gen(function*() {
      const scope = yield* Scope.make()
      const server = yield* Scope.extend(serve(), scope)
      const { port } = new URL(server.url)
      const agent = new Http.Agent({ keepAlive: true })
      yield* Effect.async<void>((resume) => {
        Http.get(server.url, { agent }, (response) => response.resume().on("end", () => resume(Effect.void)))
      })
      // None of these connections ends by itself: one sends nothing, one never ends its body, one never closes.
      const silent = Net.connect(Number(port), "127.0.0.1")
      const unfinished = Net.connect(Number(port), "127.0.0.1")
      const upgraded = Net.connect({ port: Number(port), host: "127.0.0.1", allowHalfOpen: true })
      upgraded.on("error", () => {}).resume().write(
        "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"
      )
      unfinished.write(
        `POST /api/v2/modelDeployments/ HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${server.token}\r\n` +
          "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
      )
      const hungUp = Promise.all([silent, unfinished].map((socket) =>
        new Promise<void>((resolve) => {
          socket.on("error", () => {}).resume()
          socket.on("close", () => resolve())
        })
      ))
      yield* Effect.sleep("50 millis")
      yield* Scope.close(scope, Exit.void).pipe(withinTurns(1000))
      yield* Effect.promise(() => hungUp)
      upgraded.destroy()
      agent.destroy()
      yield* Effect.scoped(serve({ port: Number(port) }))
    }))
})
