/** The schema of stored credentials, without their secrets. */
import * as Schema from "effect/Schema"
import { nullish } from "./nullish.js"
import { OpenEnum } from "./openEnum.js"
import { Timestamp } from "./timestamp.js"

/**
 * A credential that is stored in DataRobot. The secrets in it are never decoded, even if a server sends them. Its
 * `credentialId` is what other resources refer to.
 *
 * @since 0.1.0
 */
export const Credential = Schema.Struct({
  /** Id of the credential. Other resources refer to it. */
  credentialId: Schema.String,
  /** Name of the credential. */
  name: nullish(Schema.String),
  /** What kind of credential it is, such as `basic`, `s3` or `gcp`. */
  credentialType: nullish(
    OpenEnum("basic", "s3", "azure", "gcp", "oauth", "api_token", "bearer", "databricks_access_token_account")
  ),
  /** When it was created. */
  creationDate: nullish(Timestamp),
  /** Description of the credential. */
  description: nullish(Schema.String)
}).annotations({ identifier: "Credential" })
export interface Credential extends Schema.Schema.Type<typeof Credential> {}
