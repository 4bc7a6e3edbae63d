/**
 * Reloads this package's modules for static mutants. Most mutants are switched on while the tests run, and the worker
 * keeps its loaded modules. A static mutant (a constant, a schema, a pattern) takes effect only when its module is
 * loaded. So before each static mutant, and before the next other mutant, this package's modules are removed from the
 * cache, and the next import loads them again. Their dependencies (Effect) stay loaded.
 */
import { inject } from "vitest"

// Boundary: Vitest's types do not include the values of Stryker's runner and the state of Vitest's worker.
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
