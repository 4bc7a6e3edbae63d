/** The tests that mutants are tried on: those in virtual time and in memory (stryker.config.mjs). */
import { Tinypool } from "tinypool"
import { defineConfig } from "vitest/config"
import { BaseSequencer, type TestSpecification } from "vitest/node"
import base from "./vitest.config.js"

// Vitest gives each run a new worker, which loads everything anew: that is what takes the time, and not the tests. Here
// the worker stays. What a mutant may change while modules are loaded, vitest.mutation.setup.ts loads again.
Tinypool.prototype.recycleWorkers = () => Promise.resolve()

// In this order, the cheap ones first: a mutant is done with at the first test that fails.
const groups: Readonly<Record<string, ReadonlyArray<string>>> = {
  parts: [
    "test/internal/!(ahead|body|created|deployments|deploymentSchemas|modules|path|poll|request).test.ts",
    "test/internal/body.test.ts",
    "test/internal/path.test.ts",
    "test/internal/modules.test.ts"
  ],
  core: [
    "test/internal/job.test.ts",
    "test/internal/request.test.ts",
    "test/internal/poll.test.ts",
    "test/listing.test.ts",
    "test/internal/ahead.test.ts",
    "test/ahead.test.ts",
    "test/DataRobot.test.ts",
    "test/ConfigFile.test.ts",
    "test/DataRobotError.test.ts",
    "test/Job.test.ts",
    "test/ModelDeployment.test.ts",
    "test/internal/body.test.ts",
    "test/retry.test.ts",
    "test/internal/modules.test.ts"
  ],
  deployments: [
    "test/internal/created.test.ts",
    "test/internal/deployments.test.ts",
    "test/DeploymentModel.test.ts",
    "test/DeploymentSettings.test.ts",
    "test/Deployment.test.ts",
    "test/DeploymentActuals.test.ts",
    "test/internal/modules.test.ts"
  ],
  // a mutant that can't be loaded at all is noticed by the last one: for Stryker, no test has failed before it
  undici: ["test/undici.test.ts", "test/internal/modules.test.ts"],
  schemas: ["test/internal/deploymentSchemas.test.ts", "test/internal/modules.test.ts"]
}
const tests = [...groups[process.env["MUTATION_GROUP"] ?? ""] ?? []]

class InOrder extends BaseSequencer {
  override async sort(files: Array<TestSpecification>) {
    // those of a pattern, which is in no path, go first
    const place = ({ moduleId }: TestSpecification) => tests.findIndex((test) => moduleId.endsWith(test))
    return [...files].sort((a, b) => place(a) - place(b))
  }
}

export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: tests,
    sequence: { sequencer: InOrder },
    setupFiles: ["./vitest.mutation.setup.ts"],
    // a mutant that waits for ever is done with after this, without a new worker
    testTimeout: 5_000,
    isolate: false,
    pool: "threads",
    poolOptions: { threads: { isolate: false } }
  }
})
