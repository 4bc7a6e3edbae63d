import type * as HttpClient from "@effect/platform/HttpClient"
import type { DataRobotValidationError, ModelDeployment as Operations } from "effect-datarobot"
import { DataRobot, ModelDeployment } from "effect-datarobot"
import * as Undici from "effect-datarobot/undici"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { describe, expect, test } from "tstyche"
import { Agent, EnvHttpProxyAgent, MockAgent } from "undici"

describe("Undici.layer", () => {
  test("provides the platform's HttpClient and fails with invalid options", () => {
    expect(Undici.layer()).type.toBe<Layer.Layer<HttpClient.HttpClient, DataRobotValidationError>>()
    expect(Undici.layer({ connectTimeout: "5 seconds", maxBodySize: 1024, connections: 10 })).type.toBe<
      Layer.Layer<HttpClient.HttpClient, DataRobotValidationError>
    >()
  })

  test("accepts any dispatcher of undici", () => {
    expect(Undici.layer).type.toBeCallableWith({ dispatcher: new Agent() })
    expect(Undici.layer).type.toBeCallableWith({ dispatcher: new EnvHttpProxyAgent() })
    expect(Undici.layer).type.toBeCallableWith({ dispatcher: new MockAgent() })
    expect(Undici.layer).type.not.toBeCallableWith({ dispatcher: {} })
  })

  test("accepts undefined options and rejects unknown ones", () => {
    expect(Undici.layer).type.toBeCallableWith({ headersTimeout: undefined, dispatcher: undefined })
    expect(Undici.layer).type.not.toBeCallableWith({ timeout: 1 })
    expect(Undici.layer).type.not.toBeCallableWith({ connections: "10" })
  })

  test("provides all that operations need besides the connection", () => {
    const runtime = ManagedRuntime.make(Layer.merge(DataRobot.layerEnv, Undici.layer()))
    expect(runtime).type.toBe<
      ManagedRuntime.ManagedRuntime<HttpClient.HttpClient | DataRobot, DataRobotValidationError>
    >()
    expect(runtime.runPromise(ModelDeployment.list())).type.toBe<
      Promise<ReadonlyArray<Operations.ModelDeployment>>
    >()
  })
})
