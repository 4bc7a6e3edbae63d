/** The datasets, data exports and builds of an emulator, and the functions that add to them. */
import * as Effect from "effect/Effect"
import {
  type Conflict,
  conflict,
  invalidData,
  type NotFound,
  notFound,
  type Unprocessable
} from "../protocol/errors.js"
import { toKnown } from "../state/known.js"
import type { Known } from "../state/known.js"
import type { Memory } from "../state/memory.js"
import * as Catalog from "./catalog.js"

/** A dataset at a moment. */
export interface KnownDataset extends Catalog.Dataset {
  readonly state: ReturnType<typeof Catalog.processingState>
}

/** An export at a moment. */
export interface KnownExport extends Catalog.DataExport {
  readonly status: "CREATED" | "SCHEDULED" | "SUCCEEDED"
}

/** A new export: what it exports, and its rows. */
export interface NewExport
  extends Pick<Catalog.DataExport, "kind" | "modelId" | "modelPackageId" | "onlyMatchedPredictions" | "period">
{
  readonly file: Catalog.File
}

type Started<E> = Effect.Effect<{ readonly id: string; readonly job: string }, Unprocessable | E>

/** The files that a job can build. */
export type Built = "scoringCode" | "modelPackageFile"

/** The datasets, exports and builds. */
export interface FileStore {
  /** Stores a file as a new dataset, and starts the job that reads it. */
  readonly addDataset: (
    name: string,
    file: Catalog.File
  ) => Effect.Effect<{ readonly dataset: Catalog.Dataset; readonly job: string }, Unprocessable>
  readonly dataset: (id: string) => Effect.Effect<KnownDataset, NotFound>
  /** The CSV of a dataset that can be used. Batch predictions read their rows from it. */
  readonly datasetContent: (id: string) => Effect.Effect<string, NotFound | Conflict>
  /** The newest dataset with a name that can be used. */
  readonly datasetNamed: (name: string) => Effect.Effect<Catalog.Dataset | undefined>
  readonly deleteDataset: (id: string) => Effect.Effect<void, NotFound>
  /** Starts an export of a deployment, unless it is refused. Its dataset appears when the export has ended. */
  readonly startExport: <E = never>(
    deploymentId: string,
    plan: (known: Known) => NewExport | Effect.Effect<never, E>
  ) => Effect.Effect<{ readonly id: string; readonly job: string }, NotFound | Unprocessable | E>
  /** The exports of a deployment, newest first. */
  readonly exports: (
    deploymentId: string,
    kind: Catalog.DataExport["kind"]
  ) => Effect.Effect<ReadonlyArray<KnownExport>, NotFound>
  readonly export: (
    deploymentId: string,
    kind: Catalog.DataExport["kind"],
    id: string
  ) => Effect.Effect<KnownExport, NotFound>
  /** Starts the job that builds a file of a deployment. Returns the id of the job. */
  readonly startBuild: (deploymentId: string, built: Built) => Effect.Effect<string, NotFound>
  /** Whether a file of a deployment has been built. */
  readonly isBuilt: (deploymentId: string, built: Built) => Effect.Effect<boolean>
}

const noRoom = invalidData(
  `The emulator keeps at most ${Catalog.maxDatasets} datasets with ${Catalog.maxContent} characters together: delete some`
)

const isSeen = ({ createdAt }: Catalog.Dataset, now: number) => createdAt <= now

/** The datasets and exports of a memory. */
export const make = (memory: Memory, predictionHost: string): FileStore => {
  const { catalog, find, jobTime, jobs, nextId, read, start, touch } = memory

  const atMoment = (one: Catalog.DataExport, now: number): KnownExport => ({
    ...one,
    status: now >= one.endsAt ? "SUCCEEDED" : now >= (one.createdAt + one.endsAt) / 2 ? "SCHEDULED" : "CREATED"
  })

  const found = <A, E = never>(
    id: string,
    use: (dataset: Catalog.Dataset, now: number) => Effect.Effect<A, E>
  ): Effect.Effect<A, E | NotFound> =>
    Effect.flatten(read((now): Effect.Effect<A, E | NotFound> => {
      const dataset = catalog.datasets.get(id)
      return dataset === undefined || !isSeen(dataset, now) ? notFound : use(dataset, now)
    }))

  return {
    addDataset: (name, file) =>
      Effect.flatten(read((now) => {
        if (!Catalog.hasRoomFor(catalog, file.content)) return noRoom
        touch()
        const dataset: Catalog.Dataset = {
          id: nextId(),
          versionId: nextId(),
          name,
          createdAt: now,
          readyAt: now + jobTime,
          ...file
        }
        catalog.datasets.set(dataset.id, dataset)
        const job = start({
          startedAt: now,
          ends: file.error === null ? "done" : "failed",
          description: "Dataset upload",
          deploymentId: null,
          change: null,
          resource: `datasets/${dataset.id}`,
          message: file.error
        })
        return Effect.succeed({ dataset, job })
      })),
    dataset: (id) =>
      found(id, (dataset, now) => Effect.succeed({ ...dataset, state: Catalog.processingState(dataset, now) })),
    datasetContent: (id) =>
      found(id, (dataset, now) => {
        const state = Catalog.processingState(dataset, now)
        return state === "COMPLETED"
          ? Effect.succeed(dataset.content)
          : conflict(`The dataset has the processing state ${state}`)
      }),
    datasetNamed: (name) =>
      read((now) =>
        [...catalog.datasets.values()].filter((one) =>
          one.name === name && isSeen(one, now) && Catalog.processingState(one, now) === "COMPLETED"
        ).at(-1)
      ),
    deleteDataset: (id) =>
      found(id, () => {
        touch()
        catalog.datasets.delete(id)
        return Effect.void
      }),
    startExport: <E = never>(deploymentId: string, plan: (known: Known) => NewExport | Effect.Effect<never, E>) =>
      Effect.flatten(find(deploymentId, (stored, now): Started<E> => {
        const planned = plan(toKnown(memory, stored, now, predictionHost))
        if (Effect.isEffect(planned)) return planned
        const { file, ...asked } = planned
        if (!Catalog.hasRoomFor(catalog, file.content)) return noRoom
        touch()
        const [id, datasetId] = [nextId(), nextId()]
        const endsAt = now + jobTime
        const datasetName = `${asked.kind}-${id}.csv`
        catalog.datasets.set(datasetId, {
          id: datasetId,
          versionId: nextId(),
          name: datasetName,
          createdAt: endsAt,
          readyAt: endsAt + jobTime / 2,
          ...file
        })
        Catalog.addExport(catalog, { ...asked, id, deploymentId, createdAt: now, endsAt, datasetId, datasetName })
        const job = start({
          startedAt: now,
          ends: "done",
          description: "Data export",
          deploymentId,
          change: null,
          resource: asked.kind === "training"
            ? `datasets/${datasetId}`
            : `deployments/${deploymentId}/${asked.kind === "actuals" ? "actuals" : "prediction"}DataExports/${id}`,
          message: null
        })
        return Effect.succeed({ id, job })
      })),
    exports: (deploymentId, kind) =>
      find(deploymentId, (_, now) =>
        [...catalog.exports.values()].reverse()
          .filter((one) => one.deploymentId === deploymentId && one.kind === kind)
          .map((one) => atMoment(one, now))),
    export: (deploymentId, kind, id) =>
      Effect.flatten(find(deploymentId, (_, now) => {
        const one = catalog.exports.get(id)
        return one === undefined || one.deploymentId !== deploymentId || one.kind !== kind
          ? notFound
          : Effect.succeed(atMoment(one, now))
      })),
    startBuild: (deploymentId, built) =>
      find(deploymentId, (_, startedAt) => {
        touch()
        return start({
          startedAt,
          ends: "done",
          description: built === "scoringCode" ? "Scoring code build" : "Model package build",
          deploymentId,
          change: null,
          resource: `deployments/${deploymentId}/${built}`,
          message: null
        })
      }),
    isBuilt: (deploymentId, built) =>
      read(() =>
        jobs.all().some(({ ends, resource, settled }) =>
          settled && ends === "done" && resource === `deployments/${deploymentId}/${built}`
        )
      )
  }
}
