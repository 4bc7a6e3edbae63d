/**
 * Takes the token out of whatever a server or a client says (S-4). Servers do echo it, in 401 messages above all, and
 * it may come back as URLs, JSON or HTML write it, or in base64.
 */
import { isRecord } from "./text.js"

/** What stands where the token was. */
export const placeholder = "<redacted>"

/** Replaces every occurrence of the token, in text and in JSON values. */
export interface Redactor {
  readonly text: (text: string) => string
  readonly json: (value: unknown) => unknown
}

const named: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "\"": "&quot;",
  "'": "&apos;"
}

/** A pattern for one character of the token, as it is and as URLs, JSON and HTML escape it. */
const anyForm = (char: string): string => {
  if (/\w/.test(char)) return char
  const code = char.charCodeAt(0)
  const hex = code.toString(16).replace(/[a-f]/, (digit) => `[${digit}${digit.toUpperCase()}]`)
  const forms = [`%${hex}`, `\\\\u00${hex}`, `&#0*${code};`, `&#[xX]0*${hex};`, named[char] ?? []].flat()
  // the plain character is tried last: `&` begins some of the others
  return `(?:${forms.join("|")}|\\\\?\\${char})`
}

/** A redactor for one token. */
export const makeRedactor = (token: string): Redactor => {
  const base64 = btoa(token).replace(/=+$/, "").replaceAll(/[+/]/g, "\\$&")
  const pattern = new RegExp(`${Array.from(token, anyForm).join("")}|${base64}`, "g")
  const text = (value: string): string => value.replace(pattern, placeholder)

  // Recursion is bounded: JSON that is deeper than 64 levels was refused before.
  const json = (value: unknown): unknown => {
    if (typeof value === "string") return text(value)
    if (Array.isArray(value)) return value.map(json)
    if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [text(key), json(item)]))
    return value
  }

  return { text, json }
}
