/** The schemas of a server and of the token's user. */
import * as Schema from "effect/Schema"
import { nullish } from "./nullish.js"

/**
 * The version of the API that a server has.
 *
 * @since 0.1.0
 */
export const Version = Schema.Struct({
  /** First number of the version, such as 2. */
  major: nullish(Schema.Number),
  /** Second number of the version, such as 40. */
  minor: nullish(Schema.Number),
  /** The version as text, such as `2.40.0`. */
  versionString: nullish(Schema.String)
}).annotations({ identifier: "Version" })
export interface Version extends Schema.Schema.Type<typeof Version> {}

/**
 * The user that a token belongs to.
 *
 * @since 0.1.0
 */
export const Account = Schema.Struct({
  /** Id of the user. */
  id: Schema.String.pipe(Schema.propertySignature, Schema.fromKey("uid")),
  /** Name that the user logs in with: usually the email address. */
  username: nullish(Schema.String),
  /** Email address of the user. */
  email: nullish(Schema.String),
  /** First name of the user. */
  firstName: nullish(Schema.String),
  /** Last name of the user. */
  lastName: nullish(Schema.String),
  /** Id of the organization that the user belongs to. */
  orgId: nullish(Schema.String)
}).annotations({ identifier: "Account" })
export interface Account extends Schema.Schema.Type<typeof Account> {}
