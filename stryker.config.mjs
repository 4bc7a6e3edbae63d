export default {
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutation.config.ts", related: false },
  plugins: ["@stryker-mutator/vitest-runner"],
  mutate: ["src/internal/**/*.ts"],
  reporters: ["clear-text", "progress-append-only", "json"],
  concurrency: 2,
  coverageAnalysis: "perTest",
  ignoreStatic: true,
  ignorePatterns: ["coverage", "dist", ".size", "docs", "bench"]
}
