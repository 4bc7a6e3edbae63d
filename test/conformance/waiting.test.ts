/** Tests the SDK against the rows of the table in which time passes. These tests mostly wait for timers. */
import { describe } from "@effect/vitest"
import { inTurns } from "../turnClock.js"
import { hold } from "./hold.js"

describe("Conformance table, with pauses and timeouts", { concurrent: true }, () => {
  for (const file of ["jobs", "retryAfter", "timeouts"] as const) hold(file, inTurns)
})
