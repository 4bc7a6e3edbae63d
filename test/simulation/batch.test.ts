/** Runs simulated worlds of batch predictions. */
import { assert, describe, it } from "vitest"
import { runs } from "../effort.js"
import { fates, simulateBatch, type Simulated } from "./batch.js"

const simulated: Array<Simulated> = []
const size = 10
const last = runs(30, 200)

const ends = [
  "ok",
  "interrupted",
  "disk failure",
  "DataRobotApiError ServerError unknown",
  "DataRobotNetworkError Transport unknown",
  "DataRobotJobError Failed",
  "DataRobotJobError Deadline"
]

describe("A simulated world of callers that score CSV", () => {
  for (let from = 1; from <= last; from += size) {
    it(`keeps every promise with the seeds ${from} to ${from + size - 1}`, { timeout: 120_000 }, async () => {
      for (let seed = from; seed < from + size; seed++) {
        const run = await simulateBatch(seed)
        simulated.push(run)
        assert.deepStrictEqual(run.problems, [], `seed ${seed}\n${run.trace.join("\n")}`)
      }
    })
  }

  it("has covered every fate of a request and every end of a call", () => {
    const seen = new Set<string>(simulated.flatMap((run) => [...run.fates, ...run.ends]))
    assert.deepStrictEqual([...fates, ...ends].filter((one) => !seen.has(one)), [])
  })
})
