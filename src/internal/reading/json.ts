/**
 * Reads the body of an answer as JSON, with the guards of S-6: bounded depth, no `__proto__`, and a word on what came
 * instead of JSON (a login page, nothing, half of it).
 */
import { isRecord } from "../../wire/text.js"

const maxDepth = 64
const utf8 = new TextDecoder("utf-8", { fatal: true })

/** What must be known of a value before it is used. */
interface Nature {
  isTooDeep: boolean
  hasProto: boolean
}

const look = (value: unknown, depth: number, nature: Nature): void => {
  if (typeof value !== "object" || value === null) return
  if (depth > maxDepth) nature.isTooDeep = true
  else if (Array.isArray(value)) { for (const item of value) look(item, depth + 1, nature) }
  else if (isRecord(value)) {
    for (const key in value) {
      if (key === "__proto__") nature.hasProto = true
      look(value[key], depth + 1, nature)
    }
  }
}

// An own key `__proto__` becomes the prototype of whatever a later step copies it to.
const dropProto = (key: string, value: unknown) => key === "__proto__" ? undefined : value

/** Parsed JSON, or what is wrong with the text. The wording never holds a part of the text. */
export type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string }

const problem = (text: string): Parsed => ({ ok: false, problem: text })

/** Decodes UTF-8 (a byte order mark is skipped) and parses JSON. */
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
    return problem("is a web page and not JSON (a login page, a proxy, or an endpoint without /api/v2?)")
  }
  try {
    const value: unknown = JSON.parse(text)
    const nature = { isTooDeep: false, hasProto: false }
    look(value, 1, nature)
    if (nature.isTooDeep) return problem(`is nested deeper than ${maxDepth} levels`)
    return { ok: true, value: nature.hasProto ? JSON.parse(text, dropProto) : value }
  } catch {
    return problem("is not complete, valid JSON")
  }
}
