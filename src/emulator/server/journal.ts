/** The requests that the emulator received, for tests that check them. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { makeRedactor } from "../../wire/redaction.js"

/**
 * A request that the emulator received: its time (ISO 8601), its path and query without the token, and the status of
 * the response. The status is null until the response is sent, and stays null if a fault loses it.
 *
 * @since 0.1.0
 */
export const JournalEntry = Schema.Struct({
  /** When the request was received, in ISO 8601. */
  time: Schema.String,
  /** The HTTP method. */
  method: Schema.String,
  /** The path and the query, without the token. */
  path: Schema.String,
  /** The status of the response. Null until the response is sent. Stays null if a fault loses the response. */
  status: Schema.NullOr(Schema.Int)
}).annotations({ identifier: "JournalEntry" })
/**
 * A request that the emulator received.
 *
 * @since 0.1.0
 */
export interface JournalEntry extends Schema.Schema.Type<typeof JournalEntry> {}

/** Maximum number of recorded requests. */
const size = 1000

/** The last 1 000 requests. */
export interface Journal {
  /** Adds a request with its time in epoch milliseconds. Returns a function to record the status of the response. */
  readonly begin: (time: number, method: string, path: string) => (status: number) => void
  /** Oldest first. */
  readonly entries: Effect.Effect<ReadonlyArray<JournalEntry>>
  readonly clear: Effect.Effect<void>
}

/** Creates an empty journal. It never contains the token. */
export const make = (token: string): Journal => {
  const redactor = makeRedactor(token)
  // A ring buffer: entry n is at index n modulo the size.
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
