/** A deployment as the deployments API shows it. */
import * as DateTime from "effect/DateTime"
import * as Redacted from "effect/Redacted"
import type { Deployment, HealthStatus } from "../../wire/deployment.js"
import type { PredictionServer } from "../../wire/serving.js"
import { lastDay, sum } from "../monitoring/statistics.js"
import { user } from "./fixtures.js"
import type { Known } from "./known.js"
import { associationColumn, targetTypeOf } from "./stored.js"

const day = 24 * 3_600_000

const text = (value: unknown) => typeof value === "string" ? value : null

/** The status, which also shows running jobs. */
const statusOf = ({ deployment, pending }: Known): string => {
  if (pending.some(({ change }) => change === "model")) return "replacingModel"
  const [next] = pending.flatMap((change) => change.change === "status" ? [change.status] : [])
  if (next !== undefined) return next === "active" ? "launching" : "stopping"
  return deployment.deployed === true ? deployment.status : "launching"
}

/** Returns the predicted rows per day of the last seven days, oldest first. Empty if there was never a request. */
const dailyRates = ({ now, requests }: Known): ReadonlyArray<number> => {
  if (requests.count(-Infinity, now + 1) === 0) return []
  const tomorrow = (Math.floor(now / day) + 1) * day
  return Array.from({ length: 7 }, (_, index) => {
    const end = tomorrow - (6 - index) * day
    return sum(requests.between(end - day, Math.min(end, now + 1)).rows)
  })
}

/** Returns the time of the last prediction request, or undefined if there was none. */
export const lastPrediction = ({ now, requests }: Known): number | undefined =>
  requests.between(-Infinity, now + 1).time.at(-1)

/** Returns the server that makes the predictions of a deployment, or null if it is not dedicated. */
const serverOf = ({ deployment, isOwnHost, target }: Known, origin: string): PredictionServer | null => {
  if (target.kind !== "dedicated") return null
  const { datarobotKey, serverId } = target
  const { predictionEndpoint } = deployment
  return {
    id: serverId,
    url: isOwnHost ? origin : predictionEndpoint === null ? null : `http://${predictionEndpoint}`,
    ...(datarobotKey === null ? {} : { datarobotKey: Redacted.make(datarobotKey) })
  }
}

/**
 * Returns the deployment as the deployments API shows it. `origin` is the one at which the emulator was reached: the URL
 * of its own prediction server.
 */
export const toDeployment = (known: Known, origin: string): Deployment => {
  const { actuals, deployment, now, requests, details } = known
  const { start, end } = lastDay(now)
  const period = { startDate: DateTime.unsafeMake(start), endDate: DateTime.unsafeMake(end) }
  const nothing = { startDate: null, endDate: null }
  const served = requests.count(start, end) > 0
  const champion = details.models[details.models.length - 1] ?? details.models[0]
  const last = lastPrediction(known)
  const owners = details.roles.filter(({ role }) => role === "OWNER")
  const accuracyHealth: HealthStatus = associationColumn(details.settings) === undefined
    ? { status: "unavailable", message: "Accuracy is unavailable: there is no association id.", ...nothing }
    : {
      status: "unknown",
      message: actuals.size === 0 ? "There are no actuals." : "No thresholds are set.",
      ...nothing
    }
  return {
    id: deployment.id,
    label: deployment.label,
    description: deployment.description ?? "",
    status: statusOf(known),
    createdAt: deployment.createdAt,
    importance: details.importance,
    approvalStatus: "APPROVED",
    model: {
      id: champion.modelId,
      type: deployment.model.modelType,
      targetName: text(deployment.project["target"]),
      targetType: text(deployment.project["targetType"]),
      projectId: deployment.project.id,
      projectName: text(deployment.project["projectName"]),
      unsupervisedMode: false,
      unstructuredModelKind: targetTypeOf(deployment) === "Unstructured",
      buildEnvironmentType: "DataRobot",
      deployedAt: deployment.deployed === true ? DateTime.unsafeMake(champion.since) : null,
      isDeprecated: false,
      hasDecisionFlow: false
    },
    modelPackage: {
      id: champion.modelPackageId,
      name: known.modelPackage?.name ?? deployment.label,
      registeredModelId: known.modelPackage?.registeredModelId ?? null
    },
    defaultPredictionServer: serverOf(known, origin),
    ...(details.predictionEnvironmentId === null ? {} : {
      predictionEnvironment: {
        id: details.predictionEnvironmentId,
        name: known.environment?.name ?? null,
        platform: known.environment?.platform ?? "datarobot",
        isManagedByManagementAgent: known.environment?.isManagedByManagementAgent ?? false,
        ...(known.environment === undefined
          ? {}
          : { supportedModelFormats: known.environment.supportedModelFormats })
      }
    }),
    capabilities: Object.fromEntries(capabilities.map(({ name, supported }) => [name, supported])),
    predictionUsage: {
      dailyRates: dailyRates(known),
      lastTimestamp: last === undefined ? null : DateTime.unsafeMake(last)
    },
    permissions: [
      "CAN_VIEW",
      "CAN_EDIT_DEPLOYMENT",
      "CAN_DELETE_DEPLOYMENT",
      "CAN_REPLACE_MODEL",
      "CAN_MAKE_PREDICTIONS",
      "CAN_SUBMIT_ACTUALS",
      "CAN_SHARE"
    ],
    serviceHealth: { status: served ? deployment.serviceHealth : "unknown", ...period },
    modelHealth: { status: deployment.modelHealth ?? "unknown", message: null, ...nothing },
    accuracyHealth,
    governance: { approvalStatus: "APPROVED", hasOpenedChangeRequests: false },
    owners: {
      count: owners.length,
      preview: owners.map(({ id, name }) =>
        id === user.id
          ? { id, email: user.username, firstName: user.firstName ?? null, lastName: user.lastName ?? null }
          : { id, email: name ?? null, firstName: null, lastName: null }
      )
    },
    settings: {
      humbleAiEnabled: details.settings.humility?.enabled === true,
      predictionIntervalsEnabled: details.settings.predictionIntervals?.enabled === true,
      predictionWarningEnabled: details.settings.predictionWarning?.enabled === true
    },
    openedChangeRequests: [],
    ...(details.userProvidedId === null ? {} : { userProvidedId: details.userProvidedId })
  }
}

const can = (name: string) => ({ name, supported: true, messages: [] })
const cannot = (name: string) => ({ name, supported: false, messages: ["The emulator does not support it"] })

/** What a deployment of the emulator supports. */
export const capabilities = [
  can("supportsTargetDriftTracking"),
  can("supportsFeatureDriftTracking"),
  can("supportsModelReplacement"),
  can("supportsPredictionWarning"),
  cannot("supportsChallengerModels")
]
