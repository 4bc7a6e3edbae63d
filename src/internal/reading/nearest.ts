/** Finds the word that a misspelt one stands for. */
import { editDistance } from "../../wire/nearestName.js"

const longest = 64

/** Returns the known word that differs least from `word`. `undefined` if they all differ in more than two of five letters. */
export const nearest = (word: string, known: Iterable<string>): string | undefined => {
  if (word.length > longest) return undefined
  const letters = [...word.toLowerCase()]
  let best: string | undefined
  let least = Math.max(1, Math.floor(word.length * 0.4)) + 1
  for (const one of known) {
    const differs = editDistance(letters, [...one.toLowerCase()])
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
