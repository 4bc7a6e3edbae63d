/** The routes of registered models and their versions: `registeredModels/`. */
import { Envelope } from "../envelope.js"
import { Paging } from "../fields.js"
import { ModelPackage } from "../modelPackage.js"
import { PageInput, RegisteredModel } from "../registeredModel.js"
import { read } from "../route.js"

export const list = read({
  id: "registeredModels.list",
  summary: "List the registered models",
  path: "registeredModels/",
  query: PageInput,
  success: Envelope(RegisteredModel)
})

export const get = read({
  id: "registeredModels.get",
  summary: "A registered model",
  path: "registeredModels/:id/",
  success: RegisteredModel
})

export const versions = read({
  id: "registeredModels.versions",
  summary: "The versions of a registered model",
  path: "registeredModels/:id/versions/",
  query: Paging,
  success: Envelope(ModelPackage)
})

export const version = read({
  id: "registeredModels.version",
  summary: "A version of a registered model",
  path: "registeredModels/:id/versions/:versionId/",
  success: ModelPackage
})
