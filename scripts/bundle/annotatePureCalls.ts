import { transformAsync } from "@babel/core"

/**
 * Marks the calls that create schemas and layers as pure, like Effect's own packages. Bundlers then drop the unused
 * ones, and everything that only those need.
 */
export const annotatePureCalls = {
  name: "annotate-pure-calls",
  transform: {
    filter: { id: /\/src\/.*\.ts$/ },
    handler: async (code: string) => {
      const result = await transformAsync(code, {
        plugins: ["annotate-pure-calls"],
        parserOpts: { plugins: ["typescript"] },
        sourceMaps: true,
        configFile: false,
        babelrc: false
      })
      return result?.code ? { code: result.code, map: result.map ?? null } : null
    }
  }
}
