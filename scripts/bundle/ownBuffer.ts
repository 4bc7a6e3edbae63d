import { fileURLToPath } from "node:url"

const buffer = fileURLToPath(new URL("../../src/wire/vendor/buffer.ts", import.meta.url))

/** Gives the CSV libraries a `Buffer` that also works where there is no Node. */
export const ownBuffer = {
  name: "own-buffer",
  transform: {
    filter: { id: /\/node_modules\/csv-(?:parse|stringify)\/.*\.js$/ },
    handler: (code: string) =>
      /\bBuffer\b/.test(code)
        ? { code: `import { Buffer } from ${JSON.stringify(buffer)};${code}`, map: null }
        : null
  }
}
