/** The handlers that return and delete predicted rows. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { cellWriter } from "../../wire/csv.js"
import { type DateInput, millisOf } from "../../wire/fields.js"
import { checkBucketSize } from "../monitoring/limits.js"
import { buckets, period, rowsOf, utc } from "../monitoring/period.js"
import { defaultPageSize, paginate, requestUrl } from "../protocol/paging.js"
import { csvResponse } from "./datasets.js"
import { accepted, type Handlers } from "./handler.js"

/** The columns of the rows as CSV. */
const resultColumns = ["timestamp", "modelId", "associationId", "prediction", "actual"]

const millis = (date: DateInput | undefined) => date === undefined ? null : millisOf(date)

export const predictedRows = {
  predictionsOverTime: ({ path, urlParams }, { state }) =>
    Effect.gen(function*() {
      yield* checkBucketSize(urlParams.bucketSize)
      const known = yield* state.known(path.id)
      const wanted = yield* period(known, urlParams)
      return {
        baselines: [],
        buckets: (yield* buckets(wanted, urlParams.bucketSize)).map((part) => {
          const rows = rowsOf(known, part)
          return {
            period: utc(part),
            modelId: wanted.modelId,
            rowCount: rows.length,
            meanPredictedValue: rows.length === 0
              ? null
              : rows.reduce((sum, { score }) => sum + score, 0) / rows.length
          }
        })
      }
    }),
  predictionResults: ({ path, request, urlParams }, { state }) =>
    Effect.gen(function*() {
      const { actuals, rows } = yield* state.known(path.id)
      const { actualsPresent, limit = defaultPageSize, modelId, offset } = urlParams
      const start = millis(urlParams.startTime) ?? -Infinity
      const end = millis(urlParams.endTime) ?? Infinity
      const results = rows.flatMap(({ associationId, features, score, time, ...row }) => {
        const actual = associationId === null ? undefined : actuals.get(associationId)
        if (modelId !== undefined && row.modelId !== modelId) return []
        if (time < start || time >= end) return []
        if (actualsPresent !== undefined && actualsPresent !== (actual !== undefined)) return []
        return [{
          timestamp: DateTime.formatIso(DateTime.unsafeMake(time)),
          modelId: row.modelId,
          associationId,
          prediction: score,
          actual: actual?.actualValue ?? null,
          features
        }]
      })
      if (request.headers["accept"]?.includes("text/csv") === true) {
        const write = yield* cellWriter
        const rows = results.map((row) => [row.timestamp, row.modelId, row.associationId, row.prediction, row.actual])
        return csvResponse(write([resultColumns, ...rows]), `${path.id}.csv`)
      }
      return paginate(results, { limit, offset }, requestUrl(request))
    }),
  deleteMonitoringData: ({ path, payload: { endTime, modelId, startTime }, request }, { state }) =>
    Effect.map(
      state.startChange(path.id, "Monitoring data deletion", () => ({
        change: "deletion",
        modelId,
        start: millis(startTime),
        end: millis(endTime)
      })),
      (job) => accepted(job, request)
    )
} satisfies Partial<Handlers<"deployments">>
