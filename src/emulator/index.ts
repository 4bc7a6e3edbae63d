/**
 * A local DataRobot in process. It needs no account and no socket, and follows Effect's `Clock`.
 *
 * @example
 * import { HttpClient } from "@effect/platform"
 * import { Effect } from "effect"
 * import * as Emulator from "effect-datarobot/emulator"
 *
 * const program = Effect.gen(function*() {
 *   const { endpoint, token } = yield* Emulator.Emulator
 *   const http = yield* HttpClient.HttpClient
 *   return yield* http.get(`${endpoint}/modelDeployments/`, { headers: { authorization: `Bearer ${token}` } })
 * })
 *
 * Effect.runPromise(Effect.provide(program, Emulator.layer({ deployments: [{ label: "Churn" }] })))
 *
 * @since 0.1.0
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Emulator_ from "./Emulator.js"
import { inProcess } from "./server/inProcess.js"

export { defaultToken, Emulator, type EmulatorOptions, type EmulatorService } from "./Emulator.js"
export type { Fault, FaultReport } from "./faults/faults.js"
export type { TrafficInput } from "./monitoring/traffic.js"
export type { JournalEntry } from "./server/journal.js"
export type { ClockOption } from "./state/clock.js"
export { deployment } from "./state/deploymentFixture.js"
export { actionLogEntry, type DeploymentFixture, modelDeployment, serviceStatistics } from "./state/fixtures.js"
export type { Preset } from "./state/presets.js"
export type { SnapshotJson } from "./state/snapshot.js"

/**
 * Options of an emulator in process.
 *
 * @since 0.1.0
 */
export interface LayerOptions extends Emulator_.EmulatorOptions {
  /** The origin of `endpoint`. Default: `http://localhost`. The emulator also accepts requests to any other origin. */
  readonly origin?: string | undefined
}

/**
 * An emulator, and an `HttpClient` that sends every request to it. The emulator runs in the fiber of the caller, so
 * `TestClock` decides when a deployment is deployed. Each layer has its own deployments, faults and token.
 *
 * @since 0.1.0
 */
export const layer = (options: LayerOptions = {}): Layer.Layer<Emulator_.Emulator | HttpClient.HttpClient> =>
  Emulator_.make(options, options.origin ?? "http://localhost").pipe(
    Effect.map(({ app, emulator }) =>
      Context.make(Emulator_.Emulator, emulator).pipe(Context.add(HttpClient.HttpClient, inProcess(app)))
    ),
    Layer.effectContext
  )
