/**
 * Reference model of batch predictions: an independent implementation, second by second. One prediction server runs one
 * job at a time and scores one row per second.
 */

/** More failed rows than this abort a job. */
export const maxFailedRows = 100

/** A row of a CSV: whether it can be scored. */
export type ModelRow = "good" | "bad"

interface ModelJob {
  readonly id: string
  readonly created: number
  readonly inParts: boolean
  readonly abortOnError: boolean
  status: "INITIALIZING" | "RUNNING" | "COMPLETED" | "ABORTED"
  /** The rows to score, as soon as the CSV is complete. */
  rows: ReadonlyArray<ModelRow> | undefined
  parts: Map<number, ReadonlyArray<ModelRow>>
  joined: number
  started: number
  shown: ReadonlyArray<ModelRow>
  isCancelled: boolean
}

/** A job as a client sees it. */
export interface ModelView {
  readonly status: string
  readonly scoredRows: number
  readonly failedRows: number
  readonly queued: boolean
  readonly queuePosition: number | null
  readonly canUpload: boolean
  readonly canDownload: boolean
}

/** Creates a model. `delay` is how many seconds a job is in the queue at least. */
export const makeModel = (delay: number) => {
  let jobs: ReadonlyArray<ModelJob> = []
  let now = 0

  const isOver = ({ status }: ModelJob) => status === "COMPLETED" || status === "ABORTED"
  const count = (rows: ReadonlyArray<ModelRow>, kind: ModelRow) => rows.filter((row) => row === kind).length

  const job = (id: string) => {
    const found = jobs.find((one) => one.id === id)
    if (found === undefined) throw new Error(`no job ${id}`)
    return found
  }

  const queue = () =>
    jobs.filter(({ rows, status }) => status === "INITIALIZING" && rows !== undefined)
      .sort((one, other) => one.joined - other.joined)

  /** Does what happens at this second, once. Returns whether anything did. */
  const happens = (): boolean => {
    const running = jobs.find(({ status }) => status === "RUNNING")
    if (running === undefined) {
      const next = queue().find(({ created }) => created + delay <= now)
      if (next === undefined) return false
      next.status = "RUNNING"
      next.started = now
      return true
    }
    const rows = running.rows ?? []
    while (running.shown.length < Math.min(rows.length, now - running.started)) {
      running.shown = rows.slice(0, running.shown.length + 1)
      if (running.abortOnError && count(running.shown, "bad") > maxFailedRows) {
        running.status = "ABORTED"
        return true
      }
    }
    if (running.shown.length < rows.length) return false
    running.status = "COMPLETED"
    return true
  }

  const settle = () => {
    while (happens());
  }

  const join = (one: ModelJob, rows: ReadonlyArray<ModelRow>) => {
    one.rows = rows
    one.joined = now
    settle()
  }

  // The methods return the status of the response.
  return {
    create: (id: string, options: { readonly inParts: boolean; readonly abortOnError: boolean }) => {
      jobs = [...jobs, {
        ...options,
        id,
        created: now,
        status: "INITIALIZING",
        rows: undefined,
        parts: new Map(),
        joined: Infinity,
        started: Infinity,
        shown: [],
        isCancelled: false
      }]
      return 202
    },
    upload: (id: string, rows: ReadonlyArray<ModelRow>) => {
      const one = job(id)
      if (one.inParts || one.rows !== undefined || isOver(one)) return 409
      join(one, rows)
      // A job that was aborted while the CSV arrived.
      return one.status === "ABORTED" ? 422 : 202
    },
    /** The last upload of a part counts. */
    uploadPart: (id: string, part: number, rows: ReadonlyArray<ModelRow>) => {
      const one = job(id)
      if (!one.inParts || one.rows !== undefined) return 409
      if (isOver(one)) return one.parts.size === 0 ? 409 : 422
      one.parts.set(part, rows)
      return 202
    },
    finish: (id: string) => {
      const one = job(id)
      if (!one.inParts || one.rows !== undefined) return 409
      if (isOver(one) || one.parts.size === 0) return 422
      join(one, [...one.parts].sort(([part], [other]) => part - other).flatMap(([, rows]) => rows))
      return 202
    },
    cancel: (id: string) => {
      const one = job(id)
      if (isOver(one)) return 409
      one.status = "ABORTED"
      one.isCancelled = true
      settle()
      return 202
    },
    advance: (seconds: number) => {
      for (let second = 0; second < seconds; second++) {
        now++
        settle()
      }
    },
    /** The status of a download, and how many rows it has. `undefined`: the job is running. */
    download: (id: string): { readonly status: number; readonly rows: number } | undefined => {
      const one = job(id)
      if (one.status === "RUNNING") return undefined
      if (one.status === "INITIALIZING") return { status: 404, rows: 0 }
      const isLost = one.isCancelled || (one.status === "ABORTED" && one.shown.length === 0)
      return isLost ? { status: 422, rows: 0 } : { status: 200, rows: one.shown.length }
    },
    /** The jobs of a listing, newest first. */
    listed: () => jobs.filter(({ isCancelled }) => !isCancelled).map(({ id }) => id).reverse(),
    get: (id: string): ModelView => {
      const one = job(id)
      const place = queue().indexOf(one)
      return {
        status: one.status,
        scoredRows: count(one.shown, "good"),
        failedRows: count(one.shown, "bad"),
        queued: place >= 0,
        queuePosition: place < 0 ? null : place,
        canUpload: one.status === "INITIALIZING" && one.rows === undefined,
        canDownload: one.started < Infinity
      }
    }
  }
}
