/** The service statistics of the deployments API, computed from the recorded prediction requests. Pure functions. */
import type { ServiceMetric } from "../../wire/monitoring.js"
import type { Columns } from "./history.js"
import { loads, median, quantile, sum } from "./statistics.js"

/** Parameters of the metrics. */
export interface Wanted {
  /** Default: 0.5. */
  readonly executionTimeQuantile: number | undefined
  /** Default: 0.5. */
  readonly responseTimeQuantile: number | undefined
  /** Milliseconds. Default: 1000. */
  readonly slowRequestsThreshold: number | undefined
}

/** Computes every metric of the requests of a period. A metric without data is null. Times are in milliseconds. */
export const metrics = (
  requests: Columns,
  { executionTimeQuantile = 0.5, responseTimeQuantile = 0.5, slowRequestsThreshold = 1000 }: Wanted
): Record<ServiceMetric, number | null> => {
  const { executionTime, rows, status, time, user } = requests
  const perMinute = loads(requests)
  const share = (isOne: (status: number) => boolean) =>
    time.length === 0 ? null : status.filter(isOne).length / time.length
  const millis = (seconds: number | undefined) => seconds === undefined ? null : seconds * 1000
  return {
    totalPredictions: sum(rows),
    totalRequests: time.length,
    slowRequests: executionTime.filter((seconds) => seconds * 1000 > slowRequestsThreshold).length,
    executionTime: millis(quantile(executionTime, executionTimeQuantile)),
    // There is no network between the emulator and its clients.
    responseTime: millis(quantile(executionTime, responseTimeQuantile)),
    userErrorRate: share((one) => one >= 400 && one < 500),
    serverErrorRate: share((one) => one >= 500),
    numConsumers: new Set(user).size,
    // The emulator has no cache.
    cacheHitRatio: null,
    medianLoad: median(perMinute) ?? 0,
    peakLoad: perMinute.reduce((most, one) => Math.max(most, one), 0)
  }
}
