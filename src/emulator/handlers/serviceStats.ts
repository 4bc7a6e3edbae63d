/** The handlers of the service statistics of a deployment. */
import * as Effect from "effect/Effect"
import { checkBucketSize, checkSegmentAttribute } from "../monitoring/limits.js"
import { buckets, type Period, period, requestsOf, utc } from "../monitoring/period.js"
import { metrics } from "../monitoring/serviceStats.js"
import type { Handlers } from "./handler.js"

export const serviceStats = {
  serviceStats: ({ path, urlParams }, { state }) =>
    Effect.gen(function*() {
      yield* checkSegmentAttribute(urlParams.segmentAttribute)
      const known = yield* state.known(path.id)
      const wanted = yield* period(known, urlParams)
      const { segmentAttribute, segmentValue } = urlParams
      const requests = requestsOf(known, wanted, segmentAttribute === undefined ? undefined : segmentValue)
      return {
        modelId: wanted.modelId,
        period: utc(wanted),
        metrics: metrics(requests, {
          executionTimeQuantile: urlParams.executionTimeQuantile,
          responseTimeQuantile: urlParams.responseTimeQuantile,
          slowRequestsThreshold: urlParams.slowRequestsThreshold
        }),
        ...(segmentAttribute === undefined ? {} : { segmentAttribute, segmentValue: segmentValue ?? null })
      }
    }),
  serviceStatsOverTime: ({ path, urlParams }, { state }) =>
    Effect.gen(function*() {
      yield* checkSegmentAttribute(urlParams.segmentAttribute)
      yield* checkBucketSize(urlParams.bucketSize)
      const known = yield* state.known(path.id)
      const wanted = yield* period(known, urlParams)
      const { bucketSize, metric = "totalPredictions", quantile, segmentAttribute, segmentValue } = urlParams
      const value = (part: Period) =>
        metrics(requestsOf(known, part, segmentAttribute === undefined ? undefined : segmentValue), {
          executionTimeQuantile: quantile,
          responseTimeQuantile: quantile,
          slowRequestsThreshold: urlParams.threshold
        })[metric]
      const parts = yield* buckets(wanted, bucketSize)
      return {
        metric,
        modelId: wanted.modelId,
        summary: { period: utc(wanted), value: value(wanted) },
        buckets: parts.map((part) => ({ period: utc(part), value: value(part) }))
      }
    })
} satisfies Partial<Handlers<"deployments">>
