/** The schemas of the deployments API for the models of a deployment and their replacement. */
import * as Schema from "effect/Schema"
import { allOnZero, fields, filled, flagText, oneOf, type Paging, paging } from "./fields.js"
import { nullish } from "./nullish.js"
import { OpenEnum } from "./openEnum.js"
import { RuntimeParameterValues } from "./runtimeParameterValue.js"

/** A record with an `id`; every other key is passed on as the server sends it. */
const identified = (identifier: string) =>
  Schema.Struct({
    /** Its id. */
    id: Schema.String
  }, Schema.Record({ key: Schema.String, value: Schema.Unknown }))
    .annotations({ identifier })

/**
 * A challenger model: its `id`, and every other key (`model`, `modelPackage`, …) as the server sends it.
 *
 * @since 0.1.0
 */
export const Challenger = identified("Challenger")
export interface Challenger extends Schema.Schema.Type<typeof Challenger> {}

/**
 * The model package of the champion: its `id`, and every other key as the server sends it.
 *
 * @since 0.1.0
 */
export const ChampionModelPackage = identified("ChampionModelPackage")
export interface ChampionModelPackage extends Schema.Schema.Type<typeof ChampionModelPackage> {}

/**
 * A feature of the deployed model. `importance` is its share of influence on the target, 0 to 1.
 *
 * @since 0.1.0
 */
export const Feature = Schema.Struct({
  /** Name of the feature. */
  name: Schema.String,
  /** What kind of feature it is, such as `Numeric`, `Categorical`, `Text` or `Date`. */
  featureType: nullish(Schema.String),
  /** Its share of influence on the target, 0 to 1. Null if it is unknown. */
  importance: nullish(Schema.Number),
  /** Format of its values, as in Python's `strftime`. Dates only. */
  dateFormat: nullish(Schema.String),
  /** Whether its future values are known when a forecast is made. Time series models only. */
  knownInAdvance: nullish(Schema.Boolean)
}).annotations({ identifier: "Feature" })
export interface Feature extends Schema.Schema.Type<typeof Feature> {}

/** The challengers of a deployment. */
export const Challengers = Schema.Struct({ data: Schema.Array(Challenger) })

const Outcome = OpenEnum("passing", "warning", "failing")

/**
 * Whether a model can replace the deployed one. `checks` has the results by name, such as `target`, `features`,
 * `featureDataTypes`, `notCurrentModel` or `permission`. A server sends only the checks that apply.
 *
 * @since 0.1.0
 */
export const ReplacementValidation = Schema.Struct({
  /** `passing`: the model can be replaced. `warning`: it can be replaced, but see `message`. `failing`: it cannot. */
  status: nullish(Outcome),
  /** The result, in words. */
  message: nullish(Schema.String),
  /** The result of each check, by the name of the check. Empty if the server sends none. */
  checks: Schema.optionalWith(
    Schema.Record({
      key: Schema.String,
      value: Schema.NullOr(Schema.Struct({
        /** The result of the check. */
        status: nullish(Outcome),
        /** The result, in words. Null if there is nothing to say. */
        message: nullish(Schema.String)
      }))
    }),
    { default: () => ({}), nullable: true }
  )
}).annotations({ identifier: "ReplacementValidation" })
export interface ReplacementValidation extends Schema.Schema.Type<typeof ReplacementValidation> {}

/**
 * The secondary datasets of the deployed model.
 *
 * @since 0.1.0
 */
export const SecondaryDatasetConfig = Schema.Struct({
  /** Id of the configuration of secondary datasets. Null or missing if the model has none. */
  secondaryDatasetConfigId: nullish(Schema.String)
})
  .annotations({ identifier: "SecondaryDatasetConfig" })
export interface SecondaryDatasetConfig extends Schema.Schema.Type<typeof SecondaryDatasetConfig> {}

// ---------------------------------------------------------------------------------------------------------------
// Inputs. The SDK checks them strictly before it sends anything.

/**
 * Filters and order of a listing of features.
 *
 * @since 0.1.0
 */
export const FeaturesInput = Schema.Struct(fields({
  /** Number of features to skip at the start. Default: 0. */
  offset: paging.offset,
  /** Maximum number of features in all. Default: all of them. */
  limit: allOnZero,
  /** Whether to include features that the model does not use. Default: false. */
  includeNonPredictionFeatures: Schema.optional(flagText),
  /** Only features that can divide the data into segments. Default: false. */
  forSegmentedAnalysis: Schema.optional(flagText),
  /** Only features with this text in their name, in any case. */
  search: Schema.optional(Schema.String),
  /** Sort order; a leading `-` reverses it. */
  orderBy: Schema.optional(oneOf(["name", "-name", "importance", "-importance"]))
}))
export interface FeaturesInput extends Pick<Paging, "offset">, Schema.Schema.Type<typeof FeaturesInput> {}

const reasons = [
  "ACCURACY",
  "DATA_DRIFT",
  "ERRORS",
  "SCHEDULED_REFRESH",
  "SCORING_SPEED",
  "DEPRECATION",
  "OTHER"
] as const

/**
 * Why a model is replaced.
 *
 * @since 0.1.0
 */
export type ReplacementReason = typeof reasons[number]

const candidate = {
  /** Id of a model package (registered model version). */
  modelPackageId: Schema.optional(filled),
  /** Id of a model of a project; DataRobot creates a package from it. DataRobot has deprecated this: use a package. */
  modelId: Schema.optional(filled)
}

const isOne = ({ modelId, modelPackageId }: { readonly modelId?: unknown; readonly modelPackageId?: unknown }) =>
  (modelId === undefined) !== (modelPackageId === undefined)
const notOne = { message: () => "must have either modelPackageId or modelId" }

/**
 * The model to deploy instead: either a model package or a model.
 *
 * @since 0.1.0
 */
export const CandidateInput = Schema.Struct(candidate).pipe(Schema.filter(isOne, notOne))
export interface CandidateInput extends Schema.Schema.Type<typeof CandidateInput> {}

/**
 * The model to deploy instead, and the reason.
 *
 * @since 0.1.0
 */
export const ReplacementInput = Schema.Struct(fields(candidate, {
  /** Why the model is replaced. */
  reason: oneOf(reasons),
  /** Parameter values for a custom model at run time. */
  runtimeParameterValues: Schema.optional(RuntimeParameterValues)
})).pipe(Schema.filter(isOne, notOne))
export interface ReplacementInput extends Schema.Schema.Type<typeof ReplacementInput> {}

/**
 * The secondary datasets to use with the deployed model.
 *
 * @since 0.1.0
 */
export const SecondaryDatasetConfigInput = Schema.Struct({
  /** Id of the configuration of secondary datasets. */
  secondaryDatasetConfigId: filled,
  /** Ids of the credentials to read them with. */
  credentialsIds: Schema.optional(Schema.Array(filled))
})
export interface SecondaryDatasetConfigInput extends Schema.Schema.Type<typeof SecondaryDatasetConfigInput> {}

/**
 * What a file of scoring code includes.
 *
 * @since 0.1.0
 */
export const ScoringCodeInput = Schema.Struct({
  /** Whether the file has the source code instead of the compiled classes. Default: false. */
  sourceCode: Schema.optional(flagText),
  /** Whether the file includes the monitoring agent. DataRobot then has to build the file. Default: false. */
  includeAgent: Schema.optional(flagText),
  /** Whether the code can explain its predictions. DataRobot then has to build the file. Default: false. */
  includePredictionExplanations: Schema.optional(flagText),
  /** Whether the code can compute prediction intervals. DataRobot then has to build the file. Default: false. */
  includePredictionIntervals: Schema.optional(flagText)
}).pipe(
  Schema.filter(({ sourceCode, ...included }) => sourceCode !== true || !Object.values(included).includes(true), {
    message: () => "must not have both sourceCode and one of the include… options"
  })
)
export interface ScoringCodeInput extends Schema.Schema.Type<typeof ScoringCodeInput> {}

/** What a file of scoring code includes that must be built. */
export const ScoringCodeBuildInput = Schema.Struct({
  includeAgent: Schema.optional(Schema.Boolean),
  includePredictionExplanations: Schema.optional(Schema.Boolean),
  includePredictionIntervals: Schema.optional(Schema.Boolean)
})

/**
 * How a file of a model package is built.
 *
 * @since 0.1.0
 */
export const ModelPackageFileInput = Schema.Struct({
  /** Whether the intervals of all forecasts are computed. Time series models only. Default: false. */
  computeAllTsIntervals: Schema.optional(Schema.Boolean)
})
export interface ModelPackageFileInput extends Schema.Schema.Type<typeof ModelPackageFileInput> {}
