/** The action log of a deployment, which model deployments and today's share. */
import { camelCaseKeys } from "../../wire/camelCaseKeys.js"
import { Envelope } from "../../wire/envelope.js"
import { type Paging, PagingInput } from "../../wire/fields.js"
import { ActionLogEntry } from "../../wire/modelDeployment.js"
import { input } from "../request/input.js"
import type { RequestOptions } from "../request/options.js"
import { path, type Ref } from "../request/path.js"
import * as Listing from "./listing.js"

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
