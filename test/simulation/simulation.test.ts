/** The seeds that run with every change; `npm run simulate` runs more of them. */
import { assert, describe, it } from "vitest"
import { runs } from "../effort.js"
import { fates } from "./network.js"
import { simulate, type Simulated } from "./simulation.js"

const simulated: Array<Simulated> = []
const size = 5
// The first of these seeds see nearly everything that can happen.
const first = runs(31, 1)
const last = runs(45, 60)
/** The last seed to look for what those did not see. */
const further = 400

const ends = [
  "ok",
  "given up",
  "DataRobotApiError ServerError unknown",
  "DataRobotApiError NotFound",
  "DataRobotApiError Conflict",
  "DataRobotNetworkError Connect not-sent",
  "DataRobotNetworkError Timeout unknown",
  "DataRobotNetworkError Transport unknown",
  "DataRobotValidationError response",
  "DataRobotJobError Failed",
  "DataRobotJobError Deadline"
]

/** What can become of requests and calls, and became of none so far. */
const unseen = () => {
  const seen = new Set<string>(simulated.flatMap((run) => [...run.fates, ...run.ends]))
  return [...fates, ...ends].filter((one) => !seen.has(one))
}

const holds = async (seed: number) => {
  const run = await simulate(seed)
  simulated.push(run)
  assert.deepStrictEqual(run.problems, [], `npm run simulate -- --seed ${seed}`)
}

describe("a simulated world of clients, network and emulator keeps every promise", () => {
  for (let from = first; from <= last; from += size) {
    it(`seeds ${from} to ${from + size - 1}`, { timeout: 120_000 }, async () => {
      for (let seed = from; seed < from + size; seed++) await holds(seed)
    })
  }

  it("everything that can become of a request became of some, and calls ended in all ways", {
    timeout: 300_000
  }, async () => {
    for (let seed = last + 1; unseen().length > 0 && seed <= further; seed++) await holds(seed)
    assert.deepStrictEqual(unseen(), [])
  })

  it("the same seed gives the same run, to the last line", { timeout: 120_000 }, async () => {
    for (const run of simulated.slice(0, runs(size, 10))) {
      assert.deepStrictEqual((await simulate(run.seed)).trace, run.trace)
    }
  })
})
