/** The datasets and the data exports of an emulator. They are plain data, so that a snapshot includes them. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { readCells } from "../../wire/csv.js"
import { Millis } from "../state/clock.js"

/**
 * A dataset: a CSV file. It appears at `createdAt`, and can be read from `readyAt` on. `error` says why it cannot be
 * read, once it is ready.
 */
export const Dataset = Schema.Struct({
  id: Schema.String,
  versionId: Schema.String,
  name: Schema.String,
  createdAt: Millis,
  readyAt: Millis,
  content: Schema.String,
  rowCount: Schema.Number,
  error: Schema.NullOr(Schema.String)
})
export interface Dataset extends Schema.Schema.Type<typeof Dataset> {}

/** A data export. It is scheduled in the second half of its time, and has succeeded at `endsAt`. */
export const DataExport = Schema.Struct({
  id: Schema.String,
  kind: Schema.Literal("predictions", "actuals", "training"),
  deploymentId: Schema.String,
  modelId: Schema.String,
  modelPackageId: Schema.NullOr(Schema.String),
  period: Schema.NullOr(Schema.Struct({ start: Millis, end: Millis })),
  onlyMatchedPredictions: Schema.Boolean,
  createdAt: Millis,
  endsAt: Millis,
  datasetId: Schema.String,
  datasetName: Schema.String
})
export interface DataExport extends Schema.Schema.Type<typeof DataExport> {}

/** The datasets and the exports of a snapshot. */
export const CatalogContent = Schema.Struct({
  datasets: Schema.Array(Dataset),
  exports: Schema.Array(DataExport)
})
export interface CatalogContent extends Schema.Schema.Type<typeof CatalogContent> {}

/** Maximum length of all datasets together, in characters, so that a snapshot can hold them. */
export const maxContent = 64 * 1024 * 1024
/** Maximum number of datasets. */
export const maxDatasets = 1_000
/** Maximum number of exports to keep. The oldest ones are dropped. */
export const maxExports = 1_000

/** The datasets and exports by id, in the order of creation. */
export interface Catalog {
  readonly datasets: Map<string, Dataset>
  readonly exports: Map<string, DataExport>
}

/** Creates an empty catalog. */
export const make = (): Catalog => ({ datasets: new Map(), exports: new Map() })

/** Returns everything in a catalog. */
export const contentOf = ({ datasets, exports }: Catalog): CatalogContent => ({
  datasets: [...datasets.values()],
  exports: [...exports.values()]
})

/** Replaces everything in a catalog. */
export const fill = ({ datasets, exports }: Catalog, content: CatalogContent): void => {
  datasets.clear()
  exports.clear()
  for (const one of content.datasets) datasets.set(one.id, one)
  for (const one of content.exports) exports.set(one.id, one)
}

/** Whether an id is in use. */
export const has = ({ datasets, exports }: Catalog, id: string): boolean => datasets.has(id) || exports.has(id)

/** Whether there is room for one more dataset with this content. */
export const hasRoomFor = ({ datasets }: Catalog, content: string): boolean => {
  let total = content.length
  for (const one of datasets.values()) total += one.content.length
  return datasets.size < maxDatasets && total <= maxContent
}

/** Adds an export, and drops the oldest ones if there are too many. */
export const addExport = ({ exports }: Catalog, added: DataExport): void => {
  exports.set(added.id, added)
  for (const id of exports.keys()) {
    if (exports.size <= maxExports) break
    exports.delete(id)
  }
}

/** A CSV file, and what it says about a dataset. */
export type File = Pick<Dataset, "content" | "rowCount" | "error">

/** Returns the file with a content whose number of rows is known. */
export const fileOf = (content: string, rowCount: number): File => ({
  content,
  rowCount,
  error: rowCount === 0 ? "The file has no rows" : null
})

/** Reads a file of a client. */
export const readFile = (content: string): Effect.Effect<File> =>
  Stream.runFold(readCells(Stream.make(new TextEncoder().encode(content))), 0, (count, { rows }) => count + rows.length)
    .pipe(
      Effect.map((count) => fileOf(content, count)),
      Effect.catchAll(() => Effect.succeed({ content, rowCount: 0, error: "The file is not CSV with a header line" }))
    )

/** The state of a dataset at a time. */
export const processingState = ({ error, readyAt }: Dataset, now: number): "RUNNING" | "ERROR" | "COMPLETED" =>
  now < readyAt ? "RUNNING" : error === null ? "COMPLETED" : "ERROR"
