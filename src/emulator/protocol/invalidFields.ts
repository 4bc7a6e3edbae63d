/** The 422 of data that does not match its schema. */
import type { ArrayFormatterIssue } from "effect/ParseResult"
import * as Errors from "./errors.js"

type Issues = ReadonlyArray<Pick<ArrayFormatterIssue, "path" | "message">>

/** What is wrong with each field, by its path; with the data as a whole, under an empty one. */
export const wrongFields = (issues: Issues): Readonly<Record<string, string>> => {
  const byField = new Map<string, Array<string>>()
  for (const { message, path } of issues) {
    const field = path.join(".")
    byField.set(field, [...byField.get(field) ?? [], message])
  }
  // where a field of a field is wrong, there is nothing to say of the outer one
  const described = Array.from(byField).flatMap(([field, texts]) => {
    const text = describe(texts)
    return text === undefined ? [] : [[field, text] as const]
  })
  return Object.fromEntries(
    described.length > 0 ? described : Array.from(byField.keys(), (field) => [field, "is not valid"])
  )
}

/** Fails with what is wrong with each field; data that is wrong as a whole has a message instead. */
export const invalid = (issues: Issues) => {
  const fields = wrongFields(issues)
  return fields[""] === undefined ? Errors.invalidFields(fields) : Errors.invalidData(`The data ${fields[""]}`)
}

/** One text for a field whose schema has several members, of which each says what it expected. */
const describe = (messages: ReadonlyArray<string>) => {
  const expected = messages.flatMap((message) => /^Expected (.+), actual /s.exec(message)?.[1] ?? [])
  const alternatives = expected.filter((schema) => schema !== "undefined")
  const own = messages.find((message) => !message.startsWith("Expected "))
  return own ?? (alternatives.length === 0 ? undefined : `must be ${alternatives.join(" or ")}`)
}
