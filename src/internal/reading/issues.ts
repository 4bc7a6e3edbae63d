/**
 * What is wrong with a value, without the value. Schema's own formatters print the data, which may be personal, huge or
 * a secret; here a leaf says what was expected and only the kind of what was found.
 */
import * as Arr from "effect/Array"
import * as Option from "effect/Option"
import type * as ParseResult from "effect/ParseResult"
import * as AST from "effect/SchemaAST"
import type { Issue } from "../../DataRobotError.js"
import { oneLine } from "../../wire/text.js"

const maxIssues = 10
const maxMessage = 200

type Keys = ReadonlyArray<PropertyKey>

/** The first ten things that are wrong. `clean` is asked what may be shown of a key: it may come from the server. */
export const issuesOf = (
  error: ParseResult.ParseError,
  clean: (key: string) => string = (key) => key
): ReadonlyArray<Issue> => {
  const found: Array<Issue> = []
  walk(error.issue, [], found, clean)
  return found
}

/** `label is missing; data[3].createdAt must be a timestamp` */
export const formatIssues = (issues: ReadonlyArray<Issue>): string =>
  issues.map((issue) => issue.path === "" ? issue.message : `${issue.path} ${issue.message}`).join("; ")

const walk = (
  issue: ParseResult.ParseIssue,
  keys: Keys,
  found: Array<Issue>,
  clean: (key: string) => string
): void => {
  if (found.length >= maxIssues) return
  const add = (message: string) => {
    found.push({ path: formatPath(keys, clean), message: oneLine(message, maxMessage) })
  }
  const own = ownMessage(issue)
  if (own !== undefined) return add(own)
  switch (issue._tag) {
    case "Pointer":
      return walk(issue.issue, [...keys, ...Arr.ensure(issue.path)], found, clean)
    case "Composite": {
      const issues = Arr.ensure(issue.issues)
      const [only] = issue.ast._tag === "Union" ? informative(issues) : []
      if (issue.ast._tag === "Union" && only === undefined) return add(expected(issue.ast, issue.actual))
      for (const inner of only === undefined ? issues : [only]) walk(inner, keys, found, clean)
      return
    }
    case "Refinement":
      return issue.kind === "From" ? walk(issue.issue, keys, found, clean) : add(expected(issue.ast, issue.actual))
    case "Transformation":
      return walk(issue.issue, keys, found, clean)
    case "Type":
      return add(expected(issue.ast, issue.actual))
    case "Missing":
      return add("is missing")
    case "Unexpected":
      return add("is not known here")
    case "Forbidden":
      return add("is not allowed")
  }
}

// The one member of a union that says more than "it is not of this type" (`null | { id: … }`); none if there are more.
const informative = (issues: ReadonlyArray<ParseResult.ParseIssue>) => {
  const deeper = issues.filter((issue) => issue._tag !== "Type")
  return deeper.length === 1 ? deeper : []
}

// A message that a schema of this package carries. It is a constant, so it can hold no data.
const ownMessage = (issue: ParseResult.ParseIssue): string | undefined => {
  if (!("ast" in issue)) return undefined
  // What a filter says of a struct as a whole is not what is wrong with one of its keys.
  if (issue._tag === "Refinement" && issue.kind === "From" && issue.issue._tag === "Composite") return undefined
  const message = Option.map(AST.getMessageAnnotation(issue.ast), (of) => of(issue))
  if (Option.isNone(message)) return undefined
  if (typeof message.value === "string") return message.value
  return "message" in message.value && typeof message.value.message === "string" ? message.value.message : undefined
}

const expected = (ast: AST.AST, actual: unknown): string => {
  const wanted = AST.getDescriptionAnnotation(ast).pipe(
    Option.orElse(() => AST.getIdentifierAnnotation(ast)),
    // Schema's own name for a struct with optional keys is "Struct (Encoded side)"
    Option.orElse(() => AST.isTypeLiteral(ast) ? Option.some("an object") : Option.none()),
    Option.getOrElse(() => String(AST.typeAST(ast)))
  )
  return `must be ${wanted}, but is ${kindOf(actual)}`
}

const kindOf = (value: unknown): string => {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return "an array"
  return typeof value === "object" ? "an object" : `a ${typeof value}`
}

const formatPath = (keys: Keys, clean: (key: string) => string): string =>
  keys.reduce<string>((whole, key) => {
    if (typeof key === "number") return `${whole}[${key}]`
    // cleaned first: of what is cut, a part would be left
    const name = oneLine(clean(String(key)), 64)
    return whole === "" ? name : `${whole}.${name}`
  }, "")
