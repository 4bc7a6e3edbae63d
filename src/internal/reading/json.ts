/**
 * Parses a response body as JSON, with the guards of S-6: the depth is limited, `__proto__` keys are removed, and the
 * error says what arrived instead of JSON (a login page, an empty body, an incomplete document).
 */
import { isRecord } from "../../wire/text.js"

const maxDepth = 64
const utf8 = new TextDecoder("utf-8", { fatal: true })

/** The hazards found in a parsed value. */
interface Hazards {
  isTooDeep: boolean
  hasProto: boolean
}

const inspect = (value: unknown, depth: number, hazards: Hazards): void => {
  if (typeof value !== "object" || value === null) return
  if (depth > maxDepth) hazards.isTooDeep = true
  else if (Array.isArray(value)) { for (const item of value) inspect(item, depth + 1, hazards) }
  else if (isRecord(value)) {
    for (const key in value) {
      if (key === "__proto__") hazards.hasProto = true
      inspect(value[key], depth + 1, hazards)
    }
  }
}

// If a later step copies an own key `__proto__`, its value becomes the prototype of the copy.
const dropProto = (key: string, value: unknown) => key === "__proto__" ? undefined : value

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
    const hazards = { isTooDeep: false, hasProto: false }
    inspect(value, 1, hazards)
    if (hazards.isTooDeep) return problem(`is nested deeper than ${maxDepth} levels`)
    return { ok: true, value: hazards.hasProto ? JSON.parse(text, dropProto) : value }
  } catch {
    return problem("is not complete, valid JSON")
  }
}
