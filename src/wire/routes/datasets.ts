/** The routes of datasets: `datasets/`. */
import { Dataset, Uploaded } from "../dataset.js"
import { fileRoute, read, route } from "../route.js"

export const upload = route({
  ...fileRoute,
  // Sending a file that is no stream counts too.
  attemptTimeout: 600_000,
  id: "datasets.upload",
  summary: "Create a dataset from a file",
  method: "POST",
  path: "datasets/fromFile/",
  multipart: true,
  success: Uploaded,
  status: 202,
  job: true,
  repeat: "once",
  failures: [400, 413, 422]
})

export const get = read({
  id: "datasets.get",
  summary: "A dataset",
  path: "datasets/:id/",
  success: Dataset
})

const delete_ = route({
  id: "datasets.delete",
  summary: "Delete a dataset",
  method: "DELETE",
  path: "datasets/:id/",
  repeat: "gone-is-done"
})
export { delete_ as delete }

export const download = read({
  ...fileRoute,
  id: "datasets.download",
  summary: "The rows of a dataset as CSV",
  path: "datasets/:id/file/",
  bytes: true,
  failures: [409]
})
