import * as Schema from "effect/Schema"

/** One of the known values, or any other string that a newer server sends. Editors still suggest the known ones. */
export type OpenEnum<Known extends string> = Known | (string & {})

/** A string whose known values are in the type. Unknown values are passed on unchanged. */
export const OpenEnum = <const Known extends ReadonlyArray<string>>(
  ...known: Known
): Schema.Schema<OpenEnum<Known[number]>, string> => {
  const schema: Schema.Schema<string> = Schema.String.annotations({ examples: [known[0] ?? ""] })
  // Boundary: the type only adds suggestions; every string is a member of it.
  return schema as Schema.Schema<OpenEnum<Known[number]>, string>
}
