import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { lazily, pieces } from "../../../src/emulator/state/jsonPieces.js"

const text = (value: unknown) => Array.from(pieces(value)).join("")

describe("JSON in pieces", () => {
  it.prop("is the same as in one piece", [FastCheck.jsonValue()], ([value]) => {
    assert.strictEqual(text(value), JSON.stringify(value))
  })

  it.prop(
    "is the same for lists whose items are made when they are needed",
    [FastCheck.array(FastCheck.jsonValue())],
    ([values]) => {
      assert.strictEqual(
        text({ list: lazily(values, (value) => ({ value })), skipped: undefined }),
        JSON.stringify({ list: values.map((value) => ({ value })) })
      )
    }
  )

  it.each([0, 1, 9_999, 10_000, 10_001, 30_000])("has %d numbers in short pieces", (count) => {
    const numbers = Array.from({ length: count }, (_, index) => index / 3)
    const parts = Array.from(pieces(Float64Array.from(numbers)))
    assert.strictEqual(parts.join(""), JSON.stringify(numbers))
    assert.isBelow(Math.max(...parts.map(({ length }) => length)), 250_000)
  })

  it.each([99, 100, 101, 1_000])("has %d items in short pieces", (count) => {
    const items = Array.from({ length: count }, (_, index) => ({ index }))
    const parts = Array.from(pieces(items))
    assert.strictEqual(parts.join(""), JSON.stringify(items))
    assert.isBelow(Math.max(...parts.map(({ length }) => length)), 2_000)
  })

  it("makes a piece when it is read", () => {
    let made = 0
    const iterator = pieces(lazily([1, 2, 3], (item) => {
      made++
      return item
    }))
    for (let piece = 0; piece < 2; piece++) iterator.next()
    assert.strictEqual(made, 1)
  })
})
