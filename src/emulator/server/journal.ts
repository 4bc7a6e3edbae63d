/** What the emulator was asked, for tests that look at it. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { makeRedactor } from "../../wire/redaction.js"

/**
 * A request to the emulator: when it came (ISO 8601), what was asked (path with query, the token taken out), and the
 * status of the answer, null while there is none and for ever when a fault has lost it.
 */
export const JournalEntry = Schema.Struct({
  time: Schema.String,
  method: Schema.String,
  path: Schema.String,
  status: Schema.NullOr(Schema.Int)
}).annotations({ identifier: "JournalEntry" })
export interface JournalEntry extends Schema.Schema.Type<typeof JournalEntry> {}

/** How many requests are remembered. */
const size = 1000

/** The last 1 000 requests. */
export interface Journal {
  /** Notes a request that came at a time in epoch milliseconds; what it gives is told the status of the answer. */
  readonly begin: (time: number, method: string, path: string) => (status: number) => void
  /** Oldest first. */
  readonly entries: Effect.Effect<ReadonlyArray<JournalEntry>>
  readonly clear: Effect.Effect<void>
}

/** An empty journal that never shows the token. */
export const make = (token: string): Journal => {
  const redactor = makeRedactor(token)
  // A ring: entry n is at n modulo the size.
  let ring: Array<JournalEntry> = []
  let next = 0
  return {
    begin: (time, method, path) => {
      const entry = {
        time: DateTime.formatIso(DateTime.unsafeMake(time)),
        method,
        path: redactor.text(path),
        status: null
      }
      const place = next++ % size
      ring[place] = entry
      return (status) => {
        if (ring[place] === entry) ring[place] = { ...entry, status }
      }
    },
    entries: Effect.sync(() => [...ring.slice(next % size), ...ring.slice(0, next % size)]),
    clear: Effect.sync(() => {
      ring = []
      next = 0
    })
  }
}
