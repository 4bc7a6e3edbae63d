import type {
  Deployment as Todays,
  DeploymentActuals as Actuals,
  DeploymentModel as Models,
  Job as Jobs,
  ModelDeployment as Operations,
  ModelPackage as Packages,
  Page
} from "effect-datarobot"
import type { Verified } from "effect-datarobot/DataRobot"
import { createClient } from "effect-datarobot/promise"
import type { Client, IterableStream, KeylessDeployment, KeylessPredictionServer } from "effect-datarobot/promise"
import { describe, expect, test } from "tstyche"

declare const client: Client
const id = "5b0000000000000000000001"
type Deployment = Operations.ModelDeployment

describe("The types of the Promise client", () => {
  test("ModelDeployment operations return promises of the operations' results", () => {
    const { ModelDeployment } = client
    expect(ModelDeployment.create({ projectId: id, modelId: id, label: "x" })).type.toBe<Promise<Deployment>>()
    expect(ModelDeployment.list()).type.toBe<Promise<ReadonlyArray<Deployment>>>()
    expect(ModelDeployment.page()).type.toBe<Promise<Page<Deployment, Operations.ListInput>>>()
    expect(ModelDeployment.get(id)).type.toBe<Promise<Deployment>>()
    expect(ModelDeployment.getOption(id)).type.toBe<Promise<Deployment | undefined>>()
    expect(ModelDeployment.update(id, { label: "x" })).type.toBe<Promise<Deployment>>()
    expect(ModelDeployment.activate(id)).type.toBe<Promise<Deployment>>()
    expect(ModelDeployment.deactivate(id)).type.toBe<Promise<Deployment>>()
    expect(ModelDeployment.archive(id)).type.toBe<Promise<Deployment>>()
    expect(ModelDeployment.getServiceStatistics(id)).type.toBe<Promise<Operations.ServiceStatistics>>()
    expect(ModelDeployment.actionLog(id)).type.toBe<Promise<ReadonlyArray<Operations.ActionLogEntry>>>()
    expect(ModelDeployment.awaitDeployed(id)).type.toBe<Promise<Deployment>>()
    expect(client.Job.await(id)).type.toBe<Promise<{ readonly collection: string; readonly id: string } | undefined>>()
  })

  test("operations of the deployments API return promises of the operations' results", () => {
    const { Deployment, DeploymentActuals, DeploymentModel, DeploymentSettings, Job } = client
    type Today = KeylessDeployment
    expect(Deployment.get(id)).type.toBe<Promise<Today>>()
    expect(Deployment.getOption(id)).type.toBe<Promise<Today | undefined>>()
    expect(Deployment.stream()).type.toBe<IterableStream<Today>>()
    expect(Deployment.delete(id)).type.toBe<Promise<void>>()
    expect(Deployment.startActivate(id)).type.toBe<Promise<Jobs.Handle>>()
    expect(Job.progress(id)).type.toBe<IterableStream<Jobs.JobState>>()
    expect(DeploymentModel.validationOf(undefined)).type.toBe<Models.ReplacementValidation | undefined>()
    expect(DeploymentActuals.submitStream(id, [])).type.toBe<IterableStream<Actuals.Submitted>>()
    expect(DeploymentActuals).type.not.toHaveProperty("sink")
    const { signal } = new AbortController()
    expect(Deployment.activate).type.toBeCallableWith(id, { signal, wait: { timeout: "1 hour" }, idempotent: true })
    expect(DeploymentSettings.update).type.toBeCallableWith(id, { humility: { enabled: true } }, { signal })
    // Wait options are not call options.
    expect(Job.await).type.not.toBeCallableWith(id, { signal })
    expect(Job.await).type.toBeCallableWith(id, { timeout: "1 hour" }, { signal })
    expect(Deployment.get).type.not.toBeCallableWith(id, { wait: { timeout: "1 hour" } })
  })

  test("results have no key of a prediction server, and other results are unchanged", () => {
    const { Deployment, ModelPackage, PredictionServer } = client
    expect<keyof KeylessDeployment>().type.toBe<keyof Todays.Deployment>()
    expect<NonNullable<KeylessDeployment["defaultPredictionServer"]>>().type.not.toHaveProperty("datarobotKey")
    expect<KeylessPredictionServer>().type.not.toHaveProperty("datarobotKey")
    expect(Deployment.list()).type.toBe<Promise<ReadonlyArray<KeylessDeployment>>>()
    expect(Deployment.page()).type.toBe<Promise<Page<KeylessDeployment, Todays.ListInput>>>()
    expect(PredictionServer.list()).type.toBe<Promise<ReadonlyArray<KeylessPredictionServer>>>()
    expect(ModelPackage.list()).type.toBe<Promise<ReadonlyArray<Packages.ModelPackage>>>()
    expect(client.verify()).type.toBe<Promise<Verified>>()
  })

  test("streams can be used with for await", () => {
    expect(client.ModelDeployment.stream()).type.toBe<IterableStream<Deployment>>()
    expect(client.ModelDeployment.watch(id)).type.toBe<IterableStream<Deployment>>()
  })

  test("ModelDeployment has exactly the names of the operations", () => {
    // The other exports of the module are schemas, the enum and types.
    type Functions<Module> = { [Key in keyof Module]: Module[Key] extends Function ? Key : never }[keyof Module]
    type Lower<Name> = Name extends Uncapitalize<Name & string> ? Name : never
    expect<keyof Client["ModelDeployment"]>().type.toBe<Lower<Functions<typeof Operations>>>()
  })

  test("operations accept the same arguments", () => {
    expect<Parameters<Client["ModelDeployment"]["create"]>[0]>().type.toBe<Parameters<typeof Operations.create>[0]>()
    expect<Parameters<Client["ModelDeployment"]["list"]>[0]>().type.toBe<Parameters<typeof Operations.list>[0]>()
    expect<Parameters<Client["ModelDeployment"]["update"]>[1]>().type.toBe<Parameters<typeof Operations.update>[1]>()
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
