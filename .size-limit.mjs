// What the package adds to a bundle that has its peers already. As ES modules: the default would add esbuild's own
// helpers for the peers, which no application has.
const modifyEsbuildConfig = (config) => ({ ...config, format: "esm" })

export default [
  { name: "list and get, from effect-datarobot", path: ".size/operations.mjs", limit: "14 kB" },
  {
    name: "list and get, from effect-datarobot/ModelDeployment, bundled by esbuild",
    path: "test/size/submodule.js",
    limit: "14.5 kB"
  },
  {
    name: "list and get, from effect-datarobot/Deployment, bundled by esbuild",
    path: "test/size/deployment.js",
    limit: "16 kB"
  },
  { name: "one error guard, everything else shaken off", path: ".size/errors.mjs", limit: "2 kB" }
].map((check) => ({ ...check, gzip: true, modifyEsbuildConfig }))
