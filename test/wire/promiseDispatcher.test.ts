/**
 * The options `fetch` and `dispatcher` of `createClient`, and the recipes of docs/runtimes.md for proxies and certificate
 * authorities, on real sockets. The dispatcher's client is also one of those in `faults.test.ts` and `streaming.test.ts`.
 */
import { assert, describe, it } from "@effect/vitest"
import { ModelDeployment } from "effect-datarobot"
import {
  type ClientOptions,
  createClient,
  DataRobotNetworkError,
  DataRobotValidationError,
  type Dispatcher
} from "effect-datarobot/promise"
import * as OwnUndici from "effect-datarobot/undici"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { execFile } from "node:child_process"
import * as Net from "node:net"
import { fileURLToPath } from "node:url"
import * as Undici from "undici"
import { collect, rejection } from "../promises.js"
import { deployment, deploymentId, http, json, listen, newDeployment, on, serve, token, within } from "./support.js"
import { key, pem } from "./trust.js"

/** A client that the end of the scope closes. */
const clientOf = (options: ClientOptions) =>
  Effect.acquireRelease(
    Effect.sync(() => createClient({ token, ...options })),
    (client) => Effect.promise(() => client.close())
  )

/** A dispatcher that the end of the scope closes. */
const destroyed = <D extends Undici.Dispatcher>(make: () => D) =>
  Effect.acquireRelease(Effect.sync(make), (dispatcher) => Effect.promise(() => dispatcher.destroy()))

const agent = destroyed(() => new Undici.Agent())

const retry = { baseDelay: 5, maxDelay: 10 }

describe("createClient with a dispatcher", () => {
  it.scopedLive("sends its requests through it, and repeats them like with fetch", () =>
    Effect.gen(function*() {
      const server = yield* serve((socket, _, index) =>
        socket.write(index === 0 ? json(503, {}) : json(200, deployment()))
      )
      const sent: Array<string> = []
      const counting = (yield* agent).compose((dispatch) => (options, handler) => {
        sent.push(`${options.method} ${options.path}`)
        return dispatch(options, handler)
      })
      const client = yield* clientOf({ endpoint: server.endpoint, dispatcher: counting, retry })
      const found = yield* Effect.promise(() => client.ModelDeployment.get(deploymentId))
      assert.strictEqual(found.id, deploymentId)
      const request = `GET /api/v2/modelDeployments/${deploymentId}/`
      assert.deepStrictEqual(sent, [request, request])
      assert.include(server.requests[0]?.headers, `authorization: bearer ${token.toLowerCase()}`)
    }))

  it.scopedLive("streams a request and its response", () =>
    Effect.gen(function*() {
      const server = yield* serve((socket) =>
        socket.write(http(200, { "content-type": "text/csv" }, "prediction\n1\n"))
      )
      const target = { id: deploymentId, predictionEnvironment: { platform: "datarobotServerless" } }
      const client = yield* clientOf({ endpoint: server.endpoint, dispatcher: yield* agent })
      const rows = async function*() {
        yield "a,b\n"
        yield "1,2\n"
      }
      const received = yield* Effect.promise(() => collect(client.Prediction.predictCsv(target, rows())))
      assert.strictEqual(Buffer.concat([...received]).toString(), "prediction\n1\n")
      assert.include(server.requests[0]?.headers, "transfer-encoding: chunked")
    }))

  it.scopedLive("aborts its requests when it closes, and leaves the dispatcher open", () =>
    Effect.gen(function*() {
      const server = yield* serve((socket, _, index) => index > 0 && socket.write(json(200, deployment())))
      const dispatcher = yield* agent
      const first = yield* clientOf({ endpoint: server.endpoint, dispatcher })
      const waiting = rejection(first.ModelDeployment.get(deploymentId))
      assert.isTrue(yield* within(2_000, () => server.requests.length === 1))
      yield* Effect.promise(() => first.close())
      assert.match(String(yield* Effect.promise(() => waiting)), /the client is closed/)
      assert.isTrue(yield* within(2_000, () => server.requests[0]?.socket.destroyed === true))
      const second = yield* clientOf({ endpoint: server.endpoint, dispatcher })
      assert.strictEqual(
        (yield* Effect.promise(() => second.ModelDeployment.get(deploymentId))).id,
        deploymentId
      )
    }))

  it.scopedLive("aborts a request whose signal is aborted", () =>
    Effect.gen(function*() {
      const server = yield* serve(() => {})
      const client = yield* clientOf({ endpoint: server.endpoint, dispatcher: yield* agent })
      const controller = new AbortController()
      const waiting = rejection(client.ModelDeployment.get(deploymentId, { signal: controller.signal }))
      assert.isTrue(yield* within(2_000, () => server.requests.length === 1))
      controller.abort(new Error("no longer needed"))
      assert.match(String(yield* Effect.promise(() => waiting)), /no longer needed/)
      assert.isTrue(yield* within(2_000, () => server.requests[0]?.socket.destroyed === true))
    }))

  it("says that a dispatcher of undici 6 is too old", async () => {
    // As undici 6 does, which has other handlers.
    const old: Dispatcher = {
      dispatch: (_, handler) => {
        if ("onError" in handler) return true
        throw Object.assign(new Error("invalid onError method"), { code: "UND_ERR_INVALID_ARG" })
      }
    }
    const error = await rejection(createClient({ token, dispatcher: old }).ModelDeployment.create(newDeployment))
    assert.instanceOf(error, DataRobotNetworkError)
    assert.include(error, { reason: "Transport", outcome: "not-sent", attempts: 1 })
    assert.include(error.message, "the dispatcher is of undici 6 or older: use undici 7 or later")
  })

  const refused = (options: object) => {
    try {
      createClient({ token, ...options })
    } catch (error) {
      return error instanceof DataRobotValidationError ? error.issues : assert.fail(String(error))
    }
    return assert.fail("was accepted")
  }

  it("rejects a dispatcher together with fetch", () => {
    assert.deepStrictEqual(refused({ fetch, dispatcher: { dispatch: () => true } }), [
      { path: "dispatcher", message: "can't be used together with fetch; pass one of them" }
    ])
  })

  for (const dispatcher of [null, "http://proxy.example.com", () => true, {}, { dispatch: true }]) {
    it(`rejects ${typeof dispatcher} ${JSON.stringify(dispatcher)} as a dispatcher`, () => {
      assert.deepStrictEqual(refused({ dispatcher }), [
        { path: "dispatcher", message: "must be a dispatcher of undici, such as an Agent" }
      ])
    })
  }

  for (const fetch of [null, "fetch", {}]) {
    it(`rejects ${typeof fetch} ${JSON.stringify(fetch)} as fetch`, () => {
      assert.deepStrictEqual(refused({ fetch }), [
        { path: "fetch", message: "must be a function, such as the global fetch" }
      ])
    })
  }
})

/** A server whose certificate is signed by an authority that Node does not know. */
const privateServer = serve((socket) => socket.write(json(200, deployment())), { tls: { key, cert: pem("trusted") } })

const get = ModelDeployment.get(deploymentId)

describe("A private certificate authority", () => {
  const trusting = destroyed(() => new Undici.Agent({ connect: { ca: pem("authority") } }))

  it.scopedLive("is trusted by createClient with an Agent that has its certificate", () =>
    Effect.gen(function*() {
      const { endpoint } = yield* privateServer
      const client = yield* clientOf({ endpoint, dispatcher: yield* trusting })
      assert.strictEqual((yield* Effect.promise(() => client.ModelDeployment.get(deploymentId))).id, deploymentId)
    }))

  it.scopedLive("is not trusted by createClient with another Agent", () =>
    Effect.gen(function*() {
      const { endpoint } = yield* privateServer
      const client = yield* clientOf({ endpoint, dispatcher: yield* agent })
      const error = yield* Effect.promise(() => rejection(client.ModelDeployment.get(deploymentId)))
      assert.match(String(error), /make the HTTP client trust the server's certificate authority/)
    }))

  it.scopedLive("is trusted by Undici.layer with such an Agent", () =>
    Effect.gen(function*() {
      const layer = Layer.orDie(OwnUndici.layer({ dispatcher: yield* trusting }))
      assert.strictEqual((yield* on(yield* privateServer, { layer })(get)).id, deploymentId)
    }))

  it.scopedLive("is trusted by a process with NODE_EXTRA_CA_CERTS, through fetch", () =>
    Effect.gen(function*() {
      const { endpoint } = yield* privateServer
      const program = `
        import { createClient } from "./src/promise.ts"
        const client = createClient()
        console.log((await client.ModelDeployment.get("${deploymentId}")).id)`
      const env = {
        ...process.env,
        DATAROBOT_ENDPOINT: endpoint,
        DATAROBOT_API_TOKEN: token,
        NODE_EXTRA_CA_CERTS: fileURLToPath(new URL("./fixtures/authority.pem", import.meta.url))
      }
      const output = yield* Effect.async<string>((resume) => {
        const args = ["--import", "tsx", "--input-type=module", "--eval", program]
        execFile(process.execPath, args, { env }, (error, stdout) => resume(Effect.succeed(error?.message ?? stdout)))
      })
      assert.strictEqual(output.trim(), deploymentId)
    }))
})

/** A proxy that opens tunnels to one port, whatever the host. It collects where they were to go. */
const tunnelProxy = (port: number): Effect.Effect<
  {
    readonly url: string
    readonly asked: ReadonlyArray<string>
  },
  never,
  Scope.Scope
> =>
  Effect.gen(function*() {
    const asked: Array<string> = []
    const server = Net.createServer((near) => {
      near.on("error", () => {})
      near.once("data", (bytes) => {
        asked.push(bytes.toString("latin1").split("\r\n")[0] ?? "")
        const far = Net.connect(port, "127.0.0.1", () => {
          near.write("HTTP/1.1 200 Connection established\r\n\r\n")
          near.pipe(far).pipe(near)
        })
        far.on("error", () => near.destroy())
        near.on("close", () => far.destroy())
      })
    })
    return { url: `http://127.0.0.1:${yield* listen(server)}`, asked }
  })

describe("A proxy", () => {
  // The proxy leads to this machine, whose certificate is for `localhost`.
  const endpoint = "https://localhost:8443/api/v2"
  const proxied = (url: string) =>
    destroyed(() =>
      new Undici.EnvHttpProxyAgent({ httpsProxy: url, noProxy: "", requestTls: { ca: pem("authority") } })
    )

  it.scopedLive("is used by createClient with an EnvHttpProxyAgent", () =>
    Effect.gen(function*() {
      const server = yield* privateServer
      const proxy = yield* tunnelProxy(server.port)
      const client = yield* clientOf({ endpoint, dispatcher: yield* proxied(proxy.url) })
      assert.strictEqual((yield* Effect.promise(() => client.ModelDeployment.get(deploymentId))).id, deploymentId)
      assert.deepStrictEqual(proxy.asked, ["CONNECT localhost:8443 HTTP/1.1"])
    }))

  it.scopedLive("is used by createClient with a fetch that has a ProxyAgent", () =>
    Effect.gen(function*() {
      const server = yield* privateServer
      const proxy = yield* tunnelProxy(server.port)
      const dispatcher = yield* destroyed(() =>
        new Undici.ProxyAgent({ uri: proxy.url, requestTls: { ca: pem("authority") } })
      )
      const fetch: typeof globalThis.fetch = (url, init) =>
        globalThis.fetch(url, Object.assign({}, init, { dispatcher }))
      const client = yield* clientOf({ endpoint, fetch })
      assert.strictEqual((yield* Effect.promise(() => client.ModelDeployment.get(deploymentId))).id, deploymentId)
      assert.strictEqual(proxy.asked.length, 1)
    }))

  it.scopedLive("is used by Undici.layer with an EnvHttpProxyAgent", () =>
    Effect.gen(function*() {
      const server = yield* privateServer
      const proxy = yield* tunnelProxy(server.port)
      const layer = Layer.orDie(OwnUndici.layer({ dispatcher: yield* proxied(proxy.url) }))
      assert.strictEqual((yield* on({ endpoint }, { layer })(get)).id, deploymentId)
      assert.strictEqual(proxy.asked.length, 1)
    }))
})
