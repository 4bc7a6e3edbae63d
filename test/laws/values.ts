/** Generates values of a schema from its AST: samples, random values, and the places in them. */
import * as DateTime from "effect/DateTime"
import type * as FastCheck from "effect/FastCheck"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"
import { id } from "./operations.js"

/** Chooses one of several values. */
export interface Choice {
  readonly one: <A>(values: readonly [A, ...ReadonlyArray<A>]) => A
  /** Chooses whether an optional key is present. */
  readonly isPresent: () => boolean
  readonly length: () => number
  /**
   * The choices for the next try, if a record or a list did not pass its filter. Default: the same choices, which are
   * random. If no try passes, the result is the first one: a record with all keys does not have to pass the filter of
   * the whole record.
   */
  readonly tries?: ReadonlyArray<Choice>
}

const every = (step: number, tries?: ReadonlyArray<Choice>): Choice => {
  let turn = 0
  return {
    one: (values) => values[(turn++ * step) % values.length] ?? values[0],
    isPresent: () => true,
    length: () => 1,
    ...(tries === undefined ? {} : { tries })
  }
}

/** Makes a value with every key, the same one each time. */
export const all: Choice = every(0, [1, 2, 3, 4, 5].map((step) => every(step)))

/** Random values. */
export const random = (
  draw: FastCheck.GeneratorValue,
  { boolean, constantFrom, nat }: Pick<typeof FastCheck, "boolean" | "constantFrom" | "nat">
): Choice => ({
  one: (values) => draw(constantFrom, ...values),
  isPresent: () => draw(boolean),
  length: () => draw(nat, { max: 3 })
})

const hour = "2022-03-01T10:00:00Z"

/** Every string schema accepts one of these. */
const texts = [
  id,
  "a b%&+é,\u0000",
  " padded ",
  "label",
  "text/csv",
  "-createdAtTimestamp",
  "P7D",
  "PT1H",
  hour,
  "2022-03-08",
  "",
  "2022-03-01T10:30:00.123+02:00"
]
const numbers = [1, 0.5, 0, 100, 1e21, 0.1, -3.25]
const instants = [
  DateTime.unsafeMake(hour),
  new Date(hour),
  DateTime.unsafeMakeZoned("2022-03-08T00:00:00Z", { timeZone: "Europe/Berlin" }),
  DateTime.unsafeMake("2022-02-01T10:30:00.123Z"),
  new Date(0)
]
const secrets = [Redacted.make("a key"), Redacted.make("")]
const anything = ["text", 1, false, { a: [1, { b: null }] }]

const guards = new WeakMap<AST.AST, (value: unknown) => boolean>()

/** Whether a value belongs to a type. */
export const isOf = (ast: AST.AST): (value: unknown) => boolean => {
  const guard = guards.get(ast) ?? Schema.is(Schema.make(ast), { onExcessProperty: "error" })
  guards.set(ast, guard)
  return guard
}

const isNothing = (ast: AST.AST) => AST.isUndefinedKeyword(ast) || (AST.isLiteral(ast) && ast.literal === null)

/** Returns the record or list type inside a type, without its filters, or undefined if it has none. */
const composite = (ast: AST.AST): AST.TypeLiteral | AST.TupleType | undefined => {
  if (AST.isTypeLiteral(ast) || AST.isTupleType(ast)) return ast
  if (AST.isRefinement(ast)) return composite(ast.from)
  return AST.isUnion(ast) ? ast.types.map(composite).find(Predicate.isNotUndefined) : undefined
}

const filled = <A>(values: ReadonlyArray<A>, ast: AST.AST): readonly [A, ...ReadonlyArray<A>] => {
  if (values.length === 0) throw new Error(`no value is known for ${ast}`)
  // Boundary: the list is not empty.
  return values as readonly [A, ...ReadonlyArray<A>]
}

/** Returns sample values of a type that is neither a record nor a list. */
const known = (ast: AST.AST): ReadonlyArray<unknown> => {
  switch (ast._tag) {
    case "Literal":
      return [ast.literal]
    case "StringKeyword":
      return texts
    case "NumberKeyword":
      return numbers
    case "BooleanKeyword":
      return [true, false]
    case "UnknownKeyword":
      return anything
    case "UndefinedKeyword":
      return [undefined]
    case "Declaration":
      return [...instants, ...secrets].filter(isOf(ast))
    case "Refinement":
      return known(ast.from).filter(isOf(ast))
    case "Union":
      // Null and undefined come last.
      return [...ast.types.filter((one) => !isNothing(one)), ...ast.types.filter(isNothing)].flatMap(known)
    default:
      throw new Error(`the values of ${ast._tag} are not known`)
  }
}

/** Makes a value of the decoded side of a schema. */
export const valueOf = (ast: AST.AST, choice: Choice): unknown => {
  if (AST.isRefinement(ast) && composite(ast) !== undefined) {
    const first = valueOf(ast.from, choice)
    if (isOf(ast)(first)) return first
    for (const other of choice.tries ?? Array.from({ length: 200 }, () => choice)) {
      const value = valueOf(ast.from, other)
      if (isOf(ast)(value)) return value
    }
    if (choice.tries !== undefined) return first
    throw new Error(`no value passes the filter of ${ast}`)
  }
  if (AST.isUnion(ast) && composite(ast) !== undefined) {
    const members = [...ast.types.filter((one) => !isNothing(one)), ...ast.types.filter(isNothing)]
    return valueOf(choice.one(filled(members, ast)), choice)
  }
  if (AST.isTupleType(ast)) return Array.from({ length: choice.length() }, () => valueOf(itemOf(ast), choice))
  if (AST.isTypeLiteral(ast)) {
    const present = ast.propertySignatures.filter(({ isOptional }) => !isOptional || choice.isPresent())
    const others = ast.indexSignatures.map(({ type }) => ["another key", valueOf(type, choice)])
    return Object.fromEntries([...others, ...present.map(({ name, type }) => [name, valueOf(type, choice)])])
  }
  return choice.one(filled(known(ast), ast))
}

const itemOf = ({ rest: [item] }: AST.TupleType): AST.AST => {
  if (item === undefined) throw new Error("the list has no items")
  return item.type
}

/** The position of a value in a record or a list. */
export type Keys = ReadonlyArray<string | number>

/** A place in the values of a type. */
export interface Place {
  readonly keys: Keys
  readonly ast: AST.AST
  readonly isRequired: boolean
}

/** Returns every place in the values of a type, down to the first item of each list. */
export const placesOf = (ast: AST.AST, keys: Keys = []): ReadonlyArray<Place> => {
  const outer = composite(ast)
  if (outer === undefined) return []
  const inner = AST.isTupleType(outer)
    ? [{ keys: [...keys, 0], ast: itemOf(outer), isRequired: false }]
    : outer.propertySignatures.map(({ isOptional, name, type }) => ({
      keys: [...keys, String(name)],
      ast: type,
      isRequired: !isOptional
    }))
  return inner.flatMap((place) => [place, ...placesOf(place.ast, place.keys)])
}

/** Returns a value that does not belong to a type, or undefined if every value does. */
export const wrongFor = (ast: AST.AST): unknown =>
  [7, "odd", true, { odd: 1 }, [["odd"]]].find((value) => !isOf(ast)(value))

/** Returns a value with a replaced place, or without the place if the replacement is undefined. */
export const changed = (value: unknown, [key, ...more]: Keys, to: unknown): unknown => {
  if (key === undefined) return to
  if (Array.isArray(value)) return value.map((item, index) => index === key ? changed(item, more, to) : item)
  const record: Record<string, unknown> = { ...Object(value) }
  const inner = changed(record[key], more, to)
  if (inner === undefined) delete record[key]
  else record[key] = inner
  return record
}

/** Returns the path of a place as in an issue: `data[0].id`. */
export const pathOf = (keys: Keys): string =>
  keys.reduce<string>(
    (path, key) => typeof key === "number" ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`,
    ""
  )
