import type {
  Deployment as TodaysOperations,
  ModelDeployment as Operations,
  PredictionServer as Servers
} from "effect-datarobot"
import { createClient } from "effect-datarobot/promise"
import type {
  ActionLogEntry,
  ApiPromise,
  CallOptions,
  Client,
  Deployment,
  DeploymentActuals,
  DeploymentModel,
  Handle,
  IterableStream,
  Job,
  ListInput,
  ModelDeployment,
  ModelPackage,
  Page,
  PredictionServer,
  RequestOptions,
  Verified,
  WithResponse
} from "effect-datarobot/promise"
import { describe, expect, test } from "tstyche"

declare const client: Client
const id = "5b0000000000000000000001"

describe("The types of the Promise client", () => {
  test("ModelDeployment operations return promises of the operations' results", () => {
    const { ModelDeployment: operations } = client
    expect(operations.create({ projectId: id, modelId: id, label: "x" })).type.toBe<ApiPromise<ModelDeployment>>()
    expect(operations.list()).type.toBe<ApiPromise<ReadonlyArray<ModelDeployment>>>()
    expect(operations.page()).type.toBe<ApiPromise<Page<ModelDeployment, ModelDeployment.ListInput>>>()
    expect(operations.get(id)).type.toBe<ApiPromise<ModelDeployment>>()
    expect(operations.getOption(id)).type.toBe<ApiPromise<ModelDeployment | undefined>>()
    expect(operations.update(id, { label: "x" })).type.toBe<ApiPromise<ModelDeployment>>()
    expect(operations.activate(id)).type.toBe<ApiPromise<ModelDeployment>>()
    expect(operations.deactivate(id)).type.toBe<ApiPromise<ModelDeployment>>()
    expect(operations.archive(id)).type.toBe<ApiPromise<ModelDeployment>>()
    expect(operations.getServiceStatistics(id)).type.toBe<ApiPromise<ModelDeployment.ServiceStatistics>>()
    expect(operations.actionLog(id)).type.toBe<ApiPromise<ReadonlyArray<ActionLogEntry>>>()
    expect(operations.awaitDeployed(id)).type.toBe<ApiPromise<ModelDeployment>>()
    expect(client.Job.await(id)).type.toBe<
      ApiPromise<{ readonly collection: string; readonly id: string } | undefined>
    >()
  })

  test("operations of the deployments API return promises of the operations' results", () => {
    expect(client.Deployment.get(id)).type.toBe<ApiPromise<Deployment>>()
    expect(client.Deployment.getOption(id)).type.toBe<ApiPromise<Deployment | undefined>>()
    expect(client.Deployment.list()).type.toBe<ApiPromise<ReadonlyArray<Deployment>>>()
    expect(client.Deployment.page()).type.toBe<ApiPromise<Page<Deployment, Deployment.ListInput>>>()
    expect(client.Deployment.stream()).type.toBe<IterableStream<Deployment>>()
    expect(client.Deployment.delete(id)).type.toBe<ApiPromise<void>>()
    expect(client.Deployment.startActivate(id)).type.toBe<ApiPromise<Handle>>()
    expect(client.Job.progress(id)).type.toBe<IterableStream<Job.JobState>>()
    expect(client.ModelPackage.list()).type.toBe<ApiPromise<ReadonlyArray<ModelPackage>>>()
    expect(client.PredictionServer.list()).type.toBe<ApiPromise<ReadonlyArray<PredictionServer>>>()
    expect(client.verify()).type.toBe<ApiPromise<Verified>>()
    expect(client.DeploymentModel.validationOf(undefined)).type.toBe<
      DeploymentModel.ReplacementValidation | undefined
    >()
    expect(client.DeploymentActuals.submitStream(id, [])).type.toBe<IterableStream<DeploymentActuals.Submitted>>()
    expect(client.DeploymentActuals).type.not.toHaveProperty("sink")
    const { signal } = new AbortController()
    expect(client.Deployment.activate).type.toBeCallableWith(id, {
      signal,
      wait: { timeout: "1 hour" },
      idempotent: true
    })
    expect(client.DeploymentSettings.update).type.toBeCallableWith(id, { humility: { enabled: true } }, { signal })
    // Wait options are not call options.
    expect(client.Job.await).type.not.toBeCallableWith(id, { signal })
    expect(client.Job.await).type.toBeCallableWith(id, { timeout: "1 hour" }, { signal })
    expect(client.Deployment.get).type.not.toBeCallableWith(id, { wait: { timeout: "1 hour" } })
  })

  test("results are plain values, without the key of a prediction server", () => {
    expect<NonNullable<Deployment["createdAt"]>>().type.toBe<Date>()
    expect<ModelDeployment["createdAt"]>().type.toBe<Date>()
    expect<keyof Deployment>().type.toBe<keyof TodaysOperations.Deployment>()
    expect<NonNullable<Deployment["defaultPredictionServer"]>>().type.not.toHaveProperty("datarobotKey")
    expect<Exclude<keyof Servers.PredictionServer, keyof PredictionServer>>().type.toBe<"datarobotKey">()
  })

  test("a call has its response", () => {
    expect(client.Deployment.get(id).withResponse()).type.toBe<Promise<WithResponse<Deployment>>>()
    expect<WithResponse<Deployment>["response"]["status"]>().type.toBe<number>()
    expect<Awaited<ReturnType<Client["Deployment"]["get"]>>>().type.toBe<Deployment>()
  })

  test("types have names of their own", () => {
    expect<ListInput>().type.toBe<Deployment.ListInput>()
    expect<RequestOptions & { readonly signal?: AbortSignal | undefined }>().type.toBeAssignableTo<CallOptions>()
  })

  test("streams can be used with for await", () => {
    expect(client.ModelDeployment.stream()).type.toBe<IterableStream<ModelDeployment>>()
    expect(client.ModelDeployment.watch(id)).type.toBe<IterableStream<ModelDeployment>>()
  })

  test("ModelDeployment has exactly the names of the operations", () => {
    // The other exports of the module are schemas, the enum and types.
    type Functions<Module> = { [Key in keyof Module]: Module[Key] extends Function ? Key : never }[keyof Module]
    type Lower<Name> = Name extends Uncapitalize<Name & string> ? Name : never
    expect<keyof Client["ModelDeployment"]>().type.toBe<Lower<Functions<typeof Operations>>>()
  })

  test("operations accept the same arguments", () => {
    type Inputs<Operation extends (...args: never) => unknown> = Parameters<Operation>[0]
    type Promised = Client["ModelDeployment"]
    expect<Inputs<Promised["create"]>>().type.toBeAssignableTo<Inputs<typeof Operations.create>>()
    expect<Inputs<Promised["list"]>>().type.toBeAssignableTo<Inputs<typeof Operations.list>>()
    expect<Inputs<typeof Operations.list>>().type.toBeAssignableTo<Inputs<Promised["list"]>>()
    expect(client.ModelDeployment.list).type.not.toBeCallableWith({ orderBy: "createdAt" })
  })

  test("operations accept a signal next to the call options", () => {
    const { signal } = new AbortController()
    expect(client.ModelDeployment.get).type.toBeCallableWith(id, { signal, timeout: "5 seconds", retry: false })
    expect(client.ModelDeployment.update).type.toBeCallableWith(id, { label: "x" }, { signal, idempotent: true })
    expect(client.ModelDeployment.get).type.not.toBeCallableWith(id, { idempotent: true })
    expect(client.ModelDeployment.get).type.not.toBeCallableWith(id, signal)
  })

  test("all settings are optional", () => {
    expect(createClient).type.toBeCallableWith()
    expect(createClient).type.toBeCallableWith({ endpoint: "x", token: "y", fetch, retry: false })
    expect(createClient).type.not.toBeCallableWith({ tokn: "y" })
    expect(createClient()).type.toBe<Client>()
  })

  test("the client is async disposable", () => {
    expect<Client>().type.toBeAssignableTo<AsyncDisposable>()
  })
})
