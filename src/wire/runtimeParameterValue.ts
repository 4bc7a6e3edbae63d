import * as Schema from "effect/Schema"
import { filled } from "./fields.js"

/**
 * A parameter value for a custom model at run time.
 *
 * @since 0.1.0
 */
export const RuntimeParameterValue = Schema.Struct({
  /** The name of the parameter, as the model defines it. */
  fieldName: filled,
  /** Its type, such as `string`, `numeric`, `boolean` or `credential`. */
  type: filled,
  /** Its value. */
  value: Schema.Unknown
})
export interface RuntimeParameterValue extends Schema.Schema.Type<typeof RuntimeParameterValue> {}
