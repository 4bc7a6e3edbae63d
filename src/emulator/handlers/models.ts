/** The handlers of the models of a deployment. */
import * as Arr from "effect/Array"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { CandidateInput } from "../../wire/deploymentModel.js"
import * as Drift from "../monitoring/drift.js"
import { championOf } from "../monitoring/period.js"
import * as Errors from "../protocol/errors.js"
import { defaultPageSize, paginate, requestUrl } from "../protocol/paging.js"
import type { Refused } from "../state/deploymentStore.js"
import type { Change } from "../state/jobs.js"
import type { Known } from "../state/known.js"
import { targetTypeOf } from "../state/stored.js"
import { accepted, type Handlers } from "./handler.js"

/** Checks whether a model could replace the deployed one. Every model can, except the deployed one itself. */
const validate = ({ details }: Known, { modelId, modelPackageId }: CandidateInput) => {
  const champion = championOf(details)
  const same = modelPackageId === champion.modelPackageId || modelId === champion.modelId
  const passing = (message: string) => ({ status: "passing", message })
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

export const models = {
  modelHistory: ({ path, request, urlParams }, { state }) =>
    Effect.map(state.known(path.id), ({ details }) =>
      paginate(
        Arr.reverse(details.models).map(({ modelId, modelPackageId, reason, since }) => ({
          model: { id: modelId },
          modelPackage: { id: modelPackageId },
          deployedAt: DateTime.formatIso(DateTime.unsafeMake(since)),
          reason
        })),
        urlParams,
        requestUrl(request)
      )),
  features: ({ path, request, urlParams: { orderBy, search = "", ...paging } }, { state }) =>
    Effect.map(state.known(path.id), ({ rows }) => {
      const names = Drift.featuresOf(rows).filter((name) => name.toLowerCase().includes(search.toLowerCase()))
      if (orderBy?.endsWith("name") === true) names.sort()
      if (orderBy === "-name") names.reverse()
      const features = names.map((name) => ({
        name,
        featureType: Drift.isNumeric(Drift.valuesOf(rows, name)) ? "Numeric" : "Categorical",
        importance: null,
        dateFormat: null,
        knownInAdvance: false
      }))
      // A limit of 0 is decoded as undefined: all features. Without a limit, the key is missing.
      const { limit = "limit" in paging ? undefined : defaultPageSize, offset } = paging
      return paginate(features, { limit, offset }, requestUrl(request))
    }),
  challengers: ({ path }, { state }) => Effect.as(state.known(path.id), { data: [] }),
  championModelPackage: ({ path }, { state }) =>
    Effect.map(state.known(path.id), ({ deployment, details, modelPackage }) => {
      const { modelId, modelPackageId } = championOf(details)
      return {
        id: modelPackageId,
        name: modelPackage?.name ?? deployment.label,
        modelId,
        target: { type: targetTypeOf(deployment) }
      }
    }),
  validateReplacementModel: ({ path, payload }, { state }) =>
    Effect.map(state.known(path.id), (known) => validate(known, payload)),
  replaceModel: ({ path, payload, request }, { state }) =>
    Effect.map(
      state.startChange(path.id, "Model replacement", (known, newId): Change | Refused<Errors.Conflict> => {
        const validation = validate(known, payload)
        if (validation.status === "failing") return Effect.fail({ _tag: "Conflict", ...validation })
        if (known.deployment.deployed !== true) return Errors.notDeployed
        if (known.pending.some(({ change }) => change === "model")) {
          return Errors.conflict("The model of the deployment is being replaced already")
        }
        const { modelId = newId(), modelPackageId = newId(), reason } = payload
        return { change: "model", modelId, modelPackageId, reason }
      }),
      (job) => accepted(job, request)
    ),
  secondaryDatasetConfiguration: ({ path }, { state }) =>
    Effect.map(state.known(path.id), ({ details: { secondaryDatasetConfigId } }) => ({ secondaryDatasetConfigId })),
  updateSecondaryDatasetConfiguration: ({ path, payload: { secondaryDatasetConfigId } }, { state }) =>
    state.changeDetails(path.id, (details) => ({ ...details, secondaryDatasetConfigId }))
} satisfies Partial<Handlers<"deployments">>
