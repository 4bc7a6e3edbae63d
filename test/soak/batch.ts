/**
 * Part of `npm run soak`: scores 1 GB of CSV, which a server in another process sends back while it arrives. Memory must
 * not grow with the CSV: after garbage collection it may differ by at most 5 MB between 10 % and 100 % of it. Prints the
 * peak RSS beside it.
 */
import { BatchPrediction } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { csvOf, sizeOf } from "../../bench/batch.mjs"
import { runChecks, used } from "./memory.js"

const size = sizeOf(1e9)

/** Scores the CSV. Returns the memory in use at 10 %, 20 %, … of the results. */
const samplesOf = Effect.gen(function*() {
  const samples: Array<number> = []
  const csv = Stream.fromIterable(csvOf(1e9)).pipe(Stream.rechunk(1))
  let received = 0
  yield* BatchPrediction.score("60a000000000000000000001", csv).pipe(
    Stream.runForEach(({ length }) =>
      Effect.sync(() => {
        received += length
        if (received >= (size / 10) * (samples.length + 1)) samples.push(used())
      })
    )
  )
  return received === size ? samples : yield* Effect.dieMessage(`${received} bytes of ${size} were received`)
})

await runChecks("bench/batchServer.mjs", "1 GB of CSV", samplesOf)
