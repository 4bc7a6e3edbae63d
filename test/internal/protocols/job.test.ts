/** Which job references need no wait. */
import { assert, describe, it } from "@effect/vitest"
import { isDone } from "../../../src/internal/protocols/job.js"

describe("isDone", () => {
  it("is true only for a handle of kind done", () => {
    const done = { kind: "done", id: "d1" } as const
    for (const ref of [done, JSON.stringify(done)]) assert.isTrue(isDone(ref))
    for (const ref of ["s1", { id: "s1" }, { kind: "status", id: "s1" } as const, "{", "{\"kind\":\"done\"}"]) {
      assert.isFalse(isDone(ref))
    }
  })
})
