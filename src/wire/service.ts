/** The schemas of a server and of the token's user. */
import * as Schema from "effect/Schema"
import { nullish } from "./nullish.js"

/**
 * The version of the API that a server has.
 *
 * @since 0.1.0
 */
export const Version = Schema.Struct({
  major: nullish(Schema.Number),
  minor: nullish(Schema.Number),
  versionString: nullish(Schema.String)
}).annotations({ identifier: "Version" })
export interface Version extends Schema.Schema.Type<typeof Version> {}

/**
 * The user that a token belongs to.
 *
 * @since 0.1.0
 */
export const Account = Schema.Struct({
  id: Schema.String.pipe(Schema.propertySignature, Schema.fromKey("uid")),
  username: nullish(Schema.String),
  email: nullish(Schema.String),
  firstName: nullish(Schema.String),
  lastName: nullish(Schema.String),
  orgId: nullish(Schema.String)
}).annotations({ identifier: "Account" })
export interface Account extends Schema.Schema.Type<typeof Account> {}
