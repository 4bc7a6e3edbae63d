/** The operations of `Dataset` for plain async code. */
import * as Dataset from "../Dataset.js"
import { csvOf, type CsvSource } from "./csvSource.js"
import type { Abortable } from "./iterables.js"
import type { Running } from "./running.js"

/** `Dataset.upload` for plain async code. */
export type UploadDataset = (
  csv: CsvSource,
  dataset: Dataset.UploadInput,
  options?: Dataset.FileJobOptions & Abortable
) => Promise<Dataset.Dataset>

/** Creates `upload`. */
export const uploadDataset = ({ run }: Pick<Running, "run">): UploadDataset => (csv, dataset, given) => {
  const { signal, ...options } = given ?? {}
  return run<Dataset.Dataset, unknown>(Dataset.upload(csvOf(csv), dataset, options), { signal })
}
