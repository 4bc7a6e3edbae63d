import { camelCaseKeys } from "./camelCaseKeys.js"
import { Envelope } from "./envelope.js"
import { ActionLogEntry } from "./modelDeployment.js"

/** A page of an action log. Old servers send `performed_at`, newer ones `performedAt`; both are read. */
export const actionLogPage = Envelope(camelCaseKeys(ActionLogEntry))
