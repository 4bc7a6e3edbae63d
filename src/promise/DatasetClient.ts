/** The operations of `Dataset` for plain async code. */
import * as Dataset from "../Dataset.js"
import { csvOf } from "./csvBytes.js"
import type { Running } from "./running.js"
import type { DatasetTransfers } from "./transfers.js"

/** Creates `upload`. */
export const uploadDataset = ({ run }: Pick<Running, "run">): DatasetTransfers["upload"] => (csv, dataset, given) => {
  const { signal, ...options } = given ?? {}
  return run<Dataset.Dataset, unknown>(Dataset.upload(csvOf(csv), dataset, options), { signal })
}
