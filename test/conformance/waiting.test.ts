/** Holds the SDK to those rows of the table in which time passes: they wait for timers most of theirs. */
import { describe } from "@effect/vitest"
import { inTurns } from "../turnClock.js"
import { hold } from "./hold.js"

describe("the table, with pauses and timeouts", { concurrent: true }, () => {
  for (const file of ["jobs", "retryAfter", "timeouts"] as const) hold(file, inTurns)
})
