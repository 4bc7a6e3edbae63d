/** Parsing the JSON of a server (S-6). */
import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { type Parsed, parseJson } from "../../../src/internal/reading/json.js"

const parse = (text: string) => parseJson(new TextEncoder().encode(text))
const ok = (value: unknown): Parsed => ({ ok: true, value })
const problem = (text: string): Parsed => ({ ok: false, problem: text })

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth)

describe("parseJson", () => {
  it.prop("parses what JSON.stringify writes", [FastCheck.jsonValue({ maxDepth: 5 })], ([value]) => {
    const text = JSON.stringify(value)
    FastCheck.pre(!text.includes("__proto__"))
    assert.deepStrictEqual(parse(text), ok(JSON.parse(text)))
  })

  it("parses null as a value", () => {
    assert.deepStrictEqual(parse("null"), ok(null))
  })

  for (const [open, close] of [["[", "]"], ["{\"a\":", "}"]] as const) {
    it(`accepts 64 levels of ${open} and rejects 65`, () => {
      const at = (depth: number) =>
        parse(open === "[" ? nested(depth, "[", "]") : `${open.repeat(depth)}1${close.repeat(depth)}`)
      assert.isTrue(at(64).ok)
      assert.deepStrictEqual(at(65), problem("is nested deeper than 64 levels"))
    })
  }

  it("counts nesting levels, not brackets", () => {
    for (const one of ["[]", "{}"]) {
      assert.isTrue(parse(`[${Array.from({ length: 200 }, () => one).join()}]`).ok)
    }
  })

  it("ignores brackets in strings", () => {
    assert.deepStrictEqual(parse(`["${"[".repeat(100)}"]`), ok(["[".repeat(100)]))
    assert.deepStrictEqual(parse(`["\\"${"{".repeat(100)}"]`), ok([`"${"{".repeat(100)}`]))
    assert.deepStrictEqual(parse(`["\\\\",${nested(64, "[", "]")}]`), problem("is nested deeper than 64 levels"))
  })

  it("rejects a million nested brackets, closed or not", () => {
    const [open, close] = ["[".repeat(1_000_000), "]".repeat(1_000_000)]
    assert.deepStrictEqual(parse(open + close), problem("is nested deeper than 64 levels"))
    assert.deepStrictEqual(parse(open), problem("is not complete, valid JSON"))
    const inProto = `{"__proto__":${open}${close}}`
    assert.deepStrictEqual(parse(inProto), problem("is nested deeper than 64 levels"))
  })

  for (const key of ["__proto__", "\\u005f_proto__", "__pr\\u006Fto__"]) {
    it(`drops the key ${key} at every depth`, () => {
      const parsed = parse(`{"a":1,"${key}":{"polluted":1},"b":[{"${key}":{"polluted":1},"c":2}]}`)
      assert.deepStrictEqual(parsed, ok({ a: 1, b: [{ c: 2 }] }))
      assert.strictEqual(parsed.ok && Object.getPrototypeOf(parsed.value), Object.prototype)
      assert.isFalse(parsed.ok && Object.hasOwn(Object(parsed.value), "__proto__"))
    })
  }

  it("keeps the string __proto__ as a value", () => {
    assert.deepStrictEqual(parse("{\"a\":\"__proto__\"}"), ok({ a: "__proto__" }))
  })

  it("skips a byte order mark", () => {
    assert.deepStrictEqual(parse("\uFEFF{\"a\":1}"), ok({ a: 1 }))
  })

  it("rejects invalid UTF-8", () => {
    assert.deepStrictEqual(parseJson(Uint8Array.of(0x22, 0xc3, 0x28, 0x22)), problem("is not valid UTF-8"))
  })

  for (const text of ["<!doctype html>", "  \n<html>", "\uFEFF<?xml?>"]) {
    it(`reports ${JSON.stringify(text)} as a web page`, () => {
      assert.deepStrictEqual(
        parse(text),
        problem("is a web page, not JSON (a login page or a proxy?)")
      )
    })
  }

  for (const text of ["", " ", "\n\t"]) {
    it(`reports ${JSON.stringify(text)} as empty`, () => {
      assert.deepStrictEqual(parse(text), problem("is empty"))
    })
  }

  for (const text of ["{\"a\":", "[1,", "\"abc", "{'a':1}", "undefined", "{\"a\":1}}", "{\"a\":1}[", "NaN"]) {
    it(`rejects ${text} without repeating it`, () => {
      assert.deepStrictEqual(parse(text), problem("is not complete, valid JSON"))
    })
  }

  it.prop("never throws for any bytes", [FastCheck.uint8Array({ maxLength: 200 })], ([bytes]) => {
    assert.isBoolean(parseJson(bytes).ok)
  })
})
