/** The routes of the deployments API for the models of a deployment. */
import {
  CandidateInput,
  Challengers,
  ChampionModelPackage,
  Feature,
  FeaturesInput,
  ModelPackageFileInput,
  ReplacementInput,
  ReplacementValidation,
  ScoringCodeBuildInput,
  ScoringCodeInput,
  SecondaryDatasetConfig,
  SecondaryDatasetConfigInput
} from "../deploymentModel.js"
import { Envelope } from "../envelope.js"
import { change, createOnce, fileRoute, read, route } from "../route.js"

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

export const scoringCode = read({
  ...fileRoute,
  id: "deployments.scoringCode",
  summary: "The scoring code of the deployed model as a JAR file",
  path: "deployments/:id/scoringCode/",
  query: ScoringCodeInput,
  bytes: true,
  failures: [422]
})

export const buildScoringCode = createOnce({
  id: "deployments.buildScoringCode",
  summary: "Build scoring code with the monitoring agent, explanations or intervals",
  path: "deployments/:id/scoringCodeBuilds/",
  body: ScoringCodeBuildInput,
  job: true,
  failures: [422]
})

export const modelPackageFile = read({
  ...fileRoute,
  id: "deployments.modelPackageFile",
  summary: "The file of the deployed model package, after it was built",
  path: "deployments/:id/modelPackageFile/",
  bytes: true,
  failures: [422]
})

export const buildModelPackageFile = createOnce({
  id: "deployments.buildModelPackageFile",
  summary: "Build the file of the deployed model package",
  path: "deployments/:id/modelPackageFileBuilds/",
  body: ModelPackageFileInput,
  job: true,
  failures: [422]
})
