/**
 * `npm run test:broken`: breaks a copy of the SDK, one place at a time, and runs the tests that must detect it. A test
 * group that passes with the broken SDK fails this run. `-- --only 500` tries only the breaks whose description
 * contains that text.
 */
import { spawn } from "node:child_process"
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { availableParallelism, tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { type Break, breaks, type Part, parts } from "./breaks.js"

const root = join(import.meta.dirname, "../..")
const { values } = parseArgs({ options: { only: { type: "string", default: "" } } })

/** Copies everything that the tests read, and links to the installed packages. */
const copy = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "broken-"))
  for (const name of ["src", "test", "docs", "package.json", "tsconfig.json", "vitest.config.ts"]) {
    cpSync(join(root, name), join(folder, name), { recursive: true })
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"))
  return folder
}

/** The timeout for one run, because a broken SDK may never finish; in seconds. */
const longest = 180

interface Tried {
  /** The first test that failed; undefined if the break was not detected. */
  readonly failed: string | undefined
  readonly seconds: number
}

interface Report {
  readonly testResults: ReadonlyArray<{
    readonly assertionResults: ReadonlyArray<{ readonly status: string; readonly fullName: string }>
  }>
}

/** Runs a test group until the first test fails. A file that does not load has no failed test, so it does not count. */
const run = (folder: string, part: Part): Promise<Tried> =>
  new Promise((resolve, reject) => {
    const began = performance.now()
    const report = join(folder, "report.json")
    rmSync(report, { force: true })
    const options = ["--bail", "1", "--reporter", "json", "--outputFile", report]
    const vitest = spawn(process.execPath, ["node_modules/vitest/vitest.mjs", "run", parts[part], ...options], {
      cwd: folder,
      stdio: "ignore",
      // A few runs of a property may miss what all runs detect.
      env: { ...process.env, PROOF: "1" },
      // Its own process group, so that vitest and its workers can be killed together.
      detached: true
    })
    let isTooLong = false
    const end = () => vitest.pid !== undefined && process.kill(-vitest.pid, "SIGKILL")
    const clock = setTimeout(() => {
      isTooLong = true
      end()
    }, longest * 1000)
    process.once("exit", end)
    vitest.on("error", reject)
    vitest.on("close", () => {
      clearTimeout(clock)
      process.off("exit", end)
      if (isTooLong) return resolve({ failed: `timeout after ${longest} s`, seconds: longest })
      // Boundary: the JSON that vitest's reporter writes.
      const { testResults } = JSON.parse(readFileSync(report, "utf8")) as Report
      const failed = testResults.flatMap(({ assertionResults }) => assertionResults).find(({ status }) =>
        status === "failed"
      )
      resolve({ failed: failed?.fullName, seconds: Math.round((performance.now() - began) / 1000) })
    })
  })

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1))

let missed = 0

const tryOne = async (folder: string, one: Break) => {
  const file = join(folder, "src", one.file)
  const whole = readFileSync(file, "utf8")
  const places = whole.split(one.from).length - 1
  if (places !== 1) {
    missed++
    console.error(`${one.does}: the text to replace must occur once in ${one.file}, but occurs ${places} x`)
    return
  }
  writeFileSync(file, whole.replace(one.from, () => one.to))
  for (const part of one.noticedBy) {
    let { failed, seconds } = await run(folder, part)
    // Properties use random input, which may miss the break once.
    for (let again = 0; failed === undefined && part.startsWith("any ") && again < 2; again++) {
      ;({ failed, seconds } = await run(folder, part))
    }
    if (failed === undefined) missed++
    console.log(
      `${one.does}\n  ${part}, ${seconds} s: ${failed === undefined ? "NOT DETECTED" : `detected by ${failed}`}`
    )
  }
  writeFileSync(file, whole)
}

const left = breaks.filter(({ does }) => does.includes(values.only))
const tried = left.length
const worker = async () => {
  const folder = copy()
  try {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await tryOne(folder, next)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker))
console.log(`${tried} breaks tried, ${missed === 0 ? "all detected" : `${missed} x not detected`}`)
process.exitCode = missed === 0 && tried > 0 ? 0 : 1
