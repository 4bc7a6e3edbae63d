/** Issues: the message says what is wrong with a value, and never contains the value (S-5). */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import { formatIssues, issuesOf } from "../../../src/internal/reading/issues.js"

const issues = <A, I>(schema: Schema.Schema<A, I>, value: unknown) =>
  Either.match(Schema.decodeUnknownEither(schema, { errors: "all", onExcessProperty: "error" })(value), {
    onLeft: issuesOf,
    onRight: () => []
  })

const textOf = <A, I>(schema: Schema.Schema<A, I>, value: unknown) => formatIssues(issues(schema, value))

const Item = Schema.Struct({ id: Schema.String, count: Schema.optional(Schema.Int) })

describe("issues", () => {
  const says = <A, I>(name: string, schema: Schema.Schema<A, I>, value: unknown, expected: string) =>
    it(`for ${name}, the issue says: ${expected}`, () => {
      assert.include(textOf(schema, value), expected)
    })

  says("a wrong type", Schema.String, 1, "must be a string, but is a number")
  says("null instead of a string", Schema.String, null, "must be a string, but is null")
  says("an array instead of a string", Schema.String, [], "must be a string, but is an array")
  says("an object instead of a number", Schema.Number, {}, "must be a number, but is an object")
  says("a string instead of an object", Item, "x", "must be an object, but is a string")
  says("a missing key", Item, {}, "id is missing")
  says("an unknown key", Item, { id: "x", extra: 1 }, "extra is not known here")
  says(
    "several problems",
    Item,
    { count: "x", extra: 1 },
    "extra is not known here; id is missing; count must be a number"
  )
  says("a value that a filter rejects", Item, { id: "x", count: 1.5 }, "count must be an integer, but is a number")
  says("an item of an array", Schema.Array(Item), [{ id: "x" }, {}], "[1].id is missing")
  says(
    "a value of a record",
    Schema.Record({ key: Schema.String, value: Item }),
    { a: { id: 1 } },
    "a.id must be a string"
  )
  says(
    "a value that no member of a union accepts",
    Schema.Union(Schema.String, Schema.Number),
    null,
    "must be string | number, but is null"
  )
  says("a union with one member that almost matches", Schema.NullOr(Item), { count: 1 }, "id is missing")
  says(
    "a union with two members that almost match",
    Schema.Union(Item, Schema.Struct({ x: Schema.String })),
    {},
    "must be "
  )
  says("text that a transformation rejects", Schema.NumberFromString, "x", "must be NumberFromString, but is a string")
  says(
    "an asynchronous transformation",
    Schema.transformOrFail(Schema.String, Schema.String, {
      decode: (text) => Effect.promise(() => Promise.resolve(text)),
      encode: Effect.succeed
    }),
    "x",
    "is not allowed"
  )
  says(
    "a value of the wrong type before a transformation",
    Schema.NumberFromString,
    1,
    "must be a string to be decoded"
  )
  says("an unknown literal", Schema.Literal("a", "b"), "c", "must be \"a\" or \"b\", but is another string")
  says(
    "one of many literals",
    Schema.Literal("a", "b", "c"),
    "d",
    "must be \"a\", \"b\" or \"c\", but is another string"
  )
  says("the only literal", Schema.Literal(1), 2, "must be 1, but is another number")
  says("another kind than the literals", Schema.Literal("a", "b"), 1, "must be \"a\" or \"b\", but is a number")
  says("an optional literal", Schema.UndefinedOr(Schema.Literal("a")), "b", "must be \"a\", but is another string")
  says("a literal or null", Schema.NullOr(Schema.Literal("a")), [], "must be \"a\" or null, but is an array")
  says("a value of type never", Schema.Never, 1, "must be never, but is a number")

  it("a schema with its own message gives that message", () => {
    const Even = Schema.Number.pipe(Schema.filter((n) => n % 2 === 0, { message: () => "must be even" }))
    assert.strictEqual(textOf(Even, 1), "must be even")
    assert.strictEqual(textOf(Schema.Struct({ n: Even }), { n: 1 }), "n must be even")
  })

  it("the message of a filter on a struct is not used for a problem with one of its keys", () => {
    const Range = Schema.Struct({ from: Schema.Number, to: Schema.Number }).pipe(
      Schema.filter(({ from, to }) => from < to, { message: () => "must go up" })
    )
    assert.strictEqual(textOf(Range, { from: 2, to: 1 }), "must go up")
    assert.strictEqual(textOf(Range, { from: 2 }), "to is missing")
    assert.strictEqual(textOf(Range, null), "must go up")
  })

  it("the message of a filter on a struct with renamed keys is not used for a problem with one of its keys", () => {
    const Range = Schema.Struct({
      from: Schema.propertySignature(Schema.Number).pipe(Schema.fromKey("f")),
      to: Schema.Number
    }).pipe(
      Schema.filter(({ from, to }) => from < to, { message: () => "must go up" })
    )
    assert.strictEqual(textOf(Range, { f: 2, to: 1 }), "must go up")
    assert.strictEqual(textOf(Range, { f: 2 }), "to is missing")
    assert.strictEqual(textOf(Range, { f: "2", to: 3 }), "f must be a number, but is a string")
    assert.strictEqual(textOf(Range, null), "must go up")
  })

  it("at most ten issues are listed", () => {
    assert.strictEqual(issues(Schema.Array(Schema.String), Array.from({ length: 100 }, () => 1)).length, 10)
  })

  it("a very long key from the server is shown as its length, and the token is not looked for in it", () => {
    const wrong = { ["k".repeat(10_001)]: "no number", ["k".repeat(10_000)]: "no number" }
    const redacted: Array<string> = []
    const parsed = Schema.decodeUnknownEither(Schema.Record({ key: Schema.String, value: Schema.Number }), {
      errors: "all"
    })(wrong)
    const error = Either.getOrThrowWith(Either.flip(parsed), () => new Error("it was decoded"))
    const paths = issuesOf(error, (key) => {
      redacted.push(key)
      return "short"
    }).map(({ path }) => path)
    assert.sameMembers(paths, ["<10001 characters>", "short"])
    assert.deepStrictEqual(redacted, ["k".repeat(10_000)])
  })

  it("a key from the server in an issue's path is truncated to one line of 64 characters", () => {
    const [issue] = issues(Schema.Record({ key: Schema.String, value: Schema.Number }), {
      [`a\n${"k".repeat(500)}`]: "x"
    })
    assert.match(issue?.path ?? "", /^a k{60,}…$/)
    assert.strictEqual(issue?.path.length, 64)
  })

  it.prop(
    "no issue contains the value",
    [FastCheck.string({ minLength: 4 }).map((text) => `<${text}>`)],
    ([secret]) => {
      const schema = Schema.Struct({
        a: Schema.Number,
        b: Schema.Literal("x"),
        c: Schema.NumberFromString,
        d: Schema.Array(Schema.Boolean),
        e: Schema.NullOr(Schema.Struct({ f: Schema.Number }))
      })
      const text = textOf(schema, { a: secret, b: secret, c: secret, d: [secret], e: { f: secret } })
      assert.notInclude(text, secret)
      assert.strictEqual(text.split("; ").length, 5)
    }
  )
})
