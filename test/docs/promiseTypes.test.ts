import { readFileSync } from "node:fs"
import { assert, it } from "vitest"
import { generate } from "../../scripts/promiseTypes/generate.js"
import { generated } from "../../scripts/promiseTypes/names.js"

it(
  `${generated} has the types of the current operations (npm run docs:promise updates it)`,
  { timeout: 300_000 },
  () => {
    assert.strictEqual(readFileSync(generated, "utf8"), generate())
  }
)

it("the documentation of the Promise API has no words of Effect", () => {
  const words = /\bEffect\b(?! Schema)|Option\.|\bDateTime\b|Duration\.|\bfiber\b/
  const lines = readFileSync(generated, "utf8").split("\n").filter((line) =>
    /^\s*(?:\/\*\*|\*)/.test(line) && words.test(line)
  )
  assert.deepStrictEqual(lines, [])
})
