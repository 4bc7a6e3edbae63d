/** Converting external text for a message (S-5). */
import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { isRecord, oneLine } from "../../src/wire/text.js"

describe("oneLine", () => {
  it("leaves a single line unchanged", () => {
    assert.strictEqual(oneLine("Größe: 5 €, 漢字 🎉"), "Größe: 5 €, 漢字 🎉")
  })

  for (
    const [name, char] of [
      ["a line feed", "\n"],
      ["a carriage return", "\r"],
      ["NUL", "\u0000"],
      ["an escape", "\u001b"],
      ["DEL", "\u007f"],
      ["NEL", "\u0085"],
      ["a line separator", "\u2028"],
      ["a paragraph separator", "\u2029"]
    ] as const
  ) {
    it(`replaces ${name} by a space`, () => {
      assert.strictEqual(oneLine(`a${char}b`), "a b")
    })
  }

  it("trims spaces", () => {
    assert.strictEqual(oneLine("\n a \t"), "a")
  })

  it("truncates a long text and marks it", () => {
    assert.strictEqual(oneLine("x".repeat(2048)), "x".repeat(2048))
    assert.strictEqual(oneLine("x".repeat(2049)), `${"x".repeat(2047)}…`)
    assert.strictEqual(oneLine("abcdef", 5), "abcd…")
    assert.strictEqual(oneLine("abcde", 5), "abcde")
    // Also if it is truncated before a space.
    assert.strictEqual(oneLine("abcde f", 5), "abcd…")
    assert.strictEqual(oneLine("abc def", 5), "abc…")
  })

  it.prop("returns one line of at most the given length for any text", [
    FastCheck.string({ unit: "binary", maxLength: 100 }),
    FastCheck.integer({ min: 1, max: 50 })
  ], ([text, max]) => {
    const line = oneLine(text, max)
    assert.isAtMost(line.length, max)
    assert.notMatch(line, /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/)
  })
})

describe("isRecord", () => {
  for (
    const [value, expected] of [[{}, true], [{ a: 1 }, true], [null, false], [[], false], ["{}", false], [
      1,
      false
    ]] as const
  ) {
    it(`returns ${expected} for ${JSON.stringify(value)}`, () => {
      assert.strictEqual(isRecord(value), expected)
    })
  }
})
