/**
 * Most mutants are switched on while the tests run, and the modules that the worker has loaded stay. A static mutant
 * (a constant, a schema, a pattern) is there only when its module is loaded with it: for each of them, and again for what
 * comes after it, this package's own modules are forgotten, so that the next import loads them anew. What they stand on
 * (Effect) stays.
 */
import { inject } from "vitest"

// Boundary: what Stryker's runner provides and what Vitest's worker keeps are not in Vitest's types.
const provided = inject as (key: string) => unknown
const worker = globalThis as unknown as {
  readonly __vitest_worker__: { readonly moduleCache: Map<string, unknown> }
  mutantOfModules?: unknown
}

const mutant = provided("mutantActivation") === "static" ? provided("activeMutant") : undefined
if (worker.mutantOfModules !== mutant) {
  const { moduleCache } = worker.__vitest_worker__
  for (const id of moduleCache.keys()) {
    if (/\/(?:src|test)\//.test(id) && !id.includes("/node_modules/")) moduleCache.delete(id)
  }
  worker.mutantOfModules = mutant
}
