/**
 * Turns a `ParseError` into issues that contain no data. Schema's own formatters print the values, which may be
 * personal, secret or huge. These messages contain only the expected type and the kind of the actual value.
 */
import * as Arr from "effect/Array"
import * as Option from "effect/Option"
import type * as ParseResult from "effect/ParseResult"
import * as AST from "effect/SchemaAST"
import type { Issue } from "../../DataRobotError.js"
import { oneLine } from "../../wire/text.js"

/** The number of issues that are shown. */
export const maxIssues = 10
const maxMessage = 200

type Keys = ReadonlyArray<PropertyKey>

/** Returns the first ten issues. `redact` is applied to each key of a path, because keys may come from the server. */
export const issuesOf = (
  error: ParseResult.ParseError,
  redact: (key: string) => string = (key) => key
): ReadonlyArray<Issue> => {
  const found: Array<Issue> = []
  walk(error.issue, [], found, redact)
  return found
}

/** `label is missing; data[3].createdAt must be a timestamp` */
export const formatIssues = (issues: ReadonlyArray<Issue>): string =>
  issues.map((issue) => issue.path === "" ? issue.message : `${issue.path} ${issue.message}`).join("; ")

const walk = (
  issue: ParseResult.ParseIssue,
  keys: Keys,
  found: Array<Issue>,
  redact: (key: string) => string
): void => {
  if (found.length >= maxIssues) return
  const add = (message: string) => {
    found.push({ path: formatPath(keys, redact), message: oneLine(message, maxMessage) })
  }
  const own = ownMessage(issue)
  if (own !== undefined) return add(own)
  switch (issue._tag) {
    case "Pointer":
      return walk(issue.issue, [...keys, ...Arr.ensure(issue.path)], found, redact)
    case "Composite": {
      const issues = Arr.ensure(issue.issues)
      const [only] = issue.ast._tag === "Union" ? informative(issues) : []
      if (issue.ast._tag === "Union" && only === undefined) return add(expected(issue.ast, issue.actual))
      for (const inner of only === undefined ? issues : [only]) walk(inner, keys, found, redact)
      return
    }
    case "Refinement":
      return issue.kind === "From" ? walk(issue.issue, keys, found, redact) : add(expected(issue.ast, issue.actual))
    case "Transformation":
      return walk(issue.issue, keys, found, redact)
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

// Returns the issue of the only union member that almost matches, as in `null | { id: … }`. Returns none if several do.
const informative = (issues: ReadonlyArray<ParseResult.ParseIssue>) => {
  const deeper = issues.filter((issue) => issue._tag !== "Type")
  return deeper.length === 1 ? deeper : []
}

const isOfParts = (issue: ParseResult.ParseIssue): boolean =>
  issue._tag === "Transformation" ? isOfParts(issue.issue) : issue._tag === "Composite"

// A message that a schema of this package defines. It is a constant, so it contains no data.
const ownMessage = (issue: ParseResult.ParseIssue): string | undefined => {
  if (!("ast" in issue)) return undefined
  // The message of a filter on a struct does not describe a problem with one of its keys, renamed or not.
  if (issue._tag === "Refinement" && issue.kind === "From" && isOfParts(issue.issue)) return undefined
  const message = Option.map(AST.getMessageAnnotation(issue.ast), (of) => of(issue))
  if (Option.isNone(message)) return undefined
  if (typeof message.value === "string") return message.value
  return "message" in message.value && typeof message.value.message === "string" ? message.value.message : undefined
}

// The allowed values of an enum, without the `undefined` of an optional key.
const literalsOf = (ast: AST.AST): ReadonlyArray<AST.LiteralValue> | undefined => {
  const members = (AST.isUnion(ast) ? ast.types : [ast]).filter((member) => !AST.isUndefinedKeyword(member))
  return members.length > 0 && members.every(AST.isLiteral) ? members.map(({ literal }) => literal) : undefined
}

const listed = (literals: ReadonlyArray<AST.LiteralValue>): string => {
  const texts = literals.map((literal) => typeof literal === "string" ? `"${literal}"` : String(literal))
  return [texts.slice(0, -1).join(", "), ...texts.slice(-1)].filter((text) => text !== "").join(" or ")
}

const expected = (ast: AST.AST, actual: unknown): string => {
  const literals = literalsOf(ast)
  if (typeof actual !== "object" && literals?.some((literal) => typeof literal === typeof actual)) {
    return `must be ${listed(literals)}, but is another ${typeof actual}`
  }
  const wanted = AST.getDescriptionAnnotation(ast).pipe(
    Option.orElse(() => AST.getIdentifierAnnotation(ast)),
    // Schema calls a struct with optional keys "Struct (Encoded side)".
    Option.orElse(() => AST.isTypeLiteral(ast) ? Option.some("an object") : Option.none()),
    Option.getOrElse(() => literals === undefined ? String(AST.typeAST(ast)) : listed(literals))
  )
  return `must be ${wanted}, but is ${kindOf(actual)}`
}

const kindOf = (value: unknown): string => {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return "an array"
  return typeof value === "object" ? "an object" : `a ${typeof value}`
}

const formatPath = (keys: Keys, redact: (key: string) => string): string =>
  keys.reduce<string>((path, key) => {
    if (typeof key === "number") return `${path}[${key}]`
    const whole = String(key)
    // Redact before truncating: a truncated token would not be recognized. A very long key is not worth the search.
    const name = whole.length > 10_000 ? `<${whole.length} characters>` : oneLine(redact(whole), 64)
    return path === "" ? name : `${path}.${name}`
  }, "")
