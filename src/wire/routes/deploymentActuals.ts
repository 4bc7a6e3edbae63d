/** The routes of the deployments API for actual values. */
import { ActualsInput, DatasetInput } from "../actuals.js"
import { route } from "../route.js"

export const submitActuals = route({
  id: "deployments.submitActuals",
  summary: "Submit actual values",
  method: "POST",
  path: "deployments/:id/actuals/fromJSON/",
  body: ActualsInput,
  job: true,
  failures: [422],
  attemptTimeout: 60_000,
  repeat: "caller-says"
})

export const submitActualsFromDataset = route({
  id: "deployments.submitActualsFromDataset",
  summary: "Submit the actual values of a dataset",
  method: "POST",
  path: "deployments/:id/actuals/fromDataset/",
  body: DatasetInput,
  job: true,
  failures: [422],
  repeat: "caller-says"
})
