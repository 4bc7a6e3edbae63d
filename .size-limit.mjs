// What the package adds to a bundle that has its peers already. As ES modules: the default would add esbuild's own
// helpers for the peers, which no application has.
const modifyEsbuildConfig = (config) => ({ ...config, format: "esm" })

// A quarter of a kilobyte of each of the first three is the route declarations, with their ids and summaries, and the retry
// decision as one function.
export default [
  { name: "list and get, from effect-datarobot", path: ".size/operations.mjs", limit: "14.25 kB" },
  {
    name: "list and get, from effect-datarobot/ModelDeployment, bundled by esbuild",
    path: "test/size/submodule.js",
    limit: "14.75 kB"
  },
  {
    name: "list and get, from effect-datarobot/Deployment, bundled by esbuild",
    path: "test/size/deployment.js",
    limit: "16.15 kB"
  },
  { name: "one error guard, everything else shaken off", path: ".size/errors.mjs", limit: "2 kB" }
].map((check) => ({ ...check, gzip: true, modifyEsbuildConfig }))
