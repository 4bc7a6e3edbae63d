/** The routes of model packages: `modelPackages/`. */
import { Envelope } from "../envelope.js"
import {
  CreateFromCustomModelVersionInput,
  CreateFromLearningModelInput,
  ModelPackage,
  PageInput
} from "../modelPackage.js"
import { createOnce, read, route } from "../route.js"

export const list = read({
  id: "modelPackages.list",
  summary: "List the model packages",
  path: "modelPackages/",
  query: PageInput,
  success: Envelope(ModelPackage)
})

export const get = read({
  id: "modelPackages.get",
  summary: "A model package",
  path: "modelPackages/:id/",
  success: ModelPackage
})

export const createFromLearningModel = createOnce({
  id: "modelPackages.createFromLearningModel",
  summary: "Create a package of a model of a project",
  path: "modelPackages/fromLearningModel/",
  body: CreateFromLearningModelInput,
  success: ModelPackage,
  status: 201,
  failures: [422]
})

export const createFromCustomModelVersion = createOnce({
  id: "modelPackages.createFromCustomModelVersion",
  summary: "Create a package of a version of a custom model",
  path: "modelPackages/fromCustomModelVersion/",
  body: CreateFromCustomModelVersionInput,
  success: ModelPackage,
  status: 201,
  failures: [422]
})

export const archive = route({
  id: "modelPackages.archive",
  summary: "Archive a model package",
  method: "POST",
  path: "modelPackages/:id/archive/",
  repeat: "caller-says",
  failures: [422]
})
