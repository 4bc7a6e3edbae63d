/** The rows of a batch prediction while the emulator keeps them: what was scored, and what of it shows. */
import type { Scored } from "../state/recordStore.js"
import type { BatchJob, Plan } from "./job.js"

/** Some rows of the results, as they are downloaded. All of them show at the same time. */
export interface Piece {
  readonly bytes: Uint8Array
  /** Number of rows, including failed ones. */
  readonly rows: number
  readonly failed: number
  /** The rows for drift tracking. */
  readonly scored: ReadonlyArray<Scored>
}

/** A piece, and when it arrived, in epoch milliseconds. */
interface Arrived extends Piece {
  readonly arrivedAt: number
}

/** A CSV that is being uploaded: a whole one, or a part. */
export interface Source {
  readonly part: number
  /** The rows before the rows of earlier parts have arrived. */
  pending: Array<Arrived>
  /** Number of bytes that have arrived. */
  size: number
  isComplete: boolean
}

/** A download that is going on: the number of the piece that it needs next. */
export interface Download {
  next: number
}

/** The rows of a job. */
export interface Content {
  /** The columns of the CSV. All parts have the same. */
  columns: ReadonlyArray<string> | undefined
  /** The header line of the results. */
  header: Uint8Array | undefined
  /** The parts that have not been taken over into `pieces` as a whole, in order. */
  sources: Array<Source>
  /** The numbers of all parts that have begun. */
  readonly parts: Set<number>
  readonly pieces: Array<Arrived | undefined>
  /** Number of pieces that were dropped at the start, because a download has taken them. */
  dropped: number
  /** Number of pieces that show. */
  shown: number
  /** Number of rows in all pieces, and of failed ones. */
  rows: number
  failed: number
  /** Size of what is kept, in bytes. */
  kept: number
  /** When everything has arrived. */
  completeAt: number | undefined
  /** The length of the CSV, if the client declared it. */
  declared: number | undefined
  /** Where scoring stops before the end. */
  stop: Plan | undefined
  readonly downloads: Set<Download>
  /** Number of rows that show and are not in the history of the deployment yet. */
  unrecorded: number
  /** Whether rows are only counted, because their results cannot be downloaded any more. */
  discards: boolean
}

/** The content of a new job. */
export const make = ({ plan }: Pick<BatchJob, "plan">): Content => ({
  columns: undefined,
  header: undefined,
  sources: [],
  parts: new Set(),
  pieces: [],
  dropped: 0,
  shown: 0,
  rows: 0,
  failed: 0,
  kept: 0,
  completeAt: undefined,
  declared: undefined,
  stop: plan ?? undefined,
  downloads: new Set(),
  unrecorded: 0,
  discards: false
})

/** Maximum number of failed rows of a job with `abortOnError`. One more aborts it. */
export const maxFailedRows = 100

/** The memory that a piece takes besides its bytes, about. */
const overhead = 256

/** The size of a piece in memory, in bytes. */
export const sizeOf = ({ bytes }: Piece) => bytes.length + overhead

/** Adds a piece to the end of the rows. A piece after the one at which scoring stops is dropped. */
const take = (content: Content, piece: Arrived, abortOnError: boolean) => {
  if (content.stop !== undefined && content.rows >= content.stop.rows) {
    content.kept -= sizeOf(piece)
    return
  }
  content.pieces.push(piece)
  content.rows += piece.rows
  content.failed += piece.failed
  if (abortOnError && content.stop === undefined && content.failed > maxFailedRows) {
    const details = `Aborted because more than ${maxFailedRows} rows could not be scored`
    content.stop = { status: "ABORTED", rows: content.rows, details }
  }
}

/** Takes the rows of the sources that are next in order. */
export const flow = (content: Content, abortOnError: boolean) => {
  for (;;) {
    const [source] = content.sources
    if (source === undefined) return
    for (const piece of source.pending) take(content, piece, abortOnError)
    source.pending = []
    if (!source.isComplete) return
    content.sources.shift()
  }
}

/** Removes the pieces that every download has taken. Returns whether there were some. */
export const dropTaken = (content: Content): boolean => {
  if (content.downloads.size === 0) return false
  const taken = Math.min(...Array.from(content.downloads, ({ next }) => next))
  if (taken <= content.dropped) return false
  for (; content.dropped < taken; content.dropped++) drop(content, content.dropped)
  return true
}

/** Removes all pieces that show. */
export const dropShown = (content: Content) => {
  for (; content.dropped < content.shown; content.dropped++) drop(content, content.dropped)
}

const drop = (content: Content, index: number) => {
  const piece = content.pieces[index]
  if (piece === undefined) return
  content.kept -= sizeOf(piece)
  content.pieces[index] = undefined
}
