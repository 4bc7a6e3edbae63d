/** The stand-in for Node's `Buffer` (src/wire/vendor/buffer.ts): it does what the `Buffer` of Node does. */
import { assert, describe, it } from "@effect/vitest"
import * as fc from "effect/FastCheck"
import { Bytes } from "../../src/wire/vendor/buffer.js"

const equal = (own: Uint8Array, node: Uint8Array) => assert.deepStrictEqual([...own], [...node])

const bytes = fc.uint8Array({ maxLength: 20 })
// Few different bytes, so that some are equal.
const similar = fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 4 })
const range = fc.tuple(fc.integer({ min: -25, max: 25 }), fc.integer({ min: -25, max: 25 }))

describe("The stand-in for Buffer", () => {
  it("encodes and decodes text as Node does, also invalid text and a byte order mark", () => {
    fc.assert(fc.property(fc.fullUnicodeString(), (text) => {
      equal(Bytes.from(text), Buffer.from(text))
      assert.strictEqual(Bytes.from(`\uFEFF${text}`).toString(), `\uFEFF${text}`)
    }))
    fc.assert(fc.property(bytes, (all) => {
      assert.strictEqual(Bytes.from(all).toString("utf8"), Buffer.from(all).toString("utf8"))
    }))
    fc.assert(fc.property(bytes, fc.nat(25), fc.nat(25), (all, start, end) => {
      assert.strictEqual(Bytes.from(all).toString("utf8", start, end), Buffer.from(all).toString("utf8", start, end))
    }))
  })

  it("compares as Node does", () => {
    fc.assert(fc.property(similar, similar, (one, other) => {
      const [own, node] = [Bytes.from(one), Buffer.from(one)]
      assert.strictEqual(Bytes.compare(own, Bytes.from(other)), Buffer.compare(node, Buffer.from(other)))
      assert.strictEqual(own.compare(Bytes.from(other)), node.compare(Buffer.from(other)))
      assert.strictEqual(own.equals(Bytes.from(other)), node.equals(Buffer.from(other)))
    }))
    assert.strictEqual(Bytes.from([1, 2]).compare(Bytes.from([0, 1, 2, 3]), 1, 3), 0)
  })

  it("concatenates and copies as Node does", () => {
    fc.assert(fc.property(bytes, bytes, fc.nat(10), fc.nat(10), fc.nat(30), (one, other, at, start, end) => {
      equal(Bytes.concat([one, other]), Buffer.concat([one, other]))
      const [own, node] = [Bytes.allocUnsafe(12), Buffer.alloc(12)]
      const count = Bytes.from(one).copy(own, at, Math.min(start, one.length), Math.max(end, start))
      const expected = Buffer.from(one).copy(node, at, Math.min(start, one.length), Math.max(end, start))
      assert.strictEqual(count, expected)
      equal(own, node)
    }))
  })

  it("slices a view of the same memory", () => {
    fc.assert(fc.property(bytes, range, (all, [start, end]) => {
      equal(Bytes.from(all).slice(start, end), Buffer.from(all).subarray(start, end))
    }))
    const whole = Bytes.from([1, 2, 3])
    const part = whole.slice(1)
    part[0] = 9
    equal(whole, Uint8Array.of(1, 9, 3))
    assert.isTrue(Bytes.isBuffer(part))
  })

  it("is not confused with other bytes", () => {
    assert.isFalse(Bytes.isBuffer(new Uint8Array(1)))
    assert.isTrue(Bytes.isBuffer(Bytes.from("a")))
  })
})
