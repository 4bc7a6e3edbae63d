/**
 * Tries the tests on broken sources: of all changes to `src/internal`, `src/wire` and `src/undici.ts` that Stryker can think of, the
 * tests must notice 85 %. `npm run mutation` runs it once for each group of sources, because a mutant is cheaper the fewer
 * tests there are that may notice it. Which tests those of a group are, and in which order, says vitest.mutation.config.ts.
 */
const schemas = [
  "wire/deploymentModel",
  "wire/deployment",
  "wire/monitoring",
  "wire/runtimeParameterValue",
  "wire/settings"
]
  .map((name) => `src/${name}.ts`)

const files = (...names) => names.map((name) => `src/internal/${name}.ts`)

const deployments = files(
  "protocols/actionLog",
  "protocols/createdResource",
  "protocols/change",
  "protocols/remove",
  "request/requestOption"
)

const core = [
  ...files(
    "protocols/prefetch",
    "request/connection",
    "protocols/job",
    "protocols/listing",
    "protocols/poll",
    "request/send"
  ),
  "src/wire/modelDeployment.ts"
]

/** Its tests need sockets and the clock of the process, which are slow: it has a group of its own. */
const undici = ["src/undici.ts", ...files("request/directClient", "request/wholeResponse")]

const groups = {
  /** What stands alone: a value goes in, a value comes out. */
  parts: [
    "src/internal/**/*.ts",
    "src/wire/*.ts",
    ...[...core, ...deployments, ...schemas, ...undici].map((file) => `!${file}`)
  ],
  /** How requests are sent, repeated, waited for and listed. */
  core,
  /** What the operations on `deployments/` share. */
  deployments,
  /** What `deployments/` answers and takes. */
  schemas,
  /** The client on undici. */
  undici
}
const group = process.env.MUTATION_GROUP
if (!(group in groups)) throw new Error(`MUTATION_GROUP must be one of ${Object.keys(groups).join(", ")}`)

export default {
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  vitest: { configFile: "vitest.mutation.config.ts", related: false },
  mutate: groups[group],
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
  htmlReporter: { fileName: `reports/mutation/${group}.html` },
  jsonReporter: { fileName: `reports/mutation/${group}.json` }
}
