// `npm run mutation` runs the mutation tests, group by group (stryker.config.mjs). `npm run mutation -- wire reading`
// runs only these groups.
import { spawnSync } from "node:child_process"
import { groups } from "../stryker.groups.mjs"

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(groups)

const failed = names.filter((group) => {
  console.log(`\n=== ${group}`)
  const env = { ...process.env, MUTATION_GROUP: group }
  return spawnSync("npx", ["--no-install", "stryker", "run"], { env, stdio: "inherit" }).status !== 0
})
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(", ")}`)
  process.exit(1)
}
