/** One emulator from the inside: what it knows, what it was asked, and what is to go wrong. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { Faults } from "./faults.js"
import type { Journal } from "./journal.js"
import type { State } from "./State.js"

export class World extends Context.Tag("effect-datarobot/emulator/World")<World, {
  readonly state: State
  readonly journal: Journal
  readonly faults: Faults
  /** Back to the start: its deployments, ids, faults and time, no requests. */
  readonly reset: Effect.Effect<void>
}>() {}
