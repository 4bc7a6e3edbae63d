/** The handlers of `datasets/`. */
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { Dataset } from "../../wire/dataset.js"
import { readFile } from "../files/catalog.js"
import type { KnownDataset } from "../files/fileStore.js"
import { uploadedFile } from "../files/upload.js"
import { user } from "../state/fixtures.js"
import { type Handlers, locationOf } from "./handler.js"

/** Returns the response that is a CSV file. */
export const csvResponse = (content: string, name: string) =>
  HttpServerResponse.text(content, {
    contentType: "text/csv; charset=UTF-8",
    headers: { "content-disposition": `attachment; filename="${name.replaceAll(/[^\w.-]/g, "_")}"` }
  })

const toDataset = (dataset: KnownDataset): Dataset => ({
  id: dataset.id,
  versionId: dataset.versionId,
  name: dataset.name,
  processingState: dataset.state,
  error: dataset.state === "ERROR" ? dataset.error : null,
  creationDate: DateTime.unsafeMake(dataset.createdAt),
  createdBy: user.username,
  rowCount: dataset.state === "COMPLETED" ? dataset.rowCount : null,
  datasetSize: new TextEncoder().encode(dataset.content).length,
  categories: ["TRAINING", "PREDICTION"],
  isLatestVersion: true,
  isSnapshot: true
})

export const datasets: Handlers<"datasets"> = {
  upload: ({ request }, { state }) =>
    Effect.gen(function*() {
      const { content, name } = yield* uploadedFile(request)
      const { dataset, job } = yield* state.addDataset(name, yield* readFile(content))
      const created = { catalogId: dataset.id, catalogVersionId: dataset.versionId, statusId: job }
      return HttpServerResponse.unsafeJson(created, { status: 202, headers: locationOf(`status/${job}`, request) })
    }),
  get: ({ path }, { state }) => Effect.map(state.dataset(path.id), toDataset),
  delete: ({ path }, { state }) => state.deleteDataset(path.id),
  download: ({ path }, { state }) =>
    Effect.zipWith(
      state.datasetContent(path.id),
      state.dataset(path.id),
      (content, { name }) => csvResponse(content, name)
    )
}
