/** What the deployments of an emulator record: prediction requests, predicted rows and actual values. */
import * as Effect from "effect/Effect"
import type { ServiceStatistics } from "../../wire/modelDeployment.js"
import type { PredictionRequest } from "../monitoring/history.js"
import { type ActualValue, maxRows } from "../monitoring/rows.js"
import { statistics } from "../monitoring/statistics.js"
import { requestAt, type Traffic } from "../monitoring/traffic.js"
import { type Conflict, conflict, notDeployed, type NotFound } from "../protocol/errors.js"
import { isDeployed, type Known } from "./known.js"
import type { Memory } from "./memory.js"
import { type PredictionTarget, predictionTargetOf } from "./predictionTarget.js"
import { keepsRows, predictedRow } from "./stored.js"

/** A row and its prediction. */
export interface Scored {
  readonly row: Readonly<Record<string, unknown>>
  readonly score: number
}

/** A deployment that gets a prediction request. */
export interface Serving extends Pick<Known, "deployment" | "details"> {
  readonly target: PredictionTarget
}

/** The records of deployments, and the functions that add to them. */
export interface RecordStore {
  /** Returns the deployment if it can make predictions, and the check accepts it. */
  readonly serving: <E>(
    id: string,
    check: (serving: Serving) => Effect.Effect<void, E>
  ) => Effect.Effect<Serving, E | NotFound | Conflict>
  /**
   * Records a prediction request of this moment, and its rows if the settings of the deployment require it. Returns the
   * number of requests so far.
   */
  readonly record: (
    id: string,
    request: Omit<PredictionRequest, "time">,
    scored?: Iterable<Scored>
  ) => Effect.Effect<number, NotFound>
  readonly recordTraffic: (traffic: Traffic) => Effect.Effect<void, NotFound>
  /** Service statistics of `[start, end)` in epoch milliseconds. */
  readonly statistics: (id: string, start: number, end: number) => Effect.Effect<ServiceStatistics, NotFound>
  /** Stores actual values, and starts a job that represents their upload. Returns the id of the job. */
  readonly addActuals: (
    id: string,
    actuals: ReadonlyArray<ActualValue>,
    keepWithoutPredictions: boolean
  ) => Effect.Effect<string, NotFound>
}

/** The records of a memory. */
export const make = ({ changeFound, find, registry, start }: Memory): RecordStore => ({
  serving: (id, check) =>
    Effect.flatten(find(id, (stored, now) => {
      const { deployment, details } = stored
      const serving = { deployment, details, target: predictionTargetOf(stored, registry) }
      const state = !isDeployed(stored, now)
        ? notDeployed
        : deployment.status === "active"
        ? Effect.succeed(serving)
        : conflict(`The deployment is ${deployment.status}`)
      return Effect.zipRight(check(serving), state)
    })),
  record: (id, request, scored = []) =>
    changeFound(id, ({ details, requests, rows }, time) => {
      requests.add(1, () => ({ ...request, time }))
      if (keepsRows(details)) {
        for (const { row, score } of scored) rows.push(predictedRow(details, row, score, time))
        if (rows.length > maxRows) rows.splice(0, rows.length - maxRows)
      }
      return requests.count(-Infinity, Infinity)
    }),
  recordTraffic: (traffic) =>
    changeFound(traffic.deploymentId, ({ requests }) => requests.add(traffic.requests, requestAt(traffic))),
  statistics: (id, start, end) => find(id, ({ requests }) => statistics(requests, start, end)),
  addActuals: (id, actuals, keepWithoutPredictions) =>
    changeFound(id, (stored, startedAt) => {
      const predicted = new Set(stored.rows.map(({ associationId }) => associationId))
      for (const actual of actuals) {
        if (!keepWithoutPredictions && !predicted.has(actual.associationId)) continue
        stored.actuals.set(actual.associationId, actual)
      }
      for (const oldest of stored.actuals.keys()) {
        if (stored.actuals.size <= maxRows) break
        stored.actuals.delete(oldest)
      }
      return start({ startedAt, ends: "done", description: "Actuals upload", deploymentId: id, change: null })
    })
})
