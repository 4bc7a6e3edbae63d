import type * as HttpClient from "@effect/platform/HttpClient"
import { DataRobot, type DataRobotError, type DataRobotValidationError, Job, ModelDeployment } from "effect-datarobot"
import type { Page } from "effect-datarobot"
import { ModelDeploymentStatus } from "effect-datarobot"
import type * as ConfigFile from "effect-datarobot/ConfigFile"
import type { ConnectionOptions } from "effect-datarobot/DataRobot"
import type * as Config from "effect/Config"
import type * as ConfigError from "effect/ConfigError"
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import type * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import type * as Stream from "effect/Stream"
import { describe, expect, test } from "tstyche"

type Requirements = DataRobot | HttpClient.HttpClient
type Answered<A> = Effect.Effect<A, DataRobotError.DataRobotError, Requirements>

const id = "5b0000000000000000000001"
declare const deployment: ModelDeployment.ModelDeployment
declare const handle: DataRobotError.Handle
declare const when: DateTime.Utc
declare const zoned: DateTime.Zoned

describe("The exact result, error and requirements of ModelDeployment operations", () => {
  test("create", () => {
    expect(ModelDeployment.create({ projectId: id, modelId: id, label: "x" })).type.toBe<
      Answered<ModelDeployment.ModelDeployment>
    >()
  })
  test("list", () => {
    expect(ModelDeployment.list()).type.toBe<Answered<ReadonlyArray<ModelDeployment.ModelDeployment>>>()
  })
  test("stream", () => {
    expect(ModelDeployment.stream()).type.toBe<
      Stream.Stream<ModelDeployment.ModelDeployment, DataRobotError.DataRobotError, Requirements>
    >()
  })
  test("page", () => {
    expect(ModelDeployment.page()).type.toBe<
      Answered<Page<ModelDeployment.ModelDeployment, ModelDeployment.ListInput>>
    >()
  })
  test("get", () => {
    expect(ModelDeployment.get(id)).type.toBe<Answered<ModelDeployment.ModelDeployment>>()
  })
  test("getOption", () => {
    expect(ModelDeployment.getOption(id)).type.toBe<Answered<Option.Option<ModelDeployment.ModelDeployment>>>()
  })
  test("update", () => {
    expect(ModelDeployment.update(id, { label: "x" })).type.toBe<Answered<ModelDeployment.ModelDeployment>>()
  })
  test("activate, deactivate, archive", () => {
    expect(ModelDeployment.activate(id)).type.toBe<Answered<ModelDeployment.ModelDeployment>>()
    expect(ModelDeployment.deactivate(id)).type.toBe<Answered<ModelDeployment.ModelDeployment>>()
    expect(ModelDeployment.archive(id)).type.toBe<Answered<ModelDeployment.ModelDeployment>>()
  })
  test("getServiceStatistics", () => {
    expect(ModelDeployment.getServiceStatistics(id)).type.toBe<Answered<ModelDeployment.ServiceStatistics>>()
  })
  test("actionLog", () => {
    expect(ModelDeployment.actionLog(id)).type.toBe<Answered<ReadonlyArray<ModelDeployment.ActionLogEntry>>>()
  })
  test("awaitDeployed", () => {
    expect(ModelDeployment.awaitDeployed(id)).type.toBe<Answered<ModelDeployment.ModelDeployment>>()
  })
  test("watch", () => {
    expect(ModelDeployment.watch(id)).type.toBe<
      Stream.Stream<ModelDeployment.ModelDeployment, DataRobotError.DataRobotError, Requirements>
    >()
  })
  test("Job.await", () => {
    expect(Job.await(id)).type.toBe<Answered<Job.Resource | undefined>>()
  })
})

describe("The arguments of ModelDeployment operations", () => {
  test("a deployment is given by its id, or by an object with an id", () => {
    expect(ModelDeployment.get).type.toBeCallableWith(id)
    expect(ModelDeployment.get).type.toBeCallableWith(deployment)
    expect(ModelDeployment.get).type.toBeCallableWith({ id })
    expect(ModelDeployment.awaitDeployed).type.toBeCallableWith(handle)
    expect(Job.await).type.toBeCallableWith(handle)
    expect(ModelDeployment.get).type.not.toBeCallableWith()
    expect(ModelDeployment.get).type.not.toBeCallableWith(1)
    expect(ModelDeployment.get).type.not.toBeCallableWith(null)
    expect(ModelDeployment.get).type.not.toBeCallableWith({ id: 1 })
  })

  test("create requires project, model and label, and rejects unknown keys", () => {
    const input = { projectId: id, modelId: id, label: "x" }
    expect(ModelDeployment.create).type.toBeCallableWith({
      ...input,
      instanceId: id,
      description: "",
      status: "active"
    })
    expect(ModelDeployment.create).type.toBeCallableWith({ ...input, status: ModelDeploymentStatus.INACTIVE })
    expect(ModelDeployment.create).type.toBeCallableWith({ ...input, instanceId: undefined })
    expect(ModelDeployment.create).type.not.toBeCallableWith({ projectId: id, modelId: id })
    expect(ModelDeployment.create).type.not.toBeCallableWith({ ...input, status: "Active" })
    expect(ModelDeployment.create).type.not.toBeCallableWith({ ...input, lable: "x" })
    expect(ModelDeployment.create).type.not.toBeCallableWith({ ...input, description: null })
  })

  test("update accepts label, description and status", () => {
    expect(ModelDeployment.update).type.toBeCallableWith(id, { label: "x", description: "", status: "archived" })
    expect(ModelDeployment.update).type.toBeCallableWith(id, { label: "x" }, { idempotent: true, retry: false })
    expect(ModelDeployment.update).type.not.toBeCallableWith(id)
    expect(ModelDeployment.update).type.not.toBeCallableWith(id, { type: "sse" })
    expect(ModelDeployment.update).type.not.toBeCallableWith(id, { status: "deleted" })
  })

  test("only changes other than create accept idempotent", () => {
    expect(ModelDeployment.activate).type.toBeCallableWith(id, { idempotent: true })
    expect(ModelDeployment.create).type.not.toBeCallableWith(
      { projectId: id, modelId: id, label: "x" },
      { idempotent: true }
    )
  })

  test("list accepts its own filters only", () => {
    expect(ModelDeployment.list).type.toBeCallableWith({
      limit: 1,
      offset: 0,
      query: "x",
      orderBy: "-label",
      status: "active"
    })
    expect(ModelDeployment.list).type.not.toBeCallableWith({ orderBy: "createdAt" })
    expect(ModelDeployment.list).type.not.toBeCallableWith({ limit: "1" })
    expect(ModelDeployment.list).type.not.toBeCallableWith({ pageSize: 1 })
    expect(ModelDeployment.stream).type.toBeCallableWith({ pageSize: 1, prefetch: 1, concurrency: 2 })
    expect(ModelDeployment.list).type.not.toBeCallableWith({ prefetch: 1 })
  })

  test("a date is a string, a Date or a DateTime", () => {
    expect(ModelDeployment.getServiceStatistics).type.toBeCallableWith(id, { startDate: "2017-01-01" })
    expect(ModelDeployment.getServiceStatistics).type.toBeCallableWith(id, { startDate: new Date(), endDate: when })
    expect(ModelDeployment.getServiceStatistics).type.toBeCallableWith(id, { endDate: zoned })
    expect(ModelDeployment.getServiceStatistics).type.not.toBeCallableWith(id, { startDate: 0 })
    expect(ModelDeployment.getServiceStatistics).type.not.toBeCallableWith(id, { start: "2017-01-01" })
  })

  test("all operations accept the same call options", () => {
    const options = { timeout: "1 second", attemptTimeout: 5, retry: { maxAttempts: 2 }, headers: { a: "b" } } as const
    expect(ModelDeployment.get).type.toBeCallableWith(id, options)
    expect(ModelDeployment.list).type.toBeCallableWith({}, options)
    expect(ModelDeployment.watch).type.toBeCallableWith(id, {}, options)
    expect(ModelDeployment.awaitDeployed).type.toBeCallableWith(id, {}, options)
    expect(ModelDeployment.get).type.not.toBeCallableWith(id, { retry: true })
    expect(ModelDeployment.get).type.not.toBeCallableWith(id, { timeuot: 5 })
  })
})

describe("The results of ModelDeployment operations", () => {
  test("dates are DateTime.Utc", () => {
    expect<ModelDeployment.ModelDeployment["createdAt"]>().type.toBe<DateTime.Utc>()
    expect<ModelDeployment.ActionLogEntry["performedAt"]>().type.toBe<DateTime.Utc>()
    expect<ModelDeployment.ServiceStatistics["period"]["start"]>().type.toBe<DateTime.Utc>()
  })

  test("nullable and optional fields are typed as such", () => {
    expect<ModelDeployment.ModelDeployment["label"]>().type.toBe<string | null>()
    expect<ModelDeployment.ModelDeployment["deployed"]>().type.toBe<boolean | null | undefined>()
    expect<ModelDeployment.ModelDeployment["instance"]>().type.toBe<ModelDeployment.Instance | null | undefined>()
    expect<ModelDeployment.ModelDeployment["trendTimeWindow"]>().type.toBe<string | number>()
  })

  test("an enum field suggests the known values and accepts others", () => {
    expect<"active">().type.toBeAssignableTo<ModelDeployment.ModelDeployment["status"]>()
    expect<string>().type.toBeAssignableTo<ModelDeployment.ModelDeployment["status"]>()
    expect<number>().type.not.toBeAssignableTo<ModelDeployment.ModelDeployment["status"]>()
  })

  test("ModelDeploymentStatus has all known values", () => {
    expect(ModelDeploymentStatus).type.toBe<
      { readonly ACTIVE: "active"; readonly INACTIVE: "inactive"; readonly ARCHIVED: "archived" }
    >()
    expect<ModelDeploymentStatus>().type.toBe<"active" | "inactive" | "archived">()
  })

  test("fields are read-only", () => {
    expect(() => {
      // @ts-expect-error Cannot assign to 'label' because it is a read-only property.
      deployment.label = "x"
    }).type.toBe<() => void>()
  })
})

describe("The types of the connection", () => {
  test("layers provide only DataRobot", () => {
    expect(DataRobot.layer({ token: "x" })).type.toBe<Layer.Layer<DataRobot, DataRobotValidationError>>()
    expect(DataRobot.layerEnv).type.toBe<Layer.Layer<DataRobot, DataRobotValidationError>>()
    expect<ReturnType<typeof DataRobot.layerConfig>>().type.toBe<
      Layer.Layer<DataRobot, DataRobotValidationError | ConfigError.ConfigError>
    >()
    expect<Layer.Layer.Success<typeof ConfigFile.layer>>().type.toBe<DataRobot>()
    expect<Layer.Layer.Error<typeof ConfigFile.layer>>().type.toBe<DataRobotValidationError>()
  })

  test("layer requires a token and rejects unknown settings", () => {
    expect(DataRobot.layer).type.toBeCallableWith({ token: "x", endpoint: "y", tokenType: "Token", maxPages: 1 })
    expect<Redacted.Redacted>().type.toBeAssignableTo<ConnectionOptions["token"]>()
    expect(DataRobot.layer).type.not.toBeCallableWith({})
    expect(DataRobot.layer).type.not.toBeCallableWith({ token: "x", tokenType: "Basic" })
    expect(DataRobot.layer).type.not.toBeCallableWith({ token: "x", endPoint: "y" })
  })

  test("layerConfig accepts Config values", () => {
    expect<{ token: Config.Config<Redacted.Redacted>; endpoint: Config.Config<string> }>().type.toBeAssignableTo<
      Parameters<typeof DataRobot.layerConfig>[0]
    >()
    expect<{ token: Config.Config<number> }>().type.not.toBeAssignableTo<Parameters<typeof DataRobot.layerConfig>[0]>()
  })

  test("withOptions keeps the type of the effect and adds DataRobot as a requirement", () => {
    expect(ModelDeployment.get(id).pipe(DataRobot.withOptions({ retry: false }))).type.toBe<
      Answered<ModelDeployment.ModelDeployment>
    >()
    expect(DataRobot.withOptions({ retry: false })(Effect.succeed(1))).type.toBe<
      Effect.Effect<number, never, DataRobot>
    >()
    expect(DataRobot.withOptions).type.not.toBeCallableWith({ token: "x" })
  })
})
