import { defineConfig } from "vitest/config"
import base from "./vitest.config.js"

/** The tests that mutants are tried on: those in virtual time and in memory. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ["test/*.test.ts", "test/internal/*.test.ts"],
    isolate: false,
    pool: "threads",
    poolOptions: { threads: { singleThread: true, isolate: false } }
  }
})
