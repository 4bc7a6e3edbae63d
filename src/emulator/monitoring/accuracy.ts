/** Accuracy: DataRobot's metrics that have a simple formula. Pure functions. */
import * as Arr from "effect/Array"
import * as Order from "effect/Order"
import { own, type Pair } from "./rows.js"

/** The score from which class 1 is predicted. */
const threshold = 0.5

const isPositive = ({ actual }: Pair) => Number(actual.actualValue) === 1
const isPredicted = ({ row }: Pair) => row.score >= threshold

const mean = (values: ReadonlyArray<number>) => values.reduce((sum, value) => sum + value, 0) / values.length

/** Returns null if the whole is zero. */
const ratio = (part: number, whole: number) => whole === 0 ? null : part / whole

const logLoss = (pairs: ReadonlyArray<Pair>) =>
  mean(pairs.map((pair) => {
    const score = Math.min(1 - 1e-15, Math.max(1e-15, pair.row.score))
    return -Math.log(isPositive(pair) ? score : 1 - score)
  }))

/**
 * The share of pairs of a positive and a negative in which the positive has the higher score; equal scores count half.
 */
const auc = (pairs: ReadonlyArray<Pair>) => {
  const sorted = Arr.sortWith(pairs, ({ row }) => row.score, Order.number)
  let positives = 0
  let ranks = 0
  for (let begin = 0; begin < sorted.length;) {
    let end = begin
    while (end < sorted.length && sorted[end]?.row.score === sorted[begin]?.row.score) end++
    const among = sorted.slice(begin, end).filter(isPositive).length
    positives += among
    ranks += among * (begin + 1 + end) / 2
    begin = end
  }
  return ratio(ranks - positives * (positives + 1) / 2, positives * (pairs.length - positives))
}

/** Accuracy of a binary target, by metric. */
const binary = (pairs: ReadonlyArray<Pair>): Readonly<Record<string, number | null>> => {
  const count = (predicted: boolean, positive: boolean) =>
    pairs.filter((pair) => isPredicted(pair) === predicted && isPositive(pair) === positive).length
  const [tp, fp, tn, fn] = [count(true, true), count(true, false), count(false, false), count(false, true)]
  const [tpr, tnr, area] = [ratio(tp, tp + fn), ratio(tn, tn + fp), auc(pairs)]
  return {
    LogLoss: logLoss(pairs),
    AUC: area,
    "Gini Norm": area === null ? null : 2 * area - 1,
    Accuracy: ratio(tp + tn, pairs.length),
    "Balanced Accuracy": tpr === null || tnr === null ? null : (tpr + tnr) / 2,
    TPR: tpr,
    TNR: tnr,
    FPR: ratio(fp, fp + tn),
    PPV: ratio(tp, tp + fp),
    NPV: ratio(tn, tn + fn),
    F1: ratio(2 * tp, 2 * tp + fp + fn),
    MCC: ratio(tp * tn - fp * fn, Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)))
  }
}

/** Accuracy of a numeric target, by metric. */
const regression = (pairs: ReadonlyArray<Pair>): Readonly<Record<string, number | null>> => {
  const actuals = pairs.map(({ actual }) => Number(actual.actualValue))
  const errors = pairs.map(({ row }, index) => row.score - (actuals[index] ?? 0))
  const squares = mean(errors.map((error) => error ** 2))
  const middle = mean(actuals)
  const spread = mean(actuals.map((value) => (value - middle) ** 2))
  return {
    RMSE: Math.sqrt(squares),
    MAE: mean(errors.map(Math.abs)),
    MAPE: actuals.includes(0)
      ? null
      : 100 * mean(errors.map((error, index) => Math.abs(error / (actuals[index] ?? 1)))),
    "R Squared": spread === 0 ? null : 1 - squares / spread
  }
}

/**
 * The default metrics of a target; the first is the usual one. The emulator has formulas for more, but older clients
 * reject a response with a metric that they do not know.
 */
export const metricsOf = (targetType: string): ReadonlyArray<string> =>
  targetType === "Binary"
    ? ["LogLoss", "AUC", "Accuracy", "Balanced Accuracy", "Gini Norm"]
    : ["RMSE", "MAE", "MAPE", "R Squared"]

/** Computes metrics. Null if there are no pairs, or if the emulator has no formula for the metric. */
export const measures = (
  targetType: string,
  pairs: ReadonlyArray<Pair>
): (metric: string) => number | null => {
  if (pairs.length === 0) return () => null
  const measured = (targetType === "Binary" ? binary : regression)(pairs)
  return (metric) => own(measured, metric) ?? null
}
