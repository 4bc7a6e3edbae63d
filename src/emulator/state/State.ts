/** What an emulator stores: deployments, what they record, and jobs. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as EmulatorClock from "./clock.js"
import * as DeploymentStore from "./deploymentStore.js"
import * as Ids from "./ids.js"
import * as JobStore from "./jobStore.js"
import * as Memory from "./memory.js"
import * as RecordStore from "./recordStore.js"
import { restore, type Snapshot, toSnapshot } from "./snapshot.js"

/** What a state starts from. */
export interface StateOptions {
  /** Determines the ids that are given out. */
  readonly seed: string | number
  /** Where the time comes from. */
  readonly clock: EmulatorClock.ClockOption
  /** What a job takes. */
  readonly deployDelay: Duration.DurationInput
  /** The host, with port, that prediction requests go to. */
  readonly predictionHost: string
}

/** What an emulator stores, and what changes it. Every change is made in one step: no other comes in between. */
export interface State extends DeploymentStore.DeploymentStore, RecordStore.RecordStore, JobStore.JobStore {
  readonly clock: EmulatorClock.EmulatorClock
  /** Forgets everything. Ids and the time begin anew. */
  readonly clear: Effect.Effect<void>
  readonly snapshot: Effect.Effect<Snapshot>
  /** Replaces everything with what a snapshot holds. */
  readonly restore: (snapshot: Snapshot) => Effect.Effect<void>
  /** Grows with every change. */
  readonly revision: Effect.Effect<number>
}

/** A state without deployments. */
export const make = ({ clock: option, deployDelay, predictionHost, seed }: StateOptions): Effect.Effect<State> =>
  Effect.gen(function*() {
    const clock = yield* EmulatorClock.make(option)
    const memory = Memory.make(clock, yield* Ids.make(seed), Duration.toMillis(deployDelay))
    const { change } = memory
    return {
      ...DeploymentStore.make(memory, predictionHost),
      ...RecordStore.make(memory),
      ...JobStore.make(memory),
      clock: {
        ...clock,
        advance: (duration) => Effect.andThen(clock.advance(duration), change(() => undefined))
      },
      clear: Effect.andThen(clock.reset, change(() => memory.clear(0))),
      snapshot: Effect.map(clock.snapshot, (time) => toSnapshot(memory, time, predictionHost)),
      restore: (snapshot) =>
        Effect.andThen(clock.restore(snapshot.clock), change(() => restore(memory, snapshot, predictionHost))),
      revision: Effect.sync(memory.revision)
    }
  })
