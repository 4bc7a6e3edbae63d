/** The table itself: its files are well-formed and consistent. */
import { assert, describe, expect, it } from "@effect/vitest"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import { readdirSync, readFileSync } from "node:fs"
import { operations } from "./operations.js"
import { rowsOf } from "./rows.js"
import { files, fileUrl, jsonSchemas, readReference, readScenarios, Scenarios } from "./table.js"

const reference = readReference()
const scenarios = files.flatMap(readScenarios)
const rows = scenarios.flatMap((scenario) => rowsOf(reference, scenario))

describe("Conformance table", () => {
  it("reads all JSON files of the folder", () => {
    const there = readdirSync(new URL(".", import.meta.url)).filter((name) => name.endsWith(".json"))
    const known = [...files, "reference", ...Object.keys(jsonSchemas)].map((name) => `${name}.json`)
    assert.deepStrictEqual(there.sort(), known.sort())
  })

  for (const [name, schema] of Object.entries(jsonSchemas)) {
    it(`has the JSON Schema ${name}.json (vitest -u updates it)`, async () => {
      await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(fileUrl(name).pathname)
    })
  }

  it("has a test file for each of its files", () => {
    const tests = ["conformance", "waiting"].map((name) =>
      readFileSync(new URL(`./${name}.test.ts`, import.meta.url), "utf8")
    ).join()
    assert.deepStrictEqual(files.filter((file) => !tests.includes(`"${file}"`)), [])
  })

  it("has unique row titles", () => {
    const titles = rows.map(({ title }) => title)
    assert.deepStrictEqual(titles.filter((title, i) => titles.indexOf(title) !== i), [])
  })

  it("has exactly the operations that the runner knows", () => {
    assert.deepStrictEqual(Object.keys(reference.operations).sort(), Object.keys(operations).sort())
  })

  it("tests each operation", () => {
    const tried = new Set(rows.map(({ operation }) => operation))
    assert.deepStrictEqual(Object.keys(operations).filter((operation) => !tried.has(operation)), [])
  })

  it("cites only promises of docs/reliability.md", () => {
    const promised = readFileSync(new URL("../../docs/reliability.md", import.meta.url), "utf8")
    const cited = new Set(scenarios.flatMap(({ promises }) => promises))
    assert.deepStrictEqual([...cited].filter((name) => !promised.includes(`| ${name} `)), [])
  })
})

describe("A scenario is rejected", () => {
  const valid = {
    description: "d",
    promises: ["R-1"],
    operation: "jobs.cancel",
    cases: [{ name: "c", exchanges: [], result: { ok: null } }]
  }
  const [one] = valid.cases

  const refused: Readonly<Record<string, unknown>> = {
    "without a promise": { ...valid, promises: [] },
    "with an unknown key": { ...valid, operatoin: "jobs.list" },
    "with both ok and an error": { ...valid, cases: [{ ...one, result: { ok: null, error: { kind: "api" } } }] },
    "without a result": { ...valid, cases: [{ ...one, result: {} }] },
    "with both a response and noAnswer": {
      ...valid,
      cases: [{ ...one, exchanges: [{ request: "GET /", answer: { status: 200, noAnswer: "reset" } }] }]
    },
    "with a query in the path": {
      ...valid,
      cases: [{ ...one, exchanges: [{ request: "GET /a/?b=c", answer: { status: 200 } }] }]
    },
    "with an unknown reason": { ...valid, cases: [{ ...one, result: { error: { kind: "api", reason: "Bad" } } }] }
  }
  const isRefused = (scenario: unknown) =>
    Either.isLeft(
      Schema.decodeUnknownEither(Scenarios, { onExcessProperty: "error" })({
        $schema: "./scenarios.schema.json",
        scenarios: [scenario]
      })
    )

  it("only if it is invalid", () => {
    assert.isFalse(isRefused(valid))
  })

  for (const [title, scenario] of Object.entries(refused)) {
    it(title, () => {
      assert.isTrue(isRefused(scenario))
    })
  }
})
