/** The 422 of data that does not match its schema. */
import type { ArrayFormatterIssue } from "effect/ParseResult"
import * as Errors from "./errors.js"

/** Fails with what is wrong with each field; data that is wrong as a whole has a message instead. */
export const invalid = (issues: ReadonlyArray<Pick<ArrayFormatterIssue, "path" | "message">>) => {
  const byField = new Map<string, Array<string>>()
  for (const { message, path } of issues) {
    const field = path.join(".")
    byField.set(field, [...byField.get(field) ?? [], message])
  }
  const whole = byField.get("")
  if (whole !== undefined) return Errors.invalidData(`The data ${describe(whole)}`)
  return Errors.invalidFields(Object.fromEntries(Array.from(byField, ([field, texts]) => [field, describe(texts)])))
}

/** One text for a field whose schema has several members, of which each says what it expected. */
const describe = (messages: ReadonlyArray<string>) => {
  const expected = messages.flatMap((message) => /^Expected (.+), actual /s.exec(message)?.[1] ?? [])
  const alternatives = expected.filter((schema) => schema !== "undefined")
  const own = messages.find((message) => !message.startsWith("Expected "))
  return own ?? `must be ${alternatives.join(" or ")}`
}
