/** Questions about the AST of a schema. */
import * as Option from "effect/Option"
import * as AST from "effect/SchemaAST"

const types: Readonly<Record<string, string>> = {
  StringKeyword: "string",
  NumberKeyword: "number",
  BooleanKeyword: "boolean",
  UndefinedKeyword: "undefined"
}

/** The result of `typeof` for the values of a schema that accepts all values of one primitive type. */
export const typeOf = (ast: AST.AST): string | undefined => types[ast._tag]

/** The JSON kind that distinguishes the values of a schema from other values. `undefined` if it has no single kind. */
export const kindOf = (ast: AST.AST): string | undefined => {
  if (AST.isTransformation(ast)) return kindOf(ast.from)
  if (AST.isTypeLiteral(ast) || AST.isTupleType(ast)) return ast._tag
  return AST.isLiteral(ast) && ast.literal === null ? "null" : typeOf(ast)
}

/** The schema of the items of a list. `undefined` for another schema, also for a tuple. */
export const itemOf = (ast: AST.AST): AST.AST | undefined =>
  AST.isTupleType(ast) && ast.rest.length === 1 && ast.elements.length === 0 ? ast.rest[0]?.type : undefined

/** Whether the AST has parse options or a fallback, which only Schema applies. */
export const hasDecodeAnnotations = (ast: AST.AST): boolean =>
  Option.isSome(AST.getParseOptionsAnnotation(ast)) || Option.isSome(AST.getDecodingFallbackAnnotation(ast))
