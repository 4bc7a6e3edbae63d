/** The schemas of registered models. Their versions are model packages. */
import * as Schema from "effect/Schema"
import {
  type Ahead,
  ahead,
  anyText,
  fields,
  filled,
  flagText,
  oneOf,
  onePage,
  pageSize,
  type Paging,
  paging
} from "./fields.js"
import { Target } from "./modelPackage.js"
import { nullish } from "./nullish.js"
import { Timestamp } from "./timestamp.js"

const User = Schema.Struct({
  /** Id of the user. */
  id: nullish(Schema.String),
  /** Name of the user. */
  name: nullish(Schema.String),
  /** Email address of the user. */
  email: nullish(Schema.String)
}).annotations({ identifier: "RegisteredModelUser" })

/**
 * A user who created or changed a registered model. A server may send only the id.
 *
 * @since 0.1.0
 */
export const RegisteredModelUser = Schema.transform(Schema.Union(User, Schema.String), Schema.typeSchema(User), {
  strict: true,
  decode: (user) => typeof user === "string" ? { id: user } : user,
  encode: (user) => user
}).annotations({ identifier: "RegisteredModelUser" })
export interface RegisteredModelUser extends Schema.Schema.Type<typeof User> {}

/**
 * A registered model: the versions of a model that are ready to be deployed. Only `id` is always present.
 * `lastVersionNum` is the number of its latest version.
 *
 * @since 0.1.0
 */
export const RegisteredModel = Schema.Struct({
  /** Id of the registered model. */
  id: Schema.String,
  /** Name of the registered model. */
  name: nullish(Schema.String),
  /** Description of the registered model. Null if there is none. */
  description: nullish(Schema.String),
  /** When it was created. */
  createdAt: nullish(Timestamp),
  /** The user who created it. */
  createdBy: nullish(RegisteredModelUser),
  /** When it was last changed. */
  modifiedAt: nullish(Timestamp),
  /** The user who last changed it. */
  modifiedBy: nullish(RegisteredModelUser),
  /** What its versions predict. */
  target: nullish(Target),
  /** Number of its latest version, from 1. */
  lastVersionNum: nullish(Schema.Number),
  /** Whether it is archived. */
  isArchived: nullish(Schema.Boolean),
  /** Whether it is a global model, which all organizations can use. */
  isGlobal: nullish(Schema.Boolean)
}).annotations({ identifier: "RegisteredModel" })
export interface RegisteredModel extends Schema.Schema.Type<typeof RegisteredModel> {}

// ---------------------------------------------------------------------------------------------------------------
// Inputs. The SDK checks them strictly before it sends anything.

const filters = {
  /** Only registered models with this text in their name, in any case. */
  search: Schema.optional(Schema.String),
  /** What to sort by. */
  sortKey: Schema.optional(oneOf(["createdAt", "modifiedAt", "name"])),
  /** Whether to sort ascending or descending. */
  sortDirection: Schema.optional(oneOf(["asc", "desc"])),
  /** Only registered models of a target with this name. */
  targetName: Schema.optional(filled),
  /** Only registered models of a target of this type, such as `Binary`. */
  targetType: Schema.optional(filled),
  /** Only registered models that this user created, by email or id. */
  createdBy: Schema.optional(filled),
  /** Only registered models with a version in this stage. */
  stage: Schema.optional(filled),
  /** Only global (or, if false, not global) registered models. */
  isGlobal: Schema.optional(flagText),
  /** Only registered models with tags of these names. */
  tagKeys: Schema.optional(anyText),
  /** Only registered models with tags of these values. */
  tagValues: Schema.optional(anyText),
  /** Only registered models with versions that could replace this model of a project, by id. */
  compatibleWithLeaderboardModelId: Schema.optional(filled),
  /** Only registered models with versions that could replace this model package, by id. */
  compatibleWithModelPackageId: Schema.optional(filled)
}

/**
 * Filters and order of a listing of registered models. A registered model must match every filter.
 *
 * @since 0.1.0
 */
export const ListInput = Schema.Struct(fields(filters, paging))
export interface ListInput extends Paging, Schema.Schema.Type<typeof ListInput> {}

/** Filters and order of one page: `limit` is at most 100. */
export const PageInput = Schema.Struct(fields(filters, onePage))

/**
 * Filters and order of a stream of registered models, and how it fetches pages.
 *
 * @since 0.1.0
 */
export const StreamInput = Schema.Struct(fields(filters, paging, ahead, {
  /** Number of registered models per page, 1 to 100. Default: 100. */
  pageSize: Schema.optional(pageSize)
}))
export interface StreamInput extends Paging, Ahead, Schema.Schema.Type<typeof StreamInput> {}
