/** Reading the Retry-After of a response. */
import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { retryAfterMillis } from "../../../src/internal/request/retryAfter.js"

const now = Date.parse("2018-05-01T10:00:00Z")
const seconds = (value: string) => retryAfterMillis({ "retry-after": value }, now)

describe("retryAfterMillis", () => {
  for (
    const [headers, expected] of [
      [{}, undefined],
      [{ "retry-after": "0" }, 0],
      [{ "retry-after": "120" }, 120_000],
      [{ "retry-after": " 7 " }, 7_000],
      [{ "retry-after": "0.0001" }, 1],
      [{ "retry-after-ms": "250" }, 250],
      [{ "retry-after-ms": " 250\t" }, 250],
      [{ "retry-after-ms": "0.5" }, 1],
      [{ "retry-after-ms": "250", "retry-after": "7" }, 250],
      [{ "retry-after-ms": "", "retry-after": "7" }, 7_000],
      [{ "retry-after": "Tue, 01 May 2018 10:00:09 GMT" }, 9_000],
      [{ "retry-after": "Tue, 01 May 2018 09:59:00 GMT" }, 0],
      [{ "retry-after": "Wed, 02 May 2018 09:00:09 GMT", date: "Wed, 02 May 2018 09:00:00 GMT" }, 9_000],
      [{ "retry-after": "Wed, 02 May 2018 09:00:09 GMT", date: " Wed, 02 May 2018 09:00:00 GMT " }, 9_000],
      [{ "retry-after": "Tue, 01 May 2018 10:00:09 GMT", date: "garbage" }, 9_000],
      [{ "retry-after": "Tue, 99 May 2018 10:00:09 GMT" }, undefined],
      // A header that occurs more than once: the clients join its values.
      [{ "retry-after": "5, 120" }, 120_000],
      [{ "retry-after": "120, 5" }, 120_000],
      [{ "retry-after": "1,5" }, 5_000],
      [{ "retry-after": "soon, 5, -1, " }, 5_000],
      [{ "retry-after": "5, 21 May 2018 10:00:09 GMT" }, 5_000],
      [{ "retry-after": "soon, never" }, undefined],
      [{ "retry-after": ", ," }, undefined],
      [{ "retry-after": "Tue, 01 May 2018 10:00:09 GMT, 5" }, 9_000],
      [{ "retry-after": "5,Tue, 01 May 2018 10:00:03 GMT" }, 5_000],
      [{ "retry-after": "Tue, 01 May 2018 10:00:03 GMT, Tue, 01 May 2018 10:00:09 GMT" }, 9_000],
      [{ "retry-after-ms": "250, 900" }, 900],
      [{ "retry-after-ms": "x, 250", "retry-after": "7" }, 250],
      [{ "retry-after-ms": "x, y", "retry-after": "7, 9" }, 9_000]
    ] as const
  ) {
    it(`returns ${expected} for ${JSON.stringify(headers)}`, () => {
      assert.strictEqual(retryAfterMillis(headers, now), expected)
    })
  }

  for (
    const garbage of [
      "",
      "soon",
      "-1",
      "+1",
      "1e9",
      "0x10",
      "1.",
      ".5",
      "1 2",
      "1234567890123",
      "Infinity",
      "NaN",
      "not before Tue, 01 May 2018 10:00:09 GMT",
      "Tue, 01 May 2018 10:00:09 GMT+1"
    ]
  ) {
    it(`ignores ${JSON.stringify(garbage)}`, () => {
      assert.strictEqual(seconds(garbage), undefined)
    })
  }

  it.prop("never returns a negative number or NaN for any text", [FastCheck.string()], ([text]) => {
    const millis = seconds(text)
    assert.isTrue(millis === undefined || (Number.isInteger(millis) && millis >= 0))
  })

  it.prop("reads every HTTP date", [
    FastCheck.date({ min: new Date(now), max: new Date("2099-01-01"), noInvalidDate: true })
  ], ([date]) => {
    const second = Math.floor(date.getTime() / 1000) * 1000
    assert.strictEqual(seconds(new Date(second).toUTCString()), second - now)
  })
})
