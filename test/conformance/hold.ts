/**
 * Turns the rows of the table into tests. In the proof, each row runs with all four HTTP clients, otherwise with one.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { identity } from "effect/Function"
import { isProof } from "../effort.js"
import type { inTurns } from "../turnClock.js"
import { clients } from "../wire/support.js"
import { type Row, rowsOf } from "./rows.js"
import { run } from "./run.js"
import { type files, readReference, readScenarios } from "./table.js"

const reference = readReference()

const clientsOf = ({ exchanges, listening }: Row, index: number) => {
  // If nothing may be sent, the HTTP client does not matter.
  if (exchanges.length === 0 && listening) return clients.slice(0, 1)
  return isProof ? clients : clients.filter((_, i) => i === index % clients.length)
}

/** Tests the SDK against a file of the table, with the clock of the process or with another one. */
export const hold = (file: typeof files[number], by: typeof inTurns = identity): void => {
  describe(file, { concurrent: true }, () => {
    readScenarios(file).flatMap((scenario) => rowsOf(reference, scenario)).forEach((row, index) => {
      for (const client of clientsOf(row, index)) {
        it.live(`${row.title}, ${client.name}`, () =>
          Effect.map(by(run(row, reference, client.layer)), (problems) => assert.deepStrictEqual(problems, [])))
      }
    })
  })
}
