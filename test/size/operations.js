import { ModelDeployment } from "../../dist/index.js"

export const a = ModelDeployment.list
export const b = ModelDeployment.get
