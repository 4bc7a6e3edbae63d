/**
 * What monitoring knows of a deployment, computed from the prediction requests it received and from nothing else.
 * Pure functions; times are epoch milliseconds, periods are half-open.
 */
import * as Arr from "effect/Array"
import * as DateTime from "effect/DateTime"
import * as Order from "effect/Order"
import type { ModelDeployment, ServiceHealthMessage, ServiceStatistics } from "../internal/modelDeploymentSchema.js"

/** A prediction request that a deployment received. */
export interface PredictionRequest {
  /** When it came, in epoch milliseconds. */
  readonly time: number
  /** Who sent it. */
  readonly user: string
  /** How many rows it held; none when they could not be read. */
  readonly rows: number
  /** What it took, in seconds. */
  readonly executionTime: number
  /** What it was answered with: below 400 is a success, 4xx the user's error, 5xx the server's. */
  readonly status: number
}

/** The part of a deployment that is computed here. */
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

/** Share of failed requests from which the service health is `warning`, and from which it is `failing`. */
const warningFrom = 0.05
const failingFrom = 0.2

/** How many days `requestRates` has, today included. */
const ratedDays = 8

/** The 24 hours that end with the present millisecond, so that what has just happened belongs to them. */
export const lastDay = (now: number) => ({ start: now + 1 - day, end: now + 1 })

/** The statistics of `[start, end)`, with the error rates of the equally long period before it. */
export const statistics = (
  requests: ReadonlyArray<PredictionRequest>,
  start: number,
  end: number
): ServiceStatistics => {
  const current = within(requests, start, end)
  const previous = within(requests, start - (end - start), start)
  const perMinute = loads(current)
  return {
    totalRequests: current.length,
    consumers: new Set(current.map((request) => request.user)).size,
    totalPredictionRows: sum(current.map((request) => request.rows)),
    period: { start: DateTime.unsafeMake(start), end: DateTime.unsafeMake(end) },
    userErrorRate: { current: share(current, isUserError), previous: share(previous, isUserError) },
    serverErrorRate: { current: share(current, isServerError), previous: share(previous, isServerError) },
    load: { peak: perMinute.reduce((peak, load) => Math.max(peak, load), 0), median: median(perMinute) ?? 0 },
    medianExecutionTime: median(current.map((request) => request.executionTime)) ?? null
  }
}

/** Request counts, trend, daily rates (by UTC day) and service health at a moment. */
export const activity = (requests: ReadonlyArray<PredictionRequest>, now: number): Activity => {
  const { end, start } = lastDay(now)
  const recent = within(requests, start, end)
  const recentRequestCount = recent.length
  const prevRequestCount = within(requests, start - day, start).length
  const tomorrow = (Math.floor(now / day) + 1) * day
  return {
    ...health(recent),
    recentRequestCount,
    prevRequestCount,
    relativeRequestsTrend: trend(recentRequestCount, prevRequestCount),
    trendTimeWindow: "1d",
    requestRates: Array.from({ length: ratedDays }, (_, index) => {
      const dayEnd = tomorrow - (ratedDays - 1 - index) * day
      return within(requests, dayEnd - day, dayEnd).length
    })
  }
}

const isUserError = ({ status }: PredictionRequest) => status >= 400 && status < 500
const isServerError = ({ status }: PredictionRequest) => status >= 500
const isFailure = ({ status }: PredictionRequest) => status >= 400

const health = (recent: ReadonlyArray<PredictionRequest>) => {
  const level = healthOf(share(recent, isFailure))
  const serviceHealthMessages: Array<ServiceHealthMessage> = []
  if (recent.every(isFailure)) {
    const message = "No successful predictions in 24 hours"
    serviceHealthMessages.push({ level: "passing", msgId: "NO_GOOD_REQUESTS", message })
  }
  const report = (msgId: string, what: string, failures: number) => {
    if (level === "passing" || failures === 0) return
    const message = `${failures} of ${recent.length} predictions in 24 hours ended in a ${what} error`
    serviceHealthMessages.push({ level, msgId, message })
  }
  report("USER_ERRORS", "user", recent.filter(isUserError).length)
  report("SERVER_ERRORS", "server", recent.filter(isServerError).length)
  return { serviceHealth: level, serviceHealthMessages }
}

const healthOf = (errors: number) => errors >= failingFrom ? "failing" : errors >= warningFrom ? "warning" : "passing"

/** Change in percent. From nothing to something has no percentage; DataRobot's clients need a number, so it is 100. */
const trend = (recent: number, previous: number) =>
  previous > 0 ? (recent - previous) / previous * 100 : recent > 0 ? 100 : 0

const within = (requests: ReadonlyArray<PredictionRequest>, start: number, end: number) =>
  requests.filter(({ time }) => start <= time && time < end)

/** Requests of each clock minute that had any. */
const loads = (requests: ReadonlyArray<PredictionRequest>) => {
  const perMinute = new Map<number, number>()
  for (const { time } of requests) {
    const bucket = Math.floor(time / minute)
    perMinute.set(bucket, (perMinute.get(bucket) ?? 0) + 1)
  }
  return [...perMinute.values()]
}

const share = (requests: ReadonlyArray<PredictionRequest>, of: (request: PredictionRequest) => boolean) =>
  requests.length === 0 ? 0 : requests.filter(of).length / requests.length

const sum = (values: ReadonlyArray<number>) => values.reduce((total, value) => total + value, 0)

/** The middle value, or the mean of the two middle ones; `undefined` of nothing. */
const median = (values: ReadonlyArray<number>) => {
  const sorted = Arr.sort(values, Order.number)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  return lower === undefined || upper === undefined ? undefined : (lower + upper) / 2
}
