/** The known name that a misspelled one probably means. */

/** The edit distance of two sequences (Levenshtein). `replace` is the cost of replacing one element by another. */
export const editDistance = (
  from: ReadonlyArray<string>,
  to: ReadonlyArray<string>,
  replace: (a: string, b: string) => number = differs
): number => {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (const element of from) {
    const next = [(row[0] ?? 0) + 1]
    to.forEach((other, column) => {
      const above = row[column + 1] ?? 0
      const left = next[column] ?? 0
      const diagonal = row[column] ?? 0
      next.push(Math.min(above + 1, left + 1, diagonal + replace(element, other)))
    })
    row = next
  }
  return row[to.length] ?? 0
}

const differs = (a: string, b: string) => a === b ? 0 : 1

/**
 * Returns the known name that differs least from a name, in upper or lower case. `undefined` if more than half of its
 * characters differ.
 */
export const nearestName = (name: string, known: Iterable<string>): string | undefined => {
  const asked = [...name.toLowerCase()]
  let nearest: string | undefined
  let least = Infinity
  for (const one of known) {
    const distance = editDistance(asked, [...one.toLowerCase()])
    if (distance < least && distance <= Math.max(asked.length, one.length) / 2) {
      nearest = one
      least = distance
    }
  }
  return nearest
}
