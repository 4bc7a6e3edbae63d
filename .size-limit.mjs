// What the package adds to a bundle that has its peers already. As ES modules: the default would add esbuild's own
// helpers for the peers, which no application has.
const modifyEsbuildConfig = (config) => ({ ...config, format: "esm" })

// Splitting one large module into many costs about 160 bytes of each of the first three: every module repeats its imports of
// the peers. Route ids and summaries cost about 35 bytes. Recognizing secrets in any encoding costs about 1 450 bytes, the
// errors of clients and proxies that mean that nothing was sent 800, the bounded search for issues 500, what errors say
// about batch predictions 70, and the fast path from the socket to the value 2 000 (700 of them for decoding in place).
// Rejecting unknown options with the nearest name, metrics, events of retries, the last response and the limit on concurrent
// requests cost about 2 500.
export default [
  { name: "list and get, from effect-datarobot", path: ".size/operations.mjs", limit: "22.3 kB" },
  {
    name: "list and get, from effect-datarobot/ModelDeployment, bundled by esbuild",
    path: "test/size/submodule.js",
    limit: "23.2 kB"
  },
  {
    name: "list and get, from effect-datarobot/Deployment, bundled by esbuild",
    path: "test/size/deployment.js",
    limit: "24.6 kB"
  },
  { name: "one error guard, everything else shaken off", path: ".size/errors.mjs", limit: "1 kB" }
].map((check) => ({ ...check, gzip: true, modifyEsbuildConfig }))
