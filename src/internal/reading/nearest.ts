/** Finds the word that a misspelt one stands for. */

/** The number of letters to insert, remove or replace (Levenshtein). */
const distance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (const letter of from) {
    const next = [(row[0] ?? 0) + 1]
    for (let column = 0; column < to.length; column++) {
      const diagonal = (row[column] ?? 0) + (letter === to[column] ? 0 : 1)
      next.push(Math.min((row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1, diagonal))
    }
    row = next
  }
  return row[to.length] ?? 0
}

const longest = 64

/** Returns the known word that differs least from `word`. `undefined` if they all differ in more than two of five letters. */
export const nearest = (word: string, known: Iterable<string>): string | undefined => {
  if (word.length > longest) return undefined
  let best: string | undefined
  let least = Math.max(1, Math.floor(word.length * 0.4)) + 1
  for (const one of known) {
    const differs = distance(word.toLowerCase(), one.toLowerCase())
    if (differs >= least) continue
    best = one
    least = differs
  }
  return best
}

/** The message for a name that is not known. */
export const unknownName = (name: string, known: Iterable<string>): string => {
  const meant = nearest(name, known)
  return meant === undefined ? "is not known here" : `is not known here: did you mean "${meant}"?`
}
