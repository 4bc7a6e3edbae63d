/** A batch prediction as the API shows it, and the selection and order of a listing. */
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Arr from "effect/Array"
import * as DateTime from "effect/DateTime"
import * as Order from "effect/Order"
import type * as Schema from "effect/Schema"
import type { PageInput } from "../../wire/batchPrediction.js"
import { type Any, millisOf } from "../../wire/fields.js"
import { byCodePoints, requestUrl } from "../protocol/paging.js"
import type { Request } from "../protocol/request.js"
import { user } from "../state/fixtures.js"
import type { Shown } from "./batchStore.js"
import { intakeOf, outputOf } from "./job.js"

const iso = (millis: number) => DateTime.formatIso(DateTime.unsafeMake(millis))

const detailsOf = ({ isWaiting, job, queuePosition }: Shown): string => {
  switch (job.status) {
    case "INITIALIZING":
      if (isWaiting) return job.upload === "none" ? "Waiting for the CSV" : "Waiting for the rest of the CSV"
      return queuePosition === undefined || queuePosition === 0
        ? "In the queue of the prediction server"
        : `In the queue of the prediction server, behind ${queuePosition} other jobs`
    case "RUNNING":
      return "Scoring"
    case "COMPLETED":
      return `Scored ${job.scoredRows} rows`
    default:
      return job.details
  }
}

const logsOf = (shown: Shown): ReadonlyArray<string> => {
  const { createdAt, endedAt, joinedAt, startedAt, status } = shown.job
  const line = (time: number | null, text: string) => time === null ? [] : [`${iso(time)} ${text}`]
  return [
    ...line(createdAt, "Job submitted"),
    ...line(joinedAt, "Job queued"),
    ...line(startedAt, "Scoring started"),
    ...line(endedAt, `Job ${status}: ${detailsOf(shown)}`)
  ]
}

/** A job as JSON. `origin` is the origin of its links. */
export const toJson = (shown: Shown, origin: string) => {
  const { definition, isWaiting, job, now, queuePosition } = shown
  const self = `${origin}/api/v2/batchPredictions/${job.id}/`
  const elapsed = job.startedAt === null ? 0 : (job.endedAt ?? now) - job.startedAt
  const hasDownload = job.startedAt !== null && outputOf(job) === "localFile"
  return {
    id: job.id,
    status: job.status,
    statusDetails: detailsOf(shown),
    percentageCompleted: job.percentage,
    elapsedTimeSec: Math.floor(elapsed / 1000),
    queued: queuePosition !== undefined,
    queuePosition: queuePosition ?? null,
    scoredRows: job.scoredRows,
    failedRows: job.failedRows,
    skippedRows: 0,
    jobIntakeSize: job.intakeSize,
    jobOutputSize: job.outputSize,
    logs: logsOf(shown),
    created: iso(job.createdAt),
    createdBy: { userId: user.id, username: user.username, fullName: `${user.firstName} ${user.lastName}` },
    jobSpec: job.spec,
    links: {
      self,
      ...(isWaiting ? { csvUpload: `${self}csvUpload/` } : {}),
      ...(hasDownload ? { download: `${self}download/` } : {})
    },
    source: job.source,
    resultsDeleted: job.resultsDeleted,
    ...(job.definitionId === null
      ? {}
      : {
        batchPredictionJobDefinition: {
          id: job.definitionId,
          name: definition?.name ?? null,
          createdBy: user.id
        }
      })
  }
}

/** The origin of the links in a response. */
export const originOf = (request: Request) => requestUrl(request).origin

/** The response to a request that has started a job. */
export const startedJob = (shown: Shown, request: Request) =>
  HttpServerResponse.unsafeJson(toJson(shown, originOf(request)), {
    status: 202,
    headers: { location: new URL(`/api/v2/batchPredictions/${shown.job.id}/`, requestUrl(request)).href }
  })

type Wanted = Schema.Schema.Type<typeof PageInput>

const among = (wanted: Any<string> | undefined, value: string | null) =>
  wanted === undefined || (value !== null && [wanted].flat().includes(value))

/** A name with a `-` before it excludes jobs. */
const hasSource = (wanted: Any<string> | undefined, source: string) => {
  const names = wanted === undefined ? [] : [wanted].flat()
  const included = names.filter((name) => !name.startsWith("-"))
  return !names.includes(`-${source}`) && (included.length === 0 || included.includes(source))
}

const fits = (wanted: Wanted) => ({ job, now }: Shown): boolean =>
  among(wanted.status, job.status) &&
  hasSource(wanted.source, job.source) &&
  among(wanted.deploymentId, job.deploymentId) &&
  among(wanted.modelId, job.modelId) &&
  among(wanted.jobId, job.id) &&
  (wanted.cutoffHours === undefined || job.createdAt >= now - wanted.cutoffHours * 3_600_000) &&
  (wanted.startDateTime === undefined || job.createdAt >= millisOf(wanted.startDateTime)) &&
  (wanted.endDateTime === undefined || job.createdAt < millisOf(wanted.endDateTime)) &&
  among(wanted.batchPredictionJobDefinitionId, job.definitionId) &&
  among(wanted.hostname, job.hostName) &&
  among(wanted.intakeType, intakeOf(job).type) &&
  among(wanted.outputType, outputOf(job))

const byStatus = Order.mapInput(byCodePoints, ({ job }: Shown) => job.status)

/** Returns the jobs of a listing, in order. The given ones are in the order of their creation. */
export const select = (all: ReadonlyArray<Shown>, wanted: Wanted): ReadonlyArray<Shown> => {
  const selected = all.filter(fits(wanted))
  switch (wanted.orderBy) {
    case "created":
      return selected
    case "status":
      return Arr.sort(selected, byStatus)
    case "-status":
      return Arr.sort(selected, Order.reverse(byStatus))
    default:
      return Arr.reverse(selected)
  }
}
