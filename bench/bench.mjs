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

/** How a scenario is judged: what the figures are, their unit, and the ratio of two of them in the same round. */
const judgements = {
  cpu: { unit: "s", measure: "processor time a call", ratio: (own, other) => own / other },
  wall: { unit: "s", measure: "time until it is done; how many times as fast", ratio: (own, other) => other / own },
  memory: { unit: "MB", measure: "above idle, at its peak" },
  rss: { unit: "MB", measure: "peak RSS of the client's process", ratio: (own, other) => own / other }
}

/** Returns the result of a scenario by one of its figures. */
const resultBy = (by, name, contenders) => {
  const { measure, ratio, unit } = judgements[by]
  const figures = ({ taken }) => taken.map((took) => took[by])
  const ratios = (own) =>
    Object.fromEntries(contenders.map((other) => {
      const others = figures(other)
      return [other.name, spread(figures(own).map((figure, round) => ratio(figure, others[round])))]
    }))
  return {
    name,
    unit,
    measure,
    contenders: contenders.map((own) => ({
      name: own.name,
      figure: spread(figures(own)),
      ...(ratio === undefined ? {} : { ratios: ratios(own) })
    }))
  }
}

/** Runs a scenario. Returns what each contender took in each round. Times are in seconds per call. */
const measure = async (
  { calls, contenders, name: _, rounds = quick ? 2 : 15, speed: __, warmUp = calls, ...task }
) => {
  const all = await Promise.all(contenders.map(async (contender) => {
    const { client, name, options } = typeof contender === "string" ? { name: contender, client: contender } : contender
    return { name, process: await processOf(client), task: { ...task, ...options }, taken: [] }
  }))
  for (let round = -1; round < rounds; round++) {
    for (const { process, taken, task } of all) {
      // The first round is a warm-up: a real server makes many calls, and V8 compiles functions that are called often.
      const took = await process.run({ ...task, calls: round < 0 ? warmUp : calls })
      if (round >= 0) taken.push(took)
    }
  }
  return all
}

const results = []
try {
  for (const scenario of scenarios({ quick })) {
    if (!scenario.name.includes(only)) continue
    say(scenario.name)
    const { name, speed, task } = scenario
    const contenders = await measure(scenario)
    const found = [resultBy(speed ? "wall" : "cpu", name, contenders)]
    if (name.startsWith("stream of")) found.push(resultBy("memory", `memory of the ${name}`, contenders))
    if (task === "predictStream") {
      found.push(resultBy("cpu", `${name}, cost`, contenders), resultBy("rss", `${name}, memory`, contenders))
    }
    if (task === "score") found.push(resultBy("rss", `${name}, memory`, contenders))
    results.push(...found)
    if (only !== "") say(wholeTable(found))
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
