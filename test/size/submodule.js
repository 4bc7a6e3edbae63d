import * as ModelDeployment from "../../dist/ModelDeployment.js"

export const a = ModelDeployment.list
export const b = ModelDeployment.get
