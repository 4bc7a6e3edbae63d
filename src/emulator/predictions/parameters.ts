/** The parameters of a prediction request, checked as the prediction server checks them. */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import { parameterNames, PredictQuery, timeSeriesNames } from "../../wire/prediction.js"
import * as Errors from "../protocol/errors.js"
import { wrongFields } from "../protocol/invalidFields.js"
import type { ExplanationRequest } from "./explanations.js"
import type { Model } from "./pseudoModel.js"
import type { Table } from "./requestTable.js"

type Query = typeof PredictQuery.Type

/** What a request asks for besides the predictions. */
export interface Parameters {
  /** The columns to repeat. */
  readonly passthrough: ReadonlyArray<string>
  readonly explanations: ExplanationRequest | undefined
  readonly withWarnings: boolean
  readonly withAdjusted: boolean
}

/** Problems by parameter. */
type Problems = ReadonlyArray<readonly [name: string, problem: string]>

const decode = Schema.decodeUnknownEither(PredictQuery, { errors: "all" })

/** Fails with 422 and the problems in the form of the prediction server. */
const refused = (problems: Problems) =>
  Errors.invalidData(problems.map(([name, problem]) => `'${name}': ${problem}`).join("; "))

/** Reads the parameters of a query. Fails with 422 if they do not suit the model, and 400 for an unknown column. */
export const readParameters = (
  search: URLSearchParams,
  model: Model,
  { columns }: Table
): Effect.Effect<Parameters, Errors.Malformed | Errors.Unprocessable> =>
  Effect.gen(function*() {
    const given = Object.fromEntries(Array.from(new Set(search.keys()), (name) => [name, search.getAll(name)]))
    const unknown = namesProblems(given)
    if (unknown.length > 0) return yield* refused(unknown)
    const decoded = decode(Object.fromEntries(
      Object.entries(given).map(([name, [first, ...more]]) => [
        name,
        more.length === 0 ? first : [first, ...more]
      ])
    ))
    if (Either.isLeft(decoded)) {
      const issues = ParseResult.ArrayFormatter.formatErrorSync(decoded.left)
      return yield* refused(Object.entries(wrongFields(issues)))
    }
    const query = decoded.right
    const unsuitable = modelProblems(search, query, model)
    if (unsuitable.length > 0) return yield* refused(unsuitable)

    const { passthroughColumns = [], passthroughColumnsSet } = query
    const missing = passthroughColumns.filter((name) => !columns.includes(name))
    if (missing.length > 0) {
      const list = missing.map((name) => `u'${name}'`).join(", ")
      return yield* Errors.malformed(
        `passthroughColumns do not match columns, columns expected but not found: [${list}]`
      )
    }
    return {
      passthrough: passthroughColumnsSet === "all" ? columns : passthroughColumns,
      explanations: explanationsOf(query),
      withWarnings: query.predictionWarningEnabled === true,
      withAdjusted: query.excludeAdjustedPredictions === false
    }
  })

const namesProblems = (given: Readonly<Record<string, ReadonlyArray<string>>>): Problems =>
  Object.entries(given).flatMap(([name, values]): Problems => {
    if (!parameterNames.has(name)) return [[name, `${name} is not allowed key`]]
    return values.some((value) => value.trim() === "") ? [[name, "blank value is not allowed"]] : []
  })

const ofClasses = ["explanationNumTopClasses", "explanationClassNames"] as const

/** The emulator has no time series models. */
const modelProblems = (
  search: URLSearchParams,
  { explanationClassNames = [] }: Query,
  { classes }: Model
): Problems => {
  const present = (names: ReadonlyArray<string>, problem: string): Problems =>
    names.filter((name) => search.has(name)).map((name) => [name, problem])
  const ofSeries = present(timeSeriesNames, "the model is not a time series model")
  if (classes === null) return [...ofSeries, ...present(ofClasses, "the model is not a classification")]
  const unknown = explanationClassNames.filter((name) => !classes.map(String).includes(name))
  return unknown.length === 0
    ? ofSeries
    : [...ofSeries, ["explanationClassNames", `the model has no class ${unknown.join(", ")}`]]
}

/** Parameters with which a request asks for explanations. */
const ofExplanations = [
  "maxExplanations",
  "explanationAlgorithm",
  "maxNgramExplanations",
  "thresholdHigh",
  "thresholdLow",
  ...ofClasses
] as const

/** Default number of explanations, of a request that asks for `xemp`. */
const defaultCount = 3

/** The parameters that determine explanations. */
type ExplanationQuery = Pick<Query, typeof ofExplanations[number]>

/** Returns which explanations a request asks for. */
export const explanationsOf = (query: ExplanationQuery): ExplanationRequest | undefined => {
  if (ofExplanations.every((name) => query[name] === undefined)) return undefined
  const algorithm = query.explanationAlgorithm ?? "xemp"
  const wanted = query.maxExplanations ?? (algorithm === "shap" ? "all" : defaultCount)
  if (wanted === 0) return undefined
  return {
    algorithm,
    count: wanted === "all" ? Infinity : wanted,
    classes: query.explanationClassNames ?? query.explanationNumTopClasses ?? 1,
    high: query.thresholdHigh,
    low: query.thresholdLow
  }
}
