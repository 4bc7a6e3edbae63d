import { camelCaseKeys } from "./camelCaseKeys.js"
import { Envelope } from "./envelope.js"
import { ActionLogEntry } from "./modelDeployment.js"

/** A page of an action log, in either spelling: old servers send `performed_at`, newer ones `performedAt`. */
export const actionLogPage = Envelope(camelCaseKeys(ActionLogEntry))
