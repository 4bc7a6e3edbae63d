/** The pseudo-model: the same row always gets the same prediction, from JSON and from CSV. */
import type { Project } from "../../wire/modelDeployment.js"
import type { PredictionRow } from "../../wire/prediction.js"
import { hash } from "./hash.js"

/** A row to predict: feature values by name. */
export type Row = Readonly<Record<string, unknown>>

/** A class of a classification. */
export type Label = string | number

/** What a model predicts. */
export interface Model {
  /** The name of the target; null if there is none. */
  readonly target: string | null
  /** The classes; a binary target has the positive one first. Null for a number. */
  readonly classes: ReadonlyArray<Label> | null
  readonly isBinary: boolean
}

/** The classes of a multiclass target whose project has no `classNames`. */
const defaultClasses: ReadonlyArray<Label> = ["A", "B", "C"]

/** Returns the model of a project: 1 and 0 for a binary target, classes for a multiclass one, a number otherwise. */
export const modelOf = (project: Project): Model => {
  const { classNames, target, targetType } = project
  const isBinary = targetType === "Binary"
  const named = Array.isArray(classNames) && classNames.length > 0 ? classNames.map(String) : defaultClasses
  return {
    target: typeof target === "string" ? target : null,
    classes: isBinary ? [1, 0] : targetType === "Multiclass" ? named : null,
    isBinary
  }
}

/** The probability from which the positive class of a binary target is predicted. */
export const threshold = 0.5

/** Returns the execution time of a request in seconds: a fixed part, and a part for each row. */
export const executionTime = (rows: number) => 0.02 + rows * 0.0005

/**
 * Returns the probability of each class, in the order of the classes. For a number, the list has only the number, from
 * 0 to 100.
 */
export const valuesOf = ({ classes, isBinary }: Model, row: Row): ReadonlyArray<number> => {
  const hashed = hashOf(row)
  const share = decimals(hashed / 2 ** 32)
  if (classes === null) return [decimals(share * 100)]
  if (isBinary) return [share, decimals(1 - share)]
  const weights = classes.map((label) => 1 + hash(`${hashed} ${label}`))
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => decimals(weight / whole))
}

/** Returns the share of class 1 for a binary target, of the first class for others, and the value of a number. */
export const scoreOf = (model: Model, row: Row): number => valuesOf(model, row)[0] ?? 0

/** Predicts a row. */
export const predictRow = (model: Model, row: Row, rowId: number): PredictionRow => {
  const { classes, isBinary, target } = model
  const values = valuesOf(model, row)
  const [first = 0] = values
  if (classes === null) {
    return { rowId, prediction: first, predictionValues: [{ label: target ?? "", value: first }] }
  }
  const predictionValues = classes.map((label, index) => ({ label, value: values[index] ?? 0 }))
  return isBinary
    ? { rowId, prediction: first >= threshold ? 1 : 0, predictionThreshold: threshold, predictionValues }
    : { rowId, prediction: classes[values.indexOf(Math.max(...values))] ?? "", predictionValues }
}

/** Hashes a row to a number that depends on all its values, but not on their order. */
const hashOf = (row: Row) => {
  const cells = Object.entries(row).map(([name, value]) => JSON.stringify([name, asText(value)]))
  return hash(cells.sort().join())
}

/** CSV has only texts, so 5 and "5" count as the same value. */
const asText = (value: unknown) => typeof value === "string" ? value : JSON.stringify(value)

/** Rounds to six decimals. */
export const decimals = (value: number) => Math.round(value * 1e6) / 1e6
