/** The handlers of drift. */
import * as Effect from "effect/Effect"
import type { TargetDriftInput } from "../../wire/monitoring.js"
import * as Drift from "../monitoring/drift.js"
import { checkDriftMetric } from "../monitoring/limits.js"
import { period, rowsOf, utc } from "../monitoring/period.js"
import * as Errors from "../protocol/errors.js"
import { paginate, requestUrl } from "../protocol/paging.js"
import type { State } from "../state/State.js"
import type { Handlers } from "./handler.js"

/** Default number of features on a page. */
const pageSize = 25

/** Returns the rows of a period, and the earlier rows to compare them with. Fails if the drift is not tracked. */
const samples = (state: State, id: string, drift: "targetDrift" | "featureDrift", asked: TargetDriftInput) =>
  Effect.gen(function*() {
    yield* checkDriftMetric(asked.metric)
    const known = yield* state.known(id)
    if (known.details.settings[drift]?.enabled !== true) {
      return yield* Errors.forbidden(`${drift === "targetDrift" ? "Target" : "Feature"} drift is not tracked`)
    }
    const wanted = yield* period(known, asked)
    return {
      known,
      wanted,
      baseline: rowsOf(known, { ...wanted, start: -Infinity, end: wanted.start }),
      rows: rowsOf(known, wanted)
    }
  })

export const drift = {
  targetDrift: ({ path, urlParams }, { state }) =>
    Effect.gen(function*() {
      const { baseline, known, rows, wanted } = yield* samples(state, path.id, "targetDrift", urlParams)
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
      const { baseline, rows, wanted } = yield* samples(state, path.id, "featureDrift", urlParams)
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
