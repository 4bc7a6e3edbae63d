// `npm run soak`: the soak (test/soak/soak.ts) with the emulator that it talks to in a process of its own.
// Arguments go to the soak: `npm run soak -- --seconds 600`.
import { spawnSync } from "node:child_process"

const soak = ["node", "--expose-gc", "--import", "tsx", "test/soak/soak.ts", ...process.argv.slice(2)].join(" ")
const emulator = ["src/bin/main.ts", "emulator", "--preset", "fleet", "--deploy-delay", "50", "--exec", soak]

process.exit(spawnSync(process.execPath, ["--import", "tsx", ...emulator], { stdio: "inherit" }).status ?? 1)
