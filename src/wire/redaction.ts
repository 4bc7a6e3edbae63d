/**
 * Removes secrets from text that comes from a server or an HTTP client (S-4, S-10). Some servers echo the token, mostly
 * in 401 messages. It may be escaped as in a URL, JSON or HTML, or encoded in base64 or hex, also several times.
 */
import { type Decoded, decodeDigits, radixes, unescape } from "./encodings.js"
import { isRecord } from "./text.js"

/** The text that replaces a secret. */
export const placeholder = "<redacted>"

/** Replaces every occurrence of its secrets. */
export interface Redactor {
  /** Replaces them in text. Text of more than 1 MiB is replaced as a whole. */
  readonly text: (text: string) => string
  /** Replaces them in the keys and values of JSON. */
  readonly json: (value: unknown) => unknown
  /** Returns a redactor that replaces these secrets too. The last one is remembered. */
  readonly and: (secrets: ReadonlyArray<string>) => Redactor
}

const maxText = 1024 * 1024

// Base64 in base64, and so on.
const maxLayers = 2

// Escapes of escapes, in each layer.
const maxEscapes = 4

// Text is compared in lower case. A form field has `+` for a space. The length must stay the same.
const fold = (text: string): string => text.replaceAll("\u0130", "i").toLowerCase().replaceAll("+", " ")

/**
 * What to look for: the secret, and what remains of it if it is decoded like the text, because a secret may contain
 * what looks like an escape. Very short remainders would occur everywhere.
 */
const formsOf = (secret: string): ReadonlyArray<string> => {
  const forms = [fold(secret)]
  for (let rest: string | undefined = secret; (rest = unescape(rest)?.text) !== undefined && rest.length > 5;) {
    forms.push(fold(rest))
  }
  return forms
}

// Maps the keys and values of JSON. The recursion is bounded: JSON deeper than 64 levels was already refused.
const mapStrings = (value: unknown, map: (text: string) => string): unknown => {
  if (typeof value === "string") return map(value)
  // A token may consist of digits.
  if (typeof value === "number") return map(String(value)) === String(value) ? value : placeholder
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, map))
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [map(key), mapStrings(item, map)]))
}

type Report = (start: number, end: number) => void

// Reports parts of a decoded text as parts of the text that it was decoded from.
const within = (decoded: Decoded, report: Report): Report => (start, end) =>
  report(decoded.start(start), decoded.end(end - 1))

/** Creates a redactor of secrets, which are printable ASCII. */
export const makeRedactor = (...secrets: ReadonlyArray<string>): Redactor => {
  const forms = new Set(secrets.flatMap(formsOf).filter((form) => form !== ""))
  const least = Math.min(...Array.from(forms, (form) => form.length))

  const search = (text: string, report: Report): void => {
    const folded = fold(text)
    for (const form of forms) {
      for (let start = folded.indexOf(form); start >= 0; start = folded.indexOf(form, start + form.length)) {
        report(start, start + form.length)
      }
    }
  }

  // Reports the parts of the text that decode to a secret.
  const find = (text: string, escapes: number, layers: number, report: Report): void => {
    if (text.length < least) return
    search(text, report)
    const plain = escapes === 0 ? undefined : unescape(text)
    const decodeEach = (use: (decoded: Decoded) => void) => {
      for (const radix of radixes) decodeDigits(text, radix, least, use)
    }
    if (plain === undefined) {
      if (layers === 0) return
      decodeEach((decoded) => find(decoded.text, maxEscapes, layers - 1, within(decoded, report)))
    } else {
      // What looks like an escape may be the beginning of hex, such as Postgres's `\x736b…`.
      if (escapes === maxEscapes && layers === maxLayers) {
        decodeEach((decoded) => search(decoded.text, within(decoded, report)))
      }
      find(plain.text, escapes - 1, layers, within(plain, report))
    }
  }

  const redact = (value: string): string => {
    const spans: Array<readonly [start: number, end: number]> = []
    find(value, maxEscapes, maxLayers, (start, end) => spans.push([start, end]))
    let clean = ""
    let done = 0
    for (const [start, end] of spans.sort(([a], [b]) => a - b)) {
      if (start >= done) clean += value.slice(done, start) + placeholder
      done = Math.max(done, end)
    }
    return clean + value.slice(done)
  }

  const json = (value: unknown): unknown => {
    // One text for all strings, because each search has a fixed cost. No secret contains NUL.
    const strings: Array<string> = []
    mapStrings(value, (string) => strings[strings.length] = string)
    const all = strings.join("\0")
    const clean = redact(all)
    if (clean === all) return value
    const parts = clean.split("\0")
    let next = 0
    return mapStrings(value, (string) => parts.slice(next, next += string.split("\0").length).join("\0"))
  }

  let last: readonly [key: string, redactor: Redactor] | undefined
  return {
    text: (value) => value.length > maxText ? placeholder : redact(value),
    json,
    and: (more) => {
      const key = more.join("\0")
      if (last?.[0] !== key) last = [key, makeRedactor(...secrets, ...more)]
      return last[1]
    }
  }
}
