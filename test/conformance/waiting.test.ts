/** Holds the SDK to those rows of the table in which time passes: they wait for timers most of theirs. */
import { describe } from "@effect/vitest"
import { vi } from "vitest"
import { hold } from "./hold.js"

vi.setConfig({ maxConcurrency: 16 })

describe("the table, with pauses", { concurrent: true }, () => {
  hold("jobs")
  hold("retryAfter")
})

// by themselves: an attempt of half a second suffers from busy neighbours
describe("the table, with timeouts", { concurrent: true }, () => hold("timeouts"))
