// `npm run proof` runs the checks that take too long for CI. It continues after a failure, writes the output of each
// part to reports/proof/, and ends with a table of results. `npm run proof -- --only soak,breaks` runs only these
// parts.
import { spawn } from "node:child_process"
import { mkdirSync, openSync } from "node:fs"
import { parseArgs } from "node:util"
import { groups } from "../stryker.groups.mjs"

/** The time limit of all parts together, and the time that must be left to start a part. In minutes. */
const total = 75
const least = 1

/**
 * The parts and their time limits in minutes. The parts of one stage run at the same time, because they do not affect
 * each other. Parts that measure time or memory run alone. With PROOF=1 the tests make all their runs.
 */
const stages = [
  [{ name: "suite", command: "PROOF=1 npm test", minutes: 12 }],
  [
    {
      name: "simulation",
      command: "npm run --silent simulate -- --seeds 2000 && npm run --silent simulate -- --batch --seeds 300",
      minutes: 15
    },
    { name: "floor", command: "npm run --silent test:floor", minutes: 15 }
  ],
  [{ name: "node-22", command: "npm run --silent test:node -- 22", minutes: 8 }],
  [{ name: "node-24", command: "npm run --silent test:node -- 24", minutes: 8 }],
  [{ name: "reference", command: "npm run --silent docs && npm run --silent docs:browser", minutes: 8 }],
  [{ name: "soak", command: "npm run --silent soak", minutes: 8 }],
  // Shows that the benchmarks work. Their targets need a quiet machine and longer rounds: `npm run bench`. This part
  // builds dist/, which the next two need.
  [{
    name: "bench",
    command: "npm run --silent bench -- --quick && node bench/bench.mjs --quick --long",
    minutes: 8
  }],
  [{ name: "runtimes", command: "npm run --silent test:runtimes", minutes: 8 }],
  [{ name: "bench-emulator", command: "npm run --silent bench:emulator", minutes: 6 }],
  [{ name: "breaks", command: "npm run --silent test:broken", minutes: 30 }],
  ...Object.keys(groups).map((group) => [
    { name: `mutation-${group}`, command: `npm run --silent mutation -- ${group}`, minutes: 25 }
  ])
]

const { values } = parseArgs({ options: { only: { type: "string" } } })
const names = stages.flat().map(({ name }) => name)
const wanted = values.only?.split(",") ?? names
// "mutation" stands for all of its groups
const stands = (one, name) => name === one || name.startsWith(`${one}-`)
const isWanted = ({ name }) => wanted.some((one) => stands(one, name))
const unknown = wanted.filter((one) => !names.some((name) => stands(one, name)))
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}. The parts are ${names.join(", ")}.`)
  process.exit(2)
}

const folder = "reports/proof"
mkdirSync(folder, { recursive: true })
const began = performance.now()
const minutesSince = (moment) => (performance.now() - moment) / 60_000

/** The running parts. Each is a process group of its own, so that all its processes can be ended. */
const running = new Set()
const kill = (child, signal) => {
  try {
    process.kill(-child.pid, signal)
  } catch {
    // The part has just ended.
  }
}
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    for (const child of running) kill(child, "SIGKILL")
    process.exit(1)
  })
}

/** Runs a part. Returns its result and how long it took. */
const run = ({ command, minutes, name }) => {
  const left = total - minutesSince(began)
  if (left < least) return Promise.resolve({ name, result: "NOT RUN: no time left", minutes: 0 })
  const limit = Math.min(minutes, left)
  const log = `${folder}/${name}.log`
  const started = performance.now()
  console.log(`${name}: ${command}, at most ${limit.toFixed(0)} min, see ${log}`)
  return new Promise((resolve) => {
    const output = openSync(log, "w")
    const child = spawn(command, {
      shell: true,
      detached: true,
      stdio: ["ignore", output, output],
      env: { ...process.env, CI: "true" }
    })
    running.add(child)
    let isTooLong = false
    const clock = setTimeout(() => {
      isTooLong = true
      kill(child, "SIGTERM")
      setTimeout(() => kill(child, "SIGKILL"), 5_000).unref()
    }, limit * 60_000)
    child.on("close", (status, signal) => {
      clearTimeout(clock)
      running.delete(child)
      // End the processes that the part has left behind.
      kill(child, "SIGKILL")
      const result = isTooLong
        ? `FAILED: no end in ${limit.toFixed(0)} min`
        : status === 0
        ? "passed"
        : `FAILED: ${signal ?? status}`
      console.log(`${name}: ${result}`)
      resolve({ name, result, minutes: minutesSince(started) })
    })
  })
}

const rows = []
for (const stage of stages) rows.push(...await Promise.all(stage.filter(isWanted).map(run)))

const time = (minutes) => `${Math.floor(minutes)}:${String(Math.floor(minutes * 60) % 60).padStart(2, "0")}`
const table = [["part", "result", "time"], ...rows.map(({ minutes, name, result }) => [name, result, time(minutes)])]
const widths = [0, 1].map((column) => Math.max(...table.map((row) => row[column].length)))
console.log()
for (const [name, result, taken] of table) {
  console.log(`${name.padEnd(widths[0])}  ${result.padEnd(widths[1])}  ${taken}`)
}
console.log(`\n${time(minutesSince(began))} in all`)
process.exit(rows.every(({ result }) => result === "passed") ? 0 : 1)
