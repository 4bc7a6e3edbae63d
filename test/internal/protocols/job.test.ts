/** Which jobs there is nothing to wait for. */
import { assert, describe, it } from "@effect/vitest"
import { isDone } from "../../../src/internal/protocols/job.js"

describe("a job", () => {
  it("is done where none was needed, and open otherwise", () => {
    const done = { kind: "done", id: "d1" } as const
    for (const ref of [done, JSON.stringify(done)]) assert.isTrue(isDone(ref))
    for (const ref of ["s1", { id: "s1" }, { kind: "status", id: "s1" } as const, "{", "{\"kind\":\"done\"}"]) {
      assert.isFalse(isDone(ref))
    }
  })
})
