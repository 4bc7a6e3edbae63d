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
    // Two workers that keep their modules. Otherwise, loading Effect for each file would take most of the time. So no
    // test file may leave changes that affect others: a spy, a handler of the process, an environment variable.
    pool: "threads",
    poolOptions: { threads: { isolate: false, minThreads: 2, maxThreads: 2 } },
    // The number of concurrent tests of a file is high, because they mostly wait for timers and sockets.
    maxConcurrency: 24,
    // These limits only stop tests that hang. They are generous, so that a busy machine does not fail a test.
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
