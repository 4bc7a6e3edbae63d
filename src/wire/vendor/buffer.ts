/**
 * The part of Node's `Buffer` that csv-parse and csv-stringify use, for runtimes that have no `Buffer`, such as browsers and workerd.
 * The build gives it to the two libraries. Their own builds for browsers each contain the whole of the package `buffer`.
 */
const encoder = new TextEncoder()
// Like Node, keeps a byte order mark.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true })

/** Bytes with the methods of Node's `Buffer` that the libraries use. Text is always UTF-8. */
export class Bytes extends Uint8Array {
  static allocUnsafe(size: number): Bytes {
    return new Bytes(size)
  }

  static override from(source: unknown): Bytes {
    // Boundary: the libraries pass a text, bytes or a list of bytes. The method of `Uint8Array` has a wider type.
    return new Bytes(typeof source === "string" ? encoder.encode(source) : source as ArrayLike<number>)
  }

  static isBuffer(value: unknown): value is Bytes {
    return value instanceof Bytes
  }

  static concat(parts: ReadonlyArray<Uint8Array>): Bytes {
    const all = new Bytes(parts.reduce((length, part) => length + part.length, 0))
    let end = 0
    for (const part of parts) {
      all.set(part, end)
      end += part.length
    }
    return all
  }

  /** Returns 0 if the two have the same bytes, else -1 or 1. */
  static compare(one: Uint8Array, other: Uint8Array): number {
    const shared = Math.min(one.length, other.length)
    for (let index = 0; index < shared; index++) {
      const difference = (one[index] ?? 0) - (other[index] ?? 0)
      if (difference !== 0) return Math.sign(difference)
    }
    return Math.sign(one.length - other.length)
  }

  /** Compares with a part of other bytes. */
  compare(other: Uint8Array, start = 0, end = other.length): number {
    return Bytes.compare(this, other.subarray(start, end))
  }

  /** Copies a part of these bytes into other ones. Returns how many were copied. */
  copy(target: Uint8Array, at = 0, start = 0, end = this.length): number {
    const part = this.subarray(start, Math.min(end, start + target.length - at))
    target.set(part, at)
    return part.length
  }

  equals(other: Uint8Array): boolean {
    return Bytes.compare(this, other) === 0
  }

  /** A view of the same memory, unlike the method of `Uint8Array`. */
  override slice(start?: number, end?: number): Uint8Array<ArrayBuffer> {
    return this.subarray(start, end)
  }

  override toString(_encoding?: string, start?: number, end?: number): string {
    return decoder.decode(this.subarray(start, end))
  }
}

/** Node's `Buffer`, or what stands in for it. */
export const Buffer: unknown = Reflect.get(globalThis, "Buffer") ?? Bytes
