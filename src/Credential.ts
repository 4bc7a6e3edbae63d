/**
 * Credentials that are stored in DataRobot, such as those for a database. Their secrets are never read.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import type * as Effect from "effect/Effect"
import type { DataRobot } from "./DataRobot.js"
import type { DataRobotError } from "./DataRobotError.js"
import * as Listing from "./internal/protocols/listing.js"
import { operation } from "./internal/request/operation.js"
import type { RequestOptions } from "./internal/request/options.js"
import type { Credential } from "./wire/credential.js"
import type { Paging } from "./wire/fields.js"
import * as Routes from "./wire/routes/credentials.js"

export { Credential } from "./wire/credential.js"
export type { Paging } from "./wire/fields.js"

/**
 * Returns the stored credentials that the token's user may use: all of them, or the first `limit` of them. Other
 * operations take the `credentialId` of one.
 *
 * Errors: those of every operation.
 *
 * `GET credentials/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { Credential } from "effect-datarobot"
 *
 * const s3 = Effect.map(
 *   Credential.list(),
 *   (credentials) => credentials.filter(({ credentialType }) => credentialType === "s3")
 * )
 */
export const list = (
  paging: Paging = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<Credential>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list(operation("Credential.list", options), Routes.list, {}, paging)
