/** The headers of a caller that are secret (S-10). */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { makeConnection } from "../../../src/internal/request/connection.js"
import { headerSecrets, withHeaderSecrets } from "../../../src/internal/request/headerSecrets.js"

const value = "s3cr3t-value"

describe("The secrets in headers", () => {
  for (
    const name of [
      ..."x-api-key datarobot-key x-auth x-authorization x-access-token x-client-secret x-password x-passphrase".split(
        " "
      ),
      ..."x-credential x-session-id set-cookie x-signature x-jwt cf-access-jwt-assertion X-API-KEY".split(" "),
      ..."apikey api_key access-key x-bearer x-csrf x-sig x-hmac-sha256 x-sas x-pass idempotency-key".split(" ")
    ]
  ) {
    it(`include the value of ${name}`, () => {
      assert.include(headerSecrets({ [name]: value }), value)
    })
  }

  it("do not include values of other headers, and values that are too short", () => {
    assert.deepStrictEqual(headerSecrets({ "x-note": value, "x-request-id": value, "x-api-key": "1234567" }), [])
    assert.deepStrictEqual(headerSecrets(undefined), [])
    const words = ["x-author", "x-compass", "x-monkey", "x-keyboard", "x-signal", "x-passenger"]
    assert.deepStrictEqual(headerSecrets(Object.fromEntries(words.map((name) => [name, value]))), [])
  })

  it("include a value with and without its scheme, and without spaces around it", () => {
    assert.sameMembers([...new Set(headerSecrets({ "x-auth": ` Basic  ${value} ` }))], [`Basic  ${value}`, value])
    assert.sameMembers([...new Set(headerSecrets({ "x-auth": "Basic abc" }))], ["Basic abc"])
  })

  it("do not include a value that is not a string, which is rejected later", () => {
    // Boundary: a value that JavaScript can pass but the types reject.
    assert.deepStrictEqual(headerSecrets({ "x-api-key": 12345678 as unknown as string }), [])
  })

  it.effect("cost nothing if there are none, and one redactor if they stay the same", () =>
    Effect.gen(function*() {
      const connection = yield* makeConnection("test", { token: "a-token-for-tests" })
      assert.strictEqual(withHeaderSecrets(connection, { "x-note": value }), connection)
      const one = withHeaderSecrets(connection, { "x-api-key": value })
      assert.strictEqual(withHeaderSecrets(connection, { "x-api-key": value }).redactor, one.redactor)
      assert.strictEqual(one.redactor.text(`${value} a-token-for-tests`), "<redacted> <redacted>")
      assert.strictEqual(connection.redactor.text(value), value)
    }))
})
