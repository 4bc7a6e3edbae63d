/** Formats the results as Markdown tables. */
import { targets } from "./scenarios.mjs"

const table = (head, rows) =>
  [head, head.map((_, index) => index === 0 ? "---" : "--:"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n")

const digits = (value) => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)
const time = (seconds) =>
  seconds < 1e-3 ? `${digits(seconds * 1e6)} µs` : seconds < 1 ? `${digits(seconds * 1e3)} ms` : `${digits(seconds)} s`
const figure = ({ unit }, value) => unit === "s" ? time(value) : `${digits(value)} ${unit}`
const ratio = ({ high, low, median }) => `${digits(median)} (${digits(low)} to ${digits(high)})`

/** Compares the results with the targets. Returns a list of `{ what, target, reached, met }`. */
export const judged = (results) =>
  targets.map((target) => {
    const result = results.find(({ name }) => target.scenario.test(name))
    const found = result?.contenders.find(({ name }) => name === target.contender)
    if (found === undefined) throw new Error(`no result for ${target.contender} in ${target.scenario}`)
    const reached = target.of === undefined ? found.figure : found.ratios[target.of]
    const bound = target.most === undefined ? `at least ${target.least}` : `at most ${target.most}`
    return {
      what: `${result.name}: ${target.contender}`,
      target: target.of === undefined ? `${bound} ${target.unit}` : `${bound} x ${target.of}`,
      reached,
      met: target.most === undefined ? reached.median >= target.least : reached.median <= target.most
    }
  })

/** Returns the table of the targets, and whether they were met. */
export const targetTable = (results) =>
  table(
    ["", "target", "reached", ""],
    judged(results).map(({ met, reached, target, what }) => [what, target, ratio(reached), met ? "yes" : "**no**"])
  )

/** Returns the table of all results. */
export const wholeTable = (results) =>
  table(
    ["", "median", "ratio (middle half of the rounds)"],
    results.flatMap((result) => [
      [`**${result.name}**, ${result.measure}`, "", ""],
      ...result.contenders.map(({ figure: measured, name, ratios }) => [
        name,
        figure(result, measured.median),
        ratios === undefined ? "" : ratio(Object.values(ratios)[0])
      ])
    ])
  )
