import * as Schema from "effect/Schema"
import { isRecord } from "./text.js"

const camelCase = (key: string) => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

const rename = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(rename)
  if (!isRecord(value)) return value
  // A loop, because a list of entries takes three times as long.
  const output: Record<string, unknown> = {}
  for (const key in value) output[key.includes("_") ? camelCase(key) : key] = rename(value[key])
  return output
}

/** Decodes snake_case keys as camelCase: old servers send `performed_at` in action logs, newer ones `performedAt`. */
export const camelCaseKeys = <A, I>(schema: Schema.Schema<A, I>): Schema.Schema<A, unknown> =>
  Schema.compose(
    Schema.transform(Schema.Unknown, Schema.Unknown, { strict: true, decode: rename, encode: (value) => value }),
    schema,
    { strict: false }
  )
