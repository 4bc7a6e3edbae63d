/** One emulator from the inside: what it stores, what it was asked, and which faults it has. */
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
  /** Goes back to the start: the first deployments, ids, faults and time, and an empty journal. */
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
