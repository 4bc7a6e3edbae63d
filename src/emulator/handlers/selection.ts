/** Selection and order of a listing of the deployments API. */
import * as Arr from "effect/Array"
import * as Order from "effect/Order"
import type * as Schema from "effect/Schema"
import { type Deployment, type HealthStatus, importances, orders, type PageInput } from "../../wire/deployment.js"
import { type Any, millisOf } from "../../wire/fields.js"
import { byCodePoints } from "../protocol/paging.js"
import { lastPrediction, toDeployment } from "../state/deploymentView.js"
import { user } from "../state/fixtures.js"
import type { Known } from "../state/known.js"

type Wanted = Schema.Schema.Type<typeof PageInput>

/** A deployment as a listing shows it, with the values for its filters and its order. */
interface Listed {
  readonly known: Known
  readonly shown: Deployment
}

const among = (wanted: Any<string> | undefined, value: string | null | undefined) =>
  wanted === undefined || (value != null && [wanted].flat().includes(value))

const is = (wanted: boolean | undefined, value: boolean) => wanted === undefined || wanted === value

const dailyAverage = ({ shown }: Listed) =>
  (shown.predictionUsage?.dailyRates ?? []).reduce((total, rate) => total + rate, 0) / 7

const fits = (wanted: Wanted) => (listed: Listed): boolean => {
  const { known, shown } = listed
  const text = (wanted.search ?? "").toLowerCase()
  const last = lastPrediction(known)
  const { lastPredictionTimestampEnd: end, lastPredictionTimestampStart: start } = wanted
  const average = dailyAverage(listed)
  return [shown.label, shown.description].some((field) => (field ?? "").toLowerCase().includes(text)) &&
    among(wanted.status, shown.status) &&
    among(wanted.importance, shown.importance) &&
    // The emulator's only user owns every deployment.
    wanted.role !== "USER" &&
    among(wanted.serviceHealth, shown.serviceHealth?.status) &&
    among(wanted.modelHealth, shown.modelHealth?.status) &&
    among(wanted.accuracyHealth, shown.accuracyHealth?.status) &&
    among(wanted.executionEnvironmentType, known.target.kind === "external" ? "external" : "datarobot") &&
    among(wanted.buildEnvironmentType, shown.model?.buildEnvironmentType) &&
    among(wanted.predictionEnvironmentPlatform, shown.predictionEnvironment?.platform ?? "datarobot") &&
    among(wanted.defaultPredictionServerId, shown.defaultPredictionServer?.id) &&
    (start === undefined || (last !== undefined && last >= millisOf(start))) &&
    (end === undefined || (last !== undefined && last < millisOf(end))) &&
    average > (wanted.predictionUsageDailyAvgGreaterThan ?? -1) &&
    average < (wanted.predictionUsageDailyAvgLessThan ?? Infinity) &&
    is(wanted.createdByMe, true) &&
    among(wanted.createdBy, user.id) &&
    is(wanted.hasDecisionFlow, false) &&
    among(
      wanted.championModelExecutionType,
      known.modelPackage?.isCustom === true ? "custom_inference_model" : "dedicated"
    ) &&
    among(wanted.championModelTargetType, shown.model?.targetType) &&
    // The emulator has no tags and no agents.
    [
      wanted.tagKeys,
      wanted.tagValues,
      wanted.predictionEnvironmentTagKeys,
      wanted.predictionEnvironmentTagValues
    ].every((tags) => tags === undefined) &&
    is(wanted.isA2AAgent, false)
}

const by = (value: (listed: Listed) => number) => Order.mapInput(Order.number, value)
const place = (names: ReadonlyArray<string>, name: string | null | undefined) =>
  name != null && names.includes(name) ? names.indexOf(name) : names.length
/** Failing deployments come first. */
const severity = ["failing", "warning", "passing", "unknown", "unavailable"]
const byHealth = (health: (deployment: Deployment) => HealthStatus | null | undefined) =>
  by(({ shown }) => place(severity, health(shown)?.status))

const byLastPrediction = by(({ known }) => lastPrediction(known) ?? -Infinity)
const alike: Order.Order<Listed> = () => 0

const orderOf: Record<typeof orders[number], Order.Order<Listed>> = {
  label: Order.mapInput(byCodePoints, ({ shown }: Listed) => shown.label ?? null),
  serviceHealth: byHealth(({ serviceHealth }) => serviceHealth),
  modelHealth: byHealth(({ modelHealth }) => modelHealth),
  accuracyHealth: byHealth(({ accuracyHealth }) => accuracyHealth),
  fairnessHealth: alike,
  customMetricsHealth: alike,
  actualsTimelinessHealth: alike,
  predictionsTimelinessHealth: alike,
  recentPredictions: by(dailyAverage),
  lastPredictionTimestamp: byLastPrediction,
  currentModelDeployedTimestamp: by(({ shown }) => shown.model?.deployedAt?.epochMillis ?? -Infinity),
  createdAtTimestamp: by(({ shown }) => shown.createdAt?.epochMillis ?? -Infinity),
  importance: by(({ shown }) => place(importances, shown.importance))
}

const order = (wanted: string): Order.Order<Listed> => {
  const known = orders.find((one) => wanted === one || wanted === `-${one}`) ?? "label"
  return wanted.startsWith("-") ? Order.reverse(orderOf[known]) : orderOf[known]
}

/** Returns the deployments of a listing, in order. Default: deployments with the most recent predictions first. */
export const selectDeployments = (
  all: ReadonlyArray<Known>,
  wanted: Wanted,
  origin: string
): ReadonlyArray<Deployment> => {
  const listed = all.map((known) => ({ known, shown: toDeployment(known, origin) })).filter(fits(wanted))
  return Arr.sort(listed, order(wanted.orderBy ?? "-lastPredictionTimestamp")).map(({ shown }) => shown)
}
