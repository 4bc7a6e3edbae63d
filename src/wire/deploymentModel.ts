/** What `deployments/` answers of the models of a deployment, and what may be sent to replace them. */
import * as Schema from "effect/Schema"
import { filled, oneOf, type Paging, paging } from "./fields.js"
import { maybe } from "./nullish.js"
import { OpenEnum } from "./openEnum.js"
import { RuntimeParameterValue } from "./runtimeParameterValue.js"

/** What is known by its `id`, and everything else as the server has it. */
const identified = (identifier: string) =>
  Schema.Struct({ id: Schema.String }, Schema.Record({ key: Schema.String, value: Schema.Unknown }))
    .annotations({ identifier })

/** A challenger model: its `id`, and everything else (`model`, `modelPackage`, …) as the server has it. */
export const Challenger = identified("Challenger")
export interface Challenger extends Schema.Schema.Type<typeof Challenger> {}

/** The model package of the champion: its `id`, and everything else as the server has it. */
export const ChampionModelPackage = identified("ChampionModelPackage")
export interface ChampionModelPackage extends Schema.Schema.Type<typeof ChampionModelPackage> {}

/** A feature of the deployed model. `importance` is its share of influence on the target, 0 to 1. */
export const Feature = Schema.Struct({
  name: Schema.String,
  featureType: maybe(Schema.String),
  importance: maybe(Schema.Number),
  dateFormat: maybe(Schema.String),
  knownInAdvance: maybe(Schema.Boolean)
}).annotations({ identifier: "Feature" })
export interface Feature extends Schema.Schema.Type<typeof Feature> {}

const Outcome = OpenEnum("passing", "warning", "failing")

/**
 * Whether a model can take the place of the deployed one, and what speaks against it: `checks` by their names, such as
 * `target`, `features`, `featureDataTypes`, `notCurrentModel` or `permission`. A server makes those that apply.
 */
export const ReplacementValidation = Schema.Struct({
  status: maybe(Outcome),
  message: maybe(Schema.String),
  checks: Schema.optionalWith(
    Schema.Record({
      key: Schema.String,
      value: Schema.NullOr(Schema.Struct({ status: maybe(Outcome), message: maybe(Schema.String) }))
    }),
    { default: () => ({}), nullable: true }
  )
}).annotations({ identifier: "ReplacementValidation" })
export interface ReplacementValidation extends Schema.Schema.Type<typeof ReplacementValidation> {}

/** The secondary datasets that the deployed model predicts with. */
export const SecondaryDatasetConfig = Schema.Struct({ secondaryDatasetConfigId: maybe(Schema.String) })
  .annotations({ identifier: "SecondaryDatasetConfig" })
export interface SecondaryDatasetConfig extends Schema.Schema.Type<typeof SecondaryDatasetConfig> {}

// ---------------------------------------------------------------------------------------------------------------
// What is sent. Checked strictly, before anything leaves.

/** What `DeploymentModel.getFeatures` sends. */
export const FeaturesInput = Schema.Struct({
  ...paging,
  includeNonPredictionFeatures: Schema.optional(Schema.Boolean),
  forSegmentedAnalysis: Schema.optional(Schema.Boolean),
  search: Schema.optional(Schema.String),
  orderBy: Schema.optional(oneOf("name", "-name", "importance", "-importance"))
})

/** Which features, in which order. */
export interface FeaturesInput extends Paging {
  /** Also features that the model does not predict with. */
  readonly includeNonPredictionFeatures?: boolean | undefined
  /** Only features that segments can be made of. */
  readonly forSegmentedAnalysis?: boolean | undefined
  /** Only features with this text in their name, in any case. */
  readonly search?: string | undefined
  /** The order; a leading `-` turns it round. */
  readonly orderBy?: "name" | "-name" | "importance" | "-importance" | undefined
}

const reasons = [
  "ACCURACY",
  "DATA_DRIFT",
  "ERRORS",
  "SCHEDULED_REFRESH",
  "SCORING_SPEED",
  "DEPRECATION",
  "OTHER"
] as const

/** Why a model is replaced. */
export type ReplacementReason = typeof reasons[number]

const candidate = { modelId: Schema.optional(filled), modelPackageId: Schema.optional(filled) }

const isOne = ({ modelId, modelPackageId }: { readonly modelId?: unknown; readonly modelPackageId?: unknown }) =>
  (modelId === undefined) !== (modelPackageId === undefined)
const notOne = { message: () => "must have either modelPackageId or modelId" }

/** What `DeploymentModel.validateReplacementModel` sends. */
export const CandidateInput = Schema.Struct(candidate).pipe(Schema.filter(isOne, notOne))

/** The model that is to take the place of the deployed one: either a model package, or a model. */
export interface CandidateInput {
  /** A model package (registered model version). */
  readonly modelPackageId?: string | undefined
  /** A model of a project, which DataRobot makes a package of. Deprecated by DataRobot: use a package. */
  readonly modelId?: string | undefined
}

/** What `DeploymentModel.replaceModel` sends. */
export const ReplacementInput = Schema.Struct({
  ...candidate,
  reason: oneOf(...reasons),
  runtimeParameterValues: Schema.optional(Schema.Array(RuntimeParameterValue))
}).pipe(Schema.filter(isOne, notOne))

/** Which model takes the place of the deployed one, and why. */
export interface ReplacementInput extends CandidateInput {
  /** Why the model is replaced. */
  readonly reason: ReplacementReason
  /** What a custom model is given when it runs. */
  readonly runtimeParameterValues?: ReadonlyArray<RuntimeParameterValue> | undefined
}

/** What `DeploymentModel.updateSecondaryDatasetConfig` sends. */
export const SecondaryDatasetConfigInput = Schema.Struct({
  secondaryDatasetConfigId: filled,
  credentialsIds: Schema.optional(Schema.Array(filled))
})

/** The secondary datasets that the deployed model is to predict with. */
export interface SecondaryDatasetConfigInput {
  /** The configuration of secondary datasets. */
  readonly secondaryDatasetConfigId: string
  /** The credentials to read them with. */
  readonly credentialsIds?: ReadonlyArray<string> | undefined
}
