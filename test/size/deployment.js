import * as Deployment from "../../dist/Deployment.js"

export const a = Deployment.list
export const b = Deployment.get
