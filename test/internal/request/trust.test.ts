/** Where the token may be sent (S-11). */
import { assert, describe, it } from "@effect/vitest"
import { DataRobot } from "effect-datarobot/DataRobot"
import * as Effect from "effect/Effect"
import { isTrusted, readOrigins } from "../../../src/internal/request/trust.js"
import { connection } from "../../support.js"

const own = "https://dr.example.com/api/v2"
const cloud = "https://app.datarobot.com/api/v2"
const local = "http://127.0.0.1:8080/api/v2"

/** An endpoint, a URL, and whether the token may be sent to it. */
const table: ReadonlyArray<readonly [endpoint: string, url: string, isTrusted: boolean]> = [
  [own, "https://dr.example.com/x", true],
  [own, "https://pred.dr.example.com", true],
  [own, "https://a.b.dr.example.com", true],
  [own, "https://pred.dr.example.com:8443", true],
  [own, "https://DR.example.com:443", true],
  [own, "http://dr.example.com", false],
  [own, "http://pred.dr.example.com", false],
  [own, "https://example.com", false],
  [own, "https://other.example.com", false],
  [own, "https://evildr.example.com", false],
  [own, "https://dr.example.com.evil.test", false],
  [own, "https://dr.example.com@evil.test", false],
  [own, "https://127.0.0.1", false],
  [own, "https://localhost", false],
  [own, "ftp://dr.example.com", false],
  // The managed cloud: any other subdomain.
  [cloud, "https://example.orm.datarobot.com", true],
  [cloud, "https://datarobot.com", true],
  [cloud, "https://app.eu.datarobot.com", true],
  [cloud, "http://example.orm.datarobot.com", false],
  [cloud, "https://evildatarobot.com", false],
  [cloud, "https://datarobot.com.evil.test", false],
  ["https://app.eu.datarobot.com/api/v2", "https://mlops.eu.datarobot.com", true],
  // A host of the same domain that is not the managed cloud has no such siblings.
  ["https://staging.datarobot.com/api/v2", "https://other.datarobot.com", false],
  ["https://app.datarobot.com.example.com/api/v2", "https://other.datarobot.com", false],
  ["https://app.a.b.datarobot.com/api/v2", "https://other.datarobot.com", false],
  // This computer: only from this computer.
  [local, "http://127.0.0.1:9090", true],
  [local, "http://localhost:9090", true],
  [local, "http://127.8.8.8", true],
  [local, "http://[::1]:9090", true],
  [local, "https://dr.example.com", false],
  [local, "http://127.0.0.1.evil.test", false],
  ["http://localhost:8080/api/v2", "http://sub.localhost:8080", false]
]

describe("The token may be sent to the endpoint and below it, by https (S-11)", () => {
  for (const [endpoint, url, expected] of table) {
    it.effect(`with the endpoint ${endpoint}, ${url} ${expected ? "may" : "may not"} receive the token`, () =>
      Effect.gen(function*() {
        assert.strictEqual(isTrusted(yield* DataRobot, new URL(url)), expected)
      }).pipe(Effect.provide(connection({ endpoint }))))
  }

  it.effect("the exact origins of predictionServers may receive it, and nothing below them", () =>
    Effect.gen(function*() {
      const here = yield* DataRobot
      const trusts = (url: string) => isTrusted(here, new URL(url))
      assert.isTrue(trusts("https://pred.other.test/predApi/v1.0/"))
      assert.isTrue(trusts("http://10.0.0.1:8080"))
      for (
        const url of [
          "https://a.pred.other.test",
          "https://pred.other.test:444",
          "http://pred.other.test",
          "https://10.0.0.1:8080",
          "http://10.0.0.1:8081"
        ]
      ) assert.isFalse(trusts(url), url)
    }).pipe(
      Effect.provide(connection({
        predictionServers: ["https://pred.other.test", "http://10.0.0.1:8080/"],
        allowInsecure: true
      }))
    ))
})

describe("The option predictionServers", () => {
  const origin = "must be an origin, such as https://example.orm.datarobot.com"

  it("has the origins of its URLs", () => {
    const { issues, origins } = readOrigins(["https://A.test", "https://b.test:443/", "http://localhost:1"], false)
    assert.deepStrictEqual([...origins], ["https://a.test", "https://b.test", "http://localhost:1"])
    assert.deepStrictEqual(issues, [])
  })

  for (
    const wrong of [
      "a.test",
      "https://a.test/predApi",
      "https://a.test?x",
      "https://a.test/?x=1",
      "https://a.test#x",
      "https://u:p@a.test",
      "ftp://a.test",
      "",
      7,
      null
    ]
  ) {
    it(`rejects ${JSON.stringify(wrong)}, which is not an origin`, () => {
      const { issues, origins } = readOrigins(["https://ok.test", wrong], true)
      assert.deepStrictEqual(issues, [{ path: "predictionServers[1]", message: origin }])
      assert.deepStrictEqual([...origins], ["https://ok.test"])
    })
  }

  it("rejects plain http without allowInsecure, and anything but a list", () => {
    const { issues, origins } = readOrigins(["http://a.test"], false)
    assert.deepStrictEqual(issues.map(({ path }) => path), ["predictionServers[0]"])
    assert.include(issues[0]?.message, "must use https")
    assert.strictEqual(origins.size, 0)
    assert.deepStrictEqual(readOrigins(["http://a.test"], true).issues, [])
    assert.deepStrictEqual(readOrigins("https://a.test", false).issues, [
      { path: "predictionServers", message: "must be a list of URLs" }
    ])
  })
})
