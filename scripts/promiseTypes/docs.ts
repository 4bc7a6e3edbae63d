/** The documentation of a symbol, as a comment. Examples of Effect are left out. */
import { readFileSync } from "node:fs"
import ts from "typescript"
import { checker } from "./source.js"

/** The examples of the operations, by their names. */
export const examples: ReadonlyMap<string, string> = new Map(
  Array.from(
    readFileSync(new URL("examples.md", import.meta.url), "utf8").matchAll(/^## (\S+)\n\n```ts\n([^]*?)\n```/gm),
    ([, name = "", code = ""]) => [name, code]
  )
)

/** The version of this package that had the declaration first. */
export const since = "@since 0.1.0"

/** What is different in the Promise API. */
const differences: ReadonlyArray<readonly [from: string, to: string]> = [
  ["`Option.none()`", "`undefined`"],
  [", a `Date` or a `DateTime`", ", or a `Date`"],
  ["a text such as `\"5 seconds\"`, or a `Duration`", "or a text such as `\"5 seconds\"`"]
]

const commentOf = (lines: ReadonlyArray<string>): string =>
  lines.length === 1 ? `/** ${lines[0]} */` : ["/**", ...lines.map((line) => ` * ${line}`.trimEnd()), " */"].join("\n")

/**
 * Returns the documentation as a comment with a line break at its end, or an empty text if there is none. `more` is its
 * last part.
 */
export const docOf = (
  documented: {
    getDocumentationComment(checker: ts.TypeChecker | undefined): Array<ts.SymbolDisplayPart>
  } | undefined,
  more = ""
): string => {
  const described = ts.displayPartsToString(documented?.getDocumentationComment(checker)).trim()
  const text = differences.reduce((current, [from, to]) => current.replaceAll(from, to), described)
  const all = more === "" ? text : `${text}\n\n${more}`
  return all === "" ? "" : `${commentOf(all.split("\n"))}\n`
}
