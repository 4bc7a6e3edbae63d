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

const hold = (file: typeof files[number]) => {
  describe(file, () => {
    for (const row of readScenarios(file).flatMap((scenario) => rowsOf(reference, scenario))) {
      for (const client of clients) {
        it.live(`${row.title}, ${client.name}`, () =>
          Effect.map(run(row, reference, client.layer), (problems) => assert.deepStrictEqual(problems, [])))
      }
    }
  })
}

describe("the table", { concurrent: true }, () => {
  for (const file of files) if (file !== "timeouts") hold(file)
})

// by themselves: an attempt of half a second suffers from busy neighbours
describe("the table, timeouts", { concurrent: true }, () => hold("timeouts"))
