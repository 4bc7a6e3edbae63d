// Compares the cost of the SDK with other HTTP clients.
//
//   npm run bench                        writes the tables into docs/benchmarks.md
//   npm run bench -- --quick             fewer and shorter rounds, in less than a minute; writes nothing
//   npm run bench -- --json              prints JSON instead of tables
//   npm run bench -- --only "get, 1"     only scenarios with this text in their name; writes nothing
//
// In each round, all contenders run the same calls, one after the other. The result is the median of the ratios between
// two contenders of the same round. So it does not matter if the machine slows down during the run.
import { readFileSync, writeFileSync } from "node:fs"
import { cpus } from "node:os"
import { parseArgs } from "node:util"
import { bundles } from "./bundles.mjs"
import { contender, serve } from "./contenders.mjs"
import { imports } from "./imports.mjs"
import { scenarios } from "./scenarios.mjs"
import { spread } from "./statistics.mjs"
import { judged, targetTable, wholeTable } from "./tables.mjs"

const { values: options } = parseArgs({
  options: { json: { type: "boolean" }, only: { type: "string" }, quick: { type: "boolean" } }
})
const { json = false, only = "", quick = false } = options
const say = (text) => process.stderr.write(`${text}\n`)

const server = await serve(quick ? 10_000 : 100_000)
const running = new Map()
const processOf = (client) => {
  if (!running.has(client)) running.set(client, contender(client, `${server.url}/api/v2`))
  return running.get(client)
}

/** Runs a scenario. Figures are in seconds per call. Ratios compare contenders in the same round. */
const measure = async (
  { calls, contenders, name, rounds = quick ? 2 : 15, speed = false, warmUp = calls, ...task }
) => {
  const all = await Promise.all(contenders.map(async (contender) => {
    const { client, name, options } = typeof contender === "string" ? { name: contender, client: contender } : contender
    return { name, process: await processOf(client), task: { ...task, ...options }, taken: [], memory: [] }
  }))
  for (let round = -1; round < rounds; round++) {
    for (const { memory, process, taken, task } of all) {
      // The first round is a warm-up: a real server makes many calls, and V8 compiles functions that are called often.
      const took = await process.run({ ...task, calls: round < 0 ? warmUp : calls })
      if (round < 0) continue
      taken.push(speed ? took.wall : took.cpu)
      memory.push(took.memory)
    }
  }
  const ratios = (own) =>
    Object.fromEntries(
      all.map((other) => [
        other.name,
        spread(own.taken.map((took, round) => speed ? other.taken[round] / took : took / other.taken[round]))
      ])
    )
  return {
    name,
    unit: "s",
    measure: speed ? "time until it is done; how many times as fast" : "processor time a call",
    contenders: all.map((own) => ({
      name: own.name,
      figure: spread(own.taken),
      ratios: ratios(own),
      memory: spread(own.memory)
    }))
  }
}

const results = []
try {
  for (const scenario of scenarios({ quick })) {
    if (!scenario.name.includes(only)) continue
    say(scenario.name)
    const result = await measure(scenario)
    results.push(result)
    if (only !== "") say(wholeTable([result]))
    if (scenario.name.startsWith("stream of")) {
      const contenders = result.contenders.map(({ memory, name }) => ({ name, figure: memory }))
      results.push({
        name: `memory of the ${scenario.name}`,
        unit: "MB",
        measure: "above idle, at its peak",
        contenders
      })
    }
  }
} finally {
  for (const { stop } of [server, ...await Promise.all(running.values())]) stop()
}

if (only === "") {
  say("import, bundle")
  const named = (found) => found.map(({ name, ...figure }) => ({ name, figure }))
  results.push(
    { name: "import", unit: "ms", measure: "in a new process", contenders: named(imports(quick ? 1 : 9)) },
    { name: "bundle", unit: "kB", measure: "minified and gzipped", contenders: named(await bundles()) }
  )
  const machine = `${cpus().length} cores, Node ${process.versions.node}`
  if (json) console.log(JSON.stringify({ machine, quick, targets: judged(results), results }, undefined, 2))
  else console.log(`${targetTable(results)}\n\n${wholeTable(results)}`)
  if (!quick) {
    const page = new URL("../docs/benchmarks.md", import.meta.url)
    let text = readFileSync(page, "utf8")
    const tables = {
      machine: `Measured on ${machine}.`,
      targets: targetTable(results),
      everything: wholeTable(results)
    }
    for (const [name, content] of Object.entries(tables)) {
      const place = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- end -->)`)
      if (!place.test(text)) throw new Error(`docs/benchmarks.md has no place for "${name}"`)
      text = text.replace(place, (_, begin, end) => `${begin}\n${content}\n\n${end}`)
    }
    writeFileSync(page, text)
  }
} else if (json) console.log(JSON.stringify(results, undefined, 2))
