/** Finds where the records of a CSV end, in its bytes. */

const [lineFeed, carriageReturn] = [0x0a, 0x0d]

/**
 * Scans the next bytes of a CSV. Returns the offset behind the `last` or `first` record that ends in them, or -1 if none
 * does. 0 means that the bytes before were the end of a record. The scan for the `first` one goes no further: the next
 * scan begins there.
 */
export type ScanRecords = (bytes: Uint8Array, which: "first" | "last") => number

/** In short cells, a loop finds the next quote faster than a call. */
const shortCell = 24

const indexOf = (bytes: Uint8Array, value: number, from: number): number => {
  const end = Math.min(from + shortCell, bytes.length)
  for (let at = from; at < end; at++) if (bytes[at] === value) return at
  return bytes.indexOf(value, end)
}

/** Returns the offset behind the last line break in a range. A carriage return at the end of the bytes is undecided. */
const lastBreak = (bytes: Uint8Array, from: number, to: number): number => {
  for (let at = to - 1; at >= from; at--) {
    if (bytes[at] === lineFeed || bytes[at] === carriageReturn && at + 1 < bytes.length) return at + 1
  }
  return -1
}

const firstBreak = (bytes: Uint8Array, from: number, to: number): number => {
  for (let at = from; at < to; at++) {
    if (bytes[at] === lineFeed) return at + 1
    if (bytes[at] === carriageReturn && at + 1 < bytes.length) return bytes[at + 1] === lineFeed ? at + 2 : at + 1
  }
  return -1
}

/**
 * Starts to scan a CSV without a byte order mark, in an encoding that contains ASCII. As in Python, a quote in the
 * middle of a cell that is not quoted has no meaning.
 */
export const scanRecords = (delimiter: string, quote: string): ScanRecords => {
  const [delimiterByte, quoteByte] = [delimiter.charCodeAt(0), quote.charCodeAt(0)]
  let isQuoted = false
  /** The byte before. A CSV begins like a line. */
  let before = lineFeed
  /** The offset behind the last closing quote. A quote there is the second half of a doubled one. */
  let closed = -1
  const endAt = (bytes: Uint8Array, cut: number) => {
    before = cut === 0 ? lineFeed : bytes[cut - 1] ?? lineFeed
    closed = -1
    return cut
  }
  return (bytes, which) => {
    const { length } = bytes
    if (length === 0) return -1
    let cut = !isQuoted && before === carriageReturn && bytes[0] !== lineFeed ? 0 : -1
    if (cut === 0 && which === "first") return endAt(bytes, 0)
    let at = 0
    for (;;) {
      const next = indexOf(bytes, quoteByte, at)
      const end = next < 0 ? length : next
      if (isQuoted) {
        if (next < 0) break
        isQuoted = false
        closed = next + 1
      } else {
        const found = which === "first" ? firstBreak(bytes, at, end) : lastBreak(bytes, at, end)
        if (found >= 0 && which === "first") return endAt(bytes, found)
        if (found >= 0) cut = found
        if (next < 0) break
        const previous = next === 0 ? before : bytes[next - 1]
        isQuoted = next === closed || previous === delimiterByte || previous === lineFeed || previous === carriageReturn
      }
      at = next + 1
    }
    before = bytes[length - 1] ?? lineFeed
    closed = closed === length ? 0 : -1
    return cut
  }
}
