/** Encodings of text: converts bytes to UTF-8, and writes text in UTF-8 and the single-byte encodings. */
import * as Either from "effect/Either"
import { joinBytes } from "./joinBytes.js"

/**
 * Converts the next bytes of a text to UTF-8, without the byte order mark. `undefined` ends the text. A character may
 * be split between two calls. Returns where the first invalid character is instead, such as "byte 12".
 */
export type ToUtf8 = (bytes: Uint8Array | undefined) => Either.Either<Uint8Array, string>

/** How the bytes of an encoding relate to ASCII. */
export type AsciiBytes =
  /** A byte below 0x80 is always an ASCII character. */
  | "always"
  /** Bytes from 0x30 may be a part of another character. */
  | "below 0x30"
  /** Any byte may be a part of another character. */
  | "never"

/** An encoding of text. */
export interface TextEncoding {
  readonly asciiBytes: AsciiBytes
  /** Starts to read a text. */
  readonly reader: () => ToUtf8
  /** Writes a whole text. Returns `undefined` if it has a character that the encoding lacks. Only some can be written. */
  readonly write: ((text: string) => Uint8Array | undefined) | undefined
}

const none = new Uint8Array()
const encoder = new TextEncoder()

/** Returns the length without a character at the end that is not complete. */
const wholeCharacters = (bytes: Uint8Array): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte >= 0x80 && byte < 0xc0) continue
    const length = byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
    return length > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

const isValidStart = (bytes: Uint8Array, length: number): boolean => {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, length), { stream: true })
    return true
  } catch {
    return false
  }
}

/** Returns the offset of the first invalid character. There is one. */
const firstInvalid = (bytes: Uint8Array): number => {
  let valid = 0
  let invalid = bytes.length
  while (valid + 1 < invalid) {
    const middle = (valid + invalid) >> 1
    if (isValidStart(bytes, middle)) valid = middle
    else invalid = middle
  }
  // What is valid may end inside the character.
  return wholeCharacters(bytes.subarray(0, valid))
}

const readUtf8 = (): ToUtf8 => {
  // Only checks the bytes, which are UTF-8 already.
  const decoder = new TextDecoder("utf-8", { fatal: true })
  let rest = none
  let offset = 0
  return (bytes) => {
    const all = bytes === undefined || rest.length === 0
      ? bytes ?? rest
      : joinBytes([rest, bytes], rest.length + bytes.length)
    const whole = all.subarray(0, bytes === undefined ? all.length : wholeCharacters(all))
    try {
      decoder.decode(whole)
    } catch {
      return Either.left(`byte ${offset + firstInvalid(whole)}`)
    }
    rest = all.slice(whole.length)
    const hasMark = offset === 0 && whole[0] === 0xef && whole[1] === 0xbb && whole[2] === 0xbf
    offset += whole.length
    return Either.right(hasMark ? whole.subarray(3) : whole)
  }
}

/** Lone surrogates are not text. `TextEncoder` would replace them. */
const loneSurrogate = /[\ud800-\udfff]/u

const writeUtf8 = (text: string) => loneSurrogate.test(text) ? undefined : encoder.encode(text)

const utf8: TextEncoding = { asciiBytes: "always", reader: readUtf8, write: writeUtf8 }

/** Stands for a byte that has no character. */
const noCharacter = 0xfffd

/** The characters of a single-byte encoding, by byte. */
type Table = Uint16Array

const tableOf = (character: (byte: number) => number): Table =>
  Uint16Array.from({ length: 256 }, (_, byte) => character(byte))

const singleByte = (table: Table): TextEncoding => {
  const bytes = new Map<number, number>()
  table.forEach((character, byte) => {
    if (character !== noCharacter) bytes.set(character, byte)
  })
  return { asciiBytes: "always", reader: () => readTable(table), write: (text) => writeTable(bytes, text) }
}

const readTable = (table: Table): ToUtf8 => {
  let offset = 0
  return (bytes = none) => {
    // A character below U+10000 has at most 3 bytes.
    const whole = new Uint8Array(bytes.length * 3)
    let size = 0
    for (let index = 0; index < bytes.length; index++) {
      const character = table[bytes[index] ?? 0] ?? noCharacter
      if (character < 0x80) whole[size++] = character
      else if (character < 0x800) {
        whole[size++] = 0xc0 | character >> 6
        whole[size++] = 0x80 | character & 0x3f
      } else {
        if (character === noCharacter) return Either.left(`byte ${offset + index}`)
        whole[size++] = 0xe0 | character >> 12
        whole[size++] = 0x80 | character >> 6 & 0x3f
        whole[size++] = 0x80 | character & 0x3f
      }
    }
    offset += bytes.length
    return Either.right(whole.subarray(0, size))
  }
}

const writeTable = (bytes: ReadonlyMap<number, number>, text: string): Uint8Array | undefined => {
  const written = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index++) {
    const byte = bytes.get(text.charCodeAt(index))
    if (byte === undefined) return undefined
    written[index] = byte
  }
  return written
}

const readOther = (label: string): ToUtf8 => {
  const decoder = new TextDecoder(label, { fatal: true })
  let offset = 0
  let isStart = true
  return (bytes) => {
    try {
      const text = bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
      // The mark of the other byte order. It is a character of no text.
      if (isStart && text.startsWith("\ufffe")) return Either.left("byte 0, its byte order mark")
      isStart &&= text === ""
      offset += bytes?.length ?? 0
      return Either.right(encoder.encode(text))
    } catch {
      return Either.left(`a byte after byte ${offset}`)
    }
  }
}

/**
 * 0x80 to 0x9F of windows-1252. Python has no character for five of them. Some versions of Node decode them all to
 * control characters.
 */
const windows1252 = "€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ"

const isHigh = (byte: number) => byte >= 0x80 && byte < 0xa0

/** Builds the table of a single-byte encoding from the decoder of the runtime. */
const decodedTable = (label: string): Table => {
  const decoder = new TextDecoder(label)
  return tableOf((byte) => {
    const character = decoder.decode(Uint8Array.of(byte)).charCodeAt(0)
    // windows-* have no control characters here, except in the standard of browsers, which has no gaps.
    return isHigh(byte) && character === byte && label.startsWith("windows-") ? noCharacter : character
  })
}

/** An encoding of ISO, of which browsers decode 0x80 to 0x9F as the one of Windows. Python does not. */
const isoTable = (windows: string): Table => {
  const table = decodedTable(windows)
  return table.map((character, byte) => isHigh(byte) ? byte : character)
}

const latin1 = () => singleByte(tableOf((byte) => byte))

/** Encodings that are not what `TextDecoder` makes of their name. */
const special: Readonly<Record<string, () => TextEncoding>> = {
  "utf-8": () => utf8,
  ascii: () => singleByte(tableOf((byte) => byte < 0x80 ? byte : noCharacter)),
  "iso-8859-1": latin1,
  "iso-8859-9": () => singleByte(isoTable("windows-1254")),
  "iso-8859-11": () => singleByte(isoTable("windows-874")),
  "windows-1252": () => singleByte(tableOf((byte) => isHigh(byte) ? windows1252.charCodeAt(byte - 0x80) : byte))
}

/** Names of Python, without punctuation, that `TextDecoder` does not know or that mean another encoding there. */
const pythonNames: Readonly<Record<string, string>> = {
  utf8: "utf-8",
  utf8sig: "utf-8",
  u8: "utf-8",
  utf: "utf-8",
  cp65001: "utf-8",
  ascii: "ascii",
  usascii: "ascii",
  "646": "ascii",
  latin: "iso-8859-1",
  latin1: "iso-8859-1",
  l1: "iso-8859-1",
  "8859": "iso-8859-1",
  iso88591: "iso-8859-1",
  cp819: "iso-8859-1",
  latin5: "iso-8859-9",
  l5: "iso-8859-9",
  iso88599: "iso-8859-9",
  thai: "iso-8859-11",
  iso885911: "iso-8859-11",
  tis620: "iso-8859-11",
  cp1252: "windows-1252",
  windows1252: "windows-1252",
  cp874: "windows-874",
  cp932: "shift_jis",
  ms932: "shift_jis",
  mskanji: "shift_jis",
  cp936: "gbk",
  cp949: "euc-kr",
  ms949: "euc-kr",
  uhc: "euc-kr",
  cp950: "big5",
  big5hkscs: "big5",
  macroman: "macintosh",
  maccyrillic: "x-mac-cyrillic",
  iso2022jp: "iso-2022-jp",
  utf16le: "utf-16le",
  utf16be: "utf-16be"
}

/** Returns the name that `TextDecoder` has for an encoding, if it knows it. */
const knownName = (label: string): string | undefined => {
  for (const spelling of [label, label.replaceAll("_", "-"), label.replaceAll("-", "_")]) {
    try {
      return new TextDecoder(spelling).encoding
    } catch {
      // Another spelling may be known.
    }
  }
  return undefined
}

const isSingleByte = /^(?:ibm866|iso-8859-\S+|koi8-[ru]|macintosh|windows-\d+|x-mac-cyrillic)$/
const isMultiByte = /^(?:gbk|gb18030|big5|euc-jp|euc-kr|shift_jis)$/

/**
 * Finds an encoding by a name that Python or `TextDecoder` knows, such as `utf_8`, `latin-1`, `cp1252` or `shift_jis`.
 * If both know a name, it means what it means in Python, which DataRobot uses: `latin_1` is not windows-1252.
 */
export const encodingOf = (name: string): TextEncoding | undefined => {
  const label = name.trim().toLowerCase()
  const python = label.replace(/[^a-z0-9]/g, "")
  const known = Object.hasOwn(pythonNames, python) ? pythonNames[python] : knownName(label)
  if (known === undefined) return undefined
  const build = Object.hasOwn(special, known) ? special[known] : undefined
  if (build !== undefined) return build()
  if (isSingleByte.test(known)) return singleByte(decodedTable(known))
  return {
    asciiBytes: isMultiByte.test(known) ? "below 0x30" : "never",
    reader: () => readOther(known),
    write: undefined
  }
}
