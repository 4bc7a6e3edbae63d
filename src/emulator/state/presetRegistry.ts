/** What the deployments of a preset refer to: prediction servers and environments, registered models and packages. */
import { instance } from "./fixtures.js"
import type { Package, RegistryContent } from "./registry.js"

const hour = 3_600_000
const day = 24 * hour

const id = (number: number) => `5b00000000000000000000${number.toString(16).padStart(2, "0")}`

/** The prediction environment of the serverless deployments of a preset. */
export const serverless = id(0xe2)

/** The prediction environment of the dedicated deployments of a preset. */
export const dedicated = id(0xe1)

/** The model of most deployments of a preset. */
const commonModel = id(0xa1)

const key = instance.datarobotKey ?? ""
const formats = ["datarobot", "customModel"]

const environment = (
  own: { readonly id: string; readonly name: string; readonly platform: string; readonly description: string },
  createdAt: number
) => ({
  ...own,
  supportedModelFormats: formats,
  isManagedByManagementAgent: false,
  plugin: null,
  datastoreId: null,
  credentialId: null,
  priority: null,
  maxConcurrentBatchPredictionsJob: null,
  createdAt
})

/** A registered model of a preset, and the models of its versions. */
interface Planned {
  readonly id: string
  readonly name: string
  readonly targetName: string
  readonly targetType: string
  readonly versions: ReadonlyArray<{ readonly id: string; readonly modelId: string }>
}

const packagesOf = ({ id, name, targetName, targetType, versions }: Planned, createdAt: number) =>
  versions.map((version, index): Package => ({
    ...version,
    name: `${name}, version ${index + 1}`,
    description: null,
    registeredModelId: id,
    version: index + 1,
    isCustom: false,
    targetName,
    targetType,
    predictionThreshold: targetType === "Binary" ? 0.5 : null,
    prompt: null,
    tags: [],
    isArchived: false,
    createdAt: createdAt + index * day
  }))

const contentOf = (models: ReadonlyArray<Planned>, createdAt: number): RegistryContent => ({
  // As in the service, two servers may have the same URL and key.
  servers: [{ id: instance.id, datarobotKey: key }, { id: id(0xd2), datarobotKey: key }],
  environments: [
    environment({
      id: dedicated,
      name: "DataRobot prediction server",
      platform: "datarobot",
      description: "Dedicated prediction servers"
    }, createdAt),
    environment({
      id: serverless,
      name: "DataRobot serverless",
      platform: "datarobotServerless",
      description: "Scales with the requests"
    }, createdAt)
  ],
  gone: [],
  registeredModels: models.map(({ id, name }) => ({ id, name, createdAt })),
  packages: models.flatMap((model) => packagesOf(model, createdAt)),
  credentials: [{
    id: id(0x70),
    name: "Warehouse",
    credentialType: "basic",
    description: "Reads the data warehouse",
    createdAt
  }]
})

/** The ids of the packages of the `demo` preset. */
export const demoPackages = {
  churn1: id(0x60),
  churn2: id(0x61),
  fraud: id(0x62),
  houses: id(0x63)
}

/** Returns the registry of the `demo` preset, at a time in epoch milliseconds. */
export const demoRegistry = (now: number): RegistryContent =>
  contentOf([
    {
      id: id(0x50),
      name: "Churn",
      targetName: "churned",
      targetType: "Binary",
      versions: [
        { id: demoPackages.churn1, modelId: id(0xa2) },
        { id: demoPackages.churn2, modelId: commonModel }
      ]
    },
    {
      id: id(0x51),
      name: "Fraud",
      targetName: "is_fraud",
      targetType: "Binary",
      versions: [{ id: demoPackages.fraud, modelId: commonModel }]
    },
    {
      id: id(0x52),
      name: "House prices",
      targetName: "price",
      targetType: "Regression",
      versions: [{ id: demoPackages.houses, modelId: commonModel }]
    }
  ], now - 40 * day)

/** The topics of the `fleet` preset. Each has a registered model. */
export const topics = [
  "Churn",
  "Fraud",
  "Demand",
  "Prices",
  "Leads",
  "Returns",
  "Claims",
  "Stock",
  "Energy",
  "Credit"
]

/** The number of versions of each registered model of the `fleet` preset. */
const generations = 5

/** Returns the id of a package of the `fleet` preset, by the index of its topic and its generation, from 1. */
export const fleetPackage = (topic: number, generation: number) =>
  id(0x10).slice(0, 20) + (0x2000 + topic * 16 + generation).toString(16)

/** Returns the registry of the `fleet` preset, at a time in epoch milliseconds. */
export const fleetRegistry = (now: number): RegistryContent =>
  contentOf(
    topics.map((name, topic) => ({
      id: id(0x10).slice(0, 20) + (0x3000 + topic).toString(16),
      name,
      targetName: "target",
      targetType: "Binary",
      versions: Array.from({ length: generations }, (_, index) => ({
        id: fleetPackage(topic, index + 1),
        modelId: commonModel
      }))
    })),
    now - 250 * 6 * hour - 10 * day
  )
