/** Reads and scores the CSV of a batch prediction while it arrives. */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { lineWriter, readRagged } from "../../wire/csv.js"
import { invalidData, type NotFound, type Unprocessable } from "../protocol/errors.js"
import type { State } from "../state/State.js"
import { maxPerJob } from "./resultMemory.js"
import { missingColumns, type Scorer, scorerOf, type Scoring } from "./scoring.js"
import type { Upload } from "./transfers.js"

/** Why a CSV cannot be scored. */
const unreadable = (message: string) => ({ _tag: "CsvProblem" as const, message })

const full = unreadable(
  `The emulator keeps at most ${maxPerJob} bytes of a job that is scored after its CSV has arrived as a whole`
)

/**
 * Reads a CSV, scores its rows, and adds them to the job. Fails with what ended the job, if it ends while the CSV arrives.
 * A CSV that cannot be read aborts the job. If the CSV breaks off, the job fails.
 */
export const readCsv = <E>(
  state: State,
  upload: Upload,
  scoring: Scoring,
  csv: Stream.Stream<Uint8Array, E>
): Effect.Effect<void, NotFound | Unprocessable> => {
  const settings = scoring.spec.csvSettings ?? {}
  const arriving = csv.pipe(
    Stream.mapError(() => ({ _tag: "Broken" as const })),
    Stream.tap((bytes) => upload.received(bytes.length))
  )
  const reading = Effect.gen(function*() {
    const write = yield* lineWriter(settings)
    let scorer: Scorer | undefined
    yield* Stream.runForEachWhile(readRagged(arriving, settings), ({ columns, rows }) =>
      Effect.gen(function*() {
        if (scorer === undefined) {
          const missing = missingColumns(scoring.spec, columns)
          if (missing.length > 0) {
            return yield* Effect.fail(
              unreadable(`passthroughColumns are not columns of the CSV: ${missing.join(", ")}`)
            )
          }
          scorer = scorerOf(scoring, columns, write)
          yield* upload.begin(columns, scorer.header)
        }
        for (const piece of scorer.score(rows, upload.pieceRows)) {
          const added = yield* upload.add(piece)
          if (added === "full") return yield* Effect.fail(full)
          if (added === "over") return false
        }
        return true
      }))
    yield* upload.complete
  })
  return reading.pipe(
    Effect.interruptible,
    Effect.onInterrupt(() => upload.broken),
    Effect.catchTags({
      Broken: () => Effect.zipRight(upload.broken, invalidData("The upload of the CSV broke off")),
      CsvProblem: ({ message }) =>
        Effect.zipRight(
          state.endBatch(upload.job.id, "ABORTED", message),
          invalidData(`The CSV is invalid: ${message}`)
        )
    })
  )
}
