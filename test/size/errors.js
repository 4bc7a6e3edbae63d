import { DataRobotError } from "../../dist/index.js"

export const guard = DataRobotError.isApiError
