/** The API of the emulator: the routes of DataRobot and the emulator's own. */
import * as HttpApi from "@effect/platform/HttpApi"
import { routes } from "../../wire/routes/index.js"
import * as Errors from "../protocol/errors.js"
import { control } from "./ControlApi.js"
import { group } from "./endpoint.js"
import { annotations } from "./openApi.js"

export const Api = HttpApi.make("emulator")
  .add(group("service", routes.service))
  .add(group("modelDeployments", routes.modelDeployments))
  .add(group("deployments", routes.deployments))
  .add(group("status", routes.status))
  .add(group("predictions", routes.predictions))
  .add(group("batchPredictions", routes.batchPredictions))
  .add(group("batchPredictionDefinitions", routes.batchPredictionDefinitions))
  .add(group("predictionServers", routes.predictionServers))
  .add(group("predictionEnvironments", routes.predictionEnvironments))
  .add(group("registeredModels", routes.registeredModels))
  .add(group("modelPackages", routes.modelPackages))
  .add(group("credentials", routes.credentials))
  .add(group("datasets", routes.datasets))
  .add(control)
  .addError(Errors.Unprocessable)
  .addError(Errors.UnknownRoute)
  .annotateContext(annotations)
