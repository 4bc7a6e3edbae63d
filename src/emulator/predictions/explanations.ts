/**
 * Prediction explanations: how much each feature of a row moves the prediction of the pseudo-model. Pure functions.
 *
 * - `xemp`: the strength of a feature is the value of the row, minus the value of the row without the feature.
 * - `shap`: the features are added to an empty row one by one, in order of their names. The strength of a feature is the
 *   change of the value at its turn. So the base value and all strengths add up to the value.
 */
import * as Arr from "effect/Array"
import * as Order from "effect/Order"
import type { PredictionExplanation, PredictionRow } from "../../wire/prediction.js"
import { toValue } from "../monitoring/rows.js"
import { decimals, type Label, type Model, type Row, valuesOf } from "./pseudoModel.js"

/** Which explanations a request asks for. */
export interface ExplanationRequest {
  readonly algorithm: "xemp" | "shap"
  /** Maximum number of explanations for each class of a row. */
  readonly count: number
  /** The classes to explain, or how many of the likeliest. */
  readonly classes: ReadonlyArray<string> | number
  /** Explains only predictions above this value. */
  readonly high: number | undefined
  /** Explains only predictions below this value. */
  readonly low: number | undefined
}

interface Strength {
  readonly feature: string
  readonly strength: number
}

const byStrength = Order.mapInput(Order.reverse(Order.number), ({ strength }: Strength) => Math.abs(strength))

/** Returns the indexes of the labels to explain. A binary target is always explained by its positive class. */
const explained = (
  { classes, isBinary }: Model,
  values: ReadonlyArray<number>,
  wanted: ExplanationRequest["classes"]
) => {
  if (typeof wanted !== "number") return wanted.map((name) => (classes ?? []).map(String).indexOf(name))
  if (classes === null || (isBinary && wanted === 1)) return [0]
  const byValue = Order.mapInput(Order.reverse(Order.number), (index: number) => values[index] ?? 0)
  return Arr.sort(classes.keys(), byValue).slice(0, wanted)
}

/** Whether the thresholds of a request leave a row without explanations. */
const isBetween = (model: Model, values: ReadonlyArray<number>, { algorithm, high, low }: ExplanationRequest) => {
  if (algorithm === "shap" || (high === undefined && low === undefined)) return false
  const value = model.isBinary || model.classes === null ? values[0] ?? 0 : Math.max(...values)
  return !(value > (high ?? Infinity) || value < (low ?? -Infinity))
}

/** Returns the fields of a prediction that explain it. */
export const explain = (
  model: Model,
  row: Row,
  wanted: ExplanationRequest
): Pick<PredictionRow, "predictionExplanations" | "shapExplanationsMetadata"> => {
  const values = valuesOf(model, row)
  if (isBetween(model, values, wanted)) return { predictionExplanations: [] }
  const parts = explained(model, values, wanted.classes).map((index) => {
    const valueOf = (some: Row) => valuesOf(model, some)[index] ?? 0
    const all = Arr.sort(wanted.algorithm === "shap" ? added(row, valueOf) : removed(row, valueOf), byStrength)
    const shown = all.slice(0, wanted.count)
    const remainingTotal = decimals(all.slice(shown.length).reduce((sum, { strength }) => sum + strength, 0))
    return {
      explanations: shown.map((one) => explanationOf(model, row, model.classes?.[index] ?? model.target ?? "", one)),
      metadata: { baseValue: valueOf({}), remainingTotal, warnings: [] }
    }
  })
  const [only, ...others] = parts.map(({ metadata }) => metadata)
  return {
    predictionExplanations: parts.flatMap(({ explanations }) => explanations),
    ...(wanted.algorithm === "shap" ? { shapExplanationsMetadata: others.length === 0 ? only : [only, ...others] } : {})
  }
}

/** The names of the features, sorted, so that their order in the request does not matter. */
const names = (row: Row) => Arr.sort(Object.keys(row), Order.string)

const removed = (row: Row, valueOf: (row: Row) => number): ReadonlyArray<Strength> => {
  const value = valueOf(row)
  return names(row).map((feature) => {
    const { [feature]: _, ...rest } = row
    return { feature, strength: decimals(value - valueOf(rest)) }
  })
}

const added = (row: Row, valueOf: (row: Row) => number): ReadonlyArray<Strength> => {
  let some: Row = {}
  let before = valueOf(some)
  return names(row).map((feature) => {
    some = { ...some, [feature]: row[feature] }
    const after = valueOf(some)
    const strength = decimals(after - before)
    before = after
    return { feature, strength }
  })
}

const explanationOf = (
  { classes }: Model,
  row: Row,
  label: Label,
  { feature, strength }: Strength
): PredictionExplanation => ({
  feature,
  featureValue: toValue(row[feature]),
  label,
  strength,
  qualitativeStrength: inSigns(classes === null ? strength / 100 : strength)
})

/** The strength as a share of the whole range, in one to three signs. */
const inSigns = (share: number) =>
  (share < 0 ? "-" : "+").repeat(Math.abs(share) >= 0.4 ? 3 : Math.abs(share) >= 0.1 ? 2 : 1)
