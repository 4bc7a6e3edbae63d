/**
 * Parses a response body as JSON, with the guards of S-6: the depth is limited, `__proto__` keys are removed, and the
 * error says what arrived instead of JSON (a login page, an empty body, an incomplete document).
 */
import { isRecord } from "../../wire/text.js"

const maxDepth = 64
const utf8 = new TextDecoder("utf-8", { fatal: true })

/**
 * Drops all keys `__proto__`: if a later step copies one, its value becomes the prototype of the copy. Returns whether
 * the value is nested too deep.
 */
const clean = (value: unknown, depth: number): boolean => {
  if (typeof value !== "object" || value === null) return false
  if (depth > maxDepth) return true
  let isTooDeep = false
  if (Array.isArray(value)) { for (const item of value) isTooDeep = clean(item, depth + 1) || isTooDeep }
  else if (isRecord(value)) {
    for (const key in value) {
      isTooDeep = clean(value[key], depth + 1) || isTooDeep
      if (key === "__proto__") Reflect.deleteProperty(value, key)
    }
  }
  return isTooDeep
}

/** Parsed JSON, or a description of the problem. The description never contains a part of the text. */
export type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string }

/** The problem of a web page. */
export const webPage = "is a web page, not JSON (a login page or a proxy?)"

const problem = (text: string): Parsed => ({ ok: false, problem: text })

/** Decodes UTF-8, skipping a byte order mark, and parses JSON. */
export const parseJson = (bytes: Uint8Array): Parsed => {
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    return problem("is not valid UTF-8")
  }
  const start = text.trimStart().charAt(0)
  if (start === "") return problem("is empty")
  if (start === "<") {
    return problem(webPage)
  }
  try {
    const value: unknown = JSON.parse(text)
    return clean(value, 1) ? problem(`is nested deeper than ${maxDepth} levels`) : { ok: true, value }
  } catch {
    return problem("is not complete, valid JSON")
  }
}
