/** Drift: the population stability index of two samples. Pure functions. */
import { own, type PredictedRow } from "./rows.js"

type Values = ReadonlyArray<unknown>

/** Number of bins for numbers. Each holds the same share of the baseline. */
const bins = 10
/** The share that an empty bin counts as. With 0, the index would be infinite. */
const least = 1e-4

const isNumber = (value: unknown) =>
  typeof value === "number" || (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)))

/** Whether a feature is numeric: every value that is present is a number, or a number as text, as in CSV. */
export const isNumeric = (values: Values) => {
  const present = values.filter((value) => value !== null && value !== "")
  return present.length > 0 && present.every(isNumber)
}

/** Finds the bin of a value. The baseline determines the bins. */
const binOf = (baseline: Values): (value: unknown) => string => {
  if (!isNumeric(baseline)) return String
  const sorted = Float64Array.from(baseline.filter(isNumber), Number).sort()
  const cuts = Array.from(
    { length: bins - 1 },
    (_, index) => sorted[Math.floor((index + 1) * sorted.length / bins)] ?? 0
  )
  return (value) => isNumber(value) ? String(cuts.filter((cut) => Number(value) >= cut).length) : "missing"
}

const shares = (values: Values, bin: (value: unknown) => string) => {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(bin(value), (counts.get(bin(value)) ?? 0) + 1)
  return (name: string) => Math.max(least, (counts.get(name) ?? 0) / values.length)
}

/** The population stability index; null if a sample is empty. */
export const psi = (baseline: Values, values: Values): number | null => {
  if (baseline.length === 0 || values.length === 0) return null
  const bin = binOf(baseline)
  const [before, after] = [shares(baseline, bin), shares(values, bin)]
  const names = new Set([...baseline, ...values].map(bin))
  return Array.from(names, (name) => (after(name) - before(name)) * Math.log(after(name) / before(name)))
    .reduce((sum, part) => sum + part, 0)
}

/** The values of a feature, row by row; null if a row has none. */
export const valuesOf = (rows: ReadonlyArray<PredictedRow>, feature: string): Values =>
  rows.map(({ features }) => own(features, feature) ?? null)

/** The features of rows, in the order in which they first occur. */
export const featuresOf = (rows: ReadonlyArray<PredictedRow>): ReadonlyArray<string> =>
  Array.from(new Set(rows.flatMap(({ features }) => Object.keys(features))))
