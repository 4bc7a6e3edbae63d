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
import { unknownName } from "./nearest.js"

/** The number of issues that are shown. */
export const maxIssues = 10
const maxMessage = 200
/** The number of characters of a key that are shown. */
export const maxKey = 64

type Keys = ReadonlyArray<PropertyKey>

interface Shown {
  /** Applied to each key of a path, because keys may come from the server. */
  readonly redact: (text: string) => string
  /** A longer key is shown as its length. Default: only if it is not worth the search for a secret. */
  readonly longest: number
}

/** Returns the first ten issues. */
export const issuesOf = (
  error: ParseResult.ParseError,
  redact: Shown["redact"] = (key) => key,
  longest = 10_000
): ReadonlyArray<Issue> => {
  const found: Array<Issue> = []
  walk(error.issue, [], found, { redact, longest })
  return found
}

/** `label is missing; data[3].createdAt must be a timestamp` */
export const formatIssues = (issues: ReadonlyArray<Issue>): string =>
  issues.map((issue) => issue.path === "" ? issue.message : `${issue.path} ${issue.message}`).join("; ")

/** Writes issues as the end of a sentence. */
export const issueSentence = (issues: ReadonlyArray<Issue>): string => {
  const text = formatIssues(issues)
  return text.endsWith("?") ? text : `${text}.`
}

const walk = (
  issue: ParseResult.ParseIssue,
  keys: Keys,
  found: Array<Issue>,
  shown: Shown,
  isNamed = false,
  known: ReadonlyArray<string> = []
): void => {
  if (found.length >= maxIssues) return
  const add = (message: string) => {
    found.push({ path: formatPath(keys, shown), message: oneLine(message, maxMessage) })
  }
  const own = ownMessage(issue)
  if (own !== undefined) return add(own)
  switch (issue._tag) {
    case "Pointer":
      return walk(issue.issue, [...keys, ...Arr.ensure(issue.path)], found, shown, isNamed, known)
    case "Composite": {
      const issues = Arr.ensure(issue.issues)
      const [only] = issue.ast._tag === "Union" ? informative(issues) : []
      if (issue.ast._tag === "Union" && only === undefined) return add(expected(issue.ast, issue.actual))
      const names = namesOf(issue.ast)
      for (const inner of only === undefined ? issues : [only]) walk(inner, keys, found, shown, false, names)
      return
    }
    case "Refinement":
      if (issue.kind === "From") return walk(issue.issue, keys, found, shown)
      // A filter that names the key that is wrong.
      return issue.issue._tag === "Pointer" && issue.issue.issue._tag === "Type"
        ? walk(issue.issue, keys, found, shown, true)
        : add(expected(issue.ast, issue.actual))
    case "Transformation":
      return walk(issue.issue, keys, found, shown)
    case "Type":
      // Only a filter that names a key gives its message this way.
      return add(isNamed && issue.message !== undefined ? issue.message : expected(issue.ast, issue.actual))
    case "Missing":
      return add("is missing")
    case "Unexpected":
      return add(unexpected(String(keys.at(-1)), keys.length === 1, known))
    case "Forbidden":
      return add("is not allowed")
  }
}

/** Options of calls that are passed by mistake as a part of an input. */
const optionNames = ["signal", "timeout", "attemptTimeout", "retry", "headers", "idleTimeout", "wait"]

/** The message for a key of the caller that no schema has. Only the known names are shown. */
const unexpected = (key: string, isTop: boolean, known: ReadonlyArray<string>): string =>
  isTop && optionNames.includes(key)
    ? "is not known here: it is an option, and belongs in the last argument, the options of the call"
    : unknownName(key, isTop ? [...known, ...optionNames] : known)

const namesOf = (ast: AST.AST): ReadonlyArray<string> => {
  const type = AST.isTransformation(ast) ? ast.to : ast
  return AST.isTypeLiteral(type) ? type.propertySignatures.map(({ name }) => String(name)) : []
}

// Returns the issue of the only union member that almost matches, as in `null | { id: … }`. Returns none if several do.
const informative = (issues: ReadonlyArray<ParseResult.ParseIssue>) => {
  const deeper = issues.filter((issue) => issue._tag !== "Type")
  return deeper.length === 1 ? deeper : []
}

const isOfParts = (issue: ParseResult.ParseIssue): boolean =>
  issue._tag === "Transformation" ? isOfParts(issue.issue) : issue._tag === "Composite"

// A message that a schema of this package defines. It is a constant, so it contains no data. The schema of a caller's rows
// may have messages of the caller.
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

const formatPath = (keys: Keys, shown: Shown): string => {
  const path = keys.reduce<string>((path, key) => {
    if (typeof key === "number") return `${path}[${key}]`
    const name = nameOf(String(key), shown)
    return path === "" ? name : `${path}.${name}`
  }, "")
  // A token with a dot in it may be split into two keys.
  return keys.length > 1 ? shown.redact(path) : path
}

// Redact before truncating: a truncated token would not be recognized.
const nameOf = (key: string, { longest, redact }: Shown): string =>
  key.length > longest ? `<${key.length} characters>` : oneLine(redact(key), maxKey)
