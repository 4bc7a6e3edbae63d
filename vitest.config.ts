import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"
import tsconfig from "./tsconfig.json" with { type: "json" }

// The public names resolve to the sources, from the same table that the compiler uses.
const alias = Object.entries(tsconfig.compilerOptions.paths).map(([name, [file]]) => ({
  find: new RegExp(`^${name}$`),
  replacement: fileURLToPath(new URL(file ?? "", import.meta.url))
}))

export default defineConfig({
  resolve: { alias },
  test: {
    include: ["test/**/*.test.ts", "examples/**/*.test.ts"],
    // Two workers that stay and keep their modules: most of the time would else be spent on loading Effect for each file.
    // No test file may leave a change to what others share: a spy, a handler of the process, an environment variable.
    pool: "threads",
    poolOptions: { threads: { isolate: false, minThreads: 2, maxThreads: 2 } },
    // of the tests of a file that may run at the same time: they wait for timers and sockets
    maxConcurrency: 24,
    // They guard against a test that hangs, and are no bounds on how long one takes: a busy machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      reporter: ["text", "html"],
      thresholds: { lines: 95, branches: 90 }
    }
  }
})
