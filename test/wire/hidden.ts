/** Asserts that texts show no six consecutive characters of a token. */
import { assert } from "@effect/vitest"
import { piecesOf } from "../support.js"
import type { Texts } from "./recording.js"

/** No text contains a piece of the token. `fixed` holds the same texts for another token. */
export const assertHidden = (texts: Texts, token: string, fixed: Texts = {}): void => {
  for (const [renderer, text] of Object.entries(texts)) {
    const stands = fixed[renderer] ?? ""
    const piece = piecesOf(token).find((one) => text.includes(one) && !stands.includes(one))
    if (piece === undefined) continue
    const at = text.indexOf(piece)
    assert.fail(`${renderer} shows ${piece}: ${JSON.stringify(text.slice(Math.max(0, at - 80), at + 80))}`)
  }
}
