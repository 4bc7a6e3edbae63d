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

/** A redactor for one token. */
export const makeRedactor = (token: string): Redactor => {
  const forms = [...new Set([token, encodeURIComponent(token), JSON.stringify(token).slice(1, -1), btoa(token)])]
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
