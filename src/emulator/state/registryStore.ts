/** The registry of an emulator: what new deployments refer to, and the functions that change it. */
import * as Effect from "effect/Effect"
import type { CreateInput, UpdateInput } from "../../wire/predictionEnvironment.js"
import { championOf } from "../monitoring/period.js"
import { invalidData, invalidFields, type NotFound, notFound, type Unprocessable } from "../protocol/errors.js"
import { type Details, merge } from "./details.js"
import type { Memory } from "./memory.js"
import { type PredictionTarget, predictionTargetOf } from "./predictionTarget.js"
import * as Registry from "./registry.js"

/** A new model package. */
export interface NewPackage {
  readonly modelId: string
  /** Whether it is a version of a custom model, which must be built. */
  readonly isCustom: boolean
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly registeredModelId?: string | undefined
  readonly registeredModelName?: string | undefined
  readonly predictionThreshold?: number | undefined
  readonly prompt?: string | undefined
  readonly tags?: Registry.Package["tags"] | undefined
}

/** A package at a moment: whether it is built, and how many active deployments it has. */
export interface KnownPackage extends Registry.Package {
  readonly isBuilt: boolean
  readonly activeDeploymentCount: number
}

/** The registry, and the functions that change it. */
export interface RegistryStore {
  /** Everything in the registry, in the order of creation. */
  readonly registry: Effect.Effect<Registry.RegistryContent>
  /** Replaces everything in the registry. */
  readonly register: (content: Registry.RegistryContent) => Effect.Effect<void>
  readonly environment: (id: string) => Effect.Effect<Registry.Environment, NotFound>
  readonly createEnvironment: (input: CreateInput) => Effect.Effect<Registry.Environment>
  readonly updateEnvironment: (id: string, changes: UpdateInput) => Effect.Effect<void, NotFound>
  /** Deletes an environment, unless a deployment runs in it. */
  readonly deleteEnvironment: (id: string) => Effect.Effect<void, NotFound | Unprocessable>
  readonly packages: Effect.Effect<ReadonlyArray<KnownPackage>>
  readonly package: (id: string) => Effect.Effect<KnownPackage, NotFound>
  /** Creates a package, and a registered model for it if none is given. */
  readonly createPackage: (input: NewPackage) => Effect.Effect<KnownPackage, Unprocessable>
  readonly archivePackage: (id: string) => Effect.Effect<void, NotFound>
  readonly registeredModel: (id: string) => Effect.Effect<Registry.RegisteredModel, NotFound>
  /** Where the predictions of a deployment are made. */
  readonly predictionTarget: (deploymentId: string) => Effect.Effect<PredictionTarget, NotFound>
}

/** The formats that an environment can run if the client names none. */
const defaultFormats = (platform: string): ReadonlyArray<string> =>
  ["datarobot", "datarobotServerless"].includes(platform)
    ? ["datarobot", "customModel"]
    : ["datarobot", "customModel", "externalModel"]

/** Returns the registry of a memory. */
export const make = (memory: Memory): RegistryStore => {
  const { change, deployments, find, jobTime, nextId, read, registry, touch } = memory
  const { environments, gone, packages, registeredModels } = registry

  /** Finds an item in one step, and fails if there is none. */
  const found = <A, B, E = never>(
    all: ReadonlyMap<string, A>,
    id: string,
    use: (item: A, now: number) => Effect.Effect<B, E>
  ): Effect.Effect<B, E | NotFound> =>
    Effect.flatten(read((now): Effect.Effect<B, E | NotFound> => {
      const item = all.get(id)
      return item === undefined ? notFound : use(item, now)
    }))

  const deploymentsWith = (isOne: (details: Details) => boolean) =>
    Array.from(deployments.values()).filter(({ details }) => isOne(details))

  const toKnown = (one: Registry.Package, now: number): KnownPackage => ({
    ...one,
    isBuilt: Registry.isBuilt(one, now, jobTime),
    activeDeploymentCount: deploymentsWith((details) => championOf(details).modelPackageId === one.id)
      .filter(({ deployment }) => deployment.status === "active").length
  })

  const latestVersion = (registeredModelId: string) =>
    Array.from(packages.values()).filter((one) => one.registeredModelId === registeredModelId).length

  return {
    registry: read(() => Registry.contentOf(registry)),
    register: (content) => change(() => Registry.fill(registry, content)),
    environment: (id) => found(environments, id, Effect.succeed),
    createEnvironment: (input) =>
      change((createdAt) => {
        const initial: Registry.Environment = {
          id: nextId(),
          name: input.name,
          platform: input.platform,
          description: null,
          supportedModelFormats: defaultFormats(input.platform),
          isManagedByManagementAgent: false,
          plugin: null,
          datastoreId: null,
          credentialId: null,
          priority: null,
          maxConcurrentBatchPredictionsJob: null,
          createdAt
        }
        const created = merge(initial, input)
        environments.set(created.id, created)
        return created
      }),
    updateEnvironment: (id, changes) =>
      found(environments, id, (before) => {
        touch()
        environments.set(id, merge(before, changes))
        return Effect.void
      }),
    deleteEnvironment: (id) =>
      found(environments, id, () => {
        const count = deploymentsWith(({ predictionEnvironmentId }) => predictionEnvironmentId === id).length
        if (count > 0) return invalidData(`The prediction environment is in use by ${count} deployments`)
        touch()
        environments.delete(id)
        gone.add(id)
        return Effect.void
      }),
    packages: read((now) => Array.from(packages.values(), (one) => toKnown(one, now))),
    package: (id) => found(packages, id, (one, now) => Effect.succeed(toKnown(one, now))),
    createPackage: (input) =>
      Effect.flatten(read((now): Effect.Effect<KnownPackage, Unprocessable> => {
        const { name = `Model ${input.modelId}`, registeredModelId, registeredModelName = name } = input
        const isTaken = Array.from(registeredModels.values()).some((model) => model.name === input.registeredModelName)
        if (registeredModelId !== undefined && !registeredModels.has(registeredModelId)) {
          return invalidFields({ registeredModelId: "There is no such registered model" })
        }
        if (isTaken) return invalidFields({ registeredModelName: "There is a registered model with this name already" })
        touch()
        const model = registeredModelId === undefined
          ? { id: nextId(), name: registeredModelName, createdAt: now }
          : registeredModels.get(registeredModelId) ?? { id: registeredModelId, name, createdAt: now }
        registeredModels.set(model.id, model)
        const created: Registry.Package = {
          id: nextId(),
          name,
          description: input.description ?? null,
          registeredModelId: model.id,
          version: latestVersion(model.id) + 1,
          modelId: input.modelId,
          isCustom: input.isCustom,
          targetName: "target",
          targetType: "Binary",
          predictionThreshold: input.predictionThreshold ?? null,
          prompt: input.prompt ?? null,
          tags: input.tags ?? [],
          isArchived: false,
          createdAt: now
        }
        packages.set(created.id, created)
        return Effect.succeed(toKnown(created, now))
      })),
    archivePackage: (id) =>
      found(packages, id, (before) => {
        touch()
        packages.set(id, { ...before, isArchived: true })
        return Effect.void
      }),
    registeredModel: (id) => found(registeredModels, id, Effect.succeed),
    predictionTarget: (id) => find(id, (stored) => predictionTargetOf(stored, registry))
  }
}
