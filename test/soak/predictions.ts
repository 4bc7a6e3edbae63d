/**
 * Part of `npm run soak`: a stream of 1 000 000 rows, whose predictions a server in another process makes. Memory must
 * not grow with the rows: after garbage collection it may differ by at most 5 MB between 10 % and 100 % of them. Prints
 * the peak RSS beside it.
 */
import { Prediction } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { runChecks, used } from "./memory.js"

const rows = 1_000_000
/** A sample is taken whenever this many rows have been predicted. The first one is taken at 10 %. */
const rowsPerSample = rows / 10

const deployment = { id: "60a000000000000000000001", predictionEnvironment: { platform: "datarobotServerless" } }
const plans = ["basic", "plus", "pro"]

/** Predicts all rows. Returns the memory in use at 10 %, 20 %, … of them. */
const samplesOf = Effect.gen(function*() {
  const samples: Array<number> = []
  const source = Stream.range(0, rows - 1).pipe(
    Stream.map((index) => ({ customer: `c-${index}`, tenure: index % 72, plan: plans[index % 3], fee: index / 7 }))
  )
  let next = 0
  yield* Prediction.stream(deployment, source, { concurrency: 4 }).pipe(
    Stream.runForEach(({ rowId }) => {
      if (rowId !== next) return Effect.dieMessage(`row ${rowId} came instead of row ${next}`)
      next++
      if (next % rowsPerSample === 0) samples.push(used())
      return Effect.void
    })
  )
  return next === rows ? samples : yield* Effect.dieMessage(`only ${next} rows were predicted`)
})

await runChecks("test/soak/predictionServer.mjs", `${rows} rows`, samplesOf)
