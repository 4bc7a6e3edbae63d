/**
 * What a new deployment refers to: prediction servers and environments, registered models with their packages, and
 * credentials. They are plain data, so that a snapshot includes them. Times are epoch milliseconds.
 */
import * as Schema from "effect/Schema"
import { Millis } from "./clock.js"
import { instance } from "./fixtures.js"

const text = Schema.NullOr(Schema.String)
const number = Schema.NullOr(Schema.Number)

/** A prediction server. Its URL is the emulator's own. */
export const Server = Schema.Struct({ id: Schema.String, datarobotKey: Schema.String })
export interface Server extends Schema.Schema.Type<typeof Server> {}

/** A prediction environment. */
export const Environment = Schema.Struct({
  id: Schema.String,
  name: Schema.String,
  description: text,
  platform: Schema.String,
  supportedModelFormats: Schema.Array(Schema.String),
  isManagedByManagementAgent: Schema.Boolean,
  plugin: text,
  datastoreId: text,
  credentialId: text,
  priority: number,
  maxConcurrentBatchPredictionsJob: number,
  createdAt: Millis
})
export interface Environment extends Schema.Schema.Type<typeof Environment> {}

/** A registered model. */
export const RegisteredModel = Schema.Struct({ id: Schema.String, name: Schema.String, createdAt: Millis })
export interface RegisteredModel extends Schema.Schema.Type<typeof RegisteredModel> {}

/** A model package, which is a version of a registered model. A package of a custom model is built first. */
export const Package = Schema.Struct({
  id: Schema.String,
  name: Schema.String,
  description: text,
  registeredModelId: Schema.String,
  version: Schema.Number,
  modelId: Schema.String,
  isCustom: Schema.Boolean,
  targetName: Schema.String,
  targetType: Schema.String,
  predictionThreshold: number,
  prompt: text,
  tags: Schema.Array(Schema.Struct({ name: Schema.String, value: Schema.String })),
  isArchived: Schema.Boolean,
  createdAt: Millis
})
export interface Package extends Schema.Schema.Type<typeof Package> {}

/** A credential, without its secrets. */
export const Credential = Schema.Struct({
  id: Schema.String,
  name: Schema.String,
  credentialType: Schema.String,
  description: text,
  createdAt: Millis
})
export interface Credential extends Schema.Schema.Type<typeof Credential> {}

/** Everything in a registry, as a snapshot and a preset have it. `gone` has the ids of deleted environments. */
export const RegistryContent = Schema.Struct({
  servers: Schema.Array(Server),
  environments: Schema.Array(Environment),
  gone: Schema.Array(Schema.String),
  registeredModels: Schema.Array(RegisteredModel),
  packages: Schema.Array(Package),
  credentials: Schema.Array(Credential)
})
export interface RegistryContent extends Schema.Schema.Type<typeof RegistryContent> {}

/** The registry of an emulator without a preset: only the server that every deployment has by default. */
export const initialContent: RegistryContent = {
  servers: [{ id: instance.id, datarobotKey: instance.datarobotKey ?? "" }],
  environments: [],
  gone: [],
  registeredModels: [],
  packages: [],
  credentials: []
}

/** Everything in a registry, by id and in the order of creation. */
export interface Registry {
  readonly servers: Map<string, Server>
  readonly environments: Map<string, Environment>
  readonly gone: Set<string>
  readonly registeredModels: Map<string, RegisteredModel>
  readonly packages: Map<string, Package>
  readonly credentials: Map<string, Credential>
}

/** Creates a registry with the initial content. */
export const make = (): Registry => {
  const registry: Registry = {
    servers: new Map(),
    environments: new Map(),
    gone: new Set(),
    registeredModels: new Map(),
    packages: new Map(),
    credentials: new Map()
  }
  fill(registry, initialContent)
  return registry
}

/** Replaces everything in a registry. */
export const fill = (registry: Registry, content: RegistryContent): void => {
  const put = <A extends { readonly id: string }>(all: Map<string, A>, items: ReadonlyArray<A>) => {
    all.clear()
    for (const item of items) all.set(item.id, item)
  }
  put(registry.servers, content.servers)
  put(registry.environments, content.environments)
  put(registry.registeredModels, content.registeredModels)
  put(registry.packages, content.packages)
  put(registry.credentials, content.credentials)
  registry.gone.clear()
  for (const id of content.gone) registry.gone.add(id)
}

/** Returns everything in a registry. */
export const contentOf = (registry: Registry): RegistryContent => ({
  servers: [...registry.servers.values()],
  environments: [...registry.environments.values()],
  gone: [...registry.gone],
  registeredModels: [...registry.registeredModels.values()],
  packages: [...registry.packages.values()],
  credentials: [...registry.credentials.values()]
})

/** Whether an id is in use. */
export const has = (registry: Registry, id: string): boolean =>
  Object.values(registry).some((all: ReadonlyMap<string, unknown> | ReadonlySet<string>) => all.has(id))

/** Whether the build of a package has finished by a time. It takes as long as a job. */
export const isBuilt = ({ createdAt, isCustom }: Package, now: number, jobTime: number): boolean =>
  !isCustom || now - createdAt >= jobTime

/** Returns the packages with the same target as some of them: those that could replace one of these in a deployment. */
export const similarTo = <P extends Package>(
  packages: Iterable<P>,
  isOne: (candidate: P) => boolean
): ReadonlyArray<P> => {
  const all = [...packages]
  const wanted = all.filter(isOne)
  return all.filter((candidate) =>
    !isOne(candidate) &&
    wanted.some(({ targetName, targetType }) =>
      candidate.targetName === targetName && candidate.targetType === targetType
    )
  )
}
