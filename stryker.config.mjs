/**
 * Tries the tests on broken sources: of all changes to `src/internal`, `src/wire` and `src/undici.ts` that Stryker can
 * think of, the tests must notice 85 % in each group. `npm run mutation` runs it once for each group (stryker.groups.mjs).
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
  // a mutant that never ends is noticed by the timeout of its test (vitest.mutation.config.ts) or, if it is busy, by this
  timeoutMS: 4_000,
  timeoutFactor: 1.5,
  thresholds: { high: 95, low: 90, break: 85 },
  // static mutants are cheap here, see vitest.mutation.setup.ts
  warnings: { slow: false },
  reporters: ["clear-text", "progress-append-only", "html", "json"],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: `reports/mutation/${name}.html` },
  jsonReporter: { fileName: `reports/mutation/${name}.json` }
}
