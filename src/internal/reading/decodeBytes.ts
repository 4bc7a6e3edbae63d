/** Decodes the bytes of a response in one step, for bodies that have no problem. */
import type * as Schema from "effect/Schema"
import { refused } from "./decode.js"
import { decodeOwned } from "./decoder.js"
import { textOf } from "./json.js"
import type { Values } from "./values.js"

/**
 * Decodes a response body with a schema. Returns `refused` if anything is wrong with it: it is empty, is not valid UTF-8
 * or JSON, is nested too deep, or breaks the schema. `parseJson` and `decodeJson` then find the problem in the same
 * bytes.
 */
export const decodeBytes = <A, I>(
  schema: Schema.Schema<A, I>,
  bytes: Uint8Array,
  values: Values
): A | typeof refused => {
  try {
    const json: unknown = JSON.parse(textOf(bytes))
    return decodeOwned(schema, json, values)
  } catch {
    return refused
  }
}
