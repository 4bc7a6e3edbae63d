/** Whether a token is hidden: no 6 characters of it in a row are to be seen. */
import { assert } from "@effect/vitest"
import { piecesOf } from "../support.js"
import type { Texts } from "./recording.js"

/** No text shows a piece of the token. `fixed` is what the same texts say of another token. */
export const assertHidden = (texts: Texts, token: string, fixed: Texts = {}): void => {
  for (const [renderer, text] of Object.entries(texts)) {
    const stands = fixed[renderer] ?? ""
    const piece = piecesOf(token).find((one) => text.includes(one) && !stands.includes(one))
    if (piece === undefined) continue
    const at = text.indexOf(piece)
    assert.fail(`${renderer} shows ${piece}: ${JSON.stringify(text.slice(Math.max(0, at - 80), at + 80))}`)
  }
}
