/** What an emulator stores: deployments, what they refer to, what they record, and jobs. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as BatchStore from "../batch/batchStore.js"
import * as DefinitionStore from "../batch/definitionStore.js"
import * as FileStore from "../files/fileStore.js"
import type { Unprocessable } from "../protocol/errors.js"
import * as EmulatorClock from "./clock.js"
import * as DeploymentStore from "./deploymentStore.js"
import * as Ids from "./ids.js"
import * as JobStore from "./jobStore.js"
import * as Memory from "./memory.js"
import * as RecordStore from "./recordStore.js"
import * as RegistryStore from "./registryStore.js"
import { restore, type Snapshot, toPieces, toSnapshot } from "./snapshot.js"

/** The options of a state. */
export interface StateOptions {
  /** The seed of the generated ids. */
  readonly seed: string | number
  /** The source of the time. */
  readonly clock: EmulatorClock.ClockOption
  /** The duration of a job. */
  readonly deployDelay: Duration.DurationInput
  /** How long a batch prediction is in the queue, even if no other one runs. */
  readonly batchDelay: Duration.DurationInput
  /** Maximum number of rows of a batch prediction that are scored per second. */
  readonly batchSpeed: number
  /** The host and port of the prediction server. */
  readonly predictionHost: string
}

/**
 * What an emulator stores, and the functions that change it. Every change is one step: no other change happens in
 * between.
 */
export interface State
  extends
    DeploymentStore.DeploymentStore,
    RegistryStore.RegistryStore,
    RecordStore.RecordStore,
    JobStore.JobStore,
    FileStore.FileStore,
    BatchStore.BatchStore,
    DefinitionStore.DefinitionStore
{
  readonly clock: EmulatorClock.EmulatorClock
  /** Removes everything. Ids and the time start over. */
  readonly clear: Effect.Effect<void>
  readonly snapshot: Effect.Effect<Snapshot>
  /** The JSON of a snapshot of this moment, in pieces. Each piece is made when it is read. */
  readonly json: Effect.Effect<Iterable<string>>
  /** Replaces everything with the content of a snapshot. Fails, and changes nothing, if its time can't be restored. */
  readonly restore: (snapshot: Snapshot) => Effect.Effect<void, Unprocessable>
  /** Grows with every change. */
  readonly revision: Effect.Effect<number>
}

/** A state without deployments. */
export const make = (
  { batchDelay, batchSpeed, clock: option, deployDelay, predictionHost, seed }: StateOptions
): Effect.Effect<State> =>
  Effect.gen(function*() {
    const clock = yield* EmulatorClock.make(option)
    const pace = { delay: Duration.toMillis(batchDelay), speed: batchSpeed }
    const memory = Memory.make(clock, yield* Ids.make(seed), Duration.toMillis(deployDelay), pace)
    const { change } = memory
    return {
      ...DeploymentStore.make(memory, predictionHost),
      ...RegistryStore.make(memory),
      ...RecordStore.make(memory),
      ...JobStore.make(memory),
      ...FileStore.make(memory, predictionHost),
      ...BatchStore.make(memory),
      ...DefinitionStore.make(memory),
      clock: {
        ...clock,
        advance: (duration) => Effect.andThen(clock.advance(duration), change(() => undefined))
      },
      clear: Effect.andThen(clock.reset, change(() => memory.clear(0))),
      snapshot: Effect.map(clock.snapshot, (time) => toSnapshot(memory, time, predictionHost)),
      json: Effect.map(clock.snapshot, (time) => toPieces(memory, time, predictionHost)),
      restore: (snapshot) =>
        Effect.andThen(clock.restore(snapshot.clock), change((now) => restore(memory, snapshot, predictionHost, now))),
      revision: Effect.sync(memory.revision)
    }
  })
