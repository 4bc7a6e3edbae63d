/**
 * The prediction requests that a deployment received, in order of time. They are stored in columns: a million of them
 * take about 30 MB and are counted in milliseconds. A list of objects would take several times as much memory and time.
 */
import * as Schema from "effect/Schema"
import { countBefore } from "./countBefore.js"

/** A prediction request that a deployment received. */
export interface PredictionRequest {
  /** When it was received, in epoch milliseconds. */
  readonly time: number
  /** Who sent it. */
  readonly user: string
  /** Number of rows; 0 if they could not be read. */
  readonly rows: number
  /** How long it took, in seconds. */
  readonly executionTime: number
  /** The status of the response: below 400 is a success, 4xx an error of the user, 5xx an error of the server. */
  readonly status: number
}

/** The requests of a period, one column for each field. `user` is the index of the name in `History.users`. */
export interface Columns {
  readonly time: Float64Array
  readonly user: Uint32Array
  readonly rows: Uint32Array
  readonly executionTime: Float64Array
  readonly status: Uint16Array
}

/** The prediction requests of one deployment. */
export interface History {
  /** The names of the users who sent requests. */
  readonly users: ReadonlyArray<string>
  /** Counts the requests of `[start, end)`, without making a view of them. */
  readonly count: (start: number, end: number) => number
  /** Returns the requests of `[start, end)` in order of time. The next request may change the returned view. */
  readonly between: (start: number, end: number) => Columns
  /** Returns all requests in order of time, without a copy. Later requests do not change the returned view. */
  readonly all: () => Columns
  /**
   * Adds `count` requests, which `requestAt` returns in order of time. They may be earlier than the stored requests.
   */
  readonly add: (count: number, requestAt: (index: number) => PredictionRequest) => void
}

const columns = (length: number): Columns => ({
  time: new Float64Array(length),
  user: new Uint32Array(length),
  rows: new Uint32Array(length),
  executionTime: new Float64Array(length),
  status: new Uint16Array(length)
})

/** Creates a history without requests. `known` are users that already have an index. */
export const make = (known: ReadonlyArray<string> = []): History => {
  const users = [...known]
  const places = new Map(users.map((user, place) => [user, place]))
  let size = 0
  let kept = columns(16)
  /** Whether a view that must not change shows the columns. Requests at the end do not change it. */
  let viewed = false

  /** Makes room. Moves the columns if they have no room, or if a view must not see the next change. */
  const reserve = (length: number, move: boolean) => {
    const capacity = kept.time.length
    if (length <= capacity && !move) return
    const grown = columns(length <= capacity ? capacity : Math.max(length, 2 * capacity))
    grown.time.set(kept.time)
    grown.user.set(kept.user)
    grown.rows.set(kept.rows)
    grown.executionTime.set(kept.executionTime)
    grown.status.set(kept.status)
    kept = grown
    viewed = false
  }

  const placeOf = (user: string) => {
    const known = places.get(user)
    if (known !== undefined) return known
    places.set(user, users.length)
    return users.push(user) - 1
  }

  /** Number of requests before a time. */
  const before = (time: number) => countBefore(size, (index) => kept.time[index] ?? 0, time)

  const view = (first: number, last: number): Columns => ({
    time: kept.time.subarray(first, last),
    user: kept.user.subarray(first, last),
    rows: kept.rows.subarray(first, last),
    executionTime: kept.executionTime.subarray(first, last),
    status: kept.status.subarray(first, last)
  })

  return {
    users,
    count: (start, end) => Math.max(0, before(end) - before(start)),
    between: (start, end) => {
      const first = before(start)
      return view(first, Math.max(first, before(end)))
    },
    all: () => {
      viewed = true
      return view(0, size)
    },
    add: (count, requestAt) => {
      const inserts = count > 0 && size > 0 && (kept.time[size - 1] ?? 0) > requestAt(0).time
      reserve(size + count, viewed && inserts)
      const { executionTime, rows, status, time, user } = kept
      // Backwards: each stored request that is later than the new ones moves only once.
      let from = size - 1
      let to = size + count - 1
      for (let index = count - 1; index >= 0; index--) {
        const request = requestAt(index)
        for (; from >= 0 && (time[from] ?? 0) > request.time; from--, to--) {
          for (const column of [time, user, rows, executionTime, status]) column.copyWithin(to, from, from + 1)
        }
        time[to] = request.time
        user[to] = placeOf(request.user)
        rows[to] = request.rows
        executionTime[to] = request.executionTime
        status[to] = request.status
        to--
      }
      size += count
    }
  }
}

/** Returns a copy of a history without the requests of some times. */
export const without = (history: History, isGone: (time: number) => boolean): History => {
  const { executionTime, rows, status, time, user } = history.between(-Infinity, Infinity)
  const kept = Array.from(time.keys()).filter((index) => !isGone(time[index] ?? 0))
  const rest = make(history.users)
  rest.add(kept.length, (place) => {
    const index = kept[place] ?? 0
    return {
      time: time[index] ?? 0,
      user: history.users[user[index] ?? 0] ?? "",
      rows: rows[index] ?? 0,
      executionTime: executionTime[index] ?? 0,
      status: status[index] ?? 0
    }
  })
  return rest
}

/**
 * One number for each request. The whole list has one schema: one schema for each of a million numbers takes seconds.
 */
const column = (what: string, isOne: (value: number) => boolean) =>
  Schema.declare(
    (value: unknown): value is ReadonlyArray<number> =>
      Array.isArray(value) && value.every((one) => Number.isFinite(one) && isOne(one)),
    { message: () => `must be a list of ${what}`, jsonSchema: { type: "array", items: { type: "number" } } }
  )

const whole = (most: number) =>
  column(`whole numbers up to ${most}`, (value) => Number.isInteger(value) && value >= 0 && value <= most)

/** A history in a snapshot: one list for each field, in order of time. */
export const HistorySnapshot = Schema.Struct({
  users: Schema.Array(Schema.String),
  time: column("times in milliseconds", () => true),
  user: whole(2 ** 32 - 1),
  rows: whole(2 ** 32 - 1),
  executionTime: column("seconds", (value) => value >= 0),
  status: whole(2 ** 16 - 1)
}).pipe(
  Schema.filter(
    ({ executionTime, rows, status, time, user, users }) =>
      [user, rows, executionTime, status].every((column) => column.length === time.length) &&
      user.every((place) => users[place] !== undefined) &&
      time.every((one, index) => one >= (time[index - 1] ?? one)),
    { message: () => "must have lists of the same length, in order of time, with users that it names" }
  )
)
export interface HistorySnapshot extends Schema.Schema.Type<typeof HistorySnapshot> {}

/** A history for a snapshot. It is a copy. */
export const toSnapshot = (history: History): HistorySnapshot => {
  const { executionTime, rows, status, time, user } = history.between(-Infinity, Infinity)
  return {
    users: [...history.users],
    time: Array.from(time),
    user: Array.from(user),
    rows: Array.from(rows),
    executionTime: Array.from(executionTime),
    status: Array.from(status)
  }
}

/** A history for a snapshot, without a copy of its columns. Later requests do not change it. */
export const toView = (history: History) => ({ users: [...history.users], ...history.all() })

/** The history of a snapshot. */
export const fromSnapshot = ({ executionTime, rows, status, time, user, users }: HistorySnapshot): History => {
  const history = make(users)
  history.add(time.length, (index) => ({
    time: time[index] ?? 0,
    user: users[user[index] ?? 0] ?? "",
    rows: rows[index] ?? 0,
    executionTime: executionTime[index] ?? 0,
    status: status[index] ?? 0
  }))
  return history
}
