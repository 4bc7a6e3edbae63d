/** The 422 for data that does not match its schema. */
import type { ArrayFormatterIssue } from "effect/ParseResult"
import * as Errors from "./errors.js"

type Issues = ReadonlyArray<Pick<ArrayFormatterIssue, "path" | "message">>

/** Returns the problem of each wrong field, by its path. The path of the data as a whole is empty. */
export const wrongFields = (issues: Issues): Readonly<Record<string, string>> => {
  const byField = new Map<string, Array<string>>()
  for (const { message, path } of issues) {
    const field = path.join(".")
    byField.set(field, [...byField.get(field) ?? [], message])
  }
  // If a nested field is wrong, only that field is reported and not the field around it.
  const described = Array.from(byField).flatMap(([field, texts]) => {
    const text = describe(texts)
    return text === undefined ? [] : [[field, text] as const]
  })
  return Object.fromEntries(
    described.length > 0 ? described : Array.from(byField.keys(), (field) => [field, "is not valid"])
  )
}

/** Fails with the problem of each wrong field, or with a message if the data is wrong as a whole. */
export const invalid = (issues: Issues) => {
  const fields = wrongFields(issues)
  return fields[""] === undefined ? Errors.invalidFields(fields) : Errors.invalidData(`The data ${fields[""]}`)
}

/** One text for a field whose schema is a union: each member reports what it expected. */
const describe = (messages: ReadonlyArray<string>) => {
  const expected = messages.flatMap((message) => /^Expected (.+), actual /s.exec(message)?.[1] ?? [])
  const alternatives = expected.filter((schema) => schema !== "undefined")
  const own = messages.find((message) => !message.startsWith("Expected "))
  return own ?? (alternatives.length === 0 ? undefined : `must be ${alternatives.join(" or ")}`)
}
