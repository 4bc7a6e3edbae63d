/** Untrusted and broken TLS. For the certificates see `fixtures/generate.sh`. */
import { assert, describe, it } from "@effect/vitest"
import { ModelDeployment } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Net from "node:net"
import * as Tls from "node:tls"
import { endOf } from "../support.js"
import { clients, deployment, deploymentId, json, listen, newDeployment, on } from "./support.js"
import { key, pem, trusting } from "./trust.js"

interface Counted {
  connections: number
  requests: number
}

/** A TLS server that counts connections, and requests that it could decrypt. */
const serveTls = (options: Tls.TlsOptions) =>
  Effect.gen(function*() {
    const counted: Counted = { connections: 0, requests: 0 }
    const server = Tls.createServer({ key, ...options }, (socket) => {
      socket.on("error", () => {})
      socket.on("data", (bytes) => {
        if (!/^(?:GET|POST) /.test(bytes.toString("latin1"))) return
        counted.requests++
        socket.write(json(200, deployment()))
      })
    })
    server.on("tlsClientError", () => {})
    server.on("connection", () => counted.connections++)
    const port = yield* listen(server)
    return { counted, port, endpoint: `https://127.0.0.1:${port}/api/v2` }
  })

const operations = {
  get: ModelDeployment.get(deploymentId),
  create: ModelDeployment.create(newDeployment)
}

const retry = { baseDelay: 5, maxDelay: 10 }
const neverSent = {
  _tag: "DataRobotNetworkError",
  reason: "Connect",
  outcome: "not-sent",
  attempts: 1,
  retryable: false
} as const

describe("R-1: an untrusted certificate fails without a retry", { concurrent: true }, () => {
  const cases = [
    { title: "self-signed", certificate: "self-signed", of: clients, says: "DEPTH_ZERO_SELF_SIGNED_CERT, self-signed" },
    {
      title: "from an unknown authority",
      certificate: "trusted",
      of: clients,
      says: "UNABLE_TO_VERIFY_LEAF_SIGNATURE, unable to verify the first certificate"
    },
    { title: "expired", certificate: "expired", of: trusting, says: "CERT_HAS_EXPIRED, certificate has expired" },
    {
      title: "for another name",
      certificate: "wrong-name",
      of: trusting,
      says: "ERR_TLS_CERT_ALTNAME_INVALID, Hostname/IP does not match certificate's altnames"
    }
  ]
  for (const { certificate, of, says, title } of cases) {
    for (const client of of) {
      for (const [name, operation] of Object.entries(operations)) {
        it.scopedLive(`${title}, ${client.name}: ${name} is tried once and not sent`, () =>
          Effect.gen(function*() {
            const { counted, endpoint } = yield* serveTls({ cert: pem(certificate) })
            const error = yield* Effect.flip(on({ endpoint }, client, { retry })(operation))
            assert.include(error, neverSent)
            assert.include(
              error.message,
              `ModelDeployment.${name} failed: could not establish a trusted TLS connection`
            )
            assert.include(error.message, says)
            assert.include(error.message, "make the HTTP client trust the server's certificate authority")
            assert.notInclude(error.message, "may have")
            assert.deepStrictEqual(counted, { connections: 1, requests: 0 })
          }))
      }
    }
  }

  for (const client of trusting) {
    it.scopedLive(`a trusted certificate, ${client.name}: get succeeds`, () =>
      Effect.gen(function*() {
        const { counted, endpoint } = yield* serveTls({ cert: pem("trusted") })
        assert.strictEqual((yield* on({ endpoint }, client)(operations.get)).id, deploymentId)
        assert.strictEqual(counted.requests, 1)
      }))
  }
})

describe("R-1: a failed TLS handshake fails without a retry", { concurrent: true }, () => {
  for (const client of clients) {
    for (const [name, operation] of Object.entries(operations)) {
      it.scopedLive(`plain http at the https port, ${client.name}: ${name} is tried once and not sent`, () =>
        Effect.gen(function*() {
          let connections = 0
          const server = Net.createServer((socket) => {
            connections++
            socket.on("error", () => {})
            socket.on("data", () => socket.end("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n"))
          })
          const endpoint = `https://127.0.0.1:${yield* listen(server)}/api/v2`
          const error = yield* Effect.flip(on({ endpoint }, client, { retry })(operation))
          assert.include(error, neverSent)
          assert.include(error.message, "wrong version number")
          assert.strictEqual(connections, 1)
        }))

      it.scopedLive(`a server with TLS 1.1, ${client.name}: ${name} is tried once and not sent`, () =>
        Effect.gen(function*() {
          const { counted, endpoint } = yield* serveTls({
            cert: pem("trusted"),
            minVersion: "TLSv1",
            maxVersion: "TLSv1.1",
            ciphers: "DEFAULT@SECLEVEL=0"
          })
          const error = yield* Effect.flip(on({ endpoint }, client, { retry })(operation))
          assert.include(error, neverSent)
          assert.include(error.message, "protocol version")
          assert.deepStrictEqual(counted, { connections: 1, requests: 0 })
        }))
    }
  }
})

describe("R-1: a TLS handshake that breaks off", { concurrent: true }, () => {
  const neverLeft = "DataRobotNetworkError Connect not-sent"
  const breaks: Readonly<Record<string, readonly [(socket: Net.Socket) => void, others: string]>> = {
    "the server ends the connection at once": [(socket) => void socket.end(), neverLeft],
    "the server ends the connection during the handshake": [
      (socket) => void socket.once("data", () => socket.end()),
      neverLeft
    ],
    // The other clients report a reset during the handshake like one after the request: "read ECONNRESET".
    "the server resets the connection during the handshake": [
      (socket) => void socket.once("data", () => socket.resetAndDestroy()),
      "DataRobotNetworkError Transport unknown"
    ]
  }
  for (const [title, [breakOff, others]] of Object.entries(breaks)) {
    for (const client of clients) {
      const end = client.name === "effect-datarobot/undici" ? neverLeft : others
      for (const [name, operation] of Object.entries(operations)) {
        const attempts = name === "get" || end === neverLeft ? 3 : 1
        it.scopedLive(`${title}, ${client.name}: ${name} is tried ${attempts} x and ends with ${end}`, () =>
          Effect.gen(function*() {
            let connections = 0
            const server = Net.createServer((socket) => {
              connections++
              socket.on("error", () => {})
              breakOff(socket)
            })
            const endpoint = `https://127.0.0.1:${yield* listen(server)}/api/v2`
            const result = yield* Effect.either(on({ endpoint }, client, { retry })(operation))
            assert.strictEqual(endOf(result), end)
            assert.deepStrictEqual([Either.isLeft(result) && result.left.attempts, connections], [attempts, attempts])
          }))
      }
    }
  }

  for (const client of trusting) {
    it.scopedLive(`in the first attempt, ${client.name}: create is sent once by the next attempt`, () =>
      Effect.gen(function*() {
        const { counted, port } = yield* serveTls({ cert: pem("trusted") })
        let connections = 0
        const relay = Net.createServer((near) => {
          near.on("error", () => {})
          if (connections++ === 0) {
            near.end()
            return
          }
          const far = Net.connect(port, "127.0.0.1")
          far.on("error", () => {})
          near.on("close", () => far.destroy())
          near.pipe(far).pipe(near)
        })
        const endpoint = `https://127.0.0.1:${yield* listen(relay)}/api/v2`
        const created = yield* on({ endpoint }, client, { retry })(operations.create)
        assert.strictEqual(created.id, deploymentId)
        assert.deepStrictEqual([connections, counted.requests], [2, 1])
      }))
  }
})

describe(
  "R-1: TLS that breaks after the request was sent leaves the outcome unknown",
  { concurrent: true },
  () => {
    /** Forwards all bytes, but corrupts the response once the server has read a request. */
    const spoiler = (port: number, counted: Counted) =>
      listen(Net.createServer((near) => {
        const far = Net.connect(port, "127.0.0.1")
        near.on("error", () => {})
        far.on("error", () => {})
        near.on("close", () => far.destroy())
        near.pipe(far)
        far.on("data", (bytes) => {
          const last = bytes.length - 1
          if (counted.requests > 0) bytes.writeUInt8(bytes.readUInt8(last) ^ 0xff, last)
          near.write(bytes)
        })
      }))

    for (const client of trusting) {
      it.scopedLive(`a record that can't be decrypted, ${client.name}: create is sent once and its outcome is unknown`, () =>
        Effect.gen(function*() {
          const { counted, port } = yield* serveTls({ cert: pem("trusted") })
          const endpoint = `https://127.0.0.1:${yield* spoiler(port, counted)}/api/v2`
          const error = yield* Effect.flip(
            on({ endpoint }, client, { retry, attemptTimeout: 3_000 })(operations.create)
          )
          assert.include(error, {
            _tag: "DataRobotNetworkError",
            // undici, which all other clients use, does not receive the error of a socket that breaks like this.
            reason: client.name === "node:http" ? "Transport" : "Timeout",
            outcome: "unknown",
            attempts: 1
          })
          assert.include(error.message, "check with ModelDeployment.list({ query: label })")
          assert.strictEqual(counted.requests, 1)
        }))
    }
  }
)
