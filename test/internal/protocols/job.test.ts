/** Jobs: which fields of a state are informational. */
import { assert, describe, it } from "@effect/vitest"
import * as Either from "effect/Either"
import { decodeJson } from "../../../src/internal/reading/decoder.js"
import * as Routes from "../../../src/wire/routes/jobs.js"

describe("the state of a job", () => {
  const read = (body: unknown) => decodeJson(Routes.get.success, body, "effect")

  it("an informational field becomes null if it cannot be read, so that it does not fail a wait", () => {
    const names = ["statusId", "message", "code", "created", "description", "statusType", "type"]
    for (const name of names) {
      const state = { status: "RUNNING", [name]: { odd: true } }
      assert.deepStrictEqual<unknown>(read(state), Either.right({ status: "RUNNING", [name]: null }), name)
    }
  })

  it("a status that is not text cannot be read", () => {
    for (const body of [{ status: 1 }, {}]) assert.isTrue(Either.isLeft(read(body)))
  })
})
