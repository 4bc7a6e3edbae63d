/** Writes tables into docs/benchmarks.md, between `<!-- NAME -->` and `<!-- end -->`. */
import { readFileSync, writeFileSync } from "node:fs"

const page = new URL("../docs/benchmarks.md", import.meta.url)

export const writePage = (tables) => {
  let text = readFileSync(page, "utf8")
  for (const [name, content] of Object.entries(tables)) {
    const place = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- end -->)`)
    if (!place.test(text)) throw new Error(`docs/benchmarks.md has no place for "${name}"`)
    text = text.replace(place, (_, begin, end) => `${begin}\n${content}\n\n${end}`)
  }
  writeFileSync(page, text)
}
