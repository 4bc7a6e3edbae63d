/**
 * Tests the SDK against the table. In each row, the SDK must use every planned response and send no other request; see
 * README.md. Rows in which time passes are in waiting.test.ts.
 */
import { describe } from "@effect/vitest"
import { hold } from "./hold.js"

describe("Conformance table", { concurrent: true }, () => {
  for (
    const file of ["answers", "batch", "changes", "pages", "predictions", "requests", "retries", "security"] as const
  ) {
    hold(file)
  }
})
