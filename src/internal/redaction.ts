/**
 * Takes the token out of whatever a server or a client says (S-4). Servers do echo it, in 401 messages above all, and
 * it may come back in the forms that URLs, JSON and HTTP have for it.
 */
import { isRecord } from "./text.js"

/** What stands where the token was. */
export const placeholder = "<redacted>"

/** Replaces every occurrence of the token, in text and in JSON values. */
export interface Redactor {
  readonly text: (text: string) => string
  readonly json: (value: unknown) => unknown
}

const hex = (char: string) => char.charCodeAt(0).toString(16).padStart(2, "0")
const lowerAndUpper = (text: string, escapes: RegExp) => [
  text.replace(escapes, (escape) => escape.toLowerCase()),
  text.replace(escapes, (escape) => escape.toUpperCase())
]

// A quote and a backslash are always escaped in JSON; some servers escape a slash, or what has a meaning in HTML.
const inJson = (token: string): ReadonlyArray<string> => {
  const plain = JSON.stringify(token).slice(1, -1)
  return [plain, plain.replaceAll("/", "\\/")].flatMap((json) =>
    [/[<>&]/g, /[<>&']/g].flatMap((chars) => [
      json,
      ...lowerAndUpper(json.replace(chars, (char) => `\\u00${hex(char)}`), /(?<=\\u00)../g)
    ])
  )
}

// What is left as it is: by encodeURIComponent, by RFC 3986, in a form, in a path, in a whole URL.
const unescaped = [/[\w.!~*'()-]/, /[\w.~-]/, /[\w.*-]/, /[\w.!~*'():@&=+$,;-]/, /[\w.!~*'():@&=+$,;/?#-]/]
const inUrl = (token: string): ReadonlyArray<string> =>
  unescaped.flatMap((chars) =>
    lowerAndUpper(Array.from(token, (char) => chars.test(char) ? char : `%${hex(char)}`).join(""), /%../g)
  )

// Only the two quotes have more than one form that is in use, and they may be left as they are.
const inHtml = (token: string): ReadonlyArray<string> => {
  const base = token.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
  return ["'", "&#39;", "&#x27;", "&apos;"].flatMap((single) =>
    ["\"", "&quot;", "&#34;", "&#x22;"].map((double) => base.replaceAll("'", single).replaceAll("\"", double))
  )
}

/** A redactor for one token. */
export const makeRedactor = (token: string): Redactor => {
  const forms = [
    ...new Set([token, ...inJson(token), ...inUrl(token), ...inHtml(token), btoa(token).replace(/=+$/, "")])
  ]
    // a longer form first, so that none is left half replaced
    .sort((a, b) => b.length - a.length)

  const text = (value: string): string => forms.reduce((line, form) => line.replaceAll(form, placeholder), value)

  // Recursion is bounded: JSON that is deeper than 64 levels was refused before.
  const json = (value: unknown): unknown => {
    if (typeof value === "string") return text(value)
    if (Array.isArray(value)) return value.map(json)
    if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [text(key), json(item)]))
    return value
  }

  return { text, json }
}
