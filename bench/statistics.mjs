/** Returns the quantile of a share. */
const quantile = (values, share) => values.toSorted((a, b) => a - b)[Math.round(share * (values.length - 1))]

/** Returns the median, and the bounds of the middle half of the values. */
export const spread = (values) => ({
  median: quantile(values, 0.5),
  low: quantile(values, 0.25),
  high: quantile(values, 0.75)
})
