/** Uploads to batch predictions, and downloads of their results. */
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import {
  type Conflict,
  conflict,
  invalidData,
  type NotFound,
  notFound,
  notHere,
  type Unprocessable
} from "../protocol/errors.js"
import type { Memory } from "../state/memory.js"
import { type Content, type Download, flow, type Piece, sizeOf, type Source } from "./content.js"
import { type BatchJob, intakeOf, isOver, isUploaded, outputOf } from "./job.js"
import type { Entry } from "./queue.js"

/** How adding rows went: `over` if the job is over, `full` if there is no room and there will be none. */
export type Added = "added" | "over" | "full"

/** A CSV that arrives. */
export interface Upload {
  readonly job: BatchJob
  /** Maximum number of rows to add at a time. */
  readonly pieceRows: number
  /** Begins the rows. Fails with the problem if the columns are not those of the other parts. */
  readonly begin: (columns: ReadonlyArray<string>, header: Uint8Array) => Effect.Effect<void, Unprocessable>
  /** Counts bytes that have arrived. */
  readonly received: (size: number) => Effect.Effect<void>
  /** Adds rows. Waits until there is room for them. */
  readonly add: (piece: Piece) => Effect.Effect<Added>
  /** Ends the CSV. Fails with what aborted the job, if it is over now. */
  readonly complete: Effect.Effect<void, NotFound | Unprocessable>
  /** The rest of the CSV will not arrive. */
  readonly broken: Effect.Effect<void>
}

export interface Transfers {
  /** Begins the upload of a whole CSV, or of a part. `size`: its length in bytes, if the client declared it. */
  readonly beginUpload: (
    id: string,
    part: number | undefined,
    size: number | undefined
  ) => Effect.Effect<Upload, NotFound | Conflict | Unprocessable>
  /** Begins to read the CSV of a job that has another intake. It arrives now, or at an earlier time. */
  readonly beginIntake: (id: string, size: number, time?: number) => Effect.Effect<Upload, NotFound>
  /** Ends an upload in parts. */
  readonly finishUpload: (id: string) => Effect.Effect<void, NotFound | Conflict | Unprocessable>
  /** The results of a job. The stream continues until the job is over, and then ends without a failure. */
  readonly results: (id: string) => Effect.Effect<Stream.Stream<Uint8Array>, NotFound | Unprocessable>
}

type Found = <A, E = never>(
  id: string,
  use: (entry: Entry, now: number) => Effect.Effect<A, E>
) => Effect.Effect<A, E | NotFound>

/** The size of the pieces of a download, in bytes, if there is as much. */
const downloadSize = 64 * 1024

const abortedBy = ({ details, status }: BatchJob) => invalidData(`The job is ${status}: ${details}`)

const keepsParts = (job: BatchJob) => intakeOf(job).multipart && !intakeOf(job).async

export const make = (memory: Memory, found: Found): Transfers => {
  const { batches, change, read, touch, until, wake } = memory

  const update = (entry: Entry, changes: Partial<BatchJob>) => {
    entry.job = { ...entry.job, ...changes }
  }

  const toUpload = (entry: Entry, content: Content, source: Source, time: number | undefined): Upload => {
    const { id } = entry.job
    /** Whether the rows are still wanted. Another upload may have replaced this one, or a snapshot the job. */
    const isWanted = () =>
      batches.get(id) === entry && entry.content === content && !isOver(entry.job) && content.sources.includes(source)
    const complete = Effect.flatten(read((now): Effect.Effect<void, NotFound | Unprocessable> => {
      if (batches.get(id) !== entry) return notFound
      if (!isWanted()) return isOver(entry.job) ? abortedBy(entry.job) : Effect.void
      touch()
      source.isComplete = true
      if (!keepsParts(entry.job)) flow(content, entry.job.spec["abortOnError"] !== false)
      if (!intakeOf(entry.job).multipart) end(entry, content, time ?? now)
      return Effect.void
    }))
    return {
      job: entry.job,
      pieceRows: batches.pieceRows(entry.job),
      begin: (columns, header) =>
        Effect.flatten(change((): Effect.Effect<void, Unprocessable> => {
          if (content.columns !== undefined && content.columns.join("\n") !== columns.join("\n")) {
            return invalidData("The header line of the part is not that of the other parts")
          }
          content.columns = columns
          content.header ??= header
          return Effect.void
        })),
      received: (size) =>
        change(() => {
          if (!isWanted()) return
          source.size += size
          update(entry, { intakeSize: entry.job.intakeSize + size })
        }),
      add: (piece) =>
        until<Added>((now) => {
          if (!isWanted()) return Option.some("over")
          if (batches.append(entry, source, piece, time ?? now)) {
            touch()
            return Option.some("added")
          }
          return isUploaded(entry.job) && !keepsParts(entry.job) ? Option.none() : Option.some("full")
        }, () => batches.due(entry)),
      complete: Effect.zipRight(
        complete,
        // The last rows may have aborted the job.
        Effect.flatten(read(() => {
          const { status } = entry.job
          return status === "ABORTED" || status === "FAILED" ? abortedBy(entry.job) : Effect.void
        }))
      ),
      broken: change((now) => {
        if (!isWanted()) return
        if (keepsParts(entry.job)) return remove(entry, content, source)
        batches.end(entry, "FAILED", "The upload of the CSV broke off", now)
      })
    }
  }

  /** Removes a part, so that it can be sent again. */
  const remove = (entry: Entry, content: Content, source: Source) => {
    content.sources = content.sources.filter((other) => other !== source)
    content.parts.delete(source.part)
    content.kept -= source.pending.reduce((sum, piece) => sum + sizeOf(piece), 0)
    update(entry, { intakeSize: entry.job.intakeSize - source.size })
  }

  /** Everything has arrived. */
  const end = (entry: Entry, content: Content, now: number) => {
    content.completeAt = now
    update(entry, { upload: "ended" })
  }

  const begin = (entry: Entry, part: number, size: number | undefined, now: number, time?: number) =>
    Effect.suspend(() => {
      const { content, job } = entry
      if (content === undefined) return notFound
      touch()
      content.declared = job.upload === "none" && !intakeOf(job).multipart ? size : undefined
      const source: Source = { part, pending: [], size: 0, isComplete: false }
      content.parts.add(part)
      content.sources.push(source)
      update(entry, { upload: "begun", joinedAt: job.joinedAt ?? (keepsParts(job) ? null : now) })
      return Effect.succeed(toUpload(entry, content, source, time))
    })

  return {
    beginUpload: (id, part, size) =>
      found(id, (entry, now): Effect.Effect<Upload, NotFound | Conflict | Unprocessable> => {
        const { content, job } = entry
        if (!isUploaded(job)) return conflict("The intake of the job is not a local file")
        const { multipart } = intakeOf(job)
        if (multipart && part === undefined) return conflict("The CSV of the job is uploaded in parts")
        if (!multipart && part !== undefined) return conflict("The CSV of the job is not uploaded in parts")
        if (isOver(job) || content === undefined) {
          return job.upload === "begun"
            ? abortedBy(job)
            : conflict("The job is over")
        }
        if (job.upload === "ended" || (!multipart && job.upload === "begun")) {
          return conflict("The CSV of the job was uploaded already")
        }
        const earlier = content.sources.find((source) => source.part === part)
        if (part !== undefined && content.parts.has(part)) {
          if (!keepsParts(job) || earlier === undefined) return conflict(`Part ${part} was uploaded already`)
          remove(entry, content, earlier)
        }
        return begin(entry, part ?? 0, size, now)
      }),
    beginIntake: (id, size, time) => found(id, (entry, now) => begin(entry, 0, size, now, time)),
    finishUpload: (id) =>
      found(id, (entry, now): Effect.Effect<void, Conflict | Unprocessable> => {
        const { content, job } = entry
        if (!isUploaded(job) || !intakeOf(job).multipart) return conflict("The CSV of the job is not uploaded in parts")
        if (job.upload === "ended") return conflict("The upload was finished already")
        if (isOver(job) || content === undefined) return abortedBy(job)
        if (content.parts.size === 0) return invalidData("No part of the CSV was uploaded")
        const open = content.sources.find(({ isComplete }) => !isComplete)
        if (open !== undefined) return invalidData(`Part ${open.part} is still being uploaded`)
        touch()
        content.sources.sort((one, other) => one.part - other.part)
        flow(content, job.spec["abortOnError"] !== false)
        update(entry, { joinedAt: job.joinedAt ?? now })
        end(entry, content, now)
        return Effect.void
      }),
    results: (id) =>
      found(id, ({ content, job }): Effect.Effect<Stream.Stream<Uint8Array>, NotFound | Unprocessable> => {
        if (outputOf(job) !== "localFile") return notHere("The results of the job are not downloaded")
        if (job.status === "INITIALIZING") return notHere("The job has no results yet")
        if (job.resultsDeleted) {
          return job.isRemoved ? abortedBy(job) : notHere("The results of the job were deleted")
        }
        if (content === undefined) return abortedBy(job)
        if (content.dropped > 0) return notHere("The results of the job are too large to be downloaded a second time")
        return Effect.succeed(download(id, content))
      })
  }

  function download(id: string, content: Content): Stream.Stream<Uint8Array> {
    const isKept = () => batches.get(id)?.content === content
    const register = Effect.acquireRelease(
      Effect.sync((): Download => {
        const begun: Download = { next: 0 }
        content.downloads.add(begun)
        return begun
      }),
      (begun) =>
        Effect.sync(() => {
          content.downloads.delete(begun)
          wake()
        })
    )
    return Stream.unwrapScoped(Effect.map(register, (begun) => {
      let hasHeader = false
      const pull = until<Option.Option<Chunk.Chunk<Uint8Array>>>(() => {
        const entry = batches.get(id)
        if (entry === undefined || !isKept() || content.dropped > begun.next) return Option.some(Option.none())
        const found: Array<Uint8Array> = []
        if (!hasHeader && content.header !== undefined) {
          hasHeader = true
          found.push(content.header)
        }
        let size = 0
        // Rows have arrived only after the header line.
        while (begun.next < content.shown && size < downloadSize) {
          const piece = content.pieces[begun.next++]
          if (piece === undefined) continue
          found.push(piece.bytes)
          size += piece.bytes.length
        }
        if (found.length > 0) {
          wake()
          return Option.some(Option.some(Chunk.unsafeFromArray(found)))
        }
        return isOver(entry.job) ? Option.some(Option.none()) : Option.none()
      }, () => {
        const entry = batches.get(id)
        return entry === undefined ? undefined : batches.due(entry)
      })
      return Stream.repeatEffectChunkOption(
        Effect.flatMap(pull, Option.match({ onNone: () => Effect.fail(Option.none()), onSome: Effect.succeed }))
      )
    }))
  }
}
