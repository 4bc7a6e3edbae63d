/**
 * A local DataRobot, in process: no account, no socket, no clock but Effect's.
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

/** What an emulator in process is like. */
export interface LayerOptions extends Emulator_.EmulatorOptions {
  /** Where clients are told that it is; `http://localhost` without it. Requests to any other origin are answered too. */
  readonly origin?: string | undefined
}

/**
 * An emulator and an `HttpClient` that reaches it and nothing else. Requests are answered in the calling fiber, so
 * `TestClock` decides when a deployment is deployed. Nothing is shared between two of these layers.
 */
export const layer = (options: LayerOptions = {}): Layer.Layer<Emulator_.Emulator | HttpClient.HttpClient> =>
  Emulator_.make(options, options.origin ?? "http://localhost").pipe(
    Effect.map(({ app, emulator }) =>
      Context.make(Emulator_.Emulator, emulator).pipe(Context.add(HttpClient.HttpClient, inProcess(app)))
    ),
    Layer.effectContext
  )
