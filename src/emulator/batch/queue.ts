/** The batch predictions of an emulator: which one runs, and how far it is. Every function is one step. */
import * as Arr from "effect/Array"
import * as Order from "effect/Order"
import { type Content, flow, make as makeContent, type Piece, sizeOf } from "./content.js"
import { type BatchJob, type FinalStatus, intakeOf, isOver, isUploaded } from "./job.js"
import * as Memory from "./resultMemory.js"

/** How long results are kept after the end of a job, in milliseconds. */
const keptFor = 48 * 3_600_000

/** Maximum number of jobs that are over to keep. */
const maxOver = 1_000

/** A job and its rows. The content of a job that is over and has no results is undefined. */
export interface Entry {
  job: BatchJob
  content: Content | undefined
}

/** How long jobs wait, and how fast they are. */
export interface Pace {
  /** The shortest time in the queue, in milliseconds. */
  readonly delay: number
  /** Maximum number of rows per second. `Infinity`: no limit. */
  readonly speed: number
}

/** Is called for the rows of a job that show from a time on. */
export type Scored = (job: BatchJob, piece: Pick<Piece, "rows" | "scored">, time: number) => void

/** How many rows count as one prediction request. */
const rowsPerRequest = 1_000

/** The jobs, oldest first. Times are epoch milliseconds. */
export interface BatchQueue {
  readonly get: (id: string) => Entry | undefined
  readonly all: () => ReadonlyArray<Entry>
  readonly add: (job: BatchJob) => Entry
  /** Number of jobs that wait before this one. `undefined` if it is not in a queue. */
  readonly position: (job: BatchJob) => number | undefined
  /** Ends a job that is not over. */
  readonly end: (entry: Entry, status: FinalStatus, details: string, time: number) => void
  /** Maximum number of rows in a piece. All of them show at the same time. */
  readonly pieceRows: (job: BatchJob) => number
  /** Removes the results of a job. */
  readonly deleteResults: (entry: Entry) => void
  /** Adds rows to a source of a job that is not over. Returns false, and adds nothing, if there is no room for them. */
  readonly append: (entry: Entry, source: Content["sources"][number], piece: Piece, now: number) => boolean
  /** Starts, advances and ends jobs as far as they are at a time. Returns whether a job has changed. */
  readonly settle: (now: number, scored: Scored) => boolean
  /** When the next rows show or the next job starts if nothing arrives. `undefined`: never. */
  readonly due: (entry: Entry) => number | undefined
  readonly clear: () => void
}

const byJoining = Order.mapInput(Order.number, ({ job }: Entry) => job.joinedAt ?? Infinity)

/** Creates a queue without jobs. */
export const make = ({ delay, speed }: Pace): BatchQueue => {
  const entries = new Map<string, Entry>()
  /** When the server of a job became free. */
  const free = new Map<string, number>()

  const all = () => Array.from(entries.values())
  const active = () => all().filter(({ job }) => !isOver(job))
  const update = (entry: Entry, changes: Partial<BatchJob>) => {
    entry.job = { ...entry.job, ...changes }
  }

  /** When a job may leave the queue if its server is free. */
  const readyAt = ({ job: { createdAt, joinedAt, plan } }: Entry) =>
    joinedAt === null || plan?.status === "INITIALIZING" ? Infinity : Math.max(joinedAt, createdAt + delay)

  /** The jobs that wait for a server, in order. */
  const waiting = (server: string) =>
    Arr.sort(
      active().filter(({ job }) => job.server === server && job.startedAt === null && job.joinedAt !== null),
      byJoining
    )

  const isRunning = ({ job }: Entry) => job.startedAt !== null

  /** The job that starts next on a server, and when. */
  const next = (server: string) => {
    const from = free.get(server) ?? -Infinity
    const [first] = Arr.sort(
      waiting(server).map((entry) => ({ entry, at: Math.max(from, readyAt(entry)) })),
      Order.mapInput(Order.number, ({ at }: { readonly at: number }) => at)
    )
    return first
  }

  /** When the rows up to a number show, by the speed. */
  const timeOf = (job: BatchJob, rows: number) =>
    (job.startedAt ?? 0) + (speed === Infinity ? 0 : Math.ceil(rows * 1000 / speed))

  const end = (entry: Entry, status: FinalStatus, details: string, time: number) => {
    const { content, job } = entry
    if (job.startedAt !== null) free.set(job.server, time)
    update(entry, { status, details, endedAt: time, percentage: status === "COMPLETED" ? 100 : job.percentage })
    if (content !== undefined) {
      Memory.keepShown(content)
      if (!entry.job.hasResults) entry.content = undefined
    }
    const over = all().filter(({ job }) => isOver(job))
    for (const { job } of over.slice(0, Math.max(0, over.length - maxOver))) entries.delete(job.id)
  }

  const percentageOf = ({ completeAt, declared, rows }: Content, shown: number, size: number) => {
    const arrived = completeAt === undefined ? declared === undefined ? 0 : Math.min(1, size / declared) : 1
    return rows === 0 ? 0 : Math.floor(1000 * arrived * shown / rows) / 10
  }

  /** Shows the rows of a running job up to a time. Returns when it ended, or `undefined` if it did not. */
  const advance = (entry: Entry, content: Content, now: number, scored: Scored): number | undefined => {
    const startedAt = entry.job.startedAt ?? now
    /** Counts the rows as prediction requests: `smallest` is the size of the smallest one. */
    const record = (time: number, smallest: number) => {
      while (content.unrecorded >= smallest) {
        const rows = Math.min(content.unrecorded, rowsPerRequest)
        content.unrecorded -= rows
        scored(entry.job, { rows, scored: [] }, time)
      }
    }
    const finish = (status: FinalStatus, details: string, time: number) => {
      record(time, 1)
      // Without rows, the results of a job are only a header line.
      if (status === "COMPLETED") update(entry, { hasResults: !content.discards })
      end(entry, status, details, time)
      return time
    }
    for (;;) {
      const { failedRows, outputSize, scoredRows } = entry.job
      const shown = scoredRows + failedRows
      const { completeAt, stop } = content
      if (stop !== undefined && stop.status !== "INITIALIZING" && shown >= stop.rows) {
        const last = content.pieces[content.shown - 1]
        return finish(stop.status, stop.details, Math.max(timeOf(entry.job, shown), last?.arrivedAt ?? startedAt))
      }
      const piece = content.pieces[content.shown]
      if (piece === undefined) {
        if (completeAt === undefined) return undefined
        const time = Math.max(timeOf(entry.job, shown), completeAt)
        return stop !== undefined && stop.status !== "INITIALIZING"
          ? finish(stop.status, stop.details, time)
          : finish("COMPLETED", "", time)
      }
      const time = Math.max(timeOf(entry.job, shown + piece.rows), piece.arrivedAt)
      if (time > now) return undefined
      content.shown++
      content.unrecorded += piece.rows - piece.failed
      update(entry, {
        scoredRows: scoredRows + piece.rows - piece.failed,
        failedRows: failedRows + piece.failed,
        percentage: percentageOf(content, shown + piece.rows, entry.job.intakeSize),
        outputSize: outputSize + piece.bytes.length,
        hasResults: !content.discards
      })
      if (piece.scored.length > 0) scored(entry.job, { rows: 0, scored: piece.scored }, time)
      // The rows for drift tracking take much memory.
      content.pieces[content.shown - 1] = { ...piece, scored: [] }
      record(time, rowsPerRequest)
      if (content.discards) Memory.discard(entry)
    }
  }

  const start = (entry: Entry, time: number) => {
    update(entry, { status: "RUNNING", startedAt: time, outputSize: entry.content?.header?.length ?? 0 })
  }

  const settleServer = (server: string, now: number, scored: Scored): boolean => {
    let changed = false
    for (;;) {
      const running = active().find((entry) => entry.job.server === server && isRunning(entry))
      if (running === undefined) {
        const first = next(server)
        if (first === undefined || first.at > now) return changed
        start(first.entry, first.at)
        changed = true
        continue
      }
      const before = running.job
      const ended = running.content === undefined ? undefined : advance(running, running.content, now, scored)
      if (before !== running.job) changed = true
      if (ended === undefined) return changed
    }
  }

  const deleteResults = (entry: Entry) => {
    entry.content = undefined
    update(entry, { hasResults: false, resultsDeleted: true })
  }

  return {
    get: (id) => entries.get(id),
    all,
    add: (job) => {
      const entry: Entry = { job, content: isOver(job) ? undefined : makeContent(job) }
      entries.set(job.id, entry)
      if (job.endedAt !== null && job.startedAt !== null) {
        free.set(job.server, Math.max(job.endedAt, free.get(job.server) ?? -Infinity))
      }
      return entry
    },
    position: (job) => {
      const place = waiting(job.server).findIndex((entry) => entry.job.id === job.id)
      return place < 0 ? undefined : place
    },
    end,
    pieceRows: ({ plan }) => plan !== null ? 1 : Math.max(1, Math.min(rowsPerRequest, Math.ceil(speed / 100))),
    deleteResults,
    append: (entry, source, piece, now) => {
      const { content } = entry
      if (content === undefined) return false
      if (!Memory.makeRoom(all(), entry, sizeOf(piece), deleteResults)) return false
      content.kept += sizeOf(piece)
      source.pending.push({ ...piece, arrivedAt: now })
      if (isUploaded(entry.job) && !intakeOf(entry.job).async && intakeOf(entry.job).multipart) return true
      flow(content, entry.job.spec["abortOnError"] !== false)
      return true
    },
    settle: (now, scored) => {
      let changed = false
      for (const server of new Set(active().map(({ job }) => job.server))) {
        if (settleServer(server, now, scored)) changed = true
      }
      for (const entry of entries.values()) {
        const { endedAt, hasResults } = entry.job
        if (endedAt === null || !hasResults || now < endedAt + keptFor) continue
        deleteResults(entry)
        changed = true
      }
      return changed
    },
    due: (entry) => {
      const { content, job } = entry
      if (isOver(job) || content === undefined) return undefined
      if (!isRunning(entry)) {
        const first = next(job.server)
        return first?.entry === entry && Number.isFinite(first.at) ? first.at : undefined
      }
      const shown = job.scoredRows + job.failedRows
      const piece = content.pieces[content.shown]
      if (piece !== undefined) return timeOf(job, shown + piece.rows)
      return content.completeAt === undefined ? undefined : timeOf(job, shown)
    },
    clear: () => {
      entries.clear()
      free.clear()
    }
  }
}
