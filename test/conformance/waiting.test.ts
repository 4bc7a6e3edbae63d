/** Tests the SDK against the rows of the table in which time passes. They mostly wait for timers. */
import { describe } from "@effect/vitest"
import { vi } from "vitest"
import { hold } from "./hold.js"

vi.setConfig({ maxConcurrency: 16 })

describe("Conformance table, with pauses", { concurrent: true }, () => {
  hold("jobs")
  hold("retryAfter")
})

// Not concurrent: an attempt with a timeout of half a second is sensitive to load.
describe("Conformance table, with timeouts", { concurrent: true }, () => hold("timeouts"))
