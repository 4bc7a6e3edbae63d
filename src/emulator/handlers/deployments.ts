/** What each route of `deployments/` does. */
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import type * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Arr from "effect/Array"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { Grant, SharedRole } from "../../wire/deployment.js"
import type { CandidateInput } from "../../wire/deploymentModel.js"
import type { ServiceMetric } from "../../wire/monitoring.js"
import { Api } from "../api/Api.js"
import { measures, metricsOf } from "../monitoring/accuracy.js"
import * as Drift from "../monitoring/drift.js"
import { buckets, championOf, type Period, period, requestsOf, rowsOf } from "../monitoring/period.js"
import { pairs, type PredictedRow } from "../monitoring/rows.js"
import { metrics } from "../monitoring/serviceStats.js"
import * as Errors from "../protocol/errors.js"
import { paginate, requestUrl } from "../protocol/paging.js"
import { capabilities, toDeployment } from "../state/deploymentView.js"
import { defaultHealthSettings, type Details, merge } from "../state/details.js"
import type { Change } from "../state/jobs.js"
import type { Known, NewDeployment, Refused } from "../state/State.js"
import { targetTypeOf } from "../state/stored.js"
import { World } from "../World.js"
import { selectDeployments } from "./selectDeployments.js"

const notDeployed = Errors.conflict("The deployment is not deployed yet")

/** How many items a page has of which nobody says how long it is to be. */
const pageSize = 20
const driftPageSize = 25

const utc = ({ end, start }: { readonly start: number; readonly end: number }) => ({
  start: DateTime.unsafeMake(start),
  end: DateTime.unsafeMake(end)
})

const at = (path: string, request: HttpServerRequest.HttpServerRequest) => ({
  location: new URL(`/api/v2/${path}/`, requestUrl(request)).href
})

const accepted = (job: string, request: HttpServerRequest.HttpServerRequest) =>
  HttpServerResponse.empty({ status: 202, headers: at(`status/${job}`, request) })

/** Whether another model could take the place of the deployed one. Any model is taken that is not the deployed one. */
const validate = ({ details }: Known, { modelId, modelPackageId }: CandidateInput): Errors.ReplacementValidation => {
  const champion = championOf(details)
  const same = modelPackageId === champion.modelPackageId || modelId === champion.modelId
  const passing = (message: string) => ({ status: "passing" as const, message })
  return {
    status: same ? "failing" : "passing",
    message: same
      ? "Model cannot be used to replace the current model."
      : "Model can be used to replace the current model.",
    checks: {
      target: passing("The target is the same."),
      features: passing("The features are the same."),
      permission: passing("The user may replace the model."),
      predictionReady: passing("The model is ready to predict."),
      notCurrentModel: same
        ? { status: "failing", message: "Replacement model is the current model." }
        : passing("It is another model.")
    }
  }
}

const granted = (roles: ReadonlyArray<SharedRole>, grants: ReadonlyArray<Grant>): ReadonlyArray<SharedRole> => {
  const whose = (grant: Grant) => "id" in grant ? grant.id : grant.username
  const isOf = (grant: Grant) => (role: SharedRole) => role.id === whose(grant) || role.name === whose(grant)
  return grants.reduce((kept, grant) => {
    const before = kept.find(isOf(grant))
    const others = kept.filter((role) => role !== before)
    if (grant.role === "NO_ROLE") return others
    const { role, shareRecipientType } = grant
    return [...others, { id: before?.id ?? whose(grant), name: before?.name ?? whose(grant), role, shareRecipientType }]
  }, roles)
}

const enabled = (setting: { readonly enabled?: boolean | null | undefined } | null | undefined) =>
  setting?.enabled === true

const scoresOf = (rows: ReadonlyArray<PredictedRow>) => rows.map(({ score }) => score)
const average = (values: ReadonlyArray<number>) =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length

/** The rows of a period, and those before it, which they are compared to. */
const samples = (known: Known, wanted: Period) => ({
  baseline: rowsOf(known, { ...wanted, start: -Infinity, end: wanted.start }),
  rows: rowsOf(known, wanted)
})

export const deployments = HttpApiBuilder.group(Api, "deployments", (handlers) =>
  Effect.gen(function*() {
    const { state } = yield* World

    const create = (input: NewDeployment, request: HttpServerRequest.HttpServerRequest) =>
      Effect.map(state.deploy(input), ({ id, job }) =>
        HttpServerResponse.unsafeJson({ id }, { status: 202, headers: at(`status/${job}`, request) }))

    const details = <A>(id: string, read: (details: Details) => A) =>
      Effect.map(state.known(id), (known) =>
        read(known.details))

    /** Changes a part of what is known, and reads it. */
    const edit = <A>(id: string, change: (details: Details) => Details, read: (details: Details) => A) =>
      Effect.zipRight(state.changeDetails(id, change), details(id, read))

    return handlers
      .handle("createFromLearningModel", ({ payload, request }) => create(payload, request))
      .handle("createFromLeaderboard", ({ payload, request }) => create(payload, request))
      .handle("createFromModelPackage", ({ payload, request }) => create(payload, request))
      .handle("list", ({ request, urlParams }) =>
        Effect.map(state.allKnown, (all) => {
          const selected = selectDeployments(all, urlParams)
          const { limit = pageSize, offset } = urlParams
          return { ...paginate(selected, { limit, offset }, requestUrl(request)), totalCount: selected.length }
        }))
      .handle("get", ({ path }) => Effect.map(state.known(path.id), toDeployment))
      .handle("update", ({ path, payload }) => state.update(path.id, payload))
      .handle("delete", ({ path }) => state.remove(path.id))
      .handle("updateStatus", ({ path, payload: { status }, request }) =>
        Effect.map(
          state.startChange(path.id, `Deployment status change: ${status}`, ({ deployment, pending }) => {
            const next = pending.flatMap((change) => change.change === "status" ? [change.status] : []).at(-1)
            if (next !== undefined) return Errors.conflict(`The deployment is already becoming ${next}`)
            if (deployment.deployed !== true) return notDeployed
            return deployment.status === status
              ? Errors.conflict(`The deployment is already ${status}`)
              : { change: "status", status }
          }),
          (job) => accepted(job, request)
        ))
      .handle("serviceStats", ({ path, urlParams }) =>
        Effect.gen(function*() {
          const known = yield* state.known(path.id)
          const wanted = yield* period(known, urlParams)
          const {
            executionTimeQuantile = 0.5,
            responseTimeQuantile = 0.5,
            segmentAttribute,
            segmentValue,
            slowRequestsThreshold = 1000
          } = urlParams
          const requests = requestsOf(known, wanted, segmentAttribute === undefined ? undefined : segmentValue)
          return {
            modelId: wanted.modelId,
            period: utc(wanted),
            metrics: metrics(requests, { executionTimeQuantile, responseTimeQuantile, slowRequestsThreshold }),
            ...(segmentAttribute === undefined ? {} : { segmentAttribute, segmentValue: segmentValue ?? null })
          }
        }))
      .handle("serviceStatsOverTime", ({ path, urlParams }) =>
        Effect.gen(function*() {
          const known = yield* state.known(path.id)
          const wanted = yield* period(known, urlParams)
          const { bucketSize, quantile = 0.5, segmentAttribute, segmentValue, threshold = 1000 } = urlParams
          const parts = yield* buckets(wanted, bucketSize)
          const metric: ServiceMetric = urlParams.metric ?? "totalPredictions"
          const value = (part: Period) =>
            metrics(requestsOf(known, part, segmentAttribute === undefined ? undefined : segmentValue), {
              executionTimeQuantile: quantile,
              responseTimeQuantile: quantile,
              slowRequestsThreshold: threshold
            })[metric]
          return {
            metric,
            modelId: wanted.modelId,
            summary: { period: utc(wanted), value: value(wanted) },
            buckets: parts.map((bucket) => ({ period: utc(bucket), value: value(bucket) }))
          }
        }))
      .handle("modelHistory", ({ path, request, urlParams }) =>
        details(path.id, ({ models }) =>
          paginate(
            Arr.reverse(models).map(({ modelId, modelPackageId, reason, since }) => ({
              model: { id: modelId },
              modelPackage: { id: modelPackageId },
              deployedAt: DateTime.formatIso(DateTime.unsafeMake(since)),
              reason
            })),
            urlParams,
            requestUrl(request)
          )))
      .handle("features", ({ path, request, urlParams: { limit = pageSize, offset, orderBy, search = "" } }) =>
        Effect.map(state.known(path.id), ({ rows }) => {
          const names = Drift.featuresOf(rows).filter((name) =>
            name.toLowerCase().includes(search.toLowerCase())
          )
          if (orderBy?.endsWith("name") === true) names.sort()
          if (orderBy === "-name") names.reverse()
          const features = names.map((name) => ({
            name,
            featureType: Drift.isNumeric(Drift.valuesOf(rows, name)) ? "Numeric" : "Categorical",
            importance: null,
            dateFormat: null,
            knownInAdvance: false
          }))
          // here, a limit of 0 asks for all of them
          return paginate(features, { limit: limit === 0 ? undefined : limit, offset }, requestUrl(request))
        }))
      .handle("capabilities", ({ path }) =>
        Effect.as(state.known(path.id), { data: capabilities }))
      .handle("challengers", ({ path }) => Effect.as(state.known(path.id), { data: [] }))
      .handle("championModelPackage", ({ path }) =>
        Effect.map(state.known(path.id), ({ deployment, details }) => {
          const { modelId, modelPackageId } = championOf(details)
          return { id: modelPackageId, name: deployment.label, modelId, target: { type: targetTypeOf(deployment) } }
        }))
      .handle("validateReplacementModel", ({ path, payload }) =>
        Effect.map(state.known(path.id), (known) =>
          validate(known, payload)))
      .handle("replaceModel", ({ path, payload, request }) =>
        Effect.map(
          state.startChange(path.id, "Model replacement", (
            known,
            newId
          ): Change | Refused<Errors.Conflict | Errors.ReplacementRefused> => {
            const validation = validate(known, payload)
            if (validation.status === "failing") {
              return Errors.replacementRefused(validation)
            }
            if (known.deployment.deployed !== true) {
              return notDeployed
            }
            if (
              known.pending.some(({ change }) =>
                change === "model"
              )
            ) {
              return Errors.conflict("The model of the deployment is being replaced already")
            }
            const { modelId = newId(), modelPackageId = newId(), reason } = payload
            return { change: "model", modelId, modelPackageId, reason }
          }),
          (job) => accepted(job, request)
        ))
      .handle("secondaryDatasetConfiguration", ({ path }) =>
        details(path.id, ({ secondaryDatasetConfigId }) => ({ secondaryDatasetConfigId })))
      .handle("updateSecondaryDatasetConfiguration", ({ path, payload: { secondaryDatasetConfigId } }) =>
        state.changeDetails(path.id, (details) => ({ ...details, secondaryDatasetConfigId })))
      .handle("submitActuals", ({ path, payload, request }) =>
        Effect.gen(function*() {
          const { deployment } = yield* state.known(path.id)
          const isNumber = targetTypeOf(deployment) !== "Binary"
          const wrong = payload.data.findIndex(({ actualValue }) =>
            isNumber && (actualValue === "" || !Number.isFinite(Number(actualValue)))
          )
          if (wrong >= 0) {
            return yield* Errors.invalidFields({ [`data.${wrong}.actualValue`]: "must be a number" })
          }
          const actuals = payload.data.map(({ associationId, actualValue, timestamp, wasActedOn }) => ({
            associationId,
            actualValue,
            wasActedOn: wasActedOn ?? null,
            timestamp: timestamp?.epochMillis ?? null
          }))
          return accepted(
            yield* state.addActuals(path.id, actuals, payload.keepActualsWithoutPredictions ?? true),
            request
          )
        }))
      .handle("submitActualsFromDataset", ({ path }) =>
        Effect.zipRight(
          state.known(path.id),
          Errors.invalidFields({ datasetId: "There is no such dataset: the emulator has none" })
        ))
      .handle("settings", ({ path }) =>
        details(path.id, ({ settings }) =>
          settings))
      .handle("updateSettings", ({ path, payload, request }) =>
        Effect.map(
          state.startChange(path.id, "Deployment settings update", ({ deployment }) =>
            deployment.deployed === true ? { change: "settings", settings: { ...payload } } : notDeployed),
          (job) =>
            accepted(job, request)
        ))
      .handle("healthSettings", ({ path }) =>
        details(path.id, ({ healthSettings }) =>
          healthSettings))
      .handle("defaultHealthSettings", ({ path }) => details(path.id, () => defaultHealthSettings))
      .handle("updateHealthSettings", ({ path, payload }) =>
        edit(
          path.id,
          (details) => ({ ...details, healthSettings: merge(details.healthSettings, payload) }),
          ({ healthSettings }) => healthSettings
        ))
      .handle("challengerReplaySettings", ({ path }) =>
        details(path.id, ({ challengerReplaySettings }) =>
          challengerReplaySettings))
      .handle("updateChallengerReplaySettings", ({ path, payload }) =>
        edit(
          path.id,
          (details) => ({ ...details, challengerReplaySettings: merge(details.challengerReplaySettings, payload) }),
          ({ challengerReplaySettings }) =>
            challengerReplaySettings
        ))
      .handle("retrainingSettings", ({ path }) => details(path.id, ({ retrainingSettings }) => retrainingSettings))
      .handle("updateRetrainingSettings", ({ path, payload }) =>
        edit(
          path.id,
          (details) => ({ ...details, retrainingSettings: merge(details.retrainingSettings, payload) }),
          ({ retrainingSettings }) => retrainingSettings
        ))
      .handle("accuracyMetrics", ({ path }) => details(path.id, ({ accuracyMetrics: data }) => ({ data })))
      .handle("updateAccuracyMetrics", ({ path, payload: { data } }) =>
        edit(
          path.id,
          (details) => ({ ...details, accuracyMetrics: data }),
          ({ accuracyMetrics }) => ({ data: accuracyMetrics })
        ))
      .handle("targetDrift", ({ path, urlParams }) =>
        Effect.gen(function*() {
          const known = yield* state.known(path.id)
          if (!enabled(known.details.settings.targetDrift)) {
            return yield* Errors.forbidden("Target drift is not tracked")
          }
          const wanted = yield* period(known, urlParams)
          const { baseline, rows } = samples(known, wanted)
          return {
            modelId: wanted.modelId,
            period: utc(wanted),
            metric: "psi" as const,
            targetName: String(known.deployment.project["target"] ?? "") || null,
            driftScore: Drift.psi(scoresOf(baseline), scoresOf(rows)),
            sampleSize: rows.length,
            baselineSampleSize: baseline.length
          }
        }))
      .handle("featureDrift", ({ path, request, urlParams }) =>
        Effect.gen(function*() {
          const known = yield* state.known(path.id)
          if (!enabled(known.details.settings.featureDrift)) {
            return yield* Errors.forbidden("Feature drift is not tracked")
          }
          const wanted = yield* period(known, urlParams)
          const { baseline, rows } = samples(known, wanted)
          const drift = Drift.featuresOf([...baseline, ...rows]).map((name) => ({
            name,
            driftScore: Drift.psi(Drift.valuesOf(baseline, name), Drift.valuesOf(rows, name)),
            featureImpact: null,
            sampleSize: rows.length,
            baselineSampleSize: baseline.length
          }))
          const { limit = driftPageSize, offset } = urlParams
          return {
            ...paginate(drift, { limit, offset }, requestUrl(request)),
            modelId: wanted.modelId,
            period: utc(wanted),
            metric: "psi" as const
          }
        }))
      .handle("accuracy", ({ path, urlParams }) =>
        Effect.gen(function*() {
          const known = yield* state.known(path.id)
          const wanted = yield* period(known, urlParams)
          const matched = pairs(rowsOf(known, wanted), known.actuals)
          const measure = measures(targetTypeOf(known.deployment), matched)
          return {
            modelId: wanted.modelId,
            period: utc(wanted),
            metrics: Object.fromEntries(
              known.details.accuracyMetrics.map((metric) => [
                metric,
                { value: measure(metric), baselineValue: null, percentChange: null }
              ])
            )
          }
        }))
      .handle("accuracyOverTime", ({ path, urlParams }) =>
        Effect.gen(function*() {
          const known = yield* state.known(path.id)
          const wanted = yield* period(known, urlParams)
          const targetType = targetTypeOf(known.deployment)
          const metric = urlParams.metric ?? metricsOf(targetType)[0] ?? ""
          const bucket = (part: Period) => {
            const matched = pairs(rowsOf(known, part), known.actuals)
            return { period: utc(part), value: measures(targetType, matched)(metric), sampleSize: matched.length }
          }
          return {
            metric,
            modelId: wanted.modelId,
            baseline: { period: null, value: null, sampleSize: null },
            summary: bucket(wanted),
            buckets: (yield* buckets(wanted, urlParams.bucketSize)).map(bucket)
          }
        }))
      .handle("predictionsOverTime", ({ path, urlParams }) =>
        Effect.gen(function*() {
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
                meanPredictedValue: average(scoresOf(rows))
              }
            })
          }
        }))
      .handle("predictionResults", ({ path, request, urlParams }) =>
        Effect.gen(function*() {
          const { actuals, rows } = yield* state.known(path.id)
          if (request.headers["accept"]?.includes("text/csv") === true) {
            return yield* Errors.unknownRoute("Prediction results are answered as JSON only here, not as CSV")
          }
          const { actualsPresent, end, limit = pageSize, modelId, offset, start } = urlParams
          const results = rows.flatMap((row) => {
            const actual = row.associationId === null ? undefined : actuals.get(row.associationId)
            const fits = (modelId === undefined || row.modelId === modelId) &&
              row.time >= (start?.epochMillis ?? -Infinity) && row.time < (end?.epochMillis ?? Infinity) &&
              (actualsPresent === undefined || (actualsPresent.toLowerCase() === "true") === (actual !== undefined))
            return fits
              ? [{
                timestamp: DateTime.formatIso(DateTime.unsafeMake(row.time)),
                modelId: row.modelId,
                associationId: row.associationId,
                prediction: row.score,
                actual: actual?.actualValue ?? null,
                features: row.features
              }]
              : []
          })
          return paginate(results, { limit, offset }, requestUrl(request))
        }))
      .handle("deleteMonitoringData", ({ path, payload, request }) =>
        Effect.map(
          state.startChange(path.id, "Monitoring data deletion", () => ({
            change: "deletion",
            modelId: payload.modelId,
            start: payload.start?.epochMillis ?? null,
            end: payload.end?.epochMillis ?? null
          })),
          (job) => accepted(job, request)
        ))
      .handle("sharedRoles", ({ path, request, urlParams: { id, name, shareRecipientType, ...paging } }) =>
        details(path.id, ({ roles }) => {
          const found = roles.filter((role) =>
            (id === undefined || role.id === id) && (name === undefined || role.name === name) &&
            (shareRecipientType === undefined || role.shareRecipientType === shareRecipientType)
          )
          return { ...paginate(found, paging, requestUrl(request)), totalCount: found.length }
        }))
      .handle("updateSharedRoles", ({ path, payload }) =>
        state.changeDetails(path.id, (details) => {
          const roles = granted(details.roles, payload.roles)
          return roles.some(({ role }) =>
              role === "OWNER"
            )
            ? { ...details, roles }
            : Errors.conflict("A deployment must have an owner")
        }))
  }))
