/**
 * `npm run test:broken`: breaks a copy of the SDK, in one place at a time, and runs the tests that must notice it. It fails
 * if they pass. `-- --only 500` tries only the breaks whose description contains a text.
 */
import { spawn } from "node:child_process"
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { availableParallelism, tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { type Break, breaks, type Part, parts } from "./breaks.js"

const root = join(import.meta.dirname, "../..")
const { values } = parseArgs({ options: { only: { type: "string", default: "" } } })

/** Copies everything that the tests read, and links the packages. */
const copy = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "broken-"))
  for (const name of ["src", "test", "docs", "package.json", "tsconfig.json", "vitest.config.ts"]) {
    cpSync(join(root, name), join(folder, name), { recursive: true })
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"))
  return folder
}

/** Maximum time of one run, in seconds. A broken SDK may never end. */
const longest = 180

interface Tried {
  /** The first test that failed; `undefined` if all passed. */
  readonly failed: string | undefined
  readonly seconds: number
}

interface Report {
  readonly testResults: ReadonlyArray<{
    readonly assertionResults: ReadonlyArray<{ readonly status: string; readonly fullName: string }>
  }>
}

/** Runs the tests of a part until the first one fails. A file that does not load has no failed test. */
const run = (folder: string, part: Part): Promise<Tried> =>
  new Promise((resolve, reject) => {
    const began = performance.now()
    const report = join(folder, "report.json")
    rmSync(report, { force: true })
    const options = ["--bail", "1", "--reporter", "json", "--outputFile", report]
    const vitest = spawn(process.execPath, ["node_modules/vitest/vitest.mjs", "run", parts[part], ...options], {
      cwd: folder,
      stdio: "ignore",
      // In a process group with its workers, so that all can be killed together.
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
      if (isTooLong) return resolve({ failed: `a time limit of ${longest} s`, seconds: longest })
      // Boundary: the shape that vitest's reporter writes.
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
    console.error(`${one.does}: ${one.file} contains the text ${places} times, not once`)
    return
  }
  writeFileSync(file, whole.replace(one.from, () => one.to))
  for (const part of one.noticedBy) {
    let { failed, seconds } = await run(folder, part)
    // A property test is random and may miss the break once.
    for (let again = 0; failed === undefined && part.startsWith("any ") && again < 2; again++) {
      ;({ failed, seconds } = await run(folder, part))
    }
    if (failed === undefined) missed++
    console.log(
      `${one.does}\n  ${part}, ${seconds} s: ${failed === undefined ? "NOT NOTICED" : `noticed by ${failed}`}`
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
console.log(`${tried} breaks tried, ${missed === 0 ? "all noticed" : `${missed} x not noticed`}`)
process.exitCode = missed === 0 && tried > 0 ? 0 : 1
