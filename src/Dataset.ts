/**
 * Datasets: the tables of DataRobot's AI catalog, as batch predictions read them and data exports make them.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type * as Stream from "effect/Stream"
import type { DataRobot } from "./DataRobot.js"
import type { DataRobotError } from "./DataRobotError.js"
import { remove } from "./internal/protocols/change.js"
import { uploadDataset } from "./internal/protocols/datasetUpload.js"
import { csvFile, download as downloadFile } from "./internal/protocols/download.js"
import { operation } from "./internal/request/operation.js"
import type { FileJobOptions, FileOptions, RequestOptions } from "./internal/request/options.js"
import type { Ref } from "./internal/request/path.js"
import { read, readOption } from "./internal/request/read.js"
import type { Dataset, UploadInput } from "./wire/dataset.js"
import * as Routes from "./wire/routes/datasets.js"

export type { FileJobOptions, FileOptions, WaitOptions } from "./internal/request/options.js"
export type { Ref } from "./internal/request/path.js"
export { Dataset, type UploadInput } from "./wire/dataset.js"

/**
 * Uploads CSV as a new dataset, waits until DataRobot has read it, and returns the dataset. A string is sent as UTF-8.
 * A stream is sent as it is read, with any size: it is never held in memory, and never sent twice.
 *
 * If the upload is interrupted, DataRobot creates no dataset. If it is interrupted later, while DataRobot reads the
 * file, the dataset is deleted, because the call cannot return its id. If the wait times out, the dataset remains: the
 * error's `handle` has its id in `resource`, and `Job.await` continues to wait.
 *
 * Errors: `Failed` if DataRobot cannot read the CSV. `Lost` if DataRobot no longer knows the job, `Deadline` if the
 * wait takes longer than `wait.timeout` (default: 10 minutes). A stream adds the errors of its source.
 *
 * `POST datasets/fromFile/`, `GET status/{id}/`, `GET datasets/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { FileSystem } from "@effect/platform"
 * import { Effect } from "effect"
 * import { Dataset } from "effect-datarobot"
 *
 * const uploaded = Effect.gen(function*() {
 *   const fs = yield* FileSystem.FileSystem
 *   return yield* Dataset.upload(fs.stream("customers.csv"), { name: "Customers" })
 * })
 */
export const upload = <E = never, R = never>(
  csv: string | Uint8Array | Stream.Stream<Uint8Array, E, R>,
  dataset: UploadInput,
  options: FileJobOptions = {}
): Effect.Effect<Dataset, E | DataRobotError, R | DataRobot | HttpClient.HttpClient> =>
  uploadDataset(operation("Dataset.upload", options), csv, dataset, options)

/**
 * Returns one dataset.
 *
 * Errors: `NotFound` if the dataset does not exist; see `getOption`.
 *
 * `GET datasets/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { Dataset } from "effect-datarobot"
 *
 * const rows = Effect.map(Dataset.get("60a0000000000000000000aa"), ({ rowCount }) => rowCount)
 */
export const get = (
  dataset: Ref,
  options?: RequestOptions
): Effect.Effect<Dataset, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  read(operation("Dataset.get", options), Routes.get, { id: dataset })

/**
 * Returns one dataset, or none if it does not exist.
 *
 * Errors: those of every operation. A dataset that does not exist is no error.
 *
 * `GET datasets/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Effect, Option } from "effect"
 * import { Dataset } from "effect-datarobot"
 *
 * const exists = Effect.map(Dataset.getOption("60a0000000000000000000aa"), Option.isSome)
 */
export const getOption = (
  dataset: Ref,
  options?: RequestOptions
): Effect.Effect<Option.Option<Dataset>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  readOption(operation("Dataset.getOption", options), Routes.get, { id: dataset })

/**
 * Downloads the rows of a dataset as CSV, and emits the bytes as they arrive. The file has any size. A file that is cut
 * short is an error.
 *
 * Errors: `NotFound` if the dataset does not exist.
 *
 * `GET datasets/{id}/file/`
 *
 * @since 0.1.0
 * @example
 * import { Stream } from "effect"
 * import { Dataset } from "effect-datarobot"
 *
 * const csv = Dataset.download("60a0000000000000000000aa").pipe(Stream.decodeText(), Stream.mkString)
 */
export const download = (
  dataset: Ref,
  options?: FileOptions
): Stream.Stream<Uint8Array, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  downloadFile(
    operation("Dataset.download", options),
    { route: Routes.download, ids: { id: dataset } },
    csvFile,
    options
  )

/**
 * Deletes a dataset.
 *
 * Errors: `NotFound` if the dataset does not exist. `Conflict` if something uses it.
 *
 * `DELETE datasets/{id}/`
 *
 * @since 0.1.0
 * @example
 * import { Dataset } from "effect-datarobot"
 *
 * const deleted = Dataset.delete("60a0000000000000000000aa")
 */
const delete_ = (
  dataset: Ref,
  options?: RequestOptions
): Effect.Effect<void, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  remove(operation("Dataset.delete", options), Routes.delete, { id: dataset })

export { delete_ as delete }
