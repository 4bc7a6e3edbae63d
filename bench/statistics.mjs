/**
 * The statistics of the results. A result is `{ name, figures, contenders, targets }`. Each contender has `taken`: what
 * it took in each round, by figure. The first contender is the one that the others are compared with.
 */

/** Returns the quantile of a share. */
const quantile = (values, share) => values.toSorted((a, b) => a - b)[Math.round(share * (values.length - 1))]

/** Returns the median, and the bounds of the middle half of the values. */
export const spread = (values) => ({
  median: quantile(values, 0.5),
  low: quantile(values, 0.25),
  high: quantile(values, 0.75)
})

/** Returns the spread of a contender's figure. */
export const figureOf = ({ taken }, figure) => spread(taken.map((round) => round[figure]))

/** Returns the spread of the ratio of two contenders. Only the figures of the same round are compared. */
export const ratioOf = (own, other, figure) =>
  spread(own.taken.map((round, index) => round[figure] / other.taken[index][figure]))

const find = ({ contenders, name }, wanted) => {
  const found = contenders.find(({ name }) => name === wanted)
  if (found === undefined) throw new Error(`${name} has no contender ${wanted}`)
  return found
}

/**
 * Compares results with their targets. A target is `{ contender, figure, of?, most?, least? }`; with `of`, the bound is
 * one of the ratio to that contender. The verdict is "within noise" if the middle half of the rounds spans the bound.
 */
export const judge = (results) =>
  results.flatMap((result) =>
    (result.targets ?? []).map((target) => {
      const { contender, figure = result.figures[0], least, most, of } = target
      const own = find(result, contender)
      const reached = of === undefined ? figureOf(own, figure) : ratioOf(own, find(result, of), figure)
      const bound = most ?? least
      const isMet = most === undefined ? reached.median >= least : reached.median <= most
      const isNoise = reached.low <= bound && bound <= reached.high && reached.low < reached.high
      return {
        ...target,
        figure,
        scenario: result.name,
        reached,
        verdict: isNoise ? "within noise" : isMet ? "met" : "missed"
      }
    })
  )

/** Formats a number of items: 100 000. */
export const thousands = (count) => count.toLocaleString("en").replaceAll(",", " ")
