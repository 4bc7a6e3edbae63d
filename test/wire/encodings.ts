/**
 * Encodings of a secret, each with a decoder of its own that shares nothing with the redactor: a test encodes a secret
 * several times, and looks for it in the decoded output.
 */
import * as FastCheck from "effect/FastCheck"
import { hex } from "./echoes.js"

/** An encoding, and a decoder that decodes everything in a text that may be so encoded. */
export interface Encoding {
  readonly name: string
  readonly encode: (text: string) => string
  readonly decode: (text: string) => string
}

const each = (text: string, write: (char: string) => string) => Array.from(text, write).join("")
const char = (digits: string | undefined, base: number) => String.fromCharCode(Number.parseInt(digits ?? "", base))

const percents = (text: string) => text.replaceAll(/%([0-9a-f]{2})/gi, (_, digits: string) => char(digits, 16))
const backslashes = (text: string) =>
  text.replaceAll(
    /\\(?:u00([0-9a-f]{2})|x([0-9a-f]{2})|([^]))/gi,
    (_, u?: string, x?: string, other?: string) => other ?? char(u ?? x, 16)
  )
const names: Readonly<Record<string, string>> = { sol: "/", plus: "+", equals: "=", lowbar: "_", colon: ":", lt: "<" }
const nameOf = new Map(Object.entries(names).map(([name, char]) => [char, name]))
const entities = (text: string) =>
  text.replaceAll(
    /&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi,
    (whole, decimal?: string, hex?: string, name?: string) =>
      name === undefined ? char(decimal ?? hex, decimal === undefined ? 16 : 10) : names[name] ?? whole
  )
const bytes = (digits: RegExp, encoding: "base64" | "hex", phases: number) => (text: string) =>
  text.replaceAll(
    digits,
    (run) =>
      Array.from({ length: phases }, (_, phase) => Buffer.from(run.slice(phase), encoding).toString("latin1")).join(" ")
  )
const base64 = bytes(/[\w+/-]{11,}/g, "base64", 4)

const escapes: ReadonlyArray<Encoding> = [
  { name: "URL", encode: encodeURIComponent, decode: percents },
  { name: "whole URL", encode: (text) => each(text, (one) => `%${hex(one)}`), decode: percents },
  { name: "JSON", encode: (text) => JSON.stringify(text), decode: backslashes },
  { name: "slashes", encode: (text) => text.replaceAll(/[\\/"]/g, "\\$&"), decode: backslashes },
  { name: "\\u", encode: (text) => each(text, (one) => `\\u00${hex(one).toUpperCase()}`), decode: backslashes },
  { name: "\\x", encode: (text) => each(text, (one) => `\\x${hex(one)}`), decode: backslashes },
  { name: "&#65;", encode: (text) => each(text, (one) => `&#${one.charCodeAt(0)};`), decode: entities },
  { name: "&#x41;", encode: (text) => each(text, (one) => `&#x${hex(one)};`), decode: entities },
  {
    name: "&sol;",
    encode: (text) => each(text, (one) => one === "&" ? "&#38;" : nameOf.has(one) ? `&${nameOf.get(one)};` : one),
    decode: entities
  }
]

const radixes: ReadonlyArray<Encoding> = [
  { name: "base64", encode: (text) => btoa(text), decode: base64 },
  { name: "base64url", encode: (text) => Buffer.from(text).toString("base64url"), decode: base64 },
  { name: "hex", encode: (text) => each(text, hex), decode: bytes(/[0-9a-f]{16,}/gi, "hex", 2) },
  { name: "HEX", encode: (text) => each(text, hex).toUpperCase(), decode: bytes(/[0-9a-f]{16,}/gi, "hex", 2) }
]

const cases: ReadonlyArray<Encoding> = [
  { name: "unchanged", encode: (text) => text, decode: (text) => text },
  { name: "upper case", encode: (text) => text.toUpperCase(), decode: (text) => text },
  { name: "lower case", encode: (text) => text.toLowerCase(), decode: (text) => text }
]

// A text around the secret, which is encoded with it.
const around = FastCheck.constantFrom(["", ""], ["Bearer ", ""], [" ", " "], ["(", ") is invalid"], [
  "{\"a\":\"",
  "\"}"
])

const layer = (encodings: ReadonlyArray<Encoding>) =>
  FastCheck.tuple(FastCheck.constantFrom(...encodings), around).map((
    [{ decode, encode, name }, [before, after]]
  ): Encoding => ({
    name: `${before}${name}${after}`,
    encode: (text) => encode(`${before}${text}${after}`),
    decode
  }))

/** Draws up to five encodings applied one after the other, at most two of which are base64 or hex. */
export const compositions: FastCheck.Arbitrary<Encoding> = FastCheck.tuple(
  layer(cases),
  FastCheck.array(layer(escapes), { maxLength: 2 }),
  FastCheck.array(layer(radixes), { maxLength: 2 }),
  FastCheck.array(FastCheck.double(), { minLength: 4, maxLength: 4 })
).map(([first, escaped, packed, order]) => {
  const rest = [...escaped, ...packed].map((encoding, index) => [order[index] ?? 0, encoding] as const)
  const layers = [first, ...rest.sort(([a], [b]) => a - b).map(([, encoding]) => encoding)]
  return {
    name: layers.map(({ name }) => name).join(", then "),
    encode: (text) => layers.reduce((coded, { encode }) => encode(coded), text),
    decode: (text) => layers.reduceRight((coded, { decode }) => decode(coded), text)
  }
})

/**
 * Draws tokens that still have six characters if they are decoded. (The redactor can't tell the remains of others from
 * any other text.)
 */
export const tokens: FastCheck.Arbitrary<string> = FastCheck.oneof(
  FastCheck.stringMatching(/^[\x21-\x7E]{8,64}$/),
  FastCheck.stringMatching(/^[A-Za-z0-9+/=_:-]{8,90}$/),
  // The characters that encodings treat differently.
  FastCheck.array(FastCheck.constantFrom(..."\"\\/<>&'%+=~!()*;:@$,#ux0aZ"), { minLength: 8, maxLength: 64 })
    .map((chars) => chars.join(""))
).filter((token) => token.replaceAll(/\\.?|%..?|&[^;]*;?/g, "").length > 5)
