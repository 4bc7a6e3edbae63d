/** Finds options that do not exist, such as misspelt ones (JavaScript can pass them). */
import type { Issue } from "../../DataRobotError.js"
import { isRecord } from "../../wire/text.js"
import { maxKey } from "../reading/issues.js"
import { unknownName } from "../reading/nearest.js"

const nameOf = (name: string): string => name.length > maxKey ? `<${name.length} characters>` : name

/** Returns an issue for each key that is not known. `prefix` is the path of the record, such as `retry.`. */
export const unknownOptions = (given: unknown, known: Iterable<string>, prefix = ""): ReadonlyArray<Issue> => {
  if (!isRecord(given)) return []
  const names = new Set(known)
  return Object.keys(given).filter((name) => given[name] !== undefined && !names.has(name)).map((name) => ({
    path: prefix + nameOf(name),
    message: unknownName(name, names)
  }))
}
