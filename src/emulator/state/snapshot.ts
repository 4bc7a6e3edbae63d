/** Everything that an emulator stores, as JSON: `GET /__emulator/state` returns it and a data file holds it. */
import * as Schema from "effect/Schema"
import { ModelDeployment } from "../../wire/modelDeployment.js"
import { Definition } from "../batch/definition.js"
import * as Batch from "../batch/job.js"
import * as Catalog from "../files/catalog.js"
import * as History from "../monitoring/history.js"
import { ActualValue, PredictedRow } from "../monitoring/rows.js"
import { ClockSnapshot, Millis } from "./clock.js"
import { Details } from "./details.js"
import { Job } from "./jobs.js"
import { lazily, pieces } from "./jsonPieces.js"
import type { Memory } from "./memory.js"
import * as Registry from "./registry.js"
import { detailsOf } from "./stored.js"
import { withDefault } from "./withDefault.js"

const deployment = {
  deployment: ModelDeployment,
  deployedAt: Schema.NullOr(Millis),
  requests: History.HistorySnapshot,
  details: Schema.optionalWith(Details, { exact: true }),
  rows: withDefault(Schema.Array(PredictedRow), []),
  actuals: withDefault(Schema.Array(ActualValue), [])
}

/** Also reads `details` under the former key `today`, which snapshots and data files of earlier builds have. */
const StoredDeployment = Schema.transform(
  Schema.Struct({ ...deployment, today: deployment.details }),
  Schema.typeSchema(Schema.Struct(deployment)),
  {
    strict: true,
    decode: ({ today, ...stored }) => today === undefined ? stored : { details: today, ...stored },
    encode: (stored) => stored
  }
)

/**
 * A snapshot. It does not include the journal and the faults, because they belong to one run of the emulator.
 *
 * - `ids`: number of generated ids, so that no id is generated twice.
 * - `predictionHost`: the host that made predictions. On restore, its deployments move to the emulator's own host.
 * - `batches`: the batch predictions, without their rows.
 * - `definitions`: the definitions of batch predictions.
 * - `catalog`: the datasets, with their files, and the data exports.
 * - `registry`: what deployments refer to. Missing in snapshots of earlier builds.
 * - `deployedAt`: when the deployment process ends, in epoch milliseconds; null for never.
 * - `details`, `rows`, `actuals`: data that only the deployments API shows. Optional, because the first snapshots did
 *   not have them.
 */
export const Snapshot = Schema.Struct({
  version: Schema.Literal(1),
  clock: ClockSnapshot,
  ids: Schema.NonNegativeInt,
  predictionHost: Schema.String,
  registry: withDefault(Registry.RegistryContent, Registry.initialContent),
  deployments: Schema.Array(StoredDeployment),
  jobs: Schema.Array(Job),
  catalog: withDefault(Catalog.CatalogContent, { datasets: [], exports: [] }),
  batches: withDefault(Schema.Array(Batch.BatchJob), []),
  definitions: withDefault(Schema.Array(Definition), [])
}).annotations({ identifier: "Snapshot" })
export interface Snapshot extends Schema.Schema.Type<typeof Snapshot> {}
/**
 * Everything that an emulator stores, as JSON.
 *
 * @since 0.1.0
 */
export interface SnapshotJson extends Schema.Schema.Encoded<typeof Snapshot> {}

/** What a memory holds at one moment. Later changes of the memory do not change it if `requestsOf` returns a copy. */
const capture = <Requests>(
  { batches, catalog, definitions, deployments, ids, jobs, registry }: Memory,
  clock: ClockSnapshot,
  predictionHost: string,
  requestsOf: (history: History.History) => Requests
) => ({
  version: 1 as const,
  clock,
  ids: ids(),
  predictionHost,
  registry: Registry.contentOf(registry),
  deployments: Array.from(deployments.values(), ({ actuals, deployedAt, deployment, details, requests, rows }) => ({
    deployment,
    deployedAt: isMillis(deployedAt) ? deployedAt : null,
    requests: requestsOf(requests),
    details,
    rows: [...rows],
    actuals: [...actuals.values()]
  })),
  jobs: jobs.all(),
  catalog: Catalog.contentOf(catalog),
  batches: batches.all().map(({ job }) => job),
  definitions: [...definitions.values()]
})

/** Returns a snapshot of a memory. */
export const toSnapshot = (memory: Memory, clock: ClockSnapshot, predictionHost: string): Snapshot =>
  capture(memory, clock, predictionHost, History.toSnapshot)

/**
 * Returns the JSON of a snapshot of a memory, in pieces. Taking the snapshot copies no history. Each piece is made when
 * it is read, and later changes of the memory do not change it. So a large memory can be written while it is used.
 */
export const toPieces = (memory: Memory, clock: ClockSnapshot, predictionHost: string): Iterable<string> => {
  const captured = capture(memory, clock, predictionHost, History.toView)
  // The type says that everything but the deployments is JSON already.
  const json: Omit<SnapshotJson, "deployments"> = captured
  return pieces({ ...json, deployments: lazily(captured.deployments, toJson) })
}

type DeploymentJson = SnapshotJson["deployments"][number]

/** Returns the JSON of a deployment. Encoding all rows at once would block other work, but they are JSON already. */
const toJson = (
  { actuals, requests, rows, ...deployment }: Omit<typeof StoredDeployment.Type, "requests"> & {
    readonly requests: ReturnType<typeof History.toView>
  }
) => {
  const lists: Pick<DeploymentJson, "rows" | "actuals"> = { rows, actuals }
  const small = encodeDeployment({ ...deployment, requests: noRequests, rows: [], actuals: [] })
  return { ...small, requests, ...lists }
}

const encodeDeployment = Schema.encodeSync(StoredDeployment)
const noRequests = History.toSnapshot(History.make())

const isMillis = Schema.is(Millis)

/** Replaces the content of a memory with that of a snapshot. */
export const restore = (memory: Memory, snapshot: Snapshot, predictionHost: string, now: number): void => {
  memory.clear(snapshot.ids)
  Registry.fill(memory.registry, snapshot.registry)
  for (const { actuals, deployedAt, deployment, details, requests, rows } of snapshot.deployments) {
    memory.deployments.set(deployment.id, {
      deployment: moved(deployment, snapshot.predictionHost, predictionHost),
      deployedAt: deployedAt ?? Infinity,
      requests: History.fromSnapshot(requests),
      details: details ?? detailsOf(deployment),
      rows: [...rows],
      actuals: new Map(actuals.map((actual) => [actual.associationId, actual]))
    })
  }
  snapshot.jobs.forEach(memory.jobs.add)
  Catalog.fill(memory.catalog, snapshot.catalog)
  for (const definition of snapshot.definitions) memory.definitions.set(definition.id, definition)
  for (const job of snapshot.batches) memory.batches.add(Batch.restarted(job, now))
}

/** Moves a deployment from the host of the snapshot to the emulator's own host. */
const moved = (deployment: ModelDeployment, from: string, to: string): ModelDeployment => ({
  ...deployment,
  ...(deployment.instance?.hostName === from ? { instance: { ...deployment.instance, hostName: to } } : {}),
  ...(deployment.predictionEndpoint === from ? { predictionEndpoint: to } : {})
})
