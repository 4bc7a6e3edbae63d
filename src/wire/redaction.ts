/**
 * Removes the token from text that comes from a server or an HTTP client (S-4). Some servers echo it, mostly in 401
 * messages. It may be escaped as in a URL, JSON or HTML, or encoded in base64.
 */
import { isRecord } from "./text.js"

/** The text that replaces the token. */
export const placeholder = "<redacted>"

/** Replaces every occurrence of the token, in text and in JSON values. */
export interface Redactor {
  readonly text: (text: string) => string
  readonly json: (value: unknown) => unknown
}

const htmlEntities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "\"": "&quot;",
  "'": "&apos;"
}

/** A pattern that matches one character of the token, plain or escaped as in a URL, JSON or HTML. */
const anyForm = (char: string): string => {
  if (/\w/.test(char)) return char
  const code = char.charCodeAt(0)
  const hex = code.toString(16).replace(/[a-f]/, (digit) => `[${digit}${digit.toUpperCase()}]`)
  const forms = [`%${hex}`, `\\\\u00${hex}`, `&#0*${code};`, `&#[xX]0*${hex};`, htmlEntities[char] ?? []].flat()
  // The plain character comes last, because some of the other forms begin with `&`.
  return `(?:${forms.join("|")}|\\\\?\\${char})`
}

/** Creates a redactor for one token. */
export const makeRedactor = (token: string): Redactor => {
  const base64 = btoa(token).replace(/=+$/, "").replaceAll(/[+/]/g, "\\$&")
  const pattern = new RegExp(`${Array.from(token, anyForm).join("")}|${base64}`, "g")
  const text = (value: string): string => value.replace(pattern, placeholder)

  // The recursion is bounded: JSON deeper than 64 levels was already refused.
  const json = (value: unknown): unknown => {
    if (typeof value === "string") return text(value)
    if (Array.isArray(value)) return value.map(json)
    if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [text(key), json(item)]))
    return value
  }

  return { text, json }
}
