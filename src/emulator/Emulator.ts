/** The emulator as its users hold it, however it is reached. */
import type * as HttpApp from "@effect/platform/HttpApp"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import type { ModelDeployment } from "../internal/modelDeploymentSchema.js"
import { type JournalEntry, Traffic, type TrafficInput } from "./Api.js"
import * as App from "./app.js"
import type { DeploymentFixture } from "./fixtures.js"
import * as State from "./State.js"

/** The token of an emulator that is not given another. */
export const defaultToken = "emulator-token-0000"

/** What an emulator is like, in process and over a socket. */
export interface EmulatorOptions {
  /** The token that requests must carry; `emulator-token-0000` without it. */
  readonly token?: string | undefined
  /** Fixes the ids that are given out: the same seed and the same requests give the same answers. */
  readonly seed?: string | number | undefined
  /** What passes between the creation of a deployment and its being deployed; 2 seconds without it. */
  readonly deployDelay?: Duration.DurationInput | undefined
  /** The deployments that are there from the start; none without it. */
  readonly deployments?: ReadonlyArray<DeploymentFixture> | undefined
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
  /** Back to the start: its deployments, its ids, no requests. */
  readonly reset: Effect.Effect<void>
}

/** A running emulator, for the tests and programs that have one. */
export class Emulator extends Context.Tag("effect-datarobot/emulator/Emulator")<Emulator, EmulatorService>() {}

/** An emulator that clients reach at an origin such as `http://127.0.0.1:8080`, and the application that answers there. */
export const make = (
  options: EmulatorOptions,
  origin: string
): Effect.Effect<{ readonly emulator: EmulatorService; readonly app: HttpApp.Default }, never, Scope.Scope> =>
  Effect.gen(function*() {
    const { deployDelay = "2 seconds", deployments = [], seed = 0, token = defaultToken } = options
    const state = yield* State.make({ deployDelay, deployments, seed, predictionHost: new URL(origin).host })
    return {
      app: yield* App.make(state, token),
      emulator: {
        endpoint: `${origin}/api/v2`,
        token,
        seed: state.seed,
        recordTraffic: (traffic) => Effect.orDie(Effect.flatMap(decodeTraffic(traffic), state.recordTraffic)),
        requests: state.journal,
        reset: state.reset
      }
    }
  })

const decodeTraffic = Schema.decode(Traffic)
