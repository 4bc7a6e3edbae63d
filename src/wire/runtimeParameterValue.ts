import * as Schema from "effect/Schema"
import { filled } from "./fields.js"

export const RuntimeParameterValue = Schema.Struct({ fieldName: filled, type: filled, value: Schema.Unknown })

/** A value that a custom model is given when it runs. */
export interface RuntimeParameterValue {
  /** The name of the parameter, as the model defines it. */
  readonly fieldName: string
  /** Its type, such as `string`, `numeric`, `boolean` or `credential`. */
  readonly type: string
  /** Its value. */
  readonly value: unknown
}
