/** Turns the rows of a file of the table into tests, with four HTTP clients. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { clients } from "../wire/support.js"
import { type Row, rowsOf } from "./rows.js"
import { run } from "./run.js"
import { type files, readReference, readScenarios } from "./table.js"

const reference = readReference()

// If nothing may be sent, the HTTP client does not matter.
const clientsOf = ({ exchanges, listening }: Row) => exchanges.length === 0 && listening ? clients.slice(0, 1) : clients

/** Tests the SDK against a file of the table. */
export const hold = (file: typeof files[number]): void => {
  describe(file, { concurrent: true }, () => {
    for (const row of readScenarios(file).flatMap((scenario) => rowsOf(reference, scenario))) {
      for (const client of clientsOf(row)) {
        it.live(`${row.title}, ${client.name}`, () =>
          Effect.map(run(row, reference, client.layer), (problems) => assert.deepStrictEqual(problems, [])))
      }
    }
  })
}
