/**
 * Decodes text without knowing how it was encoded, and remembers where each decoded character was written. Only ASCII
 * is decoded, because the SDK looks for nothing else. The work is linear in the length of the text.
 */

/** A decoded text, and the part of the original text that each of its characters was written as. */
export interface Decoded {
  readonly text: string
  readonly start: (index: number) => number
  readonly end: (index: number) => number
}

// The values of digits by character code, and `none` for other characters.
const none = 255
const digitsOf = (...alphabets: ReadonlyArray<string>): Uint8Array => {
  const values = new Uint8Array(256).fill(none)
  for (const alphabet of alphabets) {
    for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value
  }
  return values
}

const decimal = "0123456789"
const lower = "abcdefghijklmnopqrstuvwxyz"
const alphanumeric = `${lower.toUpperCase()}${lower}${decimal}`
const hexDigits = digitsOf(`${decimal}abcdef`, `${decimal}ABCDEF`)
const base64Digits = digitsOf(`${alphanumeric}+/`, `${alphanumeric}-_`)

// The names of printable ASCII characters in HTML, each followed by its character.
const entityNames =
  "amp& apos' ast* bsol\\ colon: comma, commat@ diacriticalgrave` dollar$ equals= excl! grave` gt> hat^ lbrace{ lbrack[ " +
  "lcub{ lowbar_ lpar( lsqb[ lt< midast* num# percnt% period. plus+ quest? quot\" rbrace} rbrack] rcub} rpar) rsqb] " +
  "semi; sol/ underbar_ verbar| vert| verticalline|"
const longestEntity = 20

// By a number computed from the name, because a string for each possible entity would be slow.
const addToHash = (hash: number, code: number): number => (hash * 31 + (code | 32)) | 0
const entities = new Map(
  entityNames.split(" ").map((entity) => {
    const codes = Array.from(entity, (char) => char.charCodeAt(0))
    const char = codes.pop() ?? 0
    return [codes.reduce(addToHash, 0), char] as const
  })
)

// The end of an escape that begins at an index, and the character that it stands for; -1 for no character.
interface Escape {
  end: number
  code: number
}

// Reads digits up to an end.
const readDigits = (text: string, start: number, end: number, base: number, escape: Escape): boolean => {
  let code = 0
  for (let index = start; index < end; index++) {
    const digit = hexDigits[text.charCodeAt(index)] ?? none
    if (digit >= base) return false
    code = code * base + digit
  }
  escape.end = end
  escape.code = code
  return end > start
}

// `&#65;`, `&#x41;`, `&amp;`
const readEntity = (text: string, start: number, escape: Escape): boolean => {
  let hash = 0
  for (let index = start + 1; index < start + longestEntity; index++) {
    const code = text.charCodeAt(index)
    if (code === 59) {
      const isHex = (text.charCodeAt(start + 2) | 32) === 120
      const isRead = text.charCodeAt(start + 1) === 35
        ? readDigits(text, start + (isHex ? 3 : 2), index, isHex ? 16 : 10, escape)
        : (escape.code = entities.get(hash) ?? none) !== none
      escape.end = index + 1
      return isRead
    }
    if (code !== 35 && (base64Digits[code] ?? none) === none) return false
    hash = addToHash(hash, code)
  }
  return false
}

// In any case, because text may be converted to upper case after it was escaped.
const readBackslash = (text: string, start: number, escape: Escape): boolean => {
  const next = text.charCodeAt(start + 1)
  const lower = next | 32
  if (lower === 117 && readDigits(text, start + 2, start + 6, 16, escape)) return true
  if (lower === 120 && readDigits(text, start + 2, start + 4, 16, escape)) return true
  escape.end = start + 2
  // `\n` and `\r`, or the end of the text
  escape.code = lower === 110 || lower === 114 || Number.isNaN(next) ? -1 : next
  return true
}

// Line breaks are dropped because base64 may be broken into lines.
const readEscape = (text: string, start: number, code: number, escape: Escape): boolean => {
  if (code === 37) return readDigits(text, start + 1, start + 3, 16, escape)
  if (code === 38) return readEntity(text, start, escape)
  if (code === 92) return readBackslash(text, start, escape)
  escape.end = start + 1
  escape.code = -1
  return code === 10 || code === 13
}

const ascii = new TextDecoder()

/**
 * Replaces each percent escape, backslash escape and HTML entity with its character, and drops line breaks. Returns
 * `undefined` if there are none.
 */
export const unescape = (text: string): Decoded | undefined => {
  if (!/[%&\\\r\n]/.test(text)) return undefined
  const codes = new Uint8Array(text.length)
  const starts = new Int32Array(text.length)
  const ends = new Int32Array(text.length)
  const escape = { end: 0, code: 0 }
  let size = 0
  for (let index = 0; index < text.length;) {
    let code = text.charCodeAt(index)
    let end = index + 1
    if (readEscape(text, index, code, escape)) {
      code = escape.code
      end = escape.end
    }
    if (code >= 0) {
      codes[size] = code < 128 ? code : 0
      starts[size] = index
      ends[size++] = end
    }
    index = end
  }
  if (size === text.length) return undefined
  return {
    text: ascii.decode(codes.subarray(0, size)),
    start: (index) => starts[index] ?? 0,
    end: (index) => ends[index] ?? 0
  }
}

/** An encoding of bytes as digits. A byte begins at one of several phases. */
export interface Radix {
  readonly digits: Uint8Array
  readonly bits: number
  readonly phases: number
}

/** Base64 and base64url, and hex. */
export const radixes: ReadonlyArray<Radix> = [
  { digits: base64Digits, bits: 6, phases: 4 },
  { digits: hexDigits, bits: 4, phases: 2 }
]

/** Returns the begin and end of each run of digits that can hold `least` bytes. */
export const findRuns = (text: string, { bits, digits }: Radix, least: number): ReadonlyArray<number> => {
  const runs: Array<number> = []
  for (let index = 0; index < text.length; index++) {
    const first = index
    while (index < text.length && (digits[text.charCodeAt(index)] ?? none) !== none) index++
    if ((index - first) * bits >= least * 8) runs.push(first, index)
  }
  return runs
}

/**
 * Decodes the bytes in runs of digits, from one of the phases. Leaves out parts of less than `least` printable ASCII
 * characters. Returns `undefined` if nothing remains.
 */
export const decodeRuns = (
  text: string,
  runs: ReadonlyArray<number>,
  { bits, digits }: Radix,
  phase: number,
  least: number
): Decoded | undefined => {
  const bytes = new Uint8Array(text.length)
  const starts: Array<number> = []
  let size = 0
  for (let run = 0; run < runs.length; run += 2) {
    const end = runs[run + 1] ?? 0
    let value = 0
    let held = 0
    let part = size
    for (let index = (runs[run] ?? 0) + phase; index <= end; index++) {
      let byte = 0
      if (index < end) {
        value = ((value << bits) | (digits[text.charCodeAt(index)] ?? 0)) & 0xffff
        held += bits
        if (held < 8) continue
        held -= 8
        byte = (value >> held) & 255
      }
      bytes[size] = byte
      starts[size++] = index - 1
      if (byte > 31 && byte < 127) continue
      if (size - part <= least) size = part
      else bytes[size - 1] = 0
      part = size
    }
  }
  if (size === 0) return undefined
  return {
    text: ascii.decode(bytes.subarray(0, size)),
    start: (index) => starts[index] ?? 0,
    // Both in base64 and in hex, a byte is written in two digits, or parts of them.
    end: (index) => (starts[index] ?? 0) + 2
  }
}
