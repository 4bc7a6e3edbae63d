// `npm run soak` runs the soak test (test/soak/soak.ts), with its emulator in a separate process. Arguments are passed
// to the soak test: `npm run soak -- --seconds 600`.
import { spawnSync } from "node:child_process"

const soak = ["node", "--expose-gc", "--import", "tsx", "test/soak/soak.ts", ...process.argv.slice(2)].join(" ")
const emulator = ["src/bin/main.ts", "emulator", "--preset", "fleet", "--deploy-delay", "50", "--exec", soak]

process.exit(spawnSync(process.execPath, ["--import", "tsx", ...emulator], { stdio: "inherit" }).status ?? 1)
