/** The seeds that run with every change. `npm run simulate` runs more of them. */
import { assert, describe, it } from "vitest"
import { fates } from "./network.js"
import { simulate, type Simulated } from "./simulation.js"

const runs: Array<Simulated> = []
const size = 10

describe("A simulated world of clients, network and emulator", () => {
  for (let from = 1; from <= 60; from += size) {
    it(`keeps every promise with the seeds ${from} to ${from + size - 1}`, { timeout: 60_000 }, async () => {
      for (let seed = from; seed < from + size; seed++) {
        const run = await simulate(seed)
        runs.push(run)
        assert.deepStrictEqual(run.problems, [], `npm run simulate -- --seed ${seed}`)
      }
    })
  }

  it("has covered every fate of a request and every end of a call", () => {
    const seen = new Set(runs.flatMap((run) => run.fates))
    assert.deepStrictEqual(fates.filter((fate) => !seen.has(fate)), [])
    const ends = new Set(runs.flatMap((run) => run.ends))
    for (
      const end of [
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
    ) assert.isTrue(ends.has(end), `no call ended with: ${end}`)
  })

  it("runs identically with the same seed", { timeout: 60_000 }, async () => {
    for (const run of runs.slice(0, size)) assert.deepStrictEqual((await simulate(run.seed)).trace, run.trace)
  })
})
