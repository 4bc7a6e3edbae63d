import type * as HttpClient from "@effect/platform/HttpClient"
import type { DataRobotValidationError, ModelDeployment as Operations } from "effect-datarobot"
import { DataRobot, ModelDeployment } from "effect-datarobot"
import * as Fetch from "effect-datarobot/fetch"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { describe, expect, test } from "tstyche"

describe("Fetch.layer", () => {
  test("provides the platform's HttpClient and can't fail", () => {
    expect(Fetch.layer()).type.toBe<Layer.Layer<HttpClient.HttpClient>>()
    expect(Fetch.layer({ fetch: globalThis.fetch })).type.toBe<Layer.Layer<HttpClient.HttpClient>>()
  })

  test("accepts options of fetch that are not decided by the request", () => {
    expect(Fetch.layer).type.toBeCallableWith({ requestInit: { credentials: "include", keepalive: true } })
    expect(Fetch.layer).type.toBeCallableWith({ fetch: undefined, requestInit: undefined })
    expect(Fetch.layer).type.not.toBeCallableWith({ requestInit: { redirect: "follow" } })
    expect(Fetch.layer).type.not.toBeCallableWith({ requestInit: { headers: { "x-a": "1" } } })
    expect(Fetch.layer).type.not.toBeCallableWith({ credentials: "include" })
    expect(Fetch.layer).type.not.toBeCallableWith({ fetch: "fetch" })
  })

  test("provides all that operations need besides the connection", () => {
    const runtime = ManagedRuntime.make(Layer.merge(DataRobot.layerEnv, Fetch.layer()))
    expect(runtime).type.toBe<
      ManagedRuntime.ManagedRuntime<HttpClient.HttpClient | DataRobot, DataRobotValidationError>
    >()
    expect(runtime.runPromise(ModelDeployment.list())).type.toBe<
      Promise<ReadonlyArray<Operations.ModelDeployment>>
    >()
  })
})
