/** Writes ZIP files without compression. A JAR file is a ZIP file with a manifest. */
import { joinBytes } from "../../wire/joinBytes.js"

const table = Uint32Array.from({ length: 256 }, (_, start) => {
  let value = start
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

/** The CRC-32 of some bytes. */
const crc32 = (bytes: Uint8Array): number => {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

/** Numbers in little-endian order, each with its number of bytes. */
const numbers = (...parts: ReadonlyArray<readonly [value: number, bytes: 2 | 4]>): Uint8Array => {
  const view = new DataView(new ArrayBuffer(parts.reduce((size, [, bytes]) => size + bytes, 0)))
  let position = 0
  for (const [value, bytes] of parts) {
    if (bytes === 2) view.setUint16(position, value, true)
    else view.setUint32(position, value, true)
    position += bytes
  }
  return new Uint8Array(view.buffer)
}

const encoder = new TextEncoder()
const [localHeader, centralHeader, endOfDirectory] = [0x04034b50, 0x02014b50, 0x06054b50]
const version = 20
/** Names are UTF-8. */
const flags = 0x0800
/** January 1, 1980: the earliest date that the format has. So the same files always make the same bytes. */
const date = 0x21

/** Returns a ZIP file of some texts by name. */
export const zip = (files: Readonly<Record<string, string>>): Uint8Array => {
  const pieces: Array<Uint8Array> = []
  const directory: Array<Uint8Array> = []
  let size = 0
  const add = (to: Array<Uint8Array>, ...added: ReadonlyArray<Uint8Array>) => {
    to.push(...added)
    return added.reduce((total, { length }) => total + length, 0)
  }
  let directorySize = 0
  for (const [fileName, text] of Object.entries(files)) {
    const name = encoder.encode(fileName)
    const content = encoder.encode(text)
    const facts = numbers(
      [version, 2],
      [flags, 2],
      [0, 2],
      [0, 2],
      [date, 2],
      [crc32(content), 4],
      [content.length, 4],
      [content.length, 4],
      [name.length, 2],
      [0, 2]
    )
    directorySize += add(
      directory,
      numbers([centralHeader, 4], [version, 2]),
      facts,
      numbers([0, 2], [0, 2], [0, 2], [0, 4], [size, 4]),
      name
    )
    size += add(pieces, numbers([localHeader, 4]), facts, name, content)
  }
  const count = Object.keys(files).length
  const end = numbers([endOfDirectory, 4], [0, 2], [0, 2], [count, 2], [count, 2], [directorySize, 4], [size, 4], [
    0,
    2
  ])
  return joinBytes([...pieces, ...directory, end], size + directorySize + end.length)
}
