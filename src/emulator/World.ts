/** The internals of one emulator: its state, its recorded requests and its faults. */
import type * as Effect from "effect/Effect"
import type { Faults } from "./faults/faults.js"
import type { Journal } from "./server/journal.js"
import type { State } from "./state/State.js"

export interface World {
  readonly state: State
  readonly journal: Journal
  readonly faults: Faults
  /** The token that requests must carry. */
  readonly token: string
  /** Restores the deployments, ids, faults and time of the start, and empties the journal. */
  readonly reset: Effect.Effect<void>
}
