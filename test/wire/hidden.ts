/** Whether a token is hidden: no 6 characters of it in a row are to be seen. */
import { assert } from "@effect/vitest"
import type { Texts } from "./recording.js"

const windowSize = 6

/** The pieces of the token that a text shows, but for those that stand there whatever the token is. */
const piecesIn = (text: string, token: string, fixed: string): ReadonlyArray<string> =>
  Array.from({ length: token.length - windowSize + 1 }, (_, start) => token.slice(start, start + windowSize))
    .filter((piece) => text.includes(piece) && !fixed.includes(piece))

/** No text shows a piece of the token. `fixed` is what the same texts say of another token. */
export const assertHidden = (texts: Texts, token: string, fixed: Texts = {}): void => {
  for (const [renderer, text] of Object.entries(texts)) {
    const [piece] = piecesIn(text, token, fixed[renderer] ?? "")
    if (piece === undefined) continue
    const at = text.indexOf(piece)
    assert.fail(`${renderer} shows ${piece}: ${JSON.stringify(text.slice(Math.max(0, at - 80), at + 80))}`)
  }
}
