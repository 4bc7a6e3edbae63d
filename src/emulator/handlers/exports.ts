/** The handlers of data exports. */
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { cellWriter } from "../../wire/csv.js"
import { millisOf } from "../../wire/fields.js"
import { actualRows, predictionRows, toFile } from "../files/exportedRows.js"
import type { KnownExport, NewExport } from "../files/fileStore.js"
import { championOf } from "../monitoring/period.js"
import * as Errors from "../protocol/errors.js"
import { defaultPageSize, paginate, requestUrl } from "../protocol/paging.js"
import type { Request } from "../protocol/request.js"
import type { Known } from "../state/known.js"
import { type Handlers, locationOf } from "./handler.js"

const utc = (time: number) => DateTime.unsafeMake(time)

const common = (one: KnownExport) => ({
  id: one.id,
  modelId: one.modelId,
  createdAt: utc(one.createdAt),
  period: one.period === null ? null : { start: utc(one.period.start), end: utc(one.period.end) },
  status: one.status,
  error: null,
  data: one.status === "SUCCEEDED" ? [{ id: one.datasetId, name: one.datasetName }] : null
})

const toPredictions = (one: KnownExport) => ({ ...common(one), batches: null })
const toActuals = (one: KnownExport) => ({ ...common(one), onlyMatchedPredictions: one.onlyMatchedPredictions })
const toTraining = (one: KnownExport) => ({
  id: one.id,
  modelId: one.modelId,
  modelPackageId: one.modelPackageId,
  createdAt: utc(one.createdAt),
  data: { id: one.datasetId, name: one.datasetName }
})

const started = (body: object, job: string, request: Request) =>
  HttpServerResponse.unsafeJson(body, { status: 202, headers: locationOf(`status/${job}`, request) })

interface Filters {
  readonly status?: string | undefined
  readonly modelId?: string | undefined
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

const page = <A>(
  all: ReadonlyArray<KnownExport>,
  { limit = defaultPageSize, modelId, offset, status }: Filters,
  request: Request,
  show: (one: KnownExport) => A
) => {
  const selected = all.filter((one) =>
    (status === undefined || one.status === status) && (modelId === undefined || one.modelId === modelId)
  )
  return { ...paginate(selected.map(show), { limit, offset }, requestUrl(request)), totalCount: selected.length }
}

/** What the exports of a period have in common. */
const planned = (
  { details }: Known,
  { endTime, modelId, startTime }: { readonly startTime: Parameters<typeof millisOf>[0] } & {
    readonly endTime: Parameters<typeof millisOf>[0]
    readonly modelId?: string | undefined
  }
) => ({
  modelId: modelId ?? championOf(details).modelId,
  modelPackageId: null,
  period: { start: millisOf(startTime), end: millisOf(endTime) }
})

/** The name of the dataset that the emulator takes for the training data of a model. */
const trainingName = (modelId: string) => `training-${modelId}.csv`

export const exports = {
  startPredictionDataExport: ({ path, payload, request }, { state }) => {
    if (payload.batchIds !== undefined) return Errors.invalidFields({ batchIds: "The emulator has no batches" })
    return Effect.gen(function*() {
      const write = yield* cellWriter
      const { id, job } = yield* state.startExport(path.id, (known): NewExport => {
        const plan = planned(known, payload)
        const rows = predictionRows(known, { ...plan.period, modelId: plan.modelId })
        return { ...plan, kind: "predictions", onlyMatchedPredictions: false, file: toFile(write, rows) }
      })
      return started({ id }, job, request)
    })
  },
  predictionDataExports: ({ path, request, urlParams: { batch, ...filters } }, { state }) =>
    Effect.map(
      state.exports(path.id, "predictions"),
      (all) => page(batch === true ? [] : all, filters, request, toPredictions)
    ),
  predictionDataExport: ({ path }, { state }) =>
    Effect.map(state.export(path.id, "predictions", path.exportId), toPredictions),
  startActualsDataExport: ({ path, payload, request }, { state }) =>
    Effect.gen(function*() {
      const write = yield* cellWriter
      const { onlyMatchedPredictions = true } = payload
      const { id, job } = yield* state.startExport(path.id, (known): NewExport => {
        const plan = planned(known, payload)
        const rows = actualRows(known, { ...plan.period, modelId: plan.modelId }, onlyMatchedPredictions)
        return { ...plan, kind: "actuals", onlyMatchedPredictions, file: toFile(write, rows) }
      })
      return started({ id }, job, request)
    }),
  actualsDataExports: ({ path, request, urlParams }, { state }) =>
    Effect.map(state.exports(path.id, "actuals"), (all) => page(all, urlParams, request, toActuals)),
  actualsDataExport: ({ path }, { state }) => Effect.map(state.export(path.id, "actuals", path.exportId), toActuals),
  startTrainingDataExport: ({ path, payload, request }, { state }) =>
    Effect.gen(function*() {
      const { details } = yield* state.known(path.id)
      const champion = championOf(details)
      const { modelId = champion.modelId } = payload
      const name = trainingName(modelId)
      const dataset = yield* state.datasetNamed(name)
      if (dataset === undefined) {
        return yield* Errors.invalidData(
          `The emulator has no training data of the model ${modelId}: upload it as a dataset named ${name}`
        )
      }
      const { job } = yield* state.startExport(path.id, (): NewExport => ({
        kind: "training",
        modelId,
        modelPackageId: modelId === champion.modelId ? champion.modelPackageId : null,
        period: null,
        onlyMatchedPredictions: false,
        file: { content: dataset.content, rowCount: dataset.rowCount, error: dataset.error }
      }))
      // As in the service: the id of the export is not known before it has ended.
      return started({}, job, request)
    }),
  trainingDataExports: ({ path, request, urlParams }, { state }) =>
    Effect.map(
      state.exports(path.id, "training"),
      (all) => page(all.filter(({ status }) => status === "SUCCEEDED"), urlParams, request, toTraining)
    ),
  trainingDataExport: ({ path }, { state }) =>
    Effect.flatMap(
      state.export(path.id, "training", path.exportId),
      (one) => one.status === "SUCCEEDED" ? Effect.succeed(toTraining(one)) : Errors.notFound
    )
} satisfies Partial<Handlers<"deployments">>
