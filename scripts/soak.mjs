// `npm run soak` runs the soak test (test/soak/soak.ts), with its emulator in a separate process, and then the checks of
// the memory of a stream of predictions (test/soak/predictions.ts) and of a batch prediction (test/soak/batch.ts).
// Arguments are passed to the soak test: `npm run soak -- --seconds 600`. `npm run soak -- --memory` runs only the checks
// of memory.
import { spawnSync } from "node:child_process"

const given = process.argv.slice(2)
const run = (args) => spawnSync(process.execPath, args, { stdio: "inherit" }).status ?? 1

const soak = ["node", "--expose-gc", "--import", "tsx", "test/soak/soak.ts", ...given].join(" ")
const emulator = ["src/bin/main.ts", "emulator", "--preset", "fleet", "--deploy-delay", "50", "--exec", soak]

const statuses = [
  given.includes("--memory") ? 0 : run(["--import", "tsx", ...emulator]),
  ...["predictions", "batch"].map((check) => run(["--expose-gc", "--import", "tsx", `test/soak/${check}.ts`]))
]
process.exit(Math.max(...statuses))
