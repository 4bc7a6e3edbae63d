/**
 * The fault matrix: the ways in which a server or an intermediary can fail, and the result of an operation that may be
 * repeated and of one that may not. `faults.test.ts` tests it, and docs/reliability.md shows it.
 */
import { faults } from "./faultServers.js"
import { type Behaviour, type Client, http, json } from "./support.js"

/** How often the request is sent, and how the operation ends. */
export type Expected = readonly [sent: number, end: string]

/** For an operation that may be repeated, and for one that may not. */
export interface Both {
  readonly safe: Expected
  readonly unsafe: Expected
}

// The outcomes that R-1 distinguishes.
export const both = (...expected: Expected): Both => ({ safe: expected, unsafe: expected })
const uncertain = (end: string): Both => ({ safe: [3, end], unsafe: [1, end] })
export const broken = uncertain("DataRobotNetworkError Transport unknown")
export const tooLate = uncertain("DataRobotNetworkError Timeout unknown")
const notUnderstood = both(1, "DataRobotValidationError response")
const tooLarge = both(1, "DataRobotNetworkError BodyTooLarge unknown")
const refusedByServer = (reason: string) => both(1, `DataRobotApiError ${reason}`)
const askedToWait = (reason: string) => both(3, `DataRobotApiError ${reason}`)
const serverInTrouble: Both = {
  safe: [3, "DataRobotApiError ServerError"],
  unsafe: [1, "DataRobotApiError ServerError unknown"]
}
const succeeds = both(1, "ok")

export interface Row {
  readonly server: Behaviour
  readonly expected: Both
  /** The clients whose results differ from the others, by what they are built on. */
  readonly differs?: Partial<Record<Client["base"], Both>>
  /** The server never ends its response, so the attempt must time out. */
  readonly stalls?: true
  /** The response is a complete HTTP message, so a pool may keep the connection. */
  readonly whole?: true
  /** The clients that do not release the socket while they exist. */
  readonly leaks?: Client["base"]
  /** The clients that send each attempt twice on their own (R-10). */
  readonly repeats?: Client["base"]
}

export const matrix: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  "the connection breaks": {
    "reset before the headers": { server: faults.resetBeforeHeaders, expected: broken },
    "ended before the headers": { server: faults.endBeforeHeaders, expected: broken },
    "ended inside the headers": { server: faults.endInsideHeaders, expected: broken },
    "ended before content-length is reached": { server: faults.truncatedLength, expected: broken },
    "ended inside a chunk": { server: faults.truncatedChunk, expected: broken },
    "ended before the last chunk, though the JSON is whole": { server: faults.missingLastChunk, expected: broken },
    "reset in the body": { server: faults.resetInBody, expected: broken }
  },
  "the response is not valid HTTP": {
    "garbage": { server: faults.garbage, expected: broken },
    "a body without a status line (HTTP/0.9)": { server: faults.noStatusLine, expected: broken },
    // All clients use the parser llhttp, which accepts the stated version.
    "a status line with HTTP/0.9": { server: faults.http09, expected: succeeds, whole: true },
    "NUL in a header": { server: faults.nulInHeader, expected: broken },
    "a header of 200 KB": { server: faults.hugeHeader, expected: broken },
    "two different content-lengths": { server: faults.twoLengths, expected: broken },
    "content-length together with chunks (request smuggling)": { server: faults.lengthAndChunks, expected: broken },
    "an invalid chunk size": { server: faults.badChunk, expected: broken },
    "a second response after the first": { server: faults.extraBytes, expected: succeeds, whole: true }
  },
  "the response is late or never complete (R-4)": {
    "no response": { server: faults.stallBeforeHeaders, expected: tooLate, stalls: true },
    "half the headers": { server: faults.stallInHeaders, expected: tooLate, stalls: true },
    "half the body": { server: faults.stallInBody, expected: tooLate, stalls: true },
    "one byte every 100 ms": { server: faults.drip, expected: tooLate, stalls: true },
    "half the body of a 500": { server: faults.errorStalls, expected: tooLate, stalls: true }
  },
  "compression": {
    // Only fetch asks for gzip and decompresses it; the others read the body unchanged.
    "gzip": { server: faults.gzip, expected: notUnderstood, differs: { fetch: succeeds }, whole: true },
    "plain JSON declared as gzip": {
      server: faults.gzipLie,
      expected: succeeds,
      differs: { fetch: broken },
      whole: true
    },
    "16 MiB compressed to 16 KB (S-5)": {
      server: faults.gzipBomb,
      expected: notUnderstood,
      differs: { fetch: tooLarge },
      whole: true
    },
    "300 000 empty items compressed to 1 KB (S-9)": {
      server: faults.emptyItemsInGzip,
      expected: notUnderstood,
      whole: true
    }
  },
  "the body of a 200 is not the expected JSON": {
    "empty": { server: faults.empty, expected: notUnderstood, whole: true },
    "204": { server: faults.noContent, expected: notUnderstood, whole: true },
    "null": { server: faults.jsonNull, expected: notUnderstood, whole: true },
    "a byte order mark before the JSON": { server: faults.byteOrderMark, expected: succeeds, whole: true },
    "invalid UTF-8": { server: faults.invalidUtf8, expected: notUnderstood, whole: true },
    "a web page": { server: faults.webPage, expected: notUnderstood, whole: true },
    "truncated JSON": { server: faults.halfJson, expected: notUnderstood, whole: true },
    "JSON 100 000 levels deep (S-6)": { server: faults.deepJson, expected: notUnderstood, whole: true },
    "300 000 empty items in a list (S-9)": { server: faults.emptyItems, expected: notUnderstood, whole: true },
    "an object of another shape": { server: faults.otherShape, expected: notUnderstood, whole: true },
    "a declared length of more than 10 MiB (S-5)": { server: faults.declaredTooLong, expected: tooLarge },
    "endless chunks (S-5)": { server: faults.tooLong, expected: tooLarge }
  },
  "unusual statuses": {
    // node:http hands an upgrade over as a response and then no longer controls the socket.
    "101": {
      server: faults.switching,
      expected: broken,
      differs: { "node:http": refusedByServer("Unexpected") },
      leaks: "node:http"
    },
    "103 before the 200": { server: faults.earlyHints, expected: succeeds, whole: true },
    // undici, which all clients but node:http use, treats an unrequested 100 as a broken connection.
    "100 before the 200": {
      server: faults.unaskedContinue,
      expected: broken,
      differs: { "node:http": succeeds },
      whole: true
    },
    "304": { server: faults.notModified, expected: refusedByServer("Unexpected"), whole: true },
    "600": { server: faults.status600, expected: refusedByServer("Unexpected"), whole: true },
    "999": { server: faults.status999, expected: refusedByServer("Unexpected"), whole: true }
  },
  "statuses that fetch handles on its own (R-10)": {
    "421": {
      server: (socket) => socket.write(json(421, { message: "another connection" })),
      expected: refusedByServer("Unexpected"),
      differs: { fetch: both(2, "DataRobotApiError Unexpected") },
      repeats: "fetch",
      whole: true
    },
    // fetch returns an error without the status.
    "407": {
      server: (socket) => socket.write(json(407, { message: "who are you?" })),
      expected: refusedByServer("Unexpected"),
      differs: { fetch: both(1, "DataRobotNetworkError Connect not-sent") },
      whole: true
    }
  },
  "error statuses (R-1)": {
    ...Object.fromEntries(
      ([
        [400, {}, refusedByServer("Unexpected")],
        [401, {}, refusedByServer("Unauthorized")],
        [403, {}, refusedByServer("Forbidden")],
        [404, {}, refusedByServer("NotFound")],
        [408, {}, serverInTrouble],
        [409, {}, refusedByServer("Conflict")],
        [422, {}, refusedByServer("Unprocessable")],
        [429, {}, askedToWait("RateLimited")],
        [429, { "retry-after-ms": "5" }, askedToWait("RateLimited")],
        [500, {}, serverInTrouble],
        [501, {}, refusedByServer("ServerError")],
        [502, {}, serverInTrouble],
        [503, {}, serverInTrouble],
        [503, { "retry-after-ms": "5" }, askedToWait("ServerError")],
        [503, { "retry-after": "0" }, askedToWait("ServerError")],
        [503, { "retry-after": "soon" }, serverInTrouble],
        [504, {}, serverInTrouble]
      ] as const).map(([status, headers, expected]): [string, Row] => [
        [status, ...Object.entries(headers).map((header) => header.join(": "))].join(" with "),
        { server: (socket) => socket.write(json(status, { message: "no" }, headers)), expected, whole: true }
      ])
    ),
    "500 with a web page": {
      server: (socket) => socket.write(http(500, { "content-type": "text/html" }, "<h1>Oops</h1>")),
      expected: serverInTrouble,
      whole: true
    },
    "500 with a truncated body": { server: faults.errorCutOff, expected: serverInTrouble },
    "500 with a body of more than 1 MiB (S-5, R-6)": { server: faults.errorTooLong, expected: serverInTrouble }
  }
}

/** A row of the documentation's table: the result of a read and of a create, and the clients that differ. */
const documented = (title: string, { differs = {}, expected }: Row) => {
  const cell = ([sent, end]: Expected) => `${sent} x: ${end.replace(/^DataRobot(\w+?)Error/, "$1")}`
  const others = Object.entries(differs).map(([client, { safe, unsafe }]) =>
    `${client}: ${cell(safe) === cell(unsafe) ? cell(safe) : `${cell(safe)} / ${cell(unsafe)}`}`
  )
  return [title, cell(expected.safe), cell(expected.unsafe), others.join("; ")]
}

/** The matrix as a Markdown table; each group is a row of its own. */
export const matrixTable = (): string => {
  const rows = Object.entries(matrix).flatMap(([group, rows]) => [
    [`**${group}**`, "", "", ""],
    ...Object.entries(rows).map(([title, row]) => documented(title, row))
  ])
  const lines = [["fault", "`get` (may be repeated)", "`create` (may not)", "exceptions"], [
    "-",
    "-",
    "-",
    "-"
  ], ...rows]
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n")
}
