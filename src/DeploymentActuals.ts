/**
 * Actual values: what really happened after a prediction, told to a deployment so that it can say how accurate it is.
 * They are matched with predictions by their association id; see `DeploymentSettings` for the column that holds it.
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Arr from "effect/Array"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as Sink from "effect/Sink"
import * as Stream from "effect/Stream"
import type { DataRobot } from "./DataRobot.js"
import type { DataRobotError, Handle } from "./DataRobotError.js"
import { beginAndWait, type Change, type JobUpdateOptions, runJob, startChange } from "./internal/protocols/change.js"
import { beforeWait } from "./internal/protocols/poll.js"
import { requestInvalid } from "./internal/request/errors.js"
import { type Input, input, rfc3339 } from "./internal/request/input.js"
import type { UpdateOptions } from "./internal/request/options.js"
import { path, type Ref } from "./internal/request/path.js"
import { operation, type Requirements } from "./internal/request/send.js"
import { DateInput, filled } from "./wire/fields.js"

export type { JobUpdateOptions } from "./internal/protocols/change.js"
export type { WaitOptions } from "./internal/protocols/poll.js"
export type { UpdateOptions } from "./internal/request/options.js"
export type { Ref } from "./internal/request/path.js"
export type { DateInput } from "./wire/fields.js"

/** The actual value that belongs to a prediction. */
export interface Actual {
  /** What the prediction was made for: the value of its association id column; 1 to 128 characters. */
  readonly associationId: string
  /** What really happened: a number, or the class. */
  readonly actualValue: number | string
  /** Whether somebody has acted on the prediction, and may have changed what happened. */
  readonly wasActedOn?: boolean | undefined
  /** When it happened. */
  readonly timestamp?: DateInput | undefined
}

/** How actual values are submitted. */
export interface SubmitOptions extends JobUpdateOptions {
  /** Keeps actual values for which there is no prediction (yet); DataRobot's own default without it. */
  readonly keepActualsWithoutPredictions?: boolean | undefined
  /** Is told how far it is, after each request. What it throws is a defect, and ends the submission. */
  readonly onProgress?: ((submitted: Submitted) => void) | undefined
}

/** How much was submitted, and taken in by DataRobot. */
export interface Submitted {
  /** How many actual values. */
  readonly actuals: number
  /** In how many requests. */
  readonly requests: number
}

const nothing: Submitted = { actuals: 0, requests: 0 }

/** The most that one request may hold. */
const chunkSize = 10_000

const ActualsInput = Schema.Struct({
  data: Schema.Array(Schema.Struct({
    associationId: Schema.String.pipe(
      Schema.filter((id) => id.trim() !== "" && id.length <= 128, {
        message: () => "must be a text of 1 to 128 characters that is not blank"
      })
    ),
    actualValue: Schema.Union(Schema.Finite, Schema.String)
      .annotations({ message: () => ({ message: "must be a text or a finite number", override: true }) }),
    wasActedOn: Schema.optional(Schema.Boolean),
    timestamp: Schema.optional(DateInput)
  })),
  keepActualsWithoutPredictions: Schema.optional(Schema.Boolean)
})

/** The body of one request; its issues count the actual values from the first one of all. */
const bodyOf = (data: ReadonlyArray<Actual>, offset: number, keepActualsWithoutPredictions?: boolean): Input => {
  const checked = input(ActualsInput, { data, keepActualsWithoutPredictions })
  return {
    issues: checked.issues.map(({ message, path }) => ({
      message,
      path: path.replace(/^data\[(\d+)\]/, (_, index: string) => `actuals[${offset + Number(index)}]`)
    })),
    value: checked.issues.length > 0 ? {} : {
      ...checked.value,
      data: data.map(({ timestamp, ...actual }) => ({ ...actual, timestamp: rfc3339(timestamp) }))
    }
  }
}

/** Sends one request after others, and waits until DataRobot has taken it in. */
const submitNext = (
  name: string,
  deployment: Ref,
  { body, size }: { readonly body: Input; readonly size: number },
  before: Submitted,
  { keepActualsWithoutPredictions: _, onProgress, ...options }: SubmitOptions
): Effect.Effect<Submitted, DataRobotError, Requirements> => {
  const change: Change = {
    operation: name,
    method: "POST",
    path: path`deployments/${deployment}/actuals/fromJSON/`,
    body,
    attemptTimeout: 60_000,
    whenUnknown: "These actual values may have been taken in all the same.",
    note: before.requests === 0 ? undefined : `The ${before.actuals} actual values before these were taken in.`
  }
  return Effect.map(beginAndWait(deployment, change, options), () => {
    const submitted = { actuals: before.actuals + size, requests: before.requests + 1 }
    onProgress?.(submitted)
    return submitted
  })
}

/**
 * Submits actual values, 10 000 in a request, one request after the other, and waits for DataRobot to take each in. All
 * of them are checked before the first one is sent.
 *
 * `POST deployments/{id}/actuals/fromJSON/`, `GET status/{id}/`
 *
 * @example
 * import { DeploymentActuals } from "effect-datarobot"
 *
 * const submitted = DeploymentActuals.submit("60a000000000000000000001", [
 *   { associationId: "customer-1", actualValue: "yes" },
 *   { associationId: "customer-2", actualValue: "no", timestamp: "2022-03-01T10:30:00Z" }
 * ])
 */
export const submit = (
  deployment: Ref,
  actuals: Iterable<Actual>,
  options: SubmitOptions = {}
): Effect.Effect<Submitted, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const name = "DeploymentActuals.submit"
  return operation(
    name,
    Effect.suspend(() => {
      const given = Predicate.isIterable(actuals) ? actuals : []
      const requests = Arr.chunksOf(given, chunkSize).map((chunk, index) => ({
        body: bodyOf(chunk, index * chunkSize, options.keepActualsWithoutPredictions),
        size: chunk.length
      }))
      const where = beforeWait(path`deployments/${deployment}/actuals/fromJSON/`, options.wait)
      const notGiven = given === actuals ? [] : [{ path: "actuals", message: "must be a list of actual values" }]
      const issues = [...where.issues, ...notGiven, ...requests.flatMap(({ body }) => body.issues)].slice(0, 10)
      if (issues.length > 0) {
        return Effect.fail(requestInvalid({ operation: name, method: "POST", path: where.path }, issues))
      }
      return Effect.reduce(
        requests,
        nothing,
        (before, request) => submitNext(name, deployment, request, before, options)
      )
    })
  )
}

/**
 * Submits actual values as they come, a request whenever there are 10 000 and at the end. Emits how far it is after each
 * request. What a request holds is checked before it is sent; the ones before it are then taken in already. When the
 * source fails, what it gave until then is submitted first.
 *
 * `POST deployments/{id}/actuals/fromJSON/`, `GET status/{id}/`
 */
export const submitStream = <E, R>(
  deployment: Ref,
  actuals: Stream.Stream<Actual, E, R>,
  options: SubmitOptions = {}
): Stream.Stream<Submitted, E | DataRobotError, R | DataRobot | HttpClient.HttpClient> => {
  const name = "DeploymentActuals.submitStream"
  return actuals.pipe(
    Stream.grouped(chunkSize),
    Stream.mapAccumEffect(nothing, (before, chunk) =>
      Effect.map(
        operation(name, submitChunk(name, deployment, Chunk.toReadonlyArray(chunk), before, options)),
        (submitted) => [submitted, submitted] as const
      ))
  )
}

const submitChunk = (
  name: string,
  deployment: Ref,
  chunk: ReadonlyArray<Actual>,
  before: Submitted,
  options: SubmitOptions
) => {
  const body = bodyOf(chunk, before.actuals, options.keepActualsWithoutPredictions)
  return submitNext(name, deployment, { body, size: chunk.length }, before, options)
}

/**
 * A sink that submits the actual values which run into it, a request whenever there are 10 000 and at the end, and
 * answers how many there were. When the source fails, what has not filled a request is not submitted.
 *
 * `POST deployments/{id}/actuals/fromJSON/`, `GET status/{id}/`
 */
export const sink = (
  deployment: Ref,
  options: SubmitOptions = {}
): Sink.Sink<Submitted, Actual, never, DataRobotError, DataRobot | HttpClient.HttpClient> => {
  const name = "DeploymentActuals.sink"
  const flush = (waiting: Chunk.Chunk<Actual>, before: Submitted) =>
    operation(name, submitChunk(name, deployment, Chunk.toReadonlyArray(waiting), before, options))
  return Sink.foldChunksEffect(
    { waiting: Chunk.empty<Actual>(), submitted: nothing },
    () => true,
    ({ submitted, waiting }, chunk: Chunk.Chunk<Actual>) =>
      Effect.iterate({ waiting: Chunk.appendAll(waiting, chunk), submitted }, {
        while: (state) => state.waiting.length >= chunkSize,
        body: (state) =>
          Effect.map(flush(Chunk.take(state.waiting, chunkSize), state.submitted), (submitted) => ({
            waiting: Chunk.drop(state.waiting, chunkSize),
            submitted
          }))
      })
  ).pipe(
    Sink.mapEffect(({ submitted, waiting }) =>
      Chunk.isEmpty(waiting) ? Effect.succeed(submitted) : flush(waiting, submitted)
    ),
    Sink.ignoreLeftover
  )
}

const DatasetInput = Schema.Struct({
  datasetId: filled,
  datasetVersionId: Schema.optional(filled),
  associationIdColumn: filled,
  actualValueColumn: filled,
  wasActedOnColumn: Schema.optional(filled),
  timestampColumn: Schema.optional(filled)
})

/** A dataset of DataRobot's catalog that holds actual values, and its columns. */
export interface DatasetInput {
  /** The dataset. */
  readonly datasetId: string
  /** The version of the dataset; the latest without it. */
  readonly datasetVersionId?: string | undefined
  /** The column with the association ids. */
  readonly associationIdColumn: string
  /** The column with the actual values. */
  readonly actualValueColumn: string
  /** The column that says whether somebody has acted on a prediction. */
  readonly wasActedOnColumn?: string | undefined
  /** The column that says when it happened. */
  readonly timestampColumn?: string | undefined
}

const datasetCall = (operation: string, deployment: Ref, dataset: DatasetInput) => ({
  operation,
  method: "POST" as const,
  path: path`deployments/${deployment}/actuals/fromDataset/`,
  body: input(DatasetInput, dataset)
})

/**
 * Submits the actual values of a dataset, and waits until DataRobot has taken them in.
 *
 * `POST deployments/{id}/actuals/fromDataset/`, `GET status/{id}/`
 */
export const submitFromDataset = (
  deployment: Ref,
  dataset: DatasetInput,
  options?: JobUpdateOptions
): Effect.Effect<void, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  runJob(deployment, datasetCall("DeploymentActuals.submitFromDataset", deployment, dataset), options)

/** Starts what `submitFromDataset` waits for, and answers its job. */
export const startSubmitFromDataset = (
  deployment: Ref,
  dataset: DatasetInput,
  options?: UpdateOptions
): Effect.Effect<Handle, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  startChange(deployment, datasetCall("DeploymentActuals.startSubmitFromDataset", deployment, dataset), options)
