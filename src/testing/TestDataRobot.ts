/** A whole DataRobot in memory, and a connection to it. */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { DataRobot } from "../DataRobot.js"
import * as Emulator from "../emulator/index.js"

/**
 * Gives both services that an operation needs, on an emulator of its own: what a program creates is there to read, and
 * `TestClock` decides when a deployment is deployed. `Emulator` gives the test its own way in (recorded requests,
 * prediction traffic).
 *
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
      // the emulator's own settings are valid ones
      Layer.orDie(DataRobot.layer({ endpoint, token, allowInsecure: true })))),
    Emulator.layer(options)
  )
