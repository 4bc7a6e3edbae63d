/** Downloads: returns the body of a response as it arrives, if it is what was asked for. */
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type { DataRobotError, DataRobotValidationError, Issue } from "../../DataRobotError.js"
import { oneLine } from "../../wire/text.js"
import type { ApiResponse, Call, Operation, Requirements } from "../request/operation.js"
import { notADuration, positiveMillis } from "../request/options.js"
import { endsUnannounced } from "../request/responseSource.js"
import { refuse } from "../request/send.js"
import { sendStream, type StreamedResponse, type Streaming } from "../request/sendStream.js"
import { runStream } from "../request/tracing.js"

/** What a downloaded file must be. */
export interface FileType {
  /** What it is called in an error. */
  readonly name: string
  /** The media type to ask for. */
  readonly accept: string
  /** The media types that count as this type of file. */
  readonly mediaTypes: RegExp
  /** The example of such a media type in the error for any other. Default: `accept`. */
  readonly example?: string
  /** The text that its bytes begin with. */
  readonly begins?: string
  /** Whether its bytes may begin like gzip. Otherwise, a body that was compressed without being asked for is refused. */
  readonly mayBeCompressed?: true
}

/** CSV. */
export const csvFile: FileType = {
  name: "CSV",
  accept: "text/csv",
  mediaTypes: /^(?:text\/(?:csv|plain)|application\/(?:csv|octet-stream))\b/i
}

/** Any media type but those of texts. */
const notText = /^(?!text\/|application\/(?:[\w.-]+\+)?(?:json|xml)\b)/i

/** A JAR file, which is a ZIP file. */
export const jarFile: FileType = {
  name: "a JAR file",
  accept: "*/*",
  mediaTypes: notText,
  example: "application/java-archive",
  begins: "PK"
}

/** The file of a model package. */
export const modelPackageFile: FileType = {
  name: "a model package",
  accept: "*/*",
  mediaTypes: notText,
  example: "application/octet-stream",
  mayBeCompressed: true
}

const compressed = "the body is compressed, which was not asked for"

/** Returns why it could not be known whether the file in a response is complete, and the header that says so. */
const incompleteness = ({ headers, status }: ApiResponse): readonly [path: string, problem: string] | undefined => {
  if (status === 206) return ["", "the response has only a part of the file (206)"]
  // `fetch` decompresses it, and takes a compressed body that is cut for a whole one.
  const encoding = headers["content-encoding"]
  if (encoding !== undefined && !/^\s*(?:identity)?\s*$/i.test(encoding)) {
    return ["", compressed]
  }
  return endsUnannounced(headers)
    ? ["content-length", "is missing, so a file that is cut could not be told from a whole one"]
    : undefined
}

/** Returns the bytes of a response. Rejects a response that is something else, such as the page of a proxy. */
export const fileOf = <E>(
  response: StreamedResponse<E>,
  file: FileType
): Effect.Effect<Stream.Stream<Uint8Array, E | DataRobotError>, DataRobotValidationError> => {
  const type = response.headers["content-type"]
  if (type === undefined || file.mediaTypes.test(type)) {
    const problem = incompleteness(response)
    return problem === undefined ? Effect.succeed(checkBytes(response, file)) : refuse(response, ...problem)
  }
  const shown = oneLine(response.connection.redactor.text(type), 100)
  return refuse(response, "content-type", `must be ${file.example ?? file.accept}, but is ${shown}`)
}

/** The two bytes that gzip begins with. Only some clients decompress. */
const isGzip = ([first, second]: Uint8Array): boolean => first === 0x1f && second === 0x8b

/** The beginning of a body as text. A Latin-1 decoder accepts all bytes. */
const beginning = (chunk: Uint8Array): string => new TextDecoder("latin1").decode(chunk.subarray(0, 100))

/**
 * Rejects a body that is empty, compressed, or something else than its type says. A body whose type says that it is CSV
 * may begin like a web page.
 */
const checkBytes = <E>(
  response: StreamedResponse<E>,
  { begins, mayBeCompressed, mediaTypes, name }: FileType
): Stream.Stream<Uint8Array, E | DataRobotError> => {
  const isCsv = /\/csv\b/i.test(response.headers["content-type"] ?? "")
  const problemOf = (first: Uint8Array): string | undefined => {
    if (isGzip(first) && mayBeCompressed !== true) return compressed
    const start = beginning(first)
    // Without the bytes of a byte order mark.
    const text = start.replace("\u00ef\u00bb\u00bf", "").trimStart()
    if (!isCsv && text.startsWith("<")) return `the body is a web page, not ${name} (a login page or a proxy?)`
    if (mediaTypes === notText && /^[{[]/.test(text)) return `the body is JSON, not ${name}`
    return begins === undefined || begins.startsWith(start.slice(0, begins.length))
      ? undefined
      : `the body does not begin like ${name}`
  }
  type Pull = Effect.Effect<Chunk.Chunk<Uint8Array>, Option.Option<E | DataRobotError>>
  const rejected = (problem: string) => Effect.mapError(refuse(response, "", problem), Option.some)
  return Stream.fromPull(Effect.map(Stream.toPull(response.bytes), (pull) => {
    let isFirst = true
    // Only the first chunk is checked, so that the others cost nothing.
    const first: Pull = Effect.suspend(() =>
      Effect.matchEffect(pull, {
        onSuccess: (chunk): Pull => {
          const bytes = Option.getOrUndefined(Chunk.findFirst(chunk, ({ length }) => length > 0))
          if (bytes === undefined) return first
          isFirst = false
          const problem = problemOf(bytes)
          return problem === undefined ? Effect.succeed(chunk) : rejected(problem)
        },
        onFailure: (end): Pull => Option.isNone(end) ? rejected("the body is empty") : Effect.fail(end)
      })
    )
    return Effect.suspend(() => isFirst ? first : pull)
  }))
}

/** The option of an operation that transfers a file. */
export interface TransferOptions {
  readonly idleTimeout?: unknown
}

/**
 * Returns the longest time without progress in milliseconds, and the issue of an option that is not a duration. The route
 * has the default.
 */
export const idleMillisOf = (
  { idleTimeout }: TransferOptions,
  route: Pick<Call["route"], "idleTimeout">
): { readonly idleMillis: number; readonly issues: ReadonlyArray<Issue> } => {
  const idleMillis = idleTimeout === undefined ? route.idleTimeout : positiveMillis(idleTimeout)
  const issues = idleMillis === undefined ? [{ path: "idleTimeout", message: notADuration }] : []
  return { idleMillis: idleMillis ?? 0, issues }
}

/** The longest time without progress, and the transfers whose progress counts as well. */
export type Idle = Pick<Streaming<never>, "idleMillis" | "linked">

/**
 * A step of an operation: requests a file, and returns its bytes when the response begins. It has no size limit. A body
 * that is shorter than its declared length is an error.
 */
export const openFile = (
  operation: Operation,
  call: Call,
  file: FileType,
  idle: Idle
): Effect.Effect<Stream.Stream<Uint8Array, DataRobotError>, DataRobotError, Requirements | Scope.Scope> =>
  Effect.flatMap(
    sendStream(operation, { ...call, accept: file.accept, uncompressed: true }, idle),
    (response) => fileOf(response, file)
  )

/** Requests a file with one request, and emits its bytes as they arrive. */
export const download = (
  operation: Operation,
  call: Call,
  file: FileType,
  options: TransferOptions = {}
): Stream.Stream<Uint8Array, DataRobotError, Requirements> => {
  const { idleMillis, issues } = idleMillisOf(options, call.route)
  const all = [...call.issues ?? [], ...issues]
  return runStream(operation, Stream.unwrapScoped(openFile(operation, { ...call, issues: all }, file, { idleMillis })))
}
