/** Returns how many of `size` items are before a time (binary search). The items are in order of time. */
export const countBefore = (size: number, timeAt: (index: number) => number, time: number): number => {
  let low = 0
  let high = size
  while (low < high) {
    const middle = (low + high) >>> 1
    if (timeAt(middle) < time) low = middle + 1
    else high = middle
  }
  return low
}
