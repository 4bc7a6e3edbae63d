/** The public interface of an emulator, in process or over a socket. */
import * as Context from "effect/Context"
import * as DateTime from "effect/DateTime"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { ModelDeployment } from "../wire/modelDeployment.js"
import { Fault, type FaultReport, make as makeFaults } from "./faults/faults.js"
import type { ConnectionReset } from "./faults/withFaults.js"
import { Traffic, type TrafficInput } from "./monitoring/traffic.js"
import type { Unprocessable } from "./protocol/errors.js"
import type { App } from "./protocol/request.js"
import * as Application from "./server/app.js"
import { type JournalEntry, make as makeJournal } from "./server/journal.js"
import type { ClockOption } from "./state/clock.js"
import type { DeploymentFixture } from "./state/fixtures.js"
import { planned, plannedRegistry, type Preset } from "./state/presets.js"
import { Snapshot, type SnapshotJson } from "./state/snapshot.js"
import * as State from "./state/State.js"
import type { World } from "./World.js"

/**
 * The default token of an emulator.
 *
 * @since 0.1.0
 */
export const defaultToken = "emulator-token-0000"

/**
 * Options of every emulator, in process or over a socket.
 *
 * @since 0.1.0
 */
export interface EmulatorOptions {
  /** The token that requests must carry. Default: `emulator-token-0000`. */
  readonly token?: string | undefined
  /** The seed for ids and random decisions: the same seed and the same requests give the same responses. Default: 0. */
  readonly seed?: string | number | undefined
  /**
   * The source of the time: Effect's `Clock` (`"system"`), the time of the start (`"frozen"`), or a date. With the last
   * two, the time stands still until it is advanced. Default: `"system"`.
   */
  readonly clock?: ClockOption | undefined
  /** The duration of each deployment and of each job. Default: 2 seconds. */
  readonly deployDelay?: Duration.DurationInput | undefined
  /** How long each batch prediction is in the queue, even if no other one runs. Default: 1 second. */
  readonly batchDelay?: Duration.DurationInput | undefined
  /** Maximum number of rows per second that a batch prediction scores. Default: no limit. */
  readonly batchSpeed?: number | undefined
  /** The deployments at the start: none (`empty`), eight (`demo`) or 250 (`fleet`). Default: `empty`. */
  readonly preset?: Preset | undefined
  /** Deployments to add to those of the preset. */
  readonly deployments?: ReadonlyArray<DeploymentFixture> | undefined
  /** The faults at the start. */ readonly faults?: ReadonlyArray<Fault> | undefined
}

/**
 * Reads and controls a running emulator.
 *
 * @since 0.1.0
 */
export interface EmulatorService {
  /** The endpoint for clients, ending in `/api/v2`. */
  readonly endpoint: string
  /** The token that requests must carry. */
  readonly token: string
  /**
   * Adds deployments, and returns them. A fixture with the id of an existing deployment replaces it. Dies if a fixture
   * is invalid.
   */
  readonly seed: (
    fixtures: ReadonlyArray<DeploymentFixture>
  ) => Effect.Effect<ReadonlyArray<ModelDeployment>>
  /**
   * Adds prediction requests to the history of a deployment, as `POST /__emulator/traffic` does. Dies if the deployment
   * does not exist or the traffic is invalid.
   */
  readonly recordTraffic: (traffic: TrafficInput) => Effect.Effect<void>
  /**
   * The last 1 000 requests, oldest first, with the status of each response. Requests to `/__emulator/` are not
   * included.
   */
  readonly requests: Effect.Effect<ReadonlyArray<JournalEntry>>
  /**
   * Adds a fault, as `POST /__emulator/faults` does. Dies if the fault is invalid.
   *
   * @example
   * import { Effect } from "effect"
   * import { Emulator } from "effect-datarobot/emulator"
   *
   * // The next create is stored, but its response is lost.
   * const program = Effect.flatMap(Emulator, (emulator) =>
   *   emulator.addFault({ fault: "commitThenDrop", operation: "modelDeployments.create", times: 1 })
   * )
   */
  readonly addFault: (fault: Fault) => Effect.Effect<void>
  /** The faults in the order in which they were added, with the number of requests that each matched and hit. */
  readonly faults: Effect.Effect<ReadonlyArray<FaultReport>>
  /** Removes all faults. */
  readonly clearFaults: Effect.Effect<void>
  /** The emulator's time. */
  readonly now: Effect.Effect<DateTime.Utc>
  /**
   * Advances the emulator's time. Does not change any other clock. Dies, and changes nothing, if the duration is not
   * finite, negative, or more than a hundred years, or if the time would be after the year 9998.
   */
  readonly advance: (duration: Duration.DurationInput) => Effect.Effect<void>
  /** Everything that the emulator stores, as JSON. Faults and recorded requests are not included. */
  readonly snapshot: Effect.Effect<SnapshotJson>
  /** Replaces everything that the emulator stores with a snapshot. Dies if the snapshot is invalid. */
  readonly restore: (snapshot: SnapshotJson) => Effect.Effect<void>
  /** Restores the deployments, ids, faults and time of the start, and removes the recorded requests. */
  readonly reset: Effect.Effect<void>
}

/**
 * A running emulator.
 *
 * @since 0.1.0
 */
export class Emulator extends Context.Tag("effect-datarobot/emulator/Emulator")<Emulator, EmulatorService>() {}

/** The parts of an emulator: its public interface, its internal state, and its HTTP application. */
export interface EmulatorParts {
  readonly emulator: EmulatorService
  readonly world: World
  readonly app: App<ConnectionReset>
}

/**
 * Creates an emulator that clients reach at an origin such as `http://127.0.0.1:8080`. Dies if the options are invalid.
 */
export const make = (options: EmulatorOptions, origin: string): Effect.Effect<EmulatorParts> =>
  Effect.gen(function*() {
    const { clock = "system", deployDelay = "2 seconds", deployments = [], preset = "empty", seed = 0 } = options
    const { batchDelay = "1 second", batchSpeed = Infinity, token = defaultToken } = options
    if (!(batchSpeed > 0)) return yield* Effect.dieMessage("An emulator's `batchSpeed` is a number of rows above 0")
    if (!/^[\x21-\x7e]+$/.test(token)) {
      return yield* Effect.dieMessage("An emulator's token consists of letters, digits and punctuation, without spaces")
    }
    const state = yield* State.make({
      seed,
      clock,
      deployDelay,
      batchDelay,
      batchSpeed,
      predictionHost: new URL(origin).host
    })
    const journal = makeJournal(token)
    const faults = yield* makeFaults(seed, yield* Effect.orDie(validateFaults(options.faults ?? [])))

    const begin = Effect.gen(function*() {
      const now = yield* state.clock.now
      const plans = planned(preset, now)
      yield* state.register(plannedRegistry(preset, now))
      yield* state.seed(plans.map(({ fixture }) => fixture))
      for (const { fixture, traffic } of plans) {
        for (const one of traffic) yield* Effect.orDie(state.recordTraffic({ ...one, deploymentId: fixture.id }))
      }
      yield* state.seed(deployments)
    })
    // One uninterruptible step, so that no request sees only a part of the change.
    const reset = Effect.all([state.clear, journal.clear, faults.reset, begin], { discard: true }).pipe(
      Effect.withMaxOpsBeforeYield(Number.MAX_SAFE_INTEGER),
      Effect.uninterruptible
    )
    yield* begin

    const world = { state, journal, faults, token, reset }
    return {
      world,
      app: Application.make(world),
      emulator: {
        endpoint: `${origin}/api/v2`,
        token,
        seed: state.seed,
        recordTraffic: (traffic) => Effect.orDie(Effect.flatMap(decodeTraffic(traffic), state.recordTraffic)),
        requests: journal.entries,
        addFault: (fault) => Effect.orDie(Effect.flatMap(validateFault(fault), faults.add)),
        faults: faults.reports,
        clearFaults: faults.clear,
        now: Effect.map(state.clock.now, DateTime.unsafeMake),
        advance: (duration) => orDie("advance", state.clock.advance(duration)),
        snapshot: Effect.orDie(Effect.flatMap(state.snapshot, encodeSnapshot)),
        restore: (snapshot) => orDie("restore", Effect.flatMap(Effect.orDie(decodeSnapshot(snapshot)), state.restore)),
        reset
      }
    }
  })

/** Dies with an error that names the operation and the wrong field. */
const orDie = <A>(operation: string, effect: Effect.Effect<A, Unprocessable>): Effect.Effect<A> =>
  Effect.catchAll(effect, ({ errors = {}, message }) => {
    const fields = Object.entries(errors).map(([field, problem]) => `${field} ${problem}`)
    return Effect.dieMessage(`${operation}: ${fields.join("; ") || message}`)
  })

const strict = { onExcessProperty: "error" } as const
const decodeTraffic = Schema.decode(Traffic, strict)
const encodeSnapshot = Schema.encode(Snapshot)
const decodeSnapshot = Schema.decode(Snapshot, strict)
const validateFault = Schema.validate(Fault, strict)
const validateFaults = Schema.validate(Schema.Array(Fault), strict)
