/** The ways in which a server or an intermediary fails, as raw bytes and socket events. */
import * as Zlib from "node:zlib"
import { type Behaviour, deployment, http, json } from "./support.js"

const good = JSON.stringify(deployment())

const says = (bytes: string | Uint8Array): Behaviour => (socket) => socket.write(bytes)
const saysAndEnds = (bytes: string | Uint8Array): Behaviour => (socket) => socket.end(bytes)

/** Writes, and then closes or resets the connection when the bytes have had time to arrive. */
const saysAndResets = (bytes: string | Uint8Array): Behaviour => (socket) => {
  socket.write(bytes, () => setTimeout(() => socket.resetAndDestroy(), 10))
}

/** A deployment without an id and with 300 000 empty health messages: 0.9 MB. */
const emptyItems = JSON.stringify({ ...deployment(), id: undefined, serviceHealthMessages: "items" })
  .replace("\"items\"", `[${"{},".repeat(300_000)}{}]`)

const head = (lines: string, body = "") => `HTTP/1.1 200 OK\r\n${lines}\r\n\r\n${body}`
const half = good.slice(0, good.length / 2)

export const faults = {
  resetBeforeHeaders: (socket) => socket.resetAndDestroy(),
  endBeforeHeaders: (socket) => socket.end(),
  endInsideHeaders: saysAndEnds("HTTP/1.1 200 OK\r\ncontent-le"),
  garbage: saysAndEnds("\u0016\u0003\u0001 what is this?\r\n\r\n"),
  noStatusLine: saysAndEnds(good),
  http09: saysAndEnds(`HTTP/0.9 200 OK\r\ncontent-length: ${good.length}\r\n\r\n${good}`),
  nulInHeader: saysAndEnds(head(`x-nul: a\u0000b\r\ncontent-length: ${good.length}`, good)),
  hugeHeader: saysAndEnds(head(`x-long: ${"a".repeat(200 * 1024)}\r\ncontent-length: ${good.length}`, good)),
  twoLengths: saysAndEnds(head(`content-length: ${good.length}\r\ncontent-length: ${good.length - 9}`, good)),
  lengthAndChunks: saysAndEnds(
    head(
      `content-length: ${good.length}\r\ntransfer-encoding: chunked`,
      `${good.length.toString(16)}\r\n${good}\r\n0\r\n\r\n`
    )
  ),
  truncatedLength: saysAndEnds(head(`content-length: ${good.length}`, half)),
  truncatedChunk: saysAndEnds(
    head("transfer-encoding: chunked", `${good.length.toString(16)}\r\n${half}`)
  ),
  missingLastChunk: saysAndEnds(
    head("transfer-encoding: chunked", `${good.length.toString(16)}\r\n${good}\r\n`)
  ),
  badChunk: saysAndEnds(head("transfer-encoding: chunked", `zz\r\n${good}\r\n0\r\n\r\n`)),
  resetInBody: saysAndResets(head(`content-length: ${good.length}`, half)),
  stallBeforeHeaders: () => {},
  stallInHeaders: says("HTTP/1.1 200 OK\r\ncontent-le"),
  stallInBody: says(head(`content-length: ${good.length}`, half)),
  drip: (socket) => {
    socket.write(head(`content-length: ${good.length}`))
    let sent = 0
    const timer = setInterval(() => socket.write(good.charAt(sent++)), 100)
    socket.on("close", () => clearInterval(timer))
  },
  gzipLie: says(http(200, { "content-encoding": "gzip" }, good)),
  gzipBomb: says(http(200, { "content-encoding": "gzip" }, Zlib.gzipSync(Buffer.alloc(16 * 1024 * 1024, " ")))),
  gzip: says(http(200, { "content-encoding": "gzip" }, Zlib.gzipSync(good))),
  emptyItems: says(http(200, {}, emptyItems)),
  emptyItemsInGzip: says(http(200, { "content-encoding": "gzip" }, Zlib.gzipSync(emptyItems))),
  empty: says(http(200)),
  noContent: says(http(204)),
  jsonNull: says(http(200, {}, "null")),
  byteOrderMark: says(http(200, {}, `\ufeff${good}`)),
  // A valid deployment except for two bytes.
  invalidUtf8: says(http(200, {}, Buffer.from(good.replace("Churn scorer", "\u00ff\u00fe"), "latin1"))),
  webPage: says(http(200, { "content-type": "text/html" }, "<!doctype html><title>Log in</title>")),
  halfJson: says(http(200, {}, half)),
  // A valid deployment except for its depth: a project may hold any JSON.
  deepJson: says(
    http(200, {}, good.replace("\"Churn\"", `${"[".repeat(100_000)}${"]".repeat(100_000)}`))
  ),
  otherShape: says(json(200, { id: 7 })),
  declaredTooLong: says(head(`content-length: ${11 * 1024 * 1024}`, "{")),
  tooLong: (socket) => {
    socket.write(head("transfer-encoding: chunked"))
    const chunk = `100000\r\n${" ".repeat(0x100000)}\r\n`
    const more = () => {
      if (socket.destroyed) return
      socket.write(chunk, () => setImmediate(more))
    }
    more()
  },
  earlyHints: says(Buffer.concat([
    Buffer.from("HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n"),
    json(200, deployment())
  ])),
  unaskedContinue: says(Buffer.concat([Buffer.from("HTTP/1.1 100 Continue\r\n\r\n"), json(200, deployment())])),
  extraBytes: saysAndEnds(Buffer.concat([json(200, deployment()), Buffer.from("HTTP/1.1 500 Oops\r\n\r\n")])),
  switching: says("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n"),
  notModified: says(http(304)),
  status999: says(http(999, {}, "{}")),
  status600: says(http(600, {}, "{}")),
  errorCutOff: saysAndEnds("HTTP/1.1 500 Oops\r\ncontent-length: 1000\r\n\r\n{\"message\":\"half"),
  errorTooLong: says(`HTTP/1.1 500 Oops\r\ncontent-length: ${2 * 1024 * 1024}\r\n\r\n{"message":"`),
  errorStalls: says("HTTP/1.1 500 Oops\r\ncontent-length: 1000\r\n\r\n{\"message\":\"half")
} satisfies Record<string, Behaviour>
