/** Files that break off, stall, or are something else, on real sockets and through all clients. */
import type * as HttpClient from "@effect/platform/HttpClient"
import { assert, describe, it } from "@effect/vitest"
import {
  type DataRobot,
  type DataRobotError,
  Dataset,
  DeploymentExport,
  DeploymentModel,
  DeploymentMonitoring
} from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import { gzipSync } from "node:zlib"
import { endOf } from "../support.js"
import { type Behaviour, clients, deploymentId, http, json, kept, on, serve, type Server, within } from "./support.js"

type File = Stream.Stream<Uint8Array, DataRobotError.DataRobotError, DataRobot | HttpClient.HttpClient>

const api = "/api/v2/"
const item = `${api}deployments/${deploymentId}/`
const datasetId = "5b00000000000000000000c3"
const exportId = "5b00000000000000000000e1"
const exported = { kind: "predictions", deploymentId, id: exportId } as const
type Options = DeploymentExport.DownloadOptions

/** The downloads: the path of the file, its type, and the operation. */
const downloads: Readonly<
  Record<string, { readonly path: string; readonly type: string; readonly file: (options: Options) => File }>
> = {
  "DeploymentMonitoring.downloadPredictionResults": {
    path: `${item}predictionResults/`,
    type: "text/csv",
    file: (options) => DeploymentMonitoring.downloadPredictionResults(deploymentId, {}, options)
  },
  "DeploymentModel.downloadScoringCode": {
    path: `${item}scoringCode/`,
    type: "application/java-archive",
    file: (options) => DeploymentModel.downloadScoringCode(deploymentId, {}, options)
  },
  "DeploymentModel.downloadModelPackage": {
    path: `${item}modelPackageFile/`,
    type: "application/octet-stream",
    file: (options) => DeploymentModel.downloadModelPackage(deploymentId, {}, options)
  },
  "Dataset.download": {
    path: `${api}datasets/${datasetId}/file/`,
    type: "text/csv",
    file: (options) => Dataset.download(datasetId, options)
  },
  "DeploymentExport.download": {
    path: `${api}datasets/${datasetId}/file/`,
    type: "text/csv",
    file: (options) => DeploymentExport.download(exported, options)
  }
}

const head = (type: string, headers: string) => `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\n${headers}\r\n`
const body = "PK,b\n1,2\n"

/** The responses to the request of a file, and how the operation ends. */
const responses: Readonly<Record<string, readonly [respond: (...to: Parameters<Behaviour>) => void, end: string]>> = {
  "is shorter than its declared length": [
    (socket) => socket.end(head("TYPE", "content-length: 20\r\n") + body),
    "DataRobotNetworkError Transport unknown"
  ],
  "has no last chunk": [
    (socket) => socket.end(`${head("TYPE", "transfer-encoding: chunked\r\n")}9\r\n${body}\r\n`),
    "DataRobotNetworkError Transport unknown"
  ],
  "has half a chunk": [
    (socket) => socket.end(`${head("TYPE", "transfer-encoding: chunked\r\n")}20\r\n${body}`),
    "DataRobotNetworkError Transport unknown"
  ],
  "is reset": [
    (socket) => socket.write(head("TYPE", "content-length: 20\r\n") + body, () => socket.resetAndDestroy()),
    "DataRobotNetworkError Transport unknown"
  ],
  "stalls": [
    (socket) => socket.write(head("TYPE", "content-length: 20\r\n") + body),
    "DataRobotNetworkError Timeout unknown"
  ],
  "is a web page": [
    (socket) => socket.write(http(200, { "content-type": "text/html" }, "<!doctype html><title>Sign in</title>")),
    "DataRobotValidationError response"
  ],
  "is a web page without a type of its own": [
    (socket) => socket.write(http(200, { "content-type": "application/octet-stream" }, "\n <html></html>")),
    "DataRobotValidationError response"
  ],
  "is JSON": [
    (socket) => socket.write(json(200, { message: "Maintenance" })),
    "DataRobotValidationError response"
  ],
  "is compressed": [
    (socket) => socket.write(http(200, { "content-type": "TYPE" }, Uint8Array.of(0x1f, 0x8b, 8, 0))),
    "DataRobotValidationError response"
  ],
  "is compressed, and cut": [
    (socket) =>
      socket.write(
        http(200, { "content-type": "TYPE", "content-encoding": "gzip" }, gzipSync(body.repeat(1000)).subarray(0, -20))
      ),
    "DataRobotValidationError response"
  ],
  "is a part of the file": [
    (socket) => socket.write(http(206, { "content-type": "TYPE", "content-range": "bytes 0-8/20" }, body)),
    "DataRobotValidationError response"
  ],
  "ends with the connection, without a length": [
    (socket) => socket.end(head("TYPE", "connection: close\r\n") + body),
    "DataRobotValidationError response"
  ],
  "is empty": [
    (socket) => socket.write(http(200, { "content-type": "TYPE" })),
    "DataRobotValidationError response"
  ],
  "does not exist": [
    (socket) => socket.write(json(404, { message: "Not Found" })),
    "DataRobotApiError NotFound"
  ],
  "is complete": [
    (socket) => socket.write(http(200, { "content-type": "TYPE" }, body)),
    "ok"
  ]
}

/** A server that has the export, its dataset and the build. It responds to the request of the file as told. */
const serving = (path: string, type: string, respond: Behaviour) =>
  serve((socket, request, index) => {
    if (request.method === "DELETE") socket.write(http(204))
    else if (request.method === "POST") socket.write(http(202, { location: `${api}status/s1/` }))
    else if (request.path === `${api}status/s1/`) socket.write(http(303, { location: path }))
    else if (request.path === `${item}predictionDataExports/${exportId}/`) {
      socket.write(json(200, { id: exportId, status: "SUCCEEDED", data: [{ id: datasetId }] }))
    } else if (request.path === `${api}datasets/${datasetId}/`) {
      socket.write(json(200, { datasetId, processingState: "COMPLETED" }))
    } else {
      assert.strictEqual(request.path, path)
      // The type is part of the response that is written.
      const typed = {
        write: (bytes: string | Uint8Array, then?: () => void) => socket.write(withType(bytes, type), then),
        end: (bytes: string | Uint8Array) => socket.end(withType(bytes, type)),
        resetAndDestroy: () => socket.resetAndDestroy()
      }
      respond(Object.assign(Object.create(socket), typed), request, index)
    }
  })

const withType = (bytes: string | Uint8Array, type: string) =>
  Buffer.from(Buffer.from(bytes).toString("latin1").replace("content-type: TYPE", `content-type: ${type}`), "latin1")

const deletes = ({ requests }: Server) => requests.filter(({ method }) => method === "DELETE").length

for (const client of clients) {
  for (const [name, { file, path, type }] of Object.entries(downloads)) {
    describe(`A file of ${name}, ${client.name}`, { concurrent: true }, () => {
      for (const [what, [respond, end]] of Object.entries(responses)) {
        // A model package may have any bytes.
        const expected = what === "is compressed" && name.endsWith("ModelPackage") ? "ok" : end
        it.scopedLive(`that ${what} ends with ${expected}`, () =>
          Effect.gen(function*() {
            const server = yield* serving(path, type, respond)
            const result = yield* Effect.either(
              on(server, yield* kept(client))(
                Stream.runDrain(file({ idleTimeout: what === "stalls" ? "150 millis" : "1 minute", retry: false }))
              )
            )
            assert.strictEqual(endOf(result), expected)
            const isDone = expected === "ok" && name === "DeploymentExport.download"
            assert.strictEqual(deletes(server), isDone ? 1 : 0, "the dataset is deleted only after a complete file")
            if (result._tag === "Left" && name.endsWith("ModelPackage")) {
              assert.notPropertyVal(result.left, "retryable", true)
            }
          }))
      }

      it.scopedLive("closes its socket if the reader stops, and keeps the dataset", () =>
        Effect.gen(function*() {
          const server = yield* serving(path, type, responses["stalls"]?.[0] ?? (() => {}))
          const once = yield* kept(client)
          const fiber = yield* Effect.fork(on(server, once)(Stream.runDrain(Stream.take(file({}), 1))))
          yield* Fiber.join(fiber)
          // Clients keep the connections of complete responses.
          assert.isTrue(yield* within(10_000, () => server.requests.at(-1)?.socket.destroyed === true))
          assert.strictEqual(deletes(server), 0)
        }))
    })
  }
}
