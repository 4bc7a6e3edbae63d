/** The action log of a deployment, which model deployments and today's share. */
import { camelCaseKeys } from "./camelCaseKeys.js"
import { Envelope } from "./envelope.js"
import { type Paging, PagingInput } from "./fields.js"
import { input } from "./input.js"
import * as Listing from "./listing.js"
import { ActionLogEntry } from "./modelDeploymentSchema.js"
import type { RequestOptions } from "./options.js"
import { path, type Ref } from "./path.js"

// Built once: a schema is compiled when it is first used.
const ActionLogPage = Envelope(camelCaseKeys(ActionLogEntry))

/** All entries, or the first `limit` of them; oldest first. */
export const actionLogOf = (
  operation: string,
  deployment: Ref,
  paging: Paging,
  options: RequestOptions | undefined
) =>
  Listing.list({
    operation,
    path: path`modelDeployments/${deployment}/actionLog/`,
    page: ActionLogPage,
    query: input(PagingInput, paging),
    options
  })
