/**
 * Tries the tests on broken sources: of all changes to `src/internal` that Stryker can think of, the tests must notice
 * 85 %. `npm run mutation` runs it twice, because each mutant is cheaper the fewer tests there are that may notice it:
 * once on all that every operation stands on, with the tests of that, and once on what is of `deployments/` alone, with
 * the tests of those operations. Which tests that are, and in which order, says vitest.mutation.config.ts.
 */
const deployments = [
  "actionLog",
  "created",
  "deploymentModelSchema",
  "deploymentSchema",
  "deployments",
  "monitoringSchema",
  "remove",
  "requestOption",
  "runtimeParameterValue",
  "settingsSchema"
].map((name) => `src/internal/${name}.ts`)

const group = process.env.MUTATION_GROUP === "deployments" ? "deployments" : "core"

export default {
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  vitest: { configFile: "vitest.mutation.config.ts", related: false },
  mutate: group === "deployments" ? deployments : ["src/internal/*.ts", ...deployments.map((file) => `!${file}`)],
  ignorePatterns: ["bench", "coverage", "dist", "docs", "reports", ".docs", ".size"],
  concurrency: 2,
  coverageAnalysis: "perTest",
  // a mutant that never ends is noticed by the timeout of its test (vitest.mutation.config.ts) or, if it is busy, by this
  timeoutMS: 2_000,
  timeoutFactor: 1.2,
  thresholds: { high: 95, low: 90, break: 85 },
  // static mutants are cheap here, see vitest.mutation.setup.ts
  warnings: { slow: false },
  reporters: ["clear-text", "progress-append-only", "html", "json"],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: `reports/mutation/${group}.html` },
  jsonReporter: { fileName: `reports/mutation/${group}.json` }
}
