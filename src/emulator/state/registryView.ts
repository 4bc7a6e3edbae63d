/** The items of a registry as the API shows them. */
import * as DateTime from "effect/DateTime"
import * as Redacted from "effect/Redacted"
import type { Credential } from "../../wire/credential.js"
import type { ModelPackage } from "../../wire/modelPackage.js"
import type { PredictionEnvironment } from "../../wire/predictionEnvironment.js"
import type { PredictionServer } from "../../wire/predictionServer.js"
import type { RegisteredModel } from "../../wire/registeredModel.js"
import { user } from "./fixtures.js"
import type * as Registry from "./registry.js"
import type { KnownPackage } from "./registryStore.js"

/** Returns a prediction server as the API shows it. Its URL is the origin at which the emulator was reached. */
export const toPredictionServer = ({ datarobotKey, id }: Registry.Server, origin: string): PredictionServer => ({
  id,
  url: origin,
  datarobotKey: Redacted.make(datarobotKey),
  batchPredictions: { processing: 0, queued: 0 }
})

/** Returns a prediction environment as the API shows it. */
export const toPredictionEnvironment = (
  { createdAt, ...environment }: Registry.Environment
): PredictionEnvironment => ({
  ...environment,
  permissions: ["CAN_VIEW", "CAN_EDIT", "CAN_DELETE", "CAN_SHARE"],
  isDeleted: false,
  importMeta: {
    dateCreated: DateTime.unsafeMake(createdAt),
    creatorId: user.id,
    creatorUsername: user.username
  },
  managementMeta: null
})

/** Returns a model package as the API shows it. */
export const toModelPackage = (
  { createdAt, isBuilt, isCustom, predictionThreshold, prompt, targetName, targetType, version, ...one }: KnownPackage
): ModelPackage => ({
  id: one.id,
  name: one.name,
  modelId: one.modelId,
  registeredModelId: one.registeredModelId,
  registeredModelVersion: version,
  modelExecutionType: isCustom ? "custom_inference_model" : "dedicated",
  // A model of a project needs no build.
  buildStatus: isCustom ? isBuilt ? "complete" : "inProgress" : null,
  isArchived: one.isArchived,
  activeDeploymentCount: one.activeDeploymentCount,
  stage: one.isArchived ? "Archived" : "Registered",
  target: { name: targetName, type: targetType, predictionThreshold },
  permissions: ["CAN_VIEW", "CAN_EDIT", "CAN_ARCHIVE", "CAN_SHARE"],
  tags: one.tags,
  importMeta: {
    dateCreated: DateTime.unsafeMake(createdAt),
    creatorId: user.id,
    creatorUsername: user.username,
    originalFileName: null
  },
  modelKind: {
    isTimeSeries: false,
    isMultiseries: false,
    isUnsupervisedLearning: false,
    isAnomalyDetectionModel: false,
    isFeatureDiscovery: false,
    isTextGeneration: prompt !== null
  },
  modelDescription: { modelName: one.name, description: one.description ?? "", location: "" },
  ...(prompt === null ? {} : { textGeneration: { prompt } })
})

const author = { id: user.id, name: `${user.firstName} ${user.lastName}`, email: user.username }

/** Returns a registered model as the API shows it. `versions` are its packages, oldest first. */
export const toRegisteredModel = (
  { createdAt, id, name }: Registry.RegisteredModel,
  versions: ReadonlyArray<KnownPackage>
): RegisteredModel => {
  const last = versions[versions.length - 1]
  return {
    id,
    name,
    description: null,
    createdAt: DateTime.unsafeMake(createdAt),
    createdBy: author,
    modifiedAt: DateTime.unsafeMake(last?.createdAt ?? createdAt),
    modifiedBy: author,
    target: last === undefined ? null : { name: last.targetName, type: last.targetType },
    lastVersionNum: last?.version ?? 0,
    isArchived: false,
    isGlobal: false
  }
}

/** Returns a credential as the API shows it. */
export const toCredential = (
  { createdAt, credentialType, description, id, name }: Registry.Credential
): Credential => ({
  credentialId: id,
  name,
  credentialType,
  creationDate: DateTime.unsafeMake(createdAt),
  description
})
