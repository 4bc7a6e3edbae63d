/** Monitoring that goes through the requests one by one, to compare with the emulator's. */
import * as DateTime from "effect/DateTime"
import type * as History from "../../src/emulator/monitoring/history.js"

const naiveMedian = (values: ReadonlyArray<number>) => {
  const left = [...values]
  while (left.length > 2) {
    left.splice(left.indexOf(Math.max(...left)), 1)
    left.splice(left.indexOf(Math.min(...left)), 1)
  }
  return left.length === 0 ? null : left.reduce((a, b) => a + b) / left.length
}

export const naiveStatistics = (all: ReadonlyArray<History.PredictionRequest>, start: number, end: number) => {
  let total = 0
  let rows = 0
  let previous = 0
  const users: Record<string, true> = {}
  const errors = { user: 0, server: 0, previousUser: 0, previousServer: 0 }
  const times: Array<number> = []
  const minutes: Record<string, number> = {}
  for (const one of all) {
    const isUser = String(one.status).startsWith("4")
    const isServer = String(one.status).startsWith("5")
    if (one.time >= start && one.time < end) {
      total += 1
      rows += one.rows
      users[one.user] = true
      times.push(one.executionTime)
      const label = new Date(one.time).toISOString().slice(0, 16)
      minutes[label] = (minutes[label] ?? 0) + 1
      if (isUser) errors.user += 1
      if (isServer) errors.server += 1
    } else if (one.time < start && one.time >= 2 * start - end) {
      previous += 1
      if (isUser) errors.previousUser += 1
      if (isServer) errors.previousServer += 1
    }
  }
  const ratio = (part: number, whole: number) => whole === 0 ? 0 : part / whole
  const loads = Object.values(minutes)
  return {
    totalRequests: total,
    consumers: Object.keys(users).length,
    totalPredictionRows: rows,
    period: { start: DateTime.unsafeMake(start), end: DateTime.unsafeMake(end) },
    userErrorRate: { current: ratio(errors.user, total), previous: ratio(errors.previousUser, previous) },
    serverErrorRate: { current: ratio(errors.server, total), previous: ratio(errors.previousServer, previous) },
    load: { peak: Math.max(0, ...loads), median: naiveMedian(loads) ?? 0 },
    medianExecutionTime: naiveMedian(times)
  }
}

const day = 24 * 60 * 60 * 1000

/** The monitoring values of a deployment at a given time. */
export const naiveActivity = (all: ReadonlyArray<History.PredictionRequest>, now: number) => {
  const recent = all.filter(({ time }) => time > now - day && time <= now)
  const previous = all.filter(({ time }) => time > now - 2 * day && time <= now - day)
  const userErrors = recent.filter(({ status }) => String(status).startsWith("4")).length
  const serverErrors = recent.filter(({ status }) => String(status).startsWith("5")).length
  const errors = userErrors + serverErrors
  const level = errors === 0 || errors * 20 < recent.length
    ? "passing"
    : errors * 5 < recent.length
    ? "warning"
    : "failing"
  const messages = []
  if (errors === recent.length) messages.push(["passing", "NO_GOOD_REQUESTS"])
  if (level !== "passing" && userErrors > 0) messages.push([level, "USER_ERRORS"])
  if (level !== "passing" && serverErrors > 0) messages.push([level, "SERVER_ERRORS"])
  const dateOf = (time: number) => new Date(time).toISOString().slice(0, 10)
  const trend = previous.length === 0
    ? (recent.length === 0 ? 0 : 100)
    : 100 * (recent.length - previous.length) / previous.length
  return {
    serviceHealth: level,
    messages,
    recentRequestCount: recent.length,
    prevRequestCount: previous.length,
    relativeRequestsTrend: trend,
    trendTimeWindow: "1d",
    requestRates: [7, 6, 5, 4, 3, 2, 1, 0].map((ago) =>
      all.filter(({ time }) => time <= now && dateOf(time) === dateOf(now - ago * day)).length
    )
  }
}
