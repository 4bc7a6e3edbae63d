/**
 * The groups of mutation testing: the sources to mutate, and the tests that must detect the mutants. A group has only
 * the tests it needs, because each test adds to the cost of a mutant. The tests run in this order, files that match a
 * pattern first, and stop at the first failure. `modules.test.ts` is always last: it detects a mutant that can't be
 * loaded at all.
 */
const undici = [
  "src/undici.ts",
  "src/internal/request/directClient.ts",
  "src/internal/request/undiciExchange.ts",
  "src/internal/request/undiciSettings.ts",
  "src/internal/request/wholeResponse.ts"
]

export const groups = {
  /** Schemas and routes. */
  wire: {
    mutate: ["src/wire/**/*.ts"],
    tests: [
      "test/schemas/**/*.test.ts",
      "test/internal/reading/**/*.test.ts",
      "test/internal/request/**/!(attempt|read|send|tracing).test.ts",
      "test/DataRobotError.test.ts",
      "test/ModelDeployment.test.ts",
      "test/modules.test.ts"
    ]
  },
  /** Parsing and decoding. */
  reading: {
    mutate: ["src/internal/reading/**/*.ts"],
    tests: [
      "test/internal/reading/**/*.test.ts",
      "test/schemas/**/!(deployments).test.ts",
      "test/internal/request/**/!(attempt|read|send|tracing).test.ts",
      "test/modules.test.ts"
    ]
  },
  /** Single requests, and all files of src/internal that are in no other group. */
  request: {
    mutate: [
      "src/internal/**/*.ts",
      "src/fetch.ts",
      "!src/internal/reading/**",
      "!src/internal/protocols/**",
      ...undici.map((file) => `!${file}`)
    ],
    tests: [
      "test/internal/request/**/*.test.ts",
      "test/schemas/**/!(deployments).test.ts",
      "test/internal/reading/**/*.test.ts",
      "test/fetch.test.ts",
      "test/DataRobot.test.ts",
      "test/ConfigFile.test.ts",
      "test/DataRobotError.test.ts",
      "test/retry.test.ts",
      "test/Job.test.ts",
      "test/listing.test.ts",
      "test/ModelDeployment.test.ts",
      "test/DeploymentActuals.test.ts",
      "test/predictionTargets.test.ts",
      "test/laws/retries.test.ts",
      "test/laws/failures.test.ts",
      "test/modules.test.ts"
    ]
  },
  /** Several requests: listings, waits for jobs, changes. */
  protocols: {
    mutate: ["src/internal/protocols/**/*.ts"],
    tests: [
      "test/internal/protocols/**/*.test.ts",
      "test/listing.test.ts",
      "test/prefetch.test.ts",
      "test/Job.test.ts",
      "test/ModelDeployment.test.ts",
      "test/DeploymentModel.test.ts",
      "test/DeploymentSettings.test.ts",
      "test/Deployment.test.ts",
      "test/DeploymentActuals.test.ts",
      "test/predictionTargets.test.ts",
      "test/predictionStreams.test.ts",
      "test/customModelDeployment.test.ts",
      "test/retry.test.ts",
      "test/laws/retries.test.ts",
      "test/laws/responses.test.ts",
      "test/modules.test.ts"
    ]
  },
  /** The undici client. Its tests are slow, because they need sockets and the clock of the process. */
  undici: { mutate: undici, tests: ["test/undici.test.ts", "test/modules.test.ts"] }
}

const name = process.env.MUTATION_GROUP ?? ""

/** The group that `MUTATION_GROUP` names. */
export const group = () => {
  if (!(name in groups)) throw new Error(`MUTATION_GROUP must be one of ${Object.keys(groups).join(", ")}`)
  return { name, ...groups[name] }
}
