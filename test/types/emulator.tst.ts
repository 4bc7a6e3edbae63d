import type { HttpClient } from "@effect/platform"
import type { Effect, Layer, Scope } from "effect"
import type { DataRobot } from "effect-datarobot"
import { type Emulator, type Fault, layer, type SnapshotJson } from "effect-datarobot/emulator"
import {
  type EmulatorDataError,
  type EmulatorListenError,
  type EmulatorServer,
  serve
} from "effect-datarobot/emulator/node"
import { TestDataRobot } from "effect-datarobot/testing"
import { describe, expect, test } from "tstyche"

describe("A fault of the emulator", () => {
  test("requires its own fields and accepts fields that select requests", () => {
    expect<Fault>().type.toBeAssignableFrom({ fault: "reset" as const })
    expect<Fault>().type.toBeAssignableFrom({ fault: "delay" as const, delay: "2 seconds" as const, times: 1 })
    expect<Fault>().type.toBeAssignableFrom({
      fault: "status" as const,
      status: 503,
      operation: "modelDeployments.get" as const
    })
    expect<Fault>().type.not.toBeAssignableFrom({ fault: "delay" as const })
    expect<Fault>().type.not.toBeAssignableFrom({ fault: "explode" as const })
    expect<Fault>().type.not.toBeAssignableFrom({ fault: "job" as const, ends: "soon" as const })
    expect<Fault>().type.not.toBeAssignableFrom({ fault: "reset" as const, operation: "modelDeployment.get" as const })
  })
})

describe("An emulator", () => {
  test("in process provides an HTTP client and requires nothing", () => {
    expect(layer({ preset: "demo", clock: "frozen" })).type.toBe<Layer.Layer<Emulator | HttpClient.HttpClient>>()
    expect(TestDataRobot.layer()).type.toBe<Layer.Layer<DataRobot | HttpClient.HttpClient | Emulator>>()
    expect(layer).type.not.toBeCallableWith({ preset: "large" })
  })

  test("over a socket requires a scope and has typed errors", () => {
    expect(serve({ port: 0, dataFile: "data.json" })).type.toBe<
      Effect.Effect<EmulatorServer, EmulatorListenError | EmulatorDataError, Scope.Scope>
    >()
  })

  test("has snapshots typed as JSON", () => {
    expect<Effect.Effect.Success<(typeof Emulator.Service)["snapshot"]>>().type.toBe<SnapshotJson>()
    expect<SnapshotJson["deployments"][number]["deployment"]["createdAt"]>().type.toBe<string>()
  })
})
