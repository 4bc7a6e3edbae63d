/** The tests that mutants are tried on: those in virtual time and in memory (stryker.config.mjs). */
import { Tinypool } from "tinypool"
import { defineConfig } from "vitest/config"
import { BaseSequencer, type TestSpecification } from "vitest/node"
import { group } from "./stryker.groups.mjs"
import base from "./vitest.config.js"

// Vitest gives each run a new worker, which loads everything anew: that is what takes the time, and not the tests. Here
// the worker stays. What a mutant may change while modules are loaded, vitest.mutation.setup.ts loads again.
Tinypool.prototype.recycleWorkers = () => Promise.resolve()

const { tests } = group()

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
    include: [...tests],
    sequence: { sequencer: InOrder },
    setupFiles: ["./vitest.mutation.setup.ts"],
    // a mutant that waits for ever is done with after this, without a new worker
    testTimeout: 5_000,
    isolate: false,
    pool: "threads",
    poolOptions: { threads: { isolate: false } }
  }
})
