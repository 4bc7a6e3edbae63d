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
    "test/schemas/!(deployments).test.ts",
    "test/internal/reading/*.test.ts",
    "test/internal/request/!(responseBody|path|send).test.ts",
    "test/internal/protocols/job.test.ts",
    "test/internal/request/responseBody.test.ts",
    "test/internal/request/path.test.ts",
    "test/modules.test.ts"
  ],
  core: [
    "test/internal/protocols/job.test.ts",
    "test/internal/request/send.test.ts",
    "test/internal/protocols/poll.test.ts",
    "test/listing.test.ts",
    "test/internal/protocols/prefetch.test.ts",
    "test/prefetch.test.ts",
    "test/DataRobot.test.ts",
    "test/ConfigFile.test.ts",
    "test/DataRobotError.test.ts",
    "test/Job.test.ts",
    "test/ModelDeployment.test.ts",
    "test/internal/request/responseBody.test.ts",
    "test/retry.test.ts",
    "test/modules.test.ts"
  ],
  deployments: [
    "test/internal/protocols/createdResource.test.ts",
    "test/internal/protocols/change.test.ts",
    "test/DeploymentModel.test.ts",
    "test/DeploymentSettings.test.ts",
    "test/Deployment.test.ts",
    "test/DeploymentActuals.test.ts",
    "test/modules.test.ts"
  ],
  // a mutant that can't be loaded at all is noticed by the last one: for Stryker, no test has failed before it
  undici: ["test/undici.test.ts", "test/modules.test.ts"],
  schemas: ["test/schemas/deployments.test.ts", "test/modules.test.ts"]
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
