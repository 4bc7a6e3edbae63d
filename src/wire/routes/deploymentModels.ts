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
import { route } from "../route.js"

export const features = route({
  id: "deployments.features",
  summary: "The features of the deployed model",
  method: "GET",
  path: "deployments/:id/features/",
  query: FeaturesInput,
  success: Envelope(Feature),
  repeat: "safe"
})

export const challengers = route({
  id: "deployments.challengers",
  summary: "The challenger models of a deployment",
  method: "GET",
  path: "deployments/:id/challengers/",
  success: Challengers,
  repeat: "safe"
})

export const championModelPackage = route({
  id: "deployments.championModelPackage",
  summary: "The model package that is deployed",
  method: "GET",
  path: "deployments/:id/championModelPackage/",
  success: ChampionModelPackage,
  repeat: "safe"
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

export const replaceModel = route({
  id: "deployments.replaceModel",
  summary: "Replace the model of a deployment",
  method: "PATCH",
  path: "deployments/:id/model/",
  body: ReplacementInput,
  job: true,
  failures: [409],
  repeat: "caller-says"
})

export const secondaryDatasetConfiguration = route({
  id: "deployments.secondaryDatasetConfiguration",
  summary: "The secondary datasets of a deployment",
  method: "GET",
  path: "deployments/:id/model/secondaryDatasetConfiguration/",
  success: SecondaryDatasetConfig,
  repeat: "safe"
})

export const updateSecondaryDatasetConfiguration = route({
  id: "deployments.updateSecondaryDatasetConfiguration",
  summary: "Change the secondary datasets of a deployment",
  method: "PATCH",
  path: "deployments/:id/model/secondaryDatasetConfiguration/",
  body: SecondaryDatasetConfigInput,
  repeat: "caller-says"
})
