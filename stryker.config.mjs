/**
 * Mutation testing: Stryker makes small changes (mutants) to `src/internal`, `src/wire` and `src/undici.ts`. The tests
 * must detect 85 % of them in each group. `npm run mutation` runs Stryker once for each group (stryker.groups.mjs).
 */
import { group } from "./stryker.groups.mjs"

const { mutate, name } = group()

export default {
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  vitest: { configFile: "vitest.mutation.config.ts", related: false },
  mutate,
  ignorePatterns: ["bench", "coverage", "dist", "docs", "reports", ".docs", ".size"],
  concurrency: 2,
  coverageAnalysis: "perTest",
  // Detects a mutant that loops forever. One that waits forever is detected by the timeout of its test
  // (vitest.mutation.config.ts).
  timeoutMS: 4_000,
  timeoutFactor: 1.5,
  thresholds: { high: 95, low: 90, break: 85 },
  // Static mutants are cheap here; see vitest.mutation.setup.ts.
  warnings: { slow: false },
  reporters: ["clear-text", "progress-append-only", "html", "json"],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: `reports/mutation/${name}.html` },
  jsonReporter: { fileName: `reports/mutation/${name}.json` }
}
