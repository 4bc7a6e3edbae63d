/** What the operations that create a deployment have in common. */
import * as Routes from "../../wire/routes/deployments.js"

/** The deployments API's collection of deployments. */
export const deployments = { name: "deployments", route: Routes.get }

/** The advice if it is unknown whether a deployment was created. */
export const whenUnknownCreate =
  "It may have been created: check with Deployment.list({ search: label }) before you create it again."
