/**
 * Finds what is wrong with a value that a schema refused. Schema itself finds either the first issue or all of them. A
 * page of empty objects has millions, which need a hundred times the memory of the page (S-9). So lists and records are
 * searched here until ten parts are wrong, and Schema only sees those parts.
 */
import * as Either from "effect/Either"
import * as ParseResult from "effect/ParseResult"
import * as AST from "effect/SchemaAST"
import { isRecord } from "../../wire/text.js"
import { hasDecodeAnnotations, itemOf, kindOf } from "./ast.js"
import { maxIssues } from "./issues.js"

/** How values are parsed with a part of a schema: decoded or encoded. */
export interface Parser {
  /** Whether a part refuses a value, without its issues. */
  readonly refuses: (ast: AST.AST, value: unknown) => boolean
  /** Parses with Schema. */
  readonly parse: (
    ast: AST.AST,
    options: AST.ParseOptions
  ) => (value: unknown) => Either.Either<unknown, ParseResult.ParseIssue>
  readonly isDecoding: boolean
}

type Found = ParseResult.ParseIssue | undefined

/** All issues are collected for values of up to this many parts. Of a larger value that Schema parses, only the first. */
const small = 1000

/** Counts the parts of a value, at least up to `max` if it has more. */
const countParts = (value: unknown, max: number): number => {
  let count = 1
  if (typeof value !== "object" || value === null) return count
  for (const part of Array.isArray(value) ? value : Object.values(value)) {
    if (count > max) break
    count += countParts(part, max - count)
  }
  return count
}

const refusalBySchema = ({ isDecoding, parse }: Parser, ast: AST.AST, value: unknown): Found => {
  const options: AST.ParseOptions = {
    errors: countParts(value, small) > small ? "first" : "all",
    onExcessProperty: isDecoding ? "ignore" : "error"
  }
  return Either.match(parse(ast, options)(value), { onLeft: (issue) => issue, onRight: () => undefined })
}

/** Returns the issues of the first parts of a list or a record that are wrong, in Schema's order. */
const wrongParts = (parser: Parser, ast: AST.AST, value: unknown): Array<ParseResult.ParseIssue> => {
  const wrong: Array<ParseResult.ParseIssue> = []
  const add = (key: PropertyKey, issue: Found) => {
    if (issue !== undefined) wrong.push(new ParseResult.Pointer(key, value, issue))
  }
  const check = (key: PropertyKey, type: AST.AST, part: unknown) => {
    if (parser.refuses(type, part)) add(key, refusalOf(parser, type, part))
  }
  const item = itemOf(ast)
  if (item !== undefined && Array.isArray(value)) {
    for (let i = 0; i < value.length && wrong.length < maxIssues; i++) check(i, item, value[i])
  }
  if (!AST.isTypeLiteral(ast) || !isRecord(value)) return wrong
  const record: Readonly<Record<PropertyKey, unknown>> = value
  const eachKey = (visit: (key: string) => void) => {
    for (const key in record) {
      if (wrong.length >= maxIssues) break
      visit(key)
    }
  }
  if (!parser.isDecoding && ast.indexSignatures.length === 0) {
    const known = new Set(ast.propertySignatures.map(({ name }) => name))
    eachKey((key) => known.has(key) || add(key, new ParseResult.Unexpected(record[key])))
  }
  for (const property of ast.propertySignatures) {
    const { isOptional, name, type } = property
    if (Object.hasOwn(record, name)) check(name, type, record[name])
    else if (!isOptional && parser.refuses(type, undefined)) add(name, new ParseResult.Missing(property))
  }
  for (const { parameter, type } of ast.indexSignatures) {
    eachKey((key) => parser.refuses(parameter, key) || check(key, type, record[key]))
  }
  return wrong
}

/** Returns the issues of all members of a union. None if several of them are for lists or for records, or one accepts. */
const wrongMembers = (parser: Parser, { types }: AST.Union, value: unknown): Array<ParseResult.ParseIssue> => {
  const kind = Array.isArray(value) ? "TupleType" : isRecord(value) ? "TypeLiteral" : undefined
  if (kind === undefined || types.filter((type) => kindOf(type) === kind).length !== 1) return []
  const wrong = types.flatMap((type) => refusalOf(parser, type, value) ?? [])
  return wrong.length < types.length ? [] : wrong
}

/** Returns what is wrong with a value that a schema refused. `undefined` if Schema accepts the value. */
export const refusalOf = (parser: Parser, ast: AST.AST, value: unknown): Found => {
  if (!hasDecodeAnnotations(ast)) {
    const wrong = parser.isDecoding && AST.isUnion(ast)
      ? wrongMembers(parser, ast, value)
      : wrongParts(parser, ast, value)
    const [first, ...more] = wrong
    if (first !== undefined) return new ParseResult.Composite(ast, value, [first, ...more])
    if (parser.isDecoding && AST.isTransformation(ast) && parser.refuses(ast.from, value)) {
      const issue = refusalOf(parser, ast.from, value)
      return issue && new ParseResult.Transformation(ast, value, "Encoded", issue)
    }
  }
  return refusalBySchema(parser, ast, value)
}
