/**
 * Decodes text without knowing how it was encoded, and remembers where each decoded character was written. The work is
 * linear in the length of the text.
 */

/** A decoded text, and the part of the original text that each of its characters was written as. */
export interface Decoded {
  readonly text: string
  readonly start: (index: number) => number
  readonly end: (index: number) => number
}

// The names of printable ASCII characters in HTML, each followed by its character.
const entities = new Map(
  ("amp& apos' ast* bsol\\ colon: comma, commat@ diacriticalgrave` dollar$ equals= excl! grave` gt> hat^ lbrace{ " +
    "lbrack[ lcub{ lowbar_ lpar( lsqb[ lt< midast* num# percnt% period. plus+ quest? quot\" rbrace} rbrack] rcub} " +
    "rpar) rsqb] semi; sol/ underbar_ verbar| vert| verticalline|").split(" ").map((entity) =>
      [entity.slice(0, -1), entity.charCodeAt(entity.length - 1)] as const
    )
)

const longestEntity = 20

// The values of digits by character code, and -1 for other characters.
const digitsOf = (valueOf: (char: string) => number): Int8Array =>
  Int8Array.from({ length: 256 }, (_, code) => valueOf(String.fromCharCode(code)))
const hexDigits = digitsOf((char) => "0123456789abcdef".indexOf(char.toLowerCase()))
const lower = "abcdefghijklmnopqrstuvwxyz"
const base64 = `${lower.toUpperCase()}${lower}0123456789+/`
const base64Digits = digitsOf((char) => base64.indexOf(char === "-" ? "+" : char === "_" ? "/" : char))

const ascii = new TextDecoder()

// Returns the value of two or four hexadecimal digits, or -1.
const hexAt = (text: string, start: number, count: number): number => {
  let value = 0
  for (let index = start; index < start + count; index++) {
    const digit = hexDigits[text.charCodeAt(index)] ?? -1
    if (digit < 0) return -1
    value = value * 16 + digit
  }
  return value
}

/**
 * Replaces each percent escape, backslash escape and HTML entity with its character, and drops line breaks, because
 * base64 may be broken into lines. Characters that are not ASCII become NUL. Returns `undefined` if nothing is replaced.
 */
export const unescape = (text: string): Decoded | undefined => {
  if (!/[%&\\\r\n]/.test(text)) return undefined
  const codes = new Uint8Array(text.length)
  const starts = new Int32Array(text.length)
  const ends = new Int32Array(text.length)
  let size = 0
  for (let index = 0; index < text.length;) {
    const start = index++
    let code = text.charCodeAt(start)
    if (code === 37) {
      // `%41`
      const value = hexAt(text, index, 2)
      if (value >= 0) {
        code = value
        index += 2
      }
    } else if (code === 92) {
      // `\u0041`, `\x41`, `\/`. The case may have been changed after escaping.
      const next = text.charCodeAt(index++)
      const digits = (next | 32) === 117 ? 4 : (next | 32) === 120 ? 2 : 0
      const value = digits === 0 ? -1 : hexAt(text, index, digits)
      if (value >= 0) {
        code = value
        index += digits
      } else code = /[nr]/i.test(String.fromCharCode(next)) || Number.isNaN(next) ? 10 : next
    } else if (code === 38) {
      // `&#65;`, `&#x41;`, `&sol;`
      let end = index
      while (end < index + longestEntity && /[#\da-z]/i.test(text.charAt(end))) end++
      const name = text.slice(index, end).toLowerCase()
      const value = text.charCodeAt(end) !== 59
        ? Number.NaN
        : name.startsWith("#")
        ? Number(`0${name.slice(1)}`)
        : entities.get(name) ?? Number.NaN
      if (value >= 0) {
        code = value
        index = end + 1
      }
    }
    if (code === 10 || code === 13) continue
    codes[size] = code < 128 ? code : 0
    starts[size] = start
    ends[size++] = index
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
  /** The values of digits by character code, and -1 for other characters. */
  readonly digits: Int8Array
  readonly bits: number
  readonly phases: number
}

/** Base64 and base64url, and hex. */
export const radixes: ReadonlyArray<Radix> = [
  { digits: base64Digits, bits: 6, phases: 4 },
  { digits: hexDigits, bits: 4, phases: 2 }
]

/**
 * Decodes the bytes in each run of digits, in each phase. Leaves out parts of less than `least` printable ASCII
 * characters.
 */
export const decodeDigits = (
  text: string,
  { bits, digits, phases }: Radix,
  least: number,
  onDecoded: (decoded: Decoded) => void
): void => {
  const runs: Array<readonly [first: number, end: number]> = []
  for (let index = 0; index < text.length; index++) {
    const first = index
    while (index < text.length && (digits[text.charCodeAt(index)] ?? -1) >= 0) index++
    if ((index - first) * bits >= least * 8) runs.push([first, index])
  }
  for (let phase = 0; phase < phases && runs.length > 0; phase++) {
    const bytes = new Uint8Array(text.length)
    const starts: Array<number> = []
    let size = 0
    for (const [first, end] of runs) {
      let part = size
      let value = 0
      let held = 0
      for (let index = first + phase; index <= end; index++) {
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
    if (size === 0) continue
    onDecoded({
      text: ascii.decode(bytes.subarray(0, size)),
      start: (index) => starts[index] ?? 0,
      // Both in base64 and in hex, a byte is written in two digits, or parts of them.
      end: (index) => (starts[index] ?? 0) + 2
    })
  }
}
