/** The handlers of drift. */
import * as Effect from "effect/Effect"
import * as Drift from "../monitoring/drift.js"
import { checkDriftMetric } from "../monitoring/limits.js"
import { type Period, period, rowsOf, utc } from "../monitoring/period.js"
import * as Errors from "../protocol/errors.js"
import { paginate, requestUrl } from "../protocol/paging.js"
import type { Known } from "../state/known.js"
import type { Handlers } from "./handler.js"

/** Default number of features on a page. */
const pageSize = 25

/** Returns the rows of a period, and the earlier rows to compare them with. */
const samples = (known: Known, wanted: Period) => ({
  baseline: rowsOf(known, { ...wanted, start: -Infinity, end: wanted.start }),
  rows: rowsOf(known, wanted)
})

export const drift = {
  targetDrift: ({ path, urlParams }, { state }) =>
    Effect.gen(function*() {
      yield* checkDriftMetric(urlParams.metric)
      const known = yield* state.known(path.id)
      if (known.details.settings.targetDrift?.enabled !== true) {
        return yield* Errors.forbidden("Target drift is not tracked")
      }
      const wanted = yield* period(known, urlParams)
      const { baseline, rows } = samples(known, wanted)
      return {
        modelId: wanted.modelId,
        period: utc(wanted),
        metric: "psi",
        targetName: String(known.deployment.project["target"] ?? "") || null,
        driftScore: Drift.psi(baseline.map(({ score }) => score), rows.map(({ score }) => score)),
        sampleSize: rows.length,
        baselineSampleSize: baseline.length
      }
    }),
  featureDrift: ({ path, request, urlParams }, { state }) =>
    Effect.gen(function*() {
      yield* checkDriftMetric(urlParams.metric)
      const known = yield* state.known(path.id)
      if (known.details.settings.featureDrift?.enabled !== true) {
        return yield* Errors.forbidden("Feature drift is not tracked")
      }
      const wanted = yield* period(known, urlParams)
      const { baseline, rows } = samples(known, wanted)
      const features = Drift.featuresOf([...baseline, ...rows]).map((name) => ({
        name,
        driftScore: Drift.psi(Drift.valuesOf(baseline, name), Drift.valuesOf(rows, name)),
        featureImpact: null,
        sampleSize: rows.length,
        baselineSampleSize: baseline.length
      }))
      const { limit = pageSize, offset } = urlParams
      return {
        ...paginate(features, { limit, offset }, requestUrl(request)),
        modelId: wanted.modelId,
        period: utc(wanted),
        metric: "psi"
      }
    })
} satisfies Partial<Handlers<"deployments">>
