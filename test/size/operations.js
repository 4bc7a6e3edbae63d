import { ModelDeployment } from "effect-datarobot"

export const a = ModelDeployment.list
export const b = ModelDeployment.get
