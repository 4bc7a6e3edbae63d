/** The routes of the deployments API for the models of a deployment. */
import {
  CandidateInput,
  Challengers,
  ChampionModelPackage,
  Feature,
  FeaturesInput,
  ReplacementInput,
  ReplacementValidation,
  SecondaryDatasetConfig,
  SecondaryDatasetConfigInput
} from "../deploymentModel.js"
import { Envelope } from "../envelope.js"
import { change, read, route } from "../route.js"

export const features = read({
  id: "deployments.features",
  summary: "The features of the deployed model",
  path: "deployments/:id/features/",
  query: FeaturesInput,
  success: Envelope(Feature)
})

export const challengers = read({
  id: "deployments.challengers",
  summary: "The challenger models of a deployment",
  path: "deployments/:id/challengers/",
  success: Challengers
})

export const championModelPackage = read({
  id: "deployments.championModelPackage",
  summary: "The model package that is deployed",
  path: "deployments/:id/championModelPackage/",
  success: ChampionModelPackage
})

export const validateReplacementModel = route({
  id: "deployments.validateReplacementModel",
  summary: "Whether a model could replace the deployed one",
  method: "POST",
  path: "deployments/:id/model/validation/",
  body: CandidateInput,
  success: ReplacementValidation,
  repeat: "safe"
})

export const replaceModel = change({
  id: "deployments.replaceModel",
  summary: "Replace the model of a deployment",
  path: "deployments/:id/model/",
  body: ReplacementInput,
  job: true,
  failures: [409]
})

export const secondaryDatasetConfiguration = read({
  id: "deployments.secondaryDatasetConfiguration",
  summary: "The secondary datasets of a deployment",
  path: "deployments/:id/model/secondaryDatasetConfiguration/",
  success: SecondaryDatasetConfig
})

export const updateSecondaryDatasetConfiguration = change({
  id: "deployments.updateSecondaryDatasetConfiguration",
  summary: "Change the secondary datasets of a deployment",
  path: "deployments/:id/model/secondaryDatasetConfiguration/",
  body: SecondaryDatasetConfigInput
})
