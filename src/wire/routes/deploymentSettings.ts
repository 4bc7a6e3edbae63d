/** The routes of the deployments API for settings. */
import { route } from "../route.js"
import {
  AccuracyMetrics,
  AccuracyMetricsInput,
  ChallengerReplaySettings,
  ChallengerReplaySettingsInput,
  HealthSettings,
  HealthSettingsInput,
  RetrainingSettings,
  RetrainingSettingsInput,
  Settings,
  SettingsInput
} from "../settings.js"

export const settings = route({
  id: "deployments.settings",
  summary: "The settings of a deployment",
  method: "GET",
  path: "deployments/:id/settings/",
  success: Settings,
  repeat: "safe"
})

export const updateSettings = route({
  id: "deployments.updateSettings",
  summary: "Change settings of a deployment",
  method: "PATCH",
  path: "deployments/:id/settings/",
  body: SettingsInput,
  job: true,
  failures: [409],
  repeat: "caller-says"
})

export const healthSettings = route({
  id: "deployments.healthSettings",
  summary: "The health settings of a deployment",
  method: "GET",
  path: "deployments/:id/healthSettings/",
  success: HealthSettings,
  repeat: "safe"
})

export const defaultHealthSettings = route({
  id: "deployments.defaultHealthSettings",
  summary: "The default health settings of a deployment",
  method: "GET",
  path: "deployments/:id/healthSettings/defaults/",
  success: HealthSettings,
  repeat: "safe"
})

export const updateHealthSettings = route({
  id: "deployments.updateHealthSettings",
  summary: "Change health settings of a deployment",
  method: "PATCH",
  path: "deployments/:id/healthSettings/",
  body: HealthSettingsInput,
  success: HealthSettings,
  repeat: "caller-says"
})

export const challengerReplaySettings = route({
  id: "deployments.challengerReplaySettings",
  summary: "Whether challengers replay predictions, and when",
  method: "GET",
  path: "deployments/:id/challengerReplaySettings/",
  success: ChallengerReplaySettings,
  repeat: "safe"
})

export const updateChallengerReplaySettings = route({
  id: "deployments.updateChallengerReplaySettings",
  summary: "Change whether challengers replay predictions, and when",
  method: "PATCH",
  path: "deployments/:id/challengerReplaySettings/",
  body: ChallengerReplaySettingsInput,
  success: ChallengerReplaySettings,
  repeat: "caller-says"
})

export const retrainingSettings = route({
  id: "deployments.retrainingSettings",
  summary: "How the model of a deployment is retrained",
  method: "GET",
  path: "deployments/:id/retrainingSettings/",
  success: RetrainingSettings,
  repeat: "safe"
})

export const updateRetrainingSettings = route({
  id: "deployments.updateRetrainingSettings",
  summary: "Change how the model of a deployment is retrained",
  method: "PATCH",
  path: "deployments/:id/retrainingSettings/",
  body: RetrainingSettingsInput,
  success: RetrainingSettings,
  repeat: "caller-says"
})

export const accuracyMetrics = route({
  id: "deployments.accuracyMetrics",
  summary: "The accuracy metrics that are shown",
  method: "GET",
  path: "deployments/:id/accuracyMetrics/",
  success: AccuracyMetrics,
  repeat: "safe"
})

export const updateAccuracyMetrics = route({
  id: "deployments.updateAccuracyMetrics",
  summary: "Set the accuracy metrics that are shown",
  method: "PUT",
  path: "deployments/:id/accuracyMetrics/",
  body: AccuracyMetricsInput,
  success: AccuracyMetrics,
  repeat: "idempotent"
})
