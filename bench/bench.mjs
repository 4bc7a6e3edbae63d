// Measures what the SDK costs, beside other HTTP clients.
//
//   npm run bench                          writes the tables into docs/benchmarks.md; at most 10 minutes on 2 cores
//   npm run bench:long                     the scenarios of longScenarios.mjs
//   npm run bench -- --quick               runs everything in 2 short rounds, and prints only figures; writes nothing
//   npm run bench -- --json                prints JSON instead of tables
//   npm run bench -- --only "get, 1"       only scenarios with this text in their name; writes nothing
import { cpus } from "node:os"
import { parseArgs } from "node:util"
import { bundles } from "./bundles.mjs"
import { measure, serve } from "./contenders.mjs"
import { emulatorRequests } from "./emulatorRequests.mjs"
import { imports } from "./imports.mjs"
import { longScenarios } from "./longScenarios.mjs"
import { writePage } from "./page.mjs"
import { scenarios } from "./scenarios.mjs"
import { judge } from "./statistics.mjs"
import { resultTables, summaryTable, targetTable, verdictList } from "./tables.mjs"

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    long: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    quick: { type: "boolean", default: false }
  }
})
const { json, long, only, quick } = options
const say = (text) => process.stderr.write(`${(performance.now() / 1000).toFixed().padStart(4)} s  ${text}\n`)
const isWanted = (name) => name.includes(only)

/** Fewer and shorter rounds, which show that the benchmarks work. */
const shortened = ({ calls, rounds: _, warmUp, ...scenario }) => ({
  ...scenario,
  calls: Math.ceil(calls / 10),
  warmUp: Math.ceil(warmUp / 20),
  rounds: 2
})

/** Runs the scenarios whose contenders have processes of their own and talk to one server. */
const runScenarios = async () => {
  const wanted = (long ? longScenarios : scenarios)({ quick }).filter(({ name }) => isWanted(name))
  if (wanted.length === 0) return []
  const server = await serve(quick ? 10_000 : 100_000)
  const results = []
  try {
    for (const scenario of wanted) {
      const { figures = ["cpu"], name, targets, ...task } = quick ? shortened(scenario) : scenario
      say(name)
      results.push({ name, figures, targets, contenders: await measure(task, server.url) })
    }
  } finally {
    server.stop()
  }
  return results
}

const others = { emulator: emulatorRequests, import: imports, bundle: bundles }

/** Runs what does not compare clients. */
const runOthers = async () => {
  const results = []
  for (const [name, run] of Object.entries(long ? {} : others)) {
    if (!isWanted(name)) continue
    say(name)
    results.push(...await run({ quick }))
  }
  return results
}

const results = [...await runScenarios(), ...await runOthers()]

const machine = `Measured on ${cpus().length} cores, Node ${process.versions.node}.`
if (json) console.log(JSON.stringify({ machine, ...(!quick && { targets: judge(results) }), results }, undefined, 2))
else if (quick) console.log(`These rounds are too short to be reliable.\n\n${resultTables(results)}`)
else console.log(`${targetTable(results)}\n\n${resultTables(results)}`)

if (!quick && only === "") {
  const tables = { machine, targets: targetTable(results), tables: resultTables(results) }
  if (!long) writePage({ ...tables, summary: summaryTable(results), verdicts: verdictList(results) })
  else writePage(Object.fromEntries(Object.entries(tables).map(([name, content]) => [`long ${name}`, content])))
}
