/** The emulator as its users hold it, however it is reached. */
import type * as HttpApp from "@effect/platform/HttpApp"
import * as Context from "effect/Context"
import * as DateTime from "effect/DateTime"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { ModelDeployment } from "../wire/modelDeployment.js"
import { Fault, type FaultReport, make as makeFaults } from "./faults/faults.js"
import type { ConnectionReset } from "./faults/withFaults.js"
import { Traffic, type TrafficInput } from "./monitoring/traffic.js"
import * as App from "./server/app.js"
import { type JournalEntry, make as makeJournal } from "./server/journal.js"
import type { ClockOption } from "./state/clock.js"
import type { DeploymentFixture } from "./state/fixtures.js"
import { planned, type Preset } from "./state/presets.js"
import { Snapshot, type SnapshotJson } from "./state/snapshot.js"
import * as State from "./state/State.js"
import type { World } from "./World.js"

/** The token of an emulator that is not given another. */
export const defaultToken = "emulator-token-0000"

/** What an emulator is like, in process and over a socket. */
export interface EmulatorOptions {
  /** The token that requests must carry; `emulator-token-0000` without it. */
  readonly token?: string | undefined
  /** Fixes the ids that are given out, and chance: the same seed and the same requests give the same answers. */
  readonly seed?: string | number | undefined
  /**
   * Where the time is from: Effect's `Clock` (`"system"`, and without it), or a time that stands still until it is
   * advanced, that of the start (`"frozen"`) or a date.
   */
  readonly clock?: ClockOption | undefined
  /** What passes between the creation of a deployment and its being deployed, and what any other job takes; 2 seconds. */
  readonly deployDelay?: Duration.DurationInput | undefined
  /** Deployments to begin with: `empty` (and without it) none, `demo` a handful with traffic, `fleet` 250. */
  readonly preset?: Preset | undefined
  /** Further deployments that are there from the start. */
  readonly deployments?: ReadonlyArray<DeploymentFixture> | undefined
  /** What is to go wrong from the start. */
  readonly faults?: ReadonlyArray<Fault> | undefined
}

/** What can be done with a running emulator besides sending requests to it. */
export interface EmulatorService {
  /** The endpoint for clients, ending in `/api/v2`. */
  readonly endpoint: string
  /** The token that requests must carry. */
  readonly token: string
  /**
   * Adds deployments; one with the id of another takes its place. Answers them as they are now; dies of a fixture whose
   * fields are not those of a deployment.
   */
  readonly seed: (
    fixtures: ReadonlyArray<DeploymentFixture>
  ) => Effect.Effect<ReadonlyArray<ModelDeployment>>
  /**
   * Adds prediction requests to the history of a deployment, as `POST /__emulator/traffic` does. Dies when there is no
   * such deployment, or the traffic is not valid.
   */
  readonly recordTraffic: (traffic: TrafficInput) => Effect.Effect<void>
  /** What was asked (without `/__emulator/`), oldest first, the last 1 000, with the status of the answers. */
  readonly requests: Effect.Effect<ReadonlyArray<JournalEntry>>
  /**
   * Has something go wrong from now on, as `POST /__emulator/faults` does. Dies of a fault that is not valid.
   *
   * @example
   * import { Effect } from "effect"
   * import { Emulator } from "effect-datarobot/emulator"
   *
   * // The next create is stored, but nobody learns of it.
   * const program = Effect.flatMap(Emulator, (emulator) =>
   *   emulator.addFault({ fault: "commitThenDrop", operation: "modelDeployments.create", times: 1 })
   * )
   */
  readonly addFault: (fault: Fault) => Effect.Effect<void>
  /** The faults, in the order in which they were added, with how often each was asked and has fired. */
  readonly faults: Effect.Effect<ReadonlyArray<FaultReport>>
  /** Takes all faults away. */
  readonly clearFaults: Effect.Effect<void>
  /** The emulator's time. */
  readonly now: Effect.Effect<DateTime.Utc>
  /** Moves the emulator's time on, by itself: no other clock changes. */
  readonly advance: (duration: Duration.DurationInput) => Effect.Effect<void>
  /** All that the emulator knows, as JSON; faults and past requests are not in it. */
  readonly snapshot: Effect.Effect<SnapshotJson>
  /** Has the emulator know what the snapshot knew, and nothing else. Dies of a snapshot that is not valid. */
  readonly restore: (snapshot: SnapshotJson) => Effect.Effect<void>
  /** Back to the start: its deployments, ids, faults and time, no requests. */
  readonly reset: Effect.Effect<void>
}

/** A running emulator, for the tests and programs that have one. */
export class Emulator extends Context.Tag("effect-datarobot/emulator/Emulator")<Emulator, EmulatorService>() {}

/** An emulator: as its users hold it, from the inside, and the application that answers for it. */
export interface Made {
  readonly emulator: EmulatorService
  readonly world: typeof World.Service
  readonly app: HttpApp.Default<ConnectionReset>
}

/** An emulator that clients reach at an origin such as `http://127.0.0.1:8080`. Dies of options that are not valid. */
export const make = (options: EmulatorOptions, origin: string): Effect.Effect<Made> =>
  Effect.gen(function*() {
    const { clock = "system", deployDelay = "2 seconds", deployments = [], preset = "empty", seed = 0 } = options
    const { token = defaultToken } = options
    if (!/^[\x21-\x7e]+$/.test(token)) {
      return yield* Effect.dieMessage("An emulator's token is letters, digits and punctuation, without spaces")
    }
    const state = yield* State.make({ seed, clock, deployDelay, predictionHost: new URL(origin).host })
    const journal = makeJournal(token)
    const faults = yield* makeFaults(seed, yield* Effect.orDie(validateFaults(options.faults ?? [])))

    const begin = Effect.gen(function*() {
      const plans = planned(preset, yield* state.clock.now)
      yield* state.seed(plans.map(({ fixture }) => fixture))
      for (const { fixture, traffic } of plans) {
        for (const one of traffic) yield* Effect.orDie(state.recordTraffic({ ...one, deploymentId: fixture.id }))
      }
      yield* state.seed(deployments)
    })
    // In one go: nobody sees a half of it, and nobody's interruption leaves one.
    const reset = Effect.all([state.clear, journal.clear, faults.reset, begin], { discard: true }).pipe(
      Effect.withMaxOpsBeforeYield(Number.MAX_SAFE_INTEGER),
      Effect.uninterruptible
    )
    yield* begin

    const world = { state, journal, faults, token, reset }
    return {
      world,
      app: App.make(world),
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
        advance: (duration) => Effect.suspend(() => state.clock.advance(Duration.decode(duration))),
        snapshot: Effect.orDie(Effect.flatMap(state.snapshot, encodeSnapshot)),
        restore: (snapshot) => Effect.orDie(Effect.flatMap(decodeSnapshot(snapshot), state.restore)),
        reset
      }
    }
  })

const strict = { onExcessProperty: "error" } as const
const decodeTraffic = Schema.decode(Traffic, strict)
const encodeSnapshot = Schema.encode(Snapshot)
const decodeSnapshot = Schema.decode(Snapshot, strict)
const validateFault = Schema.validate(Fault, strict)
const validateFaults = Schema.validate(Schema.Array(Fault), strict)
