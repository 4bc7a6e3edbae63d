// Runs every examples/*.ts, one after the other. Each must exit with status 0 within three minutes. The batch example
// scores fewer rows than by default.
// (examples/*.test.ts are run by vitest.)
import { spawnSync } from "node:child_process"
import { readdirSync } from "node:fs"

const limit = 180_000
const examples = readdirSync("examples").filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))

const failed = examples.filter((file) => {
  const started = performance.now()
  const { error, signal, status, stderr, stdout } = spawnSync(
    process.execPath,
    ["--import", "tsx", `examples/${file}`],
    { encoding: "utf8", env: { ...process.env, ROWS: "20000" }, timeout: limit, stdio: ["ignore", "pipe", "pipe"] }
  )
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const ok = status === 0
  console.log(`${ok ? "ok    " : "FAILED"} examples/${file} (${seconds} s)`)
  if (!ok) console.log(`${stdout}${stderr}ended with ${error?.message ?? signal ?? `status ${status}`}\n`)
  return !ok
})

if (examples.length === 0) failed.push("there is no example")
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(", ")}`)
  process.exit(1)
}
