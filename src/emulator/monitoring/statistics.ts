/**
 * The monitoring data of the model deployments API, computed from the recorded prediction requests. Pure functions.
 * Times are epoch milliseconds, periods are half-open.
 */
import * as DateTime from "effect/DateTime"
import type { ModelDeployment, ServiceHealthMessage, ServiceStatistics } from "../../wire/modelDeployment.js"
import type { Columns, History } from "./history.js"

/** The fields of a model deployment that are computed here. */
export type Activity = Pick<
  ModelDeployment,
  | "serviceHealth"
  | "serviceHealthMessages"
  | "recentRequestCount"
  | "prevRequestCount"
  | "relativeRequestsTrend"
  | "trendTimeWindow"
  | "requestRates"
>

const minute = 60_000
const day = 24 * 60 * minute

/** The shares of failed requests at which the service health becomes `warning` and `failing`. */
const warningFrom = 0.05
const failingFrom = 0.2

/** The days of `requestRates`, as days before the current one. */
const ratedDays = [7, 6, 5, 4, 3, 2, 1, 0]

/** Returns the last 24 hours. They include the current millisecond, so that a request of this moment counts. */
export const lastDay = (now: number) => ({ start: now + 1 - day, end: now + 1 })

/** Returns the statistics of `[start, end)`, with the error rates of the equally long period before it. */
export const statistics = (history: History, start: number, end: number): ServiceStatistics => {
  const current = history.between(start, end)
  const now = errorsOf(current)
  const before = errorsOf(history.between(start - (end - start), start))
  const perMinute = loads(current)
  return {
    totalRequests: now.requests,
    consumers: distinct(current.user, history.users.length),
    totalPredictionRows: sum(current.rows),
    period: { start: DateTime.unsafeMake(start), end: DateTime.unsafeMake(end) },
    userErrorRate: { current: share(now.user, now.requests), previous: share(before.user, before.requests) },
    serverErrorRate: { current: share(now.server, now.requests), previous: share(before.server, before.requests) },
    load: { peak: highest(perMinute, 0), median: median(perMinute) ?? 0 },
    medianExecutionTime: median(current.executionTime) ?? null
  }
}

/** Returns the request counts, trend, daily rates (by UTC day) and service health at a moment. */
export const activity = (history: History, now: number): Activity => {
  const { count } = history
  const { end, start } = lastDay(now)
  const recent = history.between(start, end)
  const prevRequestCount = count(start - day, start)
  const tomorrow = (Math.floor(now / day) + 1) * day
  return {
    ...health(recent),
    recentRequestCount: recent.time.length,
    prevRequestCount,
    relativeRequestsTrend: trend(recent.time.length, prevRequestCount),
    trendTimeWindow: "1d",
    requestRates: ratedDays.map((before) => {
      const dayEnd = tomorrow - before * day
      // The rest of the current day is in the future.
      return count(dayEnd - day, Math.min(dayEnd, end))
    })
  }
}

// Here and below, loops use indexes: for a million requests they take a third of the time of iterators and callbacks.

/** Counts the requests, the user errors and the server errors. */
const errorsOf = ({ status }: Columns) => {
  let user = 0
  let server = 0
  for (let index = 0; index < status.length; index++) {
    const one = status[index] ?? 0
    if (one >= 500) server++
    else if (one >= 400) user++
  }
  return { requests: status.length, user, server }
}

const health = (recent: Columns) => {
  const { requests, server, user } = errorsOf(recent)
  const level = healthOf(share(user + server, requests))
  const serviceHealthMessages: Array<ServiceHealthMessage> = []
  if (user + server === requests) {
    const message = "No successful predictions in 24 hours"
    serviceHealthMessages.push({ level: "passing", msgId: "NO_GOOD_REQUESTS", message })
  }
  const report = (msgId: string, what: string, failures: number) => {
    if (level === "passing" || failures === 0) return
    const message = `${failures} of ${requests} predictions in 24 hours ended in a ${what} error`
    serviceHealthMessages.push({ level, msgId, message })
  }
  report("USER_ERRORS", "user", user)
  report("SERVER_ERRORS", "server", server)
  return { serviceHealth: level, serviceHealthMessages }
}

const healthOf = (errors: number) => errors >= failingFrom ? "failing" : errors >= warningFrom ? "warning" : "passing"

/** Change in percent. A change from 0 has no percentage, but DataRobot's clients need a number: it is 100. */
const trend = (recent: number, previous: number) =>
  previous > 0 ? 100 * (recent - previous) / previous : recent > 0 ? 100 : 0

const share = (part: number, whole: number) => whole === 0 ? 0 : part / whole

/** Counts the different users. `users` is the number of all users. */
const distinct = (places: Uint32Array, users: number) => {
  const seen = new Uint8Array(users)
  for (let index = 0; index < places.length; index++) seen[places[index] ?? 0] = 1
  return sum(seen)
}

/** The sum of a column. */
export const sum = (column: Uint32Array | Uint8Array) => {
  let total = 0
  for (let index = 0; index < column.length; index++) total += column[index] ?? 0
  return total
}

const highest = (values: Float64Array, least: number) => {
  let most = least
  for (let index = 0; index < values.length; index++) most = Math.max(most, values[index] ?? least)
  return most
}

/** Counts the requests of each clock minute that has any. The requests are in order of time. */
export const loads = ({ time }: Columns) => {
  const perMinute: Array<number> = []
  let minuteEnd = -Infinity
  let load = 0
  for (let index = 0; index < time.length; index++) {
    const one = time[index] ?? 0
    if (one >= minuteEnd) {
      if (load > 0) perMinute.push(load)
      minuteEnd = (Math.floor(one / minute) + 1) * minute
      load = 0
    }
    load++
  }
  if (load > 0) perMinute.push(load)
  return Float64Array.from(perMinute)
}

/** Returns the median: the middle value, or the mean of the two middle ones. `undefined` if there are no values. */
export const median = (values: Float64Array) => quantile(values, 0.5)

/**
 * Returns the quantile of a share, interpolated between two values if necessary. `undefined` if there are no values.
 */
export const quantile = (values: Float64Array, share: number) => {
  if (values.length === 0) return undefined
  const copy = values.slice()
  const place = share * (copy.length - 1)
  const above = Math.ceil(place)
  const upper = select(copy, above)
  if (above === place) return upper
  // No value before the selected index is greater than the value at the index.
  const lower = highest(copy.subarray(0, above), -Infinity)
  return lower * (above - place) + upper * (1 - above + place)
}

/** Returns the value that would be at an index if the values were sorted (Hoare's quickselect). Reorders the values. */
const select = (values: Float64Array, place: number) => {
  let left = 0
  let right = values.length - 1
  while (left < right) {
    const pivot = values[(left + right) >> 1] ?? 0
    let low = left
    let high = right
    while (low <= high) {
      while ((values[low] ?? 0) < pivot) low++
      while ((values[high] ?? 0) > pivot) high--
      if (low > high) break
      const swapped = values[low] ?? 0
      values[low++] = values[high] ?? 0
      values[high--] = swapped
    }
    if (place <= high) right = high
    else if (place >= low) left = low
    else break
  }
  return values[place] ?? 0
}
