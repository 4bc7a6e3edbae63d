/**
 * An in-memory DataRobot (the emulator) and a connection to it.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { DataRobot } from "../DataRobot.js"
import * as Emulator from "../emulator/index.js"

/**
 * Provides both services that an operation needs, backed by a new emulator. The emulator keeps what a program creates,
 * and `TestClock` controls when a deployment becomes deployed. The layer also provides `Emulator`, with which a test
 * reads the recorded requests and records prediction traffic.
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { ModelDeployment } from "effect-datarobot"
 * import { TestDataRobot } from "effect-datarobot/testing"
 *
 * const labels = ModelDeployment.list().pipe(
 *   Effect.map((deployments) => deployments.map((deployment) => deployment.label)),
 *   Effect.provide(TestDataRobot.layer({ deployments: [{ label: "Churn scorer" }] }))
 * )
 */
export const layer = (
  options?: Emulator.LayerOptions
): Layer.Layer<DataRobot | HttpClient.HttpClient | Emulator.Emulator> =>
  Layer.provideMerge(
    Layer.unwrapEffect(Effect.map(Emulator.Emulator, ({ endpoint, token }) =>
      // The emulator's settings are valid.
      Layer.orDie(DataRobot.layer({ endpoint, token, allowInsecure: true })))),
    Emulator.layer(options)
  )
