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
    const [char = 0, ...name] = Array.from(entity, (char) => char.charCodeAt(0)).reverse()
    return [name.reduce<number>(addToHash, 0), char] as const
  })
)

const ascii = new TextDecoder()

/**
 * Replaces each percent escape, JSON escape and HTML entity with its character, also those that the replacement
 * creates. Drops other backslashes, and line breaks. Returns `undefined` if there are none of these.
 */
export const unescape = (text: string): Decoded | undefined => {
  if (!/[%&\\\r\n]/.test(text)) return undefined
  // 128 is added to the code of a character after a backslash.
  const codes = new Uint8Array(text.length)
  const starts = new Int32Array(text.length)
  const ends = new Int32Array(text.length)
  let size = 0
  // The last `%`, or character after a backslash.
  let mark = -9
  // Where the backslashes before the next character begin.
  let escaped = -1

  // The character that an escape at the end stands for, and the length of the escape.
  let value = 0
  const readNumber = (start: number, end: number, base: number) => {
    value = 0
    for (let index = start; index < end; index++) value = value * base + (hexDigits[(codes[index] ?? 0) & 127] ?? 0)
  }
  const hexEscape = (): number => {
    for (let length = 2; length < 6 && length <= size; length++) {
      const code = codes[size - length] ?? 0
      // `%41`, `\x41`, `\u0041`
      if (length === 3 && ((code & 127) === 37 || code === 248) || length === 5 && code === 245) {
        readNumber(size - length + 1, size, 16)
        return length
      }
      if (hexDigits[code & 127] === none) return 0
    }
    return 0
  }
  const entity = (): number => {
    let hash = 0
    for (let start = size - 2; start >= 0 && start > size - longestEntity; start--) {
      const code = (codes[start] ?? 0) & 127
      if (code === 38) {
        if (codes[start + 1] !== 35) value = entities.get(hash) ?? -1
        // `&#65;`, `&#x41;`
        else if (((codes[start + 2] ?? 0) | 32) === 120) readNumber(start + 3, size - 1, 16)
        else readNumber(start + 2, size - 1, 10)
        return value < 0 ? 0 : size - start
      }
      if (code !== 35 && base64Digits[code] === none) return 0
      hash = addToHash(hash, code)
    }
    return 0
  }

  for (let index = 0; index < text.length; index++) {
    let code = text.charCodeAt(index)
    if (code > 127) code = 0
    let start = index
    for (;;) {
      if (code === 92) {
        if (escaped < 0) escaped = start
        break
      }
      if (escaped >= 0) {
        start = escaped
        mark = size
        escaped = -1
        if (code === 110 || code === 114) break
        codes[size] = code | 128
      } else {
        if (code === 10 || code === 13) break
        codes[size] = code
        if (code === 37) mark = size
      }
      starts[size] = start
      ends[size++] = index + 1
      const length = code === 59 ? entity() : size - mark < 6 && hexDigits[code] !== none ? hexEscape() : 0
      if (length === 0) break
      size -= length
      code = value < 128 ? value : 0
      start = starts[size] ?? 0
      // A backslash belongs to `\u0041` and `\x41`, but not to `%41` and `&#65;`.
      const first = codes[size] ?? 0
      if (first > 127 && first !== 245 && first !== 248) escaped = start
    }
  }
  for (let index = 0; index < size; index++) codes[index] = (codes[index] ?? 0) & 127
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
