/** Creates batch predictions: checks what they score, and with which settings. */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import { CreateInput } from "../../wire/batchPrediction.js"
import { dialectOf } from "../../wire/csvDialect.js"
import { isRecord } from "../../wire/text.js"
import { boundariesOf, defaultBoundaries } from "../handlers/predictions.js"
import { modelOf } from "../predictions/pseudoModel.js"
import { type FieldErrors, invalidFields, type Unprocessable } from "../protocol/errors.js"
import { modelDeployment } from "../state/fixtures.js"
import type { Known } from "../state/known.js"
import type { State } from "../state/State.js"
import { keepsRows, requiredColumn, targetTypeOf } from "../state/stored.js"
import type { BatchJob, NewBatch, Plan } from "./job.js"
import type { Scoring } from "./scoring.js"

const encode = Schema.encodeSync(CreateInput)
const decode = Schema.decodeUnknownSync(CreateInput)

/** The settings as they were posted, without keys and the headers of requests, which may have tokens. */
const withoutSecrets = (input: CreateInput): BatchJob["spec"] => {
  const { predictionInstance, ...encoded } = encode(input)
  const output: unknown = encoded.outputSettings ?? { type: "localFile" }
  const { headers: _, ...outputSettings } = isRecord(output) ? output : {}
  return {
    ...encoded,
    intakeSettings: encoded.intakeSettings ?? { type: "localFile" },
    outputSettings,
    ...(predictionInstance === undefined ? {} : {
      predictionInstance: { hostName: predictionInstance.hostName, sslEnabled: predictionInstance.sslEnabled ?? true }
    })
  }
}

/** Returns the settings of a definition. Fails with 422 if its deployment cannot score its jobs now. */
export const settingsOf = (state: State, input: CreateInput): Effect.Effect<BatchJob["spec"], Unprocessable> =>
  Effect.map(newBatch(state, input, null), ({ spec }) => spec)

const alternatives = [
  ["deploymentId", "modelId", "modelPackageId"],
  ["passthroughColumns", "passthroughColumnsSet"],
  ["explanationClassNames", "explanationNumTopClasses"]
]

/** Returns the settings of a definition with changes. A setting replaces those that exclude it. */
export const changedSpec = (
  state: State,
  spec: BatchJob["spec"],
  changes: Partial<CreateInput>
): Effect.Effect<BatchJob["spec"], Unprocessable> => {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
  const replaced = new Set(
    alternatives.filter((names) => names.some((name) => name in given)).flat().filter((name) => !(name in given))
  )
  const kept = Object.fromEntries(Object.entries(spec).filter(([name]) => !replaced.has(name)))
  return settingsOf(state, { ...decode(kept), ...changes })
}

const supported = ["localFile", "dataset"]

/** A job that reads or writes what the emulator does not reach. It fails when it starts. */
const unreachable = ({ intakeSettings, outputSettings }: CreateInput): Plan | null => {
  const intake = intakeSettings?.type ?? "localFile"
  const output = outputSettings?.type ?? "localFile"
  if (supported.includes(intake) && output === "localFile") return null
  const details = supported.includes(intake)
    ? `The emulator cannot write results to ${output}: it only supports localFile`
    : `The emulator cannot read from ${intake}: it only supports localFile and dataset`
  return { status: "FAILED", rows: 0, details }
}

/** Settings that do not suit the model, by field. */
const modelProblems = (input: CreateInput, known: Known | undefined): FieldErrors => {
  const { csvSettings = {}, explanationClassNames = [], explanationNumTopClasses, timeseriesSettings } = input
  const problems: Record<string, string> = {}
  const { classes } = modelOf((known?.deployment ?? modelDeployment()).project)
  if (timeseriesSettings !== undefined) problems["timeseriesSettings"] = "The model is not a time series model"
  if (classes === null && explanationNumTopClasses !== undefined) {
    problems["explanationNumTopClasses"] = "The model is not a classification"
  }
  const unknown = explanationClassNames.filter((name) => !(classes ?? []).map(String).includes(name))
  if (unknown.length > 0) problems["explanationClassNames"] = `The model has no class ${unknown.join(", ")}`
  const dialect = dialectOf(csvSettings, "write")
  if (Either.isLeft(dialect)) problems[dialect.left.path] = dialect.left.message
  return problems
}

/** Why a deployment cannot score a job. */
const deploymentProblem = ({ deployment, target }: Known): string | undefined => {
  const targetType = targetTypeOf(deployment)
  if (target.kind === "external") return "The deployment runs outside of DataRobot, which cannot make its predictions"
  if (deployment.deployed !== true) return "The deployment is not deployed yet"
  if (deployment.status !== "active") return `The deployment is ${deployment.status}`
  if (targetType === "TextGeneration" || targetType === "Unstructured") {
    return `Batch predictions do not support the target type ${targetType}`
  }
  return undefined
}

/** The deployment of a job, if it has one. */
const knownOf = (state: State, id: string | undefined): Effect.Effect<Known | undefined> =>
  id === undefined
    ? Effect.succeed(undefined)
    : Effect.catchAll(state.known(id), () => Effect.succeed(undefined))

/** The prediction server of a job: an id of any kind. */
const serverOf = ({ deployment, environment, target }: Known) =>
  target.kind === "dedicated" ? target.serverId ?? deployment.id : environment?.id ?? deployment.id

/** Returns a new job. Fails with 422 if the deployment cannot score it. A fault may decide how it ends. */
export const newBatch = (
  state: State,
  input: CreateInput,
  plan: Plan | null
): Effect.Effect<NewBatch, Unprocessable> =>
  Effect.gen(function*() {
    const { deploymentId, modelId, predictionInstance } = input
    const known = yield* knownOf(state, deploymentId)
    if (deploymentId !== undefined && known === undefined) {
      return yield* invalidFields({ deploymentId: "There is no such deployment" })
    }
    const problem = known === undefined ? undefined : deploymentProblem(known)
    const problems = { ...modelProblems(input, known), ...(problem === undefined ? {} : { deploymentId: problem }) }
    if (Object.keys(problems).length > 0) return yield* invalidFields(problems)
    const hostName = predictionInstance?.hostName ?? known?.deployment.instance?.hostName ?? null
    return {
      spec: withoutSecrets(input),
      deploymentId: deploymentId ?? null,
      modelId: modelId ?? known?.deployment.model.id ?? null,
      server: predictionInstance?.hostName ?? (known === undefined ? "" : serverOf(known)),
      hostName,
      plan: plan ?? unreachable(input)
    }
  })

/** What scores the rows of a job. A deployment that was deleted since scores like the default one. */
export const scoringOf = (state: State, { deploymentId, spec }: BatchJob): Effect.Effect<Scoring> =>
  Effect.map(knownOf(state, deploymentId ?? undefined), (known) => {
    const model = modelOf((known?.deployment ?? modelDeployment()).project)
    return {
      spec: decode(spec),
      model,
      approvalStatus: deploymentId === null ? undefined : "APPROVED",
      boundaries: known === undefined ? defaultBoundaries(model) : boundariesOf(known, model),
      requiredColumn: known === undefined ? undefined : requiredColumn(known.details.settings),
      keepsRows: known !== undefined && keepsRows(known.details)
    }
  })
