/** Runs a few seeds in `npm test`. `npm run simulate` runs more of them. */
import { assert, describe, it } from "vitest"
import { runs } from "../effort.js"
import { fates } from "./network.js"
import { simulate, type Simulated } from "./simulation.js"

const simulated: Array<Simulated> = []
const size = 5
// These seeds cover nearly everything that can happen.
const first = runs(31, 1)
const last = runs(45, 60)
/** The last seed to try for what is not covered yet. */
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

/** Fates of requests and ends of calls that no run has covered so far. */
const unseen = () => {
  const seen = new Set<string>(simulated.flatMap((run) => [...run.fates, ...run.ends]))
  return [...fates, ...ends].filter((one) => !seen.has(one))
}

const holds = async (seed: number) => {
  const run = await simulate(seed)
  simulated.push(run)
  assert.deepStrictEqual(run.problems, [], `npm run simulate -- --seed ${seed}`)
}

describe("A simulated world of clients, network and emulator", () => {
  for (let from = first; from <= last; from += size) {
    it(`keeps every promise with the seeds ${from} to ${from + size - 1}`, { timeout: 120_000 }, async () => {
      for (let seed = from; seed < from + size; seed++) await holds(seed)
    })
  }

  it("has covered every fate of a request and every end of a call", {
    timeout: 300_000
  }, async () => {
    for (let seed = last + 1; unseen().length > 0 && seed <= further; seed++) await holds(seed)
    assert.deepStrictEqual(unseen(), [])
  })

  it("runs identically with the same seed", { timeout: 120_000 }, async () => {
    for (const run of simulated.slice(0, runs(size, 10))) {
      assert.deepStrictEqual((await simulate(run.seed)).trace, run.trace)
    }
  })
})
