/** Predictions: rows, the parameters of a request, and what the server returns. */
import * as Schema from "effect/Schema"
import {
  dateAsWritten,
  type DateInput,
  fields,
  filled,
  flagText,
  natural,
  numberText,
  oneOf,
  positive,
  wholeText
} from "./fields.js"
import { listOf, nullish } from "./nullish.js"
import { OpenEnum } from "./openEnum.js"

/**
 * The value of a feature.
 *
 * @since 0.1.0
 */
export type Scalar = string | number | boolean | null

/**
 * A row of features by column. Each value is a `Scalar`; a column that is `undefined` is not sent.
 *
 * @since 0.1.0
 */
export type Columns<A> = { readonly [Key in keyof A]: Scalar | undefined }

/** The rows of a request. */
export const Rows = Schema.Array(Schema.Record({ key: Schema.String, value: Schema.Unknown }))

const mediaType = /^[A-Za-z0-9!#$&^_.+-]{1,100}\/[A-Za-z0-9!#$&^_.+-]{1,100}(?: *;[\x20-\x7E]{1,200})?$/

/** The body of a request to an unstructured model. */
export const UnstructuredInput = Schema.Struct({
  body: Schema.Union(Schema.String, Schema.Uint8ArrayFromSelf).annotations({
    message: () => ({ message: "must be a string or a Uint8Array", override: true })
  }),
  contentType: Schema.String.pipe(Schema.pattern(mediaType)).annotations({
    message: () => ({ message: "must be a media type, such as application/json", override: true })
  })
})
export interface UnstructuredInput extends Schema.Schema.Type<typeof UnstructuredInput> {}

// ---------------------------------------------------------------------------------------------------------------
// The parameters of a request.

/** Several texts. The name is repeated in the URL for each of them. */
const texts = (what: string) =>
  Schema.transform(
    Schema.Union(Schema.String, Schema.Array(Schema.String)),
    Schema.Array(filled).pipe(Schema.minItems(1)).annotations({
      message: () => ({ message: `must be a list of ${what} that are not blank`, override: true })
    }),
    { strict: true, decode: (given) => typeof given === "string" ? [given] : given, encode: (list) => list }
  )

/** A whole number from 0, or `all`. */
const countOrAll: Schema.Schema<number | "all", string> = Schema.transform(
  Schema.String,
  Schema.Union(natural, Schema.Literal("all")).annotations({
    message: () => ({ message: "must be a whole number from 0, or \"all\"", override: true })
  }),
  // Boundary: the schema then checks whether the value is valid.
  {
    strict: false,
    decode: (text: string) => text === "all" ? text : /^\d{1,15}$/.test(text) ? Number(text) : NaN,
    encode: String
  }
)

const finite = numberText(
  Schema.Finite.annotations({ message: () => ({ message: "must be a finite number", override: true }) })
)

const timeSeries = {
  forecastPoint: Schema.optional(dateAsWritten),
  predictionsStartDate: Schema.optional(dateAsWritten),
  predictionsEndDate: Schema.optional(dateAsWritten),
  relaxKnownInAdvanceFeaturesCheck: Schema.optional(flagText)
}

/** The names of the parameters that only time series models have. */
export const timeSeriesNames: ReadonlyArray<string> = Object.keys(timeSeries)

const parameters = fields({
  passthroughColumns: Schema.optional(texts("column names")),
  passthroughColumnsSet: Schema.optional(oneOf(["all"])),
  maxExplanations: Schema.optional(countOrAll),
  explanationAlgorithm: Schema.optional(oneOf(["xemp", "shap"])),
  maxNgramExplanations: Schema.optional(countOrAll),
  explanationNumTopClasses: Schema.optional(wholeText(positive)),
  explanationClassNames: Schema.optional(texts("class names")),
  thresholdHigh: Schema.optional(finite),
  thresholdLow: Schema.optional(finite),
  excludeAdjustedPredictions: Schema.optional(flagText),
  predictionWarningEnabled: Schema.optional(flagText)
}, timeSeries)

/** The names of the parameters. */
export const parameterNames: ReadonlySet<string> = new Set(Object.keys(parameters))

/** Pairs of parameters that exclude each other. */
export const exclusiveParameters = [
  ["passthroughColumns", "passthroughColumnsSet"],
  ["explanationNumTopClasses", "explanationClassNames"],
  ["forecastPoint", "predictionsStartDate"],
  ["forecastPoint", "predictionsEndDate"]
] as const

/** The parameters of a prediction request. */
export const PredictQuery = Schema.Struct(parameters).pipe(
  Schema.filter((given) => {
    for (const [one, other] of exclusiveParameters) {
      if (given[one] !== undefined && given[other] !== undefined) {
        return { path: [other], message: `must not be combined with ${one}` }
      }
    }
    if ((given.predictionsStartDate === undefined) !== (given.predictionsEndDate === undefined)) {
      const [missing, present] = given.predictionsStartDate === undefined
        ? ["predictionsStartDate", "predictionsEndDate"]
        : ["predictionsEndDate", "predictionsStartDate"]
      return { path: [missing ?? ""], message: `is required with ${present}` }
    }
    return undefined
  })
)

/**
 * Which columns of the request each prediction repeats in `passthroughValues`: some, all, or none (default).
 *
 * @since 0.1.0
 */
export type PassthroughOptions =
  | {
    /** Columns to repeat. */
    readonly passthroughColumns?: ReadonlyArray<string> | undefined
    readonly passthroughColumnsSet?: undefined
  }
  | {
    /** Repeats all columns. */
    readonly passthroughColumnsSet?: "all" | undefined
    readonly passthroughColumns?: undefined
  }

/**
 * Which prediction explanations to compute. They are for the likeliest class, for a number of classes, or for the named
 * ones.
 *
 * @since 0.1.0
 */
export type ExplanationOptions =
  & {
    /** Maximum number of explanations per row, or `"all"`. 0 means none. Default: the deployment's setting. */
    readonly maxExplanations?: number | "all" | undefined
    /** How to compute explanations. Default: the deployment's setting. */
    readonly explanationAlgorithm?: "xemp" | "shap" | undefined
    /** Maximum number of n-gram explanations per text feature, or `"all"`. */
    readonly maxNgramExplanations?: number | "all" | undefined
    /** Computes explanations only for predictions above this value. Ignored for shap. */
    readonly thresholdHigh?: number | undefined
    /** Computes explanations only for predictions below this value. Ignored for shap. */
    readonly thresholdLow?: number | undefined
  }
  & (
    | {
      /** Number of the likeliest classes to explain. */
      readonly explanationNumTopClasses?: number | undefined
      readonly explanationClassNames?: undefined
    }
    | {
      /** The classes to explain. */
      readonly explanationClassNames?: ReadonlyArray<string> | undefined
      readonly explanationNumTopClasses?: undefined
    }
  )

/**
 * What to predict with a time series model: from a forecast point on (default: the latest possible), or a whole period
 * in the past.
 *
 * @since 0.1.0
 */
export type TimeSeriesOptions =
  & {
    /** Allows missing values of features that are known in advance. Default: `false`. */
    readonly relaxKnownInAdvanceFeaturesCheck?: boolean | undefined
  }
  & (
    | {
      /** The time that the forecast starts from. A string is sent as it is. */
      readonly forecastPoint?: DateInput | undefined
      readonly predictionsStartDate?: undefined
      readonly predictionsEndDate?: undefined
    }
    | {
      readonly forecastPoint?: undefined
      /** Start of the period to predict. A string is sent as it is. */
      readonly predictionsStartDate: DateInput
      /** End of the period to predict. A string is sent as it is. */
      readonly predictionsEndDate: DateInput
    }
  )

/**
 * Parameters of every kind of prediction.
 *
 * @since 0.1.0
 */
export interface OutputOptions {
  /** Leaves out `adjustedPrediction` of models with prediction adjustment. Default: `true`. */
  readonly excludeAdjustedPredictions?: boolean | undefined
  /** Adds `isOutlierPrediction` to each prediction. The deployment needs prediction warnings. Default: `false`. */
  readonly predictionWarningEnabled?: boolean | undefined
}

// ---------------------------------------------------------------------------------------------------------------
// The response.

const Label = Schema.Union(Schema.String, Schema.Number)

/** `true` or `false`; some servers send text such as `True`. */
const Flag = Schema.transform(Schema.Union(Schema.Boolean, Schema.String), Schema.Boolean, {
  strict: true,
  decode: (value) => typeof value === "string" ? value.toLowerCase() === "true" : value,
  encode: (value) => value
})

/**
 * Why a row got its prediction: the influence of one feature.
 *
 * - `featureValue`: the value of the feature in the row.
 * - `label`: the class, or the name of the target, that the explanation is about.
 * - `strength`: the size of the influence. `qualitativeStrength`: the same in words, from `---` to `+++`.
 *
 * @since 0.1.0
 */
export const PredictionExplanation = Schema.Struct({
  feature: Schema.String,
  featureValue: nullish(Schema.Union(Schema.String, Schema.Number, Schema.Boolean)),
  label: nullish(Label),
  strength: nullish(Schema.Number),
  qualitativeStrength: nullish(Schema.String),
  perNgramTextExplanations: nullish(Schema.Unknown),
  imageExplanationUrl: nullish(Schema.String)
}).annotations({ identifier: "PredictionExplanation" })
export interface PredictionExplanation extends Schema.Schema.Type<typeof PredictionExplanation> {}

/**
 * The prediction for one row.
 *
 * - `rowId`: the index of the row, from 0.
 * - `prediction`: the predicted class, or the predicted value of a regression. A class may be a number, such as `1`.
 * - `predictionValues`: the probability of each class. For a regression one item: the target and the predicted value.
 * - `predictionThreshold`: the probability from which the positive class of a binary target is predicted.
 * - `passthroughValues`: the columns that `passthroughColumns` named.
 * - `predictionExplanations`: see `maxExplanations`.
 * - `forecastPoint`, `forecastDistance`, `timestamp`, `originalFormatTimestamp`, `seriesId`, `predictionIntervals`:
 *   time series only. Times are in the format of the data.
 * - `extraModelOutput`: further columns of a custom model, such as citations of a text generation model.
 *
 * @since 0.1.0
 */
export const PredictionRow = Schema.Struct({
  rowId: Schema.Int,
  prediction: Label,
  predictionValues: listOf(Schema.Struct({ label: Label, value: Schema.Number })),
  predictionThreshold: nullish(Schema.Number),
  deploymentApprovalStatus: nullish(OpenEnum("APPROVED", "PENDING")),
  passthroughValues: nullish(Schema.Record({ key: Schema.String, value: Schema.Unknown })),
  predictionExplanations: nullish(Schema.Array(PredictionExplanation)),
  shapExplanationsMetadata: nullish(Schema.Unknown),
  adjustedPrediction: nullish(Label),
  isOutlierPrediction: nullish(Flag),
  predictionIntervals: nullish(Schema.Record({ key: Schema.String, value: Schema.Unknown })),
  forecastPoint: nullish(Schema.String),
  forecastDistance: nullish(Schema.Number),
  timestamp: nullish(Schema.String),
  originalFormatTimestamp: nullish(Schema.String),
  seriesId: nullish(Label),
  extraModelOutput: nullish(Schema.Unknown)
}).annotations({ identifier: "PredictionRow" })
export interface PredictionRow extends Schema.Schema.Type<typeof PredictionRow> {}

/** The predictions of a request, in the order of its rows. */
export const Predictions = Schema.Struct({ data: Schema.Array(PredictionRow) })

// ---------------------------------------------------------------------------------------------------------------
// Chat: OpenAI's format. The SDK leaves chat to the clients for OpenAI, so only the emulator uses these.

/** A chat request, as far as the emulator reads it. */
export const ChatRequest = Schema.Struct({
  messages: Schema.Array(Schema.Struct({ role: Schema.String, content: Schema.Unknown })),
  model: Schema.optional(Schema.String),
  stream: Schema.optional(Schema.NullOr(Schema.Boolean)),
  stream_options: Schema.optional(Schema.NullOr(Schema.Struct({ include_usage: Schema.optional(Schema.Boolean) }))),
  /** The association id to report actual values with. Default: a new one. */
  datarobot_association_id: Schema.optional(Schema.NullOr(Schema.String))
})

/** A chat response. */
export const ChatCompletion = Schema.Struct({
  id: Schema.String,
  object: Schema.Literal("chat.completion"),
  created: Schema.Int,
  model: Schema.String,
  choices: Schema.Array(
    Schema.Struct({
      index: Schema.Int,
      message: Schema.Struct({ role: Schema.Literal("assistant"), content: Schema.String }),
      finish_reason: Schema.Literal("stop"),
      logprobs: Schema.Null
    })
  ),
  usage: Schema.Struct({ prompt_tokens: Schema.Int, completion_tokens: Schema.Int, total_tokens: Schema.Int }),
  datarobot_association_id: Schema.String
})
