/** What the emulator answers: DataRobot's routes, and its own. */
import * as HttpApi from "@effect/platform/HttpApi"
import * as Errors from "../protocol/errors.js"
import { control } from "./ControlApi.js"
import { DataRobotApi } from "./DataRobotApi.js"
import { annotations } from "./openApi.js"

export const Api = HttpApi.make("emulator")
  .addHttpApi(DataRobotApi)
  .add(control)
  .addError(Errors.Unprocessable)
  .addError(Errors.UnknownRoute)
  .annotateContext(annotations)
