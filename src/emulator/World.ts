/** The internals of one emulator: its state, its recorded requests and its faults. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type { Faults } from "./faults/faults.js"
import type { Journal } from "./server/journal.js"
import type { State } from "./state/State.js"

export class World extends Context.Tag("effect-datarobot/emulator/World")<World, {
  readonly state: State
  readonly journal: Journal
  readonly faults: Faults
  /** The token that requests must carry. */
  readonly token: string
  /** Restores the deployments, ids, faults and time of the start, and empties the journal. */
  readonly reset: Effect.Effect<void>
}>() {
  /**
   * The world of the emulator that the current request was sent to.
   *
   * Boundary: all emulators of a process share one router. `server/app.ts` adds the world to the context of every
   * request, which the types of `HttpApiBuilder` cannot express: they know only what exists when the router is built.
   */
  static readonly ofRequest: Effect.Effect<typeof World.Service> = Effect.map(
    Effect.context<never>(),
    (context) => Context.unsafeGet(context, World)
  )
}
