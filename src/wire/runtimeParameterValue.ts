import * as ParseResult from "effect/ParseResult"
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

const jsonText = Schema.String.annotations({ message: () => "must be the JSON text of a list" })

/**
 * Parameter values for a custom model at run time. They are sent as DataRobot's own clients send them: as the JSON text
 * of the list. The emulator also reads a list.
 */
export const RuntimeParameterValues = Schema.transformOrFail(
  Schema.Union(Schema.String, Schema.Array(Schema.Unknown)),
  Schema.Array(RuntimeParameterValue),
  {
    // Boundary: the schema then checks the parsed JSON.
    strict: false,
    decode: (sent) =>
      typeof sent !== "string" ? ParseResult.succeed(sent) : ParseResult.try({
        try: (): unknown => JSON.parse(sent),
        catch: () => new ParseResult.Type(jsonText.ast, sent)
      }),
    encode: (values) =>
      ParseResult.try({
        try: () => JSON.stringify(values),
        catch: () => new ParseResult.Type(jsonText.ast, values)
      })
  }
)
