// `npm run soak` runs the soak test (test/soak/soak.ts), with its emulator in a separate process, and then the check of
// the memory of a stream of predictions (test/soak/predictions.ts). Arguments are passed to the soak test:
// `npm run soak -- --seconds 600`. `npm run soak -- --predictions` runs only the second part.
import { spawnSync } from "node:child_process"

const given = process.argv.slice(2)
const run = (args) => spawnSync(process.execPath, args, { stdio: "inherit" }).status ?? 1

const soak = ["node", "--expose-gc", "--import", "tsx", "test/soak/soak.ts", ...given].join(" ")
const emulator = ["src/bin/main.ts", "emulator", "--preset", "fleet", "--deploy-delay", "50", "--exec", soak]

const statuses = [
  given.includes("--predictions") ? 0 : run(["--import", "tsx", ...emulator]),
  run(["--expose-gc", "--import", "tsx", "test/soak/predictions.ts"])
]
process.exit(Math.max(...statuses))
