/** The configuration of the tests for mutants (stryker.config.mjs). */
import { Tinypool } from "tinypool"
import { defineConfig } from "vitest/config"
import { BaseSequencer, type TestSpecification } from "vitest/node"
import { group } from "./stryker.groups.mjs"
import base from "./vitest.config.js"

// Vitest starts a new worker for each run, and loading all modules again takes most of the time. Here the worker is
// kept. vitest.mutation.setup.ts reloads the modules for mutants that take effect while a module is loaded.
Tinypool.prototype.recycleWorkers = () => Promise.resolve()

const { tests } = group()

class InOrder extends BaseSequencer {
  override async sort(files: Array<TestSpecification>) {
    // Files that match a pattern come first, because a pattern is not the end of any path.
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
    // Ends a mutant that waits forever, without a new worker.
    testTimeout: 5_000,
    isolate: false,
    pool: "threads",
    poolOptions: { threads: { isolate: false } }
  }
})
