/**
 * Holds the SDK to the table. Each row ends with "every planned answer was asked for, and nothing else": see README.md.
 * The rows in which time passes are in waiting.test.ts.
 */
import { describe } from "@effect/vitest"
import { hold } from "./hold.js"

describe("the table", { concurrent: true }, () => {
  for (const file of ["answers", "changes", "pages", "requests", "retries", "security"] as const) hold(file)
})
