/**
 * Reads the body of an answer as JSON, with the guards of S-6: bounded depth, no `__proto__`, and a word on what came
 * instead of JSON (a login page, nothing, half of it).
 */
const maxDepth = 64

const quote = 0x22
const backslash = 0x5c
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d

const isTooDeep = (text: string): boolean => {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (inString) {
      if (code === backslash) i++
      else if (code === quote) inString = false
    } else if (code === quote) inString = true
    else if (code === openBrace || code === openBracket) {
      if (++depth > maxDepth) return true
    } else if (code === closeBrace || code === closeBracket) depth--
  }
  return false
}

// An own key `__proto__` becomes the prototype of whatever a later step copies it to. It may be written with escapes.
const mayHoldProto = (text: string) => text.includes("__proto__") || text.includes("\\u00")
const dropProto = (key: string, value: unknown) => key === "__proto__" ? undefined : value

/** Parsed JSON, or what is wrong with the text. The wording never holds a part of the text. */
export type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string }

const problem = (text: string): Parsed => ({ ok: false, problem: text })

/** Decodes UTF-8 (a byte order mark is skipped) and parses JSON. */
export const parseJson = (bytes: Uint8Array): Parsed => {
  let text: string
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    return problem("is not valid UTF-8")
  }
  const start = text.trimStart().charAt(0)
  if (start === "") return problem("is empty")
  if (start === "<") {
    return problem("is a web page and not JSON (a login page, a proxy, or an endpoint without /api/v2?)")
  }
  if (isTooDeep(text)) return problem(`is nested deeper than ${maxDepth} levels`)
  try {
    const value: unknown = mayHoldProto(text) ? JSON.parse(text, dropProto) : JSON.parse(text)
    return { ok: true, value }
  } catch {
    return problem("is not complete, valid JSON")
  }
}
