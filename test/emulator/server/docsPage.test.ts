/** docs/emulator.md lists exactly what exists. */
import * as HttpApi from "@effect/platform/HttpApi"
import { assert, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { usage } from "../../../src/bin/options.js"
import { Api } from "../../../src/emulator/api/Api.js"
import { Fault } from "../../../src/emulator/faults/faults.js"
import { presets } from "../../../src/emulator/state/presets.js"

const page = readFileSync("docs/emulator.md", "utf8")

it("docs/emulator.md lists every route", () => {
  HttpApi.reflect(Api, {
    onGroup: () => {},
    onEndpoint: ({ endpoint: { method, path } }) => {
      const route = path.replace(/:(\w+)/g, "{$1}")
      const cells = page.split("\n").map((line) => line.split(" | ")[0] ?? "").filter((cell) => cell.startsWith("| `"))
      const found = cells.some((cell) => cell.includes(`${route}\``) && new RegExp(`\`${method}\\b`).test(cell))
      assert.isTrue(found, `${method} ${route}`)
    }
  })
})

it("docs/emulator.md lists every fault with its keys and values", () => {
  const common = ["fault", "method", "path", "operation", "times", "every", "chance"]
  for (const { fields } of Fault.members) {
    const name = fields.fault.literals[0]
    const rows = page.split("\n").filter((line) => line.startsWith(`| \`${name}\` `)).join("\n")
    assert.notStrictEqual(rows, "", name)
    for (const key of Object.keys(fields).filter((key) => !common.includes(key))) assert.include(rows, `\`${key}`, name)
  }
  for (const key of common.slice(1)) assert.include(page, `\n| \`${key}\` `)
})

it("docs/emulator.md lists every command line option and every preset", () => {
  const options = [...usage.matchAll(/^ {2}(--[\w-]+)/gm)].map(([, option = ""]) => option)
  assert.isAbove(options.length, 8)
  for (const option of options) assert.match(page, new RegExp(`\\| .*\`${option}[ \`]`), option)
  for (const preset of presets) assert.include(page, `\`${preset}\``)
})
