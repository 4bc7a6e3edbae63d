/**
 * Runs simulated worlds. `npm run simulate -- --seeds 2000` runs the seeds 1 to 2000. The default is 100 seeds;
 * `--from` sets the first one. `npm run simulate -- --seed 7` runs one seed and prints everything that happens. `--batch`
 * runs worlds of batch predictions.
 */
import { getActiveResourcesInfo } from "node:process"
import { parseArgs } from "node:util"
import { simulateBatch } from "./batch.js"
import { simulate } from "./simulation.js"

/** What happened in a world. */
interface Simulated {
  readonly seed: number
  readonly problems: ReadonlyArray<string>
  readonly trace: ReadonlyArray<string>
  readonly ends: ReadonlyArray<string>
  readonly fates: ReadonlyArray<string>
}

/** A kind of world. */
interface World {
  /** The option that chooses it. */
  readonly option: string
  readonly simulate: (seed: number) => Promise<Simulated>
}

const calls: World = { option: "", simulate }
const batches: World = {
  option: " --batch",
  simulate: async (seed) => ({ seed, ...await simulateBatch(seed) })
}

const number = (option: string, text: string, least: number): number => {
  const value = Number(text)
  if (Number.isInteger(value) && value >= least && value < 2 ** 31) return value
  console.error(`--${option} must be a whole number from ${least}`)
  process.exit(2)
}

const count = (words: ReadonlyArray<string>) => {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one).map(([word, times]) => `${times} ${word}`).join(", ")
}

const showProblems = ({ problems, seed }: Simulated, { option }: World) => {
  console.error(`seed ${seed}: ${problems.length} problem${problems.length === 1 ? "" : "s"}`)
  for (const problem of problems) console.error(`  ${problem}`)
  console.error(`  all of it: npm run simulate --${option} --seed ${seed}`)
}

const main = async () => {
  const { values } = parseArgs({
    options: {
      batch: { type: "boolean" },
      seed: { type: "string" },
      seeds: { type: "string" },
      from: { type: "string" }
    }
  })
  const world = values.batch === true ? batches : calls
  if (values.seed !== undefined) {
    const simulated = await world.simulate(number("seed", values.seed, 0))
    for (const line of simulated.trace) console.log(line)
    if (simulated.problems.length === 0) return console.log("\nall is well")
    console.error()
    showProblems(simulated, world)
    process.exitCode = 1
    return
  }
  const from = number("from", values.from ?? "1", 0)
  const seeds = number("seeds", values.seeds ?? "100", 1)
  const began = performance.now()
  const ends: Array<string> = []
  const fates: Array<string> = []
  const before = getActiveResourcesInfo()
  let failed = 0
  for (let seed = from; seed < from + seeds; seed++) {
    const simulated = await world.simulate(seed)
    ends.push(...simulated.ends)
    fates.push(...simulated.fates)
    if (simulated.problems.length > 0) {
      process.exitCode = 1
      failed++
      showProblems(simulated, world)
    }
    const done = seed - from + 1
    if (done % 250 === 0 && done < seeds) console.log(`${done} of ${seeds} seeds`)
  }
  const left = getActiveResourcesInfo().filter((handle) => !before.includes(handle))
  if (left.length > 0) {
    process.exitCode = 1
    console.error(`handles are left: ${left.join(", ")}`)
  }
  const seconds = (performance.now() - began) / 1000
  console.log(`${seeds} seeds from ${from} on in ${seconds.toFixed(0)} s, ${failed} failed`)
  console.log(`${ends.length} calls ended: ${count(ends)}`)
  console.log(`${fates.length} requests were: ${count(fates)}`)
}

await main()
