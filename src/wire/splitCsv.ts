/** Splits the bytes of a CSV into parts that are a CSV each, for uploads in parts. */
import type * as Chunk from "effect/Chunk"
import * as Either from "effect/Either"
import * as Stream from "effect/Stream"
import type { CsvSettings } from "./batchPrediction.js"
import { CsvProblem, type Dialect, dialectOf, maxRecord } from "./csvDialect.js"
import { scanRecords } from "./csvRecords.js"
import { evenPieces, type Outputs, transform, type Transformation } from "./csvStream.js"
import { joinBytes } from "./joinBytes.js"

/**
 * Splits a CSV between its records. Each part begins with the header line and has at most `partSize` bytes, unless it
 * consists of one record that is longer. A CSV with only a header is one part. Holds about two parts in memory.
 *
 * The cells are not checked: the server does that. Fails for a CSV that is empty or has a record of more than 64 MiB,
 * and for UTF-16 and other encodings in which a quote cannot be found by its byte.
 */
export const splitCsv = <E, R>(
  csv: Stream.Stream<Uint8Array, E, R>,
  partSize: number,
  settings: CsvSettings = {}
): Stream.Stream<Uint8Array, E | CsvProblem, R> =>
  Either.match(dialectOf(settings, "split"), {
    onLeft: Stream.fail,
    // A size that is not a number counts as 1: each record is a part.
    onRight: (dialect) => transform(csv, () => splitter(dialect, Math.floor(partSize) || 1))
  })

const problem = (message: string) => new CsvProblem({ path: "csv", message })

/** Pieces of the CSV that belong together. */
const buffer = () => {
  let pieces: Array<Uint8Array> = []
  let size = 0
  return {
    size: () => size,
    add: (piece: Uint8Array) => {
      if (piece.length > 0) pieces.push(piece)
      size += piece.length
    },
    take: () => {
      const whole = joinBytes(pieces, size)
      pieces = []
      size = 0
      return whole
    }
  }
}

/** Returns the length of the byte order mark of UTF-8, or `undefined` if that is not decided by so few bytes. */
const markLength = (bytes: Uint8Array): number | undefined => {
  const mark = [0xef, 0xbb, 0xbf]
  if (!bytes.subarray(0, 3).every((byte, index) => byte === mark[index])) return 0
  return bytes.length < 3 ? undefined : 3
}

const splitter = ({ delimiter, quote }: Dialect, partSize: number): Transformation<Uint8Array, Uint8Array> => {
  const scan = scanRecords(delimiter, quote)
  const start = buffer()
  const header = buffer()
  const part = buffer()
  let hasStarted = false
  let headerSize = 0
  /** Number of bytes of the part up to its last record that is complete. */
  let complete = 0
  let partCount = 0

  const startPart = (headerBytes: Uint8Array, rest: Uint8Array) => {
    part.add(headerBytes)
    part.add(rest)
    complete = 0
  }

  /** Ends the part after its last complete record. */
  const endPart = () => {
    const whole = part.take()
    const end = complete
    partCount++
    // A copy, so that the rest does not keep the whole part in memory.
    startPart(whole.slice(0, headerSize), whole.slice(end))
    return whole.subarray(0, end)
  }

  function* readRecords(bytes: Uint8Array): Outputs<Uint8Array> {
    let rest = bytes
    while (rest.length > 0) {
      const room = partSize - part.size()
      const isOversize = room <= 0
      const piece = isOversize ? rest : rest.subarray(0, room)
      const cut = scan(piece, isOversize ? "first" : "last")
      const taken = isOversize && cut >= 0 ? cut : piece.length
      if (cut >= 0 && part.size() + cut > headerSize) complete = part.size() + cut
      part.add(piece.subarray(0, taken))
      rest = rest.subarray(taken)
      if (part.size() >= partSize && complete > 0) yield endPart()
      else if (part.size() - headerSize > Math.max(maxRecord, partSize)) return problem(tooLong)
    }
    return undefined
  }

  function* read(bytes: Uint8Array): Outputs<Uint8Array> {
    if (headerSize > 0) return yield* readRecords(bytes)
    const cut = scan(bytes, "first")
    header.add(cut < 0 ? bytes : bytes.subarray(0, cut))
    if (header.size() > maxRecord) return problem(tooLong)
    if (cut < 0) return undefined
    headerSize = header.size()
    startPart(header.take(), new Uint8Array())
    return yield* readRecords(bytes.subarray(cut))
  }

  /** The scan begins behind the byte order mark, which is a part of the header. */
  function* readStart(bytes: Uint8Array, isEnd: boolean): Outputs<Uint8Array> {
    start.add(bytes)
    const bytesSoFar = start.take()
    const mark = markLength(bytesSoFar)
    if (mark === undefined && !isEnd) {
      start.add(bytesSoFar)
      return undefined
    }
    hasStarted = true
    header.add(bytesSoFar.subarray(0, mark))
    return yield* read(bytesSoFar.subarray(mark ?? bytesSoFar.length))
  }

  return {
    *next(chunk: Chunk.Chunk<Uint8Array>) {
      for (const bytes of evenPieces(chunk)) {
        const found = hasStarted ? yield* read(bytes) : yield* readStart(bytes, false)
        if (found !== undefined) return found
      }
      return undefined
    },
    *end() {
      if (!hasStarted) yield* readStart(new Uint8Array(), true)
      const rest = headerSize > 0 ? part : header
      if (rest.size() === 0) return problem("the CSV is empty, without a header line")
      if (partCount === 0 || rest.size() > headerSize) yield rest.take()
      return undefined
    }
  }
}

const tooLong = "a record is longer than 64 MiB: its quote was probably never closed"
