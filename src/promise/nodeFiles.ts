/** The file system of Node, without an import that other runtimes do not have. */
import * as Effect from "effect/Effect"
import type { Files } from "../internal/request/configFile.js"

/** Reads at most this many bytes. The size of a pipe, for example, is not known before. */
const readBytes = (fs: typeof import("node:fs"), file: string, maxBytes: number): Uint8Array => {
  const descriptor = fs.openSync(file, "r")
  try {
    const bytes = new Uint8Array(maxBytes)
    let size = 0
    for (;;) {
      const read = fs.readSync(descriptor, bytes, size, maxBytes - size, null)
      size += read
      if (read === 0 || size === maxBytes) return bytes.subarray(0, size)
    }
  } finally {
    fs.closeSync(descriptor)
  }
}

/** Returns the access to files, which does not wait, or `undefined` if the runtime has no `node:fs`. */
export const nodeFiles = (): Files | undefined => {
  // Boundary: in browsers and other runtimes there is no `process`, or not all of it.
  const process: Partial<typeof globalThis.process> | undefined = globalThis.process
  const fs = process?.getBuiltinModule?.("node:fs")
  if (fs === undefined) return undefined
  return {
    exists: (file) => Effect.sync(() => fs.existsSync(file)),
    read: (file, maxBytes) =>
      Effect.try(() => {
        const bytes = readBytes(fs, file, maxBytes + 1)
        return bytes.length > maxBytes ? undefined : new TextDecoder().decode(bytes)
      })
  }
}
