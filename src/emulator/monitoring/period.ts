/** Periods of monitoring data, and the data in them. Times are epoch milliseconds, periods are half-open. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { type DateInput, millisOf } from "../../wire/fields.js"
import type { PeriodInput } from "../../wire/monitoring.js"
import * as Errors from "../protocol/errors.js"
import type { DeployedModel, Details } from "../state/details.js"
import type { Known } from "../state/known.js"
import { modelAt } from "../state/stored.js"
import type { Columns } from "./history.js"
import { between, type PredictedRow } from "./rows.js"

const hour = 3_600_000
const day = 24 * hour

/** A period of the data of one model. */
export interface Period {
  readonly start: number
  readonly end: number
  readonly modelId: string
}

/** The model that is deployed. */
export const championOf = ({ models }: Details): DeployedModel => models[models.length - 1] ?? models[0]

/** Returns a period in the form of a response. */
export const utc = ({ end, start }: { readonly start: number; readonly end: number }) => ({
  start: DateTime.unsafeMake(start),
  end: DateTime.unsafeMake(end)
})

/** Returns the period of a request. Default end: `latest`. Default start: `length` milliseconds before the end. */
export const range = (
  asked: { readonly start: DateInput | undefined; readonly end: DateInput | undefined },
  latest: number,
  length: number
): Effect.Effect<{ readonly start: number; readonly end: number }, Errors.Unprocessable> => {
  const end = asked.end === undefined ? latest : millisOf(asked.end)
  const start = asked.start === undefined ? end - length : millisOf(asked.start)
  if (start < end) return Effect.succeed({ start, end })
  return Errors.invalidFields(
    asked.end === undefined ? { start: "must not be in the future" } : { end: "must be later than start" }
  )
}

/** Returns the period of a request. Default: the seven days before the next full hour, of the deployed model. */
export const period = (
  { now, details }: Known,
  asked: PeriodInput
): Effect.Effect<Period, Errors.Unprocessable> =>
  Effect.map(
    range({ start: asked.startTime, end: asked.endTime }, (Math.floor(now / hour) + 1) * hour, 7 * day),
    (found) => ({ ...found, modelId: asked.modelId ?? championOf(details).modelId })
  )

const units = { Y: 365 * day, M: 30 * day, W: 7 * day, D: day, H: hour } as const

/**
 * Returns the milliseconds of an ISO 8601 duration of whole hours, or undefined for any other text. A month has 30
 * days.
 */
export const bucketMillis = (text: string): number | undefined => {
  const parts = /^P((?:\d{1,4}[YMWD])*)(?:T(\d{1,4}H)(?:0M)?(?:0S)?)?$/.exec(text)
  const amounts = `${parts?.[1] ?? ""}${parts?.[2] ?? ""}`.matchAll(/(\d+)([YMWDH])/g)
  let millis = 0
  // Boundary: the pattern matches no other unit.
  for (const [, amount, unit] of amounts) millis += Number(amount) * units[unit as keyof typeof units]
  return millis > 0 ? millis : undefined
}

/** Maximum number of buckets in a response. */
const maxBuckets = 10_000

/** Returns the buckets of a period, oldest first. The last one ends with the period and may be shorter. */
export const buckets = (
  { end, modelId, start }: Period,
  size = "P1D"
): Effect.Effect<ReadonlyArray<Period>, Errors.Unprocessable> => {
  const millis = bucketMillis(size) ?? day
  const count = Math.ceil((end - start) / millis)
  if (count > maxBuckets) return Errors.invalidFields({ bucketSize: `must not make more than ${maxBuckets} buckets` })
  return Effect.succeed(Array.from({ length: count }, (_, index) => {
    const begin = start + index * millis
    return { start: begin, end: Math.min(end, begin + millis), modelId }
  }))
}

/** Returns the periods in which a model was deployed. The period of the first model has no start. */
const tenures = ({ models }: Details, modelId: string) =>
  models.flatMap((model, place) =>
    model.modelId === modelId
      ? [{ start: place === 0 ? -Infinity : model.since, end: models[place + 1]?.since ?? Infinity }]
      : []
  )

/**
 * Returns the requests that the model of a period has received in it so far. If `user` is given, only those of the
 * user.
 */
export const requestsOf = (
  { now, requests, details }: Known,
  { end, modelId, start }: Period,
  user?: string
): Columns => {
  const [only, ...more] = tenures(details, modelId)
  const had = only === undefined ? { start: 0, end: 0 } : more.length === 0 ? only : { start: -Infinity, end: Infinity }
  const all = requests.between(Math.max(start, had.start), Math.min(end, had.end, now + 1))
  if (more.length === 0 && user === undefined) return all
  const place = user === undefined ? undefined : requests.users.indexOf(user)
  const isOf = (_: number, index: number) =>
    (place === undefined || all.user[index] === place) &&
    (more.length === 0 || modelAt(details, all.time[index] ?? 0) === modelId)
  return {
    time: all.time.filter(isOf),
    user: all.user.filter(isOf),
    rows: all.rows.filter(isOf),
    executionTime: all.executionTime.filter(isOf),
    status: all.status.filter(isOf)
  }
}

/** Returns the rows that the model of a period predicted in it. */
export const rowsOf = ({ rows }: Known, { end, modelId, start }: Period): ReadonlyArray<PredictedRow> =>
  between(rows, start, end).filter((row) => row.modelId === modelId)
