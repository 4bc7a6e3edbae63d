/**
 * Parses a response body as JSON, with the guards of S-6: the depth is limited, `__proto__` keys are removed, and the
 * error says what arrived instead of JSON (a login page, an empty body, an incomplete document).
 */
import { isRecord } from "../../wire/text.js"

const utf8 = new TextDecoder("utf-8", { fatal: true })

/** The number of lists and objects that may be nested. */
export const maxDepth = 64

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

/** Whether a value at a depth has no key `__proto__` and is not nested too deep. */
export const isSafe = (value: unknown, depth: number): boolean => {
  if (typeof value !== "object" || value === null) return true
  if (depth > maxDepth) return false
  if (Array.isArray(value)) return value.every((item) => isSafe(item, depth + 1))
  if (isRecord(value)) {
    for (const key in value) {
      if (key === "__proto__" || !isSafe(value[key], depth + 1)) return false
    }
  }
  return true
}

/** Parsed JSON, or a description of the problem. The description never contains a part of the text. */
export type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string }

/** The problem of a web page. */
export const webPage = "is a web page, not JSON (a login page or a proxy?)"

const problem = (text: string): Parsed => ({ ok: false, problem: text })

/** Decodes UTF-8, skipping a byte order mark. Throws if the bytes are not valid. */
export const textOf = (bytes: Uint8Array): string => utf8.decode(bytes)

/** Decodes UTF-8, and parses JSON. */
export const parseJson = (bytes: Uint8Array): Parsed => {
  let text: string
  try {
    text = textOf(bytes)
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
