/** The handlers of accuracy. */
import * as Effect from "effect/Effect"
import { measures, metricsOf } from "../monitoring/accuracy.js"
import { checkBucketSize } from "../monitoring/limits.js"
import { buckets, type Period, period, rowsOf, utc } from "../monitoring/period.js"
import { pairs } from "../monitoring/rows.js"
import { targetTypeOf } from "../state/stored.js"
import type { Handlers } from "./handler.js"

export const accuracy = {
  accuracy: ({ path, urlParams }, { state }) =>
    Effect.gen(function*() {
      const known = yield* state.known(path.id)
      const wanted = yield* period(known, urlParams)
      const measure = measures(targetTypeOf(known.deployment), pairs(rowsOf(known, wanted), known.actuals))
      const values = known.details.accuracyMetrics.map((metric) =>
        [metric, { value: measure(metric), baselineValue: null, percentChange: null }] as const
      )
      return { modelId: wanted.modelId, period: utc(wanted), metrics: Object.fromEntries(values) }
    }),
  accuracyOverTime: ({ path, urlParams: { bucketSize, ...asked } }, { state }) =>
    Effect.gen(function*() {
      yield* checkBucketSize(bucketSize)
      const known = yield* state.known(path.id)
      const wanted = yield* period(known, asked)
      const targetType = targetTypeOf(known.deployment)
      const metric = asked.metric ?? metricsOf(targetType)[0] ?? ""
      const bucket = (part: Period) => {
        const matched = pairs(rowsOf(known, part), known.actuals)
        return { period: utc(part), value: measures(targetType, matched)(metric), sampleSize: matched.length }
      }
      return {
        metric,
        modelId: wanted.modelId,
        baseline: { period: null, value: null, sampleSize: null },
        summary: bucket(wanted),
        buckets: (yield* buckets(wanted, bucketSize)).map(bucket)
      }
    })
} satisfies Partial<Handlers<"deployments">>
