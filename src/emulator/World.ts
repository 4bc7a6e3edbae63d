/** One emulator from the inside: what it knows, what it was asked, and what is to go wrong. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { Faults } from "./faults/faults.js"
import type { Journal } from "./server/journal.js"
import type { State } from "./state/State.js"

export class World extends Context.Tag("effect-datarobot/emulator/World")<World, {
  readonly state: State
  readonly journal: Journal
  readonly faults: Faults
  /** Back to the start: its deployments, ids, faults and time, no requests. */
  readonly reset: Effect.Effect<void>
}>() {}
