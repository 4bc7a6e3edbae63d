/**
 * The groups of sources that mutants are made of, one for each room, and the tests that may notice them. A mutant is
 * cheaper the fewer tests there are. The tests run in this order, those of a pattern first, and a mutant is done with at
 * the first test that fails. `modules.test.ts` is the last of each: it notices a mutant that can't be loaded at all.
 */
const undici = ["src/undici.ts", "src/internal/request/directClient.ts", "src/internal/request/wholeResponse.ts"]

export const groups = {
  /** What crosses the wire. */
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
  /** From bytes to a value. */
  reading: {
    mutate: ["src/internal/reading/**/*.ts"],
    tests: [
      "test/internal/reading/**/*.test.ts",
      "test/schemas/**/!(deployments).test.ts",
      "test/internal/request/**/!(attempt|read|send|tracing).test.ts",
      "test/modules.test.ts"
    ]
  },
  /** One request; and whatever has no room of its own. */
  request: {
    mutate: [
      "src/internal/**/*.ts",
      "!src/internal/reading/**",
      "!src/internal/protocols/**",
      ...undici.map((file) => `!${file}`)
    ],
    tests: [
      "test/internal/request/**/*.test.ts",
      "test/schemas/**/!(deployments).test.ts",
      "test/internal/reading/**/*.test.ts",
      "test/DataRobot.test.ts",
      "test/ConfigFile.test.ts",
      "test/DataRobotError.test.ts",
      "test/retry.test.ts",
      "test/Job.test.ts",
      "test/listing.test.ts",
      "test/ModelDeployment.test.ts",
      "test/DeploymentActuals.test.ts",
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
      "test/retry.test.ts",
      "test/laws/retries.test.ts",
      "test/laws/responses.test.ts",
      "test/modules.test.ts"
    ]
  },
  /** The client on undici. Its tests need sockets and the clock of the process, which are slow. */
  undici: { mutate: undici, tests: ["test/undici.test.ts", "test/modules.test.ts"] }
}

const name = process.env.MUTATION_GROUP ?? ""

/** The group that `MUTATION_GROUP` names. */
export const group = () => {
  if (!(name in groups)) throw new Error(`MUTATION_GROUP must be one of ${Object.keys(groups).join(", ")}`)
  return { name, ...groups[name] }
}
