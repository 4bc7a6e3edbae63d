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
    /** Not together with `passthroughColumns`. */
    readonly passthroughColumnsSet?: undefined
  }
  | {
    /** Repeats all columns. */
    readonly passthroughColumnsSet?: "all" | undefined
    /** Not together with `passthroughColumnsSet`. */
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
      /** Not together with `explanationNumTopClasses`. */
      readonly explanationClassNames?: undefined
    }
    | {
      /** The classes to explain. */
      readonly explanationClassNames?: ReadonlyArray<string> | undefined
      /** Not together with `explanationClassNames`. */
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
      /** Not together with `forecastPoint`. */
      readonly predictionsStartDate?: undefined
      /** Not together with `forecastPoint`. */
      readonly predictionsEndDate?: undefined
    }
    | {
      /** Not together with `predictionsStartDate` and `predictionsEndDate`. */
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
 * @since 0.1.0
 */
export const PredictionExplanation = Schema.Struct({
  /** Name of the feature. */
  feature: Schema.String,
  /** Value of the feature in the row. */
  featureValue: nullish(Schema.Union(Schema.String, Schema.Number, Schema.Boolean)),
  /** The class, or the name of the target, that the explanation is about. */
  label: nullish(Label),
  /** Size of the influence on the prediction. Negative if the feature lowers the prediction. */
  strength: nullish(Schema.Number),
  /** Size of the influence in signs, from `---` to `+++`. */
  qualitativeStrength: nullish(Schema.String),
  /** The influence of the parts of a text, as the server sends it. Text features only. */
  perNgramTextExplanations: nullish(Schema.Unknown),
  /** URL of an image that shows the influence. Image features only. */
  imageExplanationUrl: nullish(Schema.String)
}).annotations({ identifier: "PredictionExplanation" })
export interface PredictionExplanation extends Schema.Schema.Type<typeof PredictionExplanation> {}

/**
 * The prediction for one row.
 *
 * @since 0.1.0
 */
export const PredictionRow = Schema.Struct({
  /** Index of the row, from 0. */
  rowId: Schema.Int,
  /** The predicted class, or the predicted value of a regression. A class may be a number, such as `1`. */
  prediction: Label,
  /**
   * The probability of each class, 0 to 1. For a regression one item: the name of the target and the predicted value.
   */
  predictionValues: listOf(Schema.Struct({
    /** The class. For a regression, the name of the target. */
    label: Label,
    /** Probability of the class, 0 to 1. For a regression, the predicted value. */
    value: Schema.Number
  })),
  /** Probability from which the positive class is predicted, 0 to 1. Binary targets only. */
  predictionThreshold: nullish(Schema.Number),
  /** Whether the deployment was approved, with approval workflows. */
  deploymentApprovalStatus: nullish(OpenEnum("APPROVED", "PENDING")),
  /** The columns that `passthroughColumns` or `passthroughColumnsSet` asked for, by name. */
  passthroughValues: nullish(Schema.Record({ key: Schema.String, value: Schema.Unknown })),
  /** Why the row got its prediction, if explanations were asked for. See `maxExplanations`. */
  predictionExplanations: nullish(Schema.Array(PredictionExplanation)),
  /** What SHAP explanations need to be read, such as the base value, as the server sends it. */
  shapExplanationsMetadata: nullish(Schema.Unknown),
  /** The prediction after adjustment. Models with prediction adjustment only; see `excludeAdjustedPredictions`. */
  adjustedPrediction: nullish(Label),
  /** Whether the prediction is an outlier. See `predictionWarningEnabled`. */
  isOutlierPrediction: nullish(Flag),
  /** Intervals around the prediction by percentile, as the server sends them. Time series only. */
  predictionIntervals: nullish(Schema.Record({ key: Schema.String, value: Schema.Unknown })),
  /** Time that the forecast starts from, in the format of the data. Time series only. */
  forecastPoint: nullish(Schema.String),
  /** Number of time steps from the forecast point to the predicted time. Time series only. */
  forecastDistance: nullish(Schema.Number),
  /** The predicted time. Time series only. */
  timestamp: nullish(Schema.String),
  /** The predicted time, in the format of the data. Time series only. */
  originalFormatTimestamp: nullish(Schema.String),
  /** The series that the row belongs to. Null for a model of one series. Time series only. */
  seriesId: nullish(Label),
  /** Further columns of a custom model, such as citations of a text generation model, as the server sends them. */
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
