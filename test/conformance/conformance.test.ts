/**
 * Holds the SDK to the table, through three HTTP clients. Each row ends with "every planned answer was asked for, and
 * nothing else": see README.md.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { vi } from "vitest"
import { clients } from "../wire/support.js"
import { rowsOf } from "./rows.js"
import { run } from "./run.js"
import { files, readReference, readScenarios } from "./table.js"

// rows wait for timers most of their time
vi.setConfig({ maxConcurrency: 16 })

const reference = readReference()

for (const file of files) {
  // the files one after the other: those of timeouts would suffer from busy neighbours
  describe(file, () => {
    describe("", { concurrent: true }, () => {
      for (const row of readScenarios(file).flatMap((scenario) => rowsOf(reference, scenario))) {
        for (const client of clients) {
          it.live(`${row.title}, ${client.name}`, () =>
            Effect.map(run(row, reference, client.layer), (problems) => assert.deepStrictEqual(problems, [])))
        }
      }
    })
  })
}
