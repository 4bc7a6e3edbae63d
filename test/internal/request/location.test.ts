/** Reading the target of URLs from a server (S-2). The URLs themselves are never requested. */
import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { idFromBody, positionFromUrl, resourceFromUrl } from "../../../src/internal/request/location.js"
import { isId } from "../../../src/internal/request/path.js"

const endpoint = "https://dr.example.com/api/v2"
const own = (collection: string, id: string) => ({ target: { collection, id }, foreign: false })
const foreign = (collection: string, id: string) => ({ target: { collection, id }, foreign: true })

describe("resourceFromUrl", () => {
  for (
    const [url, expected] of [
      ["https://dr.example.com/api/v2/status/s1/", own("status", "s1")],
      ["https://dr.example.com/api/v2/status/s1", own("status", "s1")],
      ["https://dr.example.com/api/v2//status//s1//", own("status", "s1")],
      ["https://dr.example.com/api/v2/status/s1/?a=b#c", own("status", "s1")],
      ["https://dr.example.com:443/api/v2/status/s1/", own("status", "s1")],
      ["https://DR.EXAMPLE.COM/api/v2/status/s1/", own("status", "s1")],
      ["http://dr.example.com/api/v2/status/s1/", own("status", "s1")],
      ["/api/v2/status/s1/", own("status", "s1")],
      ["status/s1/", own("status", "s1")],
      ["//other.example.com/api/v2/status/s1/", foreign("status", "s1")],
      ["https://other.example.com/api/v2/status/s1/", foreign("status", "s1")],
      ["https://dr.example.com:8443/api/v2/status/s1/", foreign("status", "s1")],
      ["https://dr.example.com.evil.net/api/v2/status/s1/", foreign("status", "s1")]
    ] as const
  ) {
    it(`reads ${url}`, () => {
      assert.deepStrictEqual(resourceFromUrl(endpoint, url), expected)
    })
  }

  for (
    const url of [
      "",
      "https://",
      "https://dr.example.com/",
      "https://dr.example.com/api/v2",
      "https://dr.example.com/api/v2/",
      "https://dr.example.com/api/v2/status/",
      "https://dr.example.com/api/v2/status/s1/result/",
      "https://dr.example.com/api/v22/status/s1/",
      "https://dr.example.com/status/s1/",
      "https://dr.example.com/login?next=/api/v2/status/s1/",
      "https://ana@dr.example.com/api/v2/status/s1/",
      "https://ana:pw@dr.example.com/api/v2/status/s1/",
      "https://:pw@dr.example.com/api/v2/status/s1/",
      "ftp://dr.example.com/api/v2/status/s1/",
      "file:///api/v2/status/s1/",
      "javascript:alert(1)//api/v2/status/s1/",
      "data:text/plain,/api/v2/status/s1/",
      "https://dr.example.com\\api\\v2\\status\\s1\\",
      "https:\\\\dr.example.com/api/v2/status/s1/",
      "https://dr.example.com/api/v2/status/../admin/s1/",
      "https://dr.example.com/api/v2/../v2/status/s1/",
      "https://dr.example.com/api/v2/status/%2e%2e/",
      "https://dr.example.com/api/v2/status/s1/.",
      "https://dr.example.com/api/v2/./status/s1/",
      "./status/s1/",
      "https://dr.example.com/api/v2/sta;tus/s1/",
      "https://dr.example.com/api/v2/status/s%31/",
      "https://dr.example.com/api/v2/status/s1/\r\nX: y",
      "https://dr.example.com/api/v2/status/s1 2/",
      "https://dr.example.com/api/v2/status/s1\t/",
      "https://dr.example.com/api/v2/status/s1\u0000/",
      "https://dr.example.com/api/v2/status/ſ1/",
      "https://dr.example.com/api/v2/status/s.1/",
      `https://dr.example.com/api/v2/status/${"s".repeat(129)}/`,
      `https://dr.example.com/api/v2/status/s1/?${"x".repeat(4096)}`
    ]
  ) {
    it(`rejects ${JSON.stringify(url.slice(0, 70))}`, () => {
      assert.strictEqual(resourceFromUrl(endpoint, url), undefined)
    })
  }

  it("accepts at most 4096 characters", () => {
    const url = (length: number) => "https://dr.example.com/api/v2/status/s1/?".padEnd(length, "x")
    assert.deepStrictEqual(resourceFromUrl(endpoint, url(4096)), own("status", "s1"))
    assert.strictEqual(resourceFromUrl(endpoint, url(4097)), undefined)
  })

  for (
    const [mounted, url, expected] of [
      ["https://proxy.example.com/datarobot", "https://proxy.example.com/datarobot/status/s1/", own("status", "s1")],
      ["https://proxy.example.com/datarobot", "https://dr.internal/api/v2/status/s1/", foreign("status", "s1")],
      ["https://proxy.example.com/dr/api/v2", "/dr/api/v2/status/s1/", own("status", "s1")],
      ["https://proxy.example.com/api/v2/dr", "/api/v2/dr/status/s1/", own("status", "s1")],
      ["https://proxy.example.com", "https://proxy.example.com/status/s1/", own("status", "s1")],
      ["https://proxy.example.com", "https://dr.internal/api/v2/status/s1/", foreign("status", "s1")],
      ["https://proxy.example.com/api", "https://dr.internal/api/v2/status/s1/", foreign("status", "s1")],
      ["https://proxy.example.com/datarobot", "https://proxy.example.com/other/status/s1/", undefined]
    ] as const
  ) {
    it(`reads ${url} on the endpoint ${mounted}`, () => {
      assert.deepStrictEqual(resourceFromUrl(mounted, url), expected)
    })
  }

  it.prop(
    "returns only valid ids for any URL",
    [FastCheck.oneof(FastCheck.string(), FastCheck.webUrl(), FastCheck.string().map((text) => `${endpoint}/${text}`))],
    ([url]) => {
      const found = resourceFromUrl(endpoint, url)
      assert.isTrue(found === undefined || isId(found.target.id))
    }
  )
})

describe("positionFromUrl", () => {
  const path = "modelDeployments/"
  const at = (query: string) => positionFromUrl(endpoint, path, `${endpoint}/modelDeployments/${query}`)?.target

  for (
    const [query, expected] of [
      ["?offset=20&limit=10", { offset: 20, limit: 10 }],
      ["?limit=10&offset=20&token=x&status=archived", { offset: 20, limit: 10 }],
      ["?offset=20", { offset: 20 }],
      ["?limit=10", { offset: 0, limit: 10 }],
      ["?limit=100&offset=123456789012345", { offset: 123456789012345, limit: 100 }],
      ["", { offset: 0 }],
      ["?offset=007", { offset: 7 }],
      ["?offset=%32", { offset: 2 }]
    ] as const
  ) {
    it(`reads ${JSON.stringify(query)}`, () => {
      assert.deepStrictEqual(at(query), expected)
    })
  }

  for (
    const query of [
      "?offset=",
      "?offset=-1",
      "?offset=1.5",
      "?offset=1e3",
      "?offset=0x10",
      "?offset=abc",
      "?offset=%31%20",
      "?offset=1234567890123456",
      "?offset=1&limit=0",
      "?offset=1&limit=-5",
      "?offset=1&limit=ten",
      "?offset=1&limit=10x",
      "?offset=1&limit=1234567890123456"
    ]
  ) {
    it(`rejects ${JSON.stringify(query)}`, () => {
      assert.strictEqual(at(query), undefined)
    })
  }

  it("rejects a URL of another path", () => {
    for (const other of ["deployments/", "modelDeployments/x/", "modelDeployments", "xmodelDeployments/"]) {
      const found = positionFromUrl(endpoint, other, `${endpoint}/modelDeployments/?offset=1`)
      assert.strictEqual(found, undefined, other)
    }
  })

  it("reports another host", () => {
    assert.isTrue(positionFromUrl(endpoint, path, "https://dr.internal/api/v2/modelDeployments/?offset=1")?.foreign)
  })
})

describe("idFromBody", () => {
  for (
    const [body, expected] of [
      [{ id: "d1" }, "d1"],
      [{ id: "d1", label: "x" }, "d1"],
      [{ id: ".." }, undefined],
      [{ id: 1 }, undefined],
      [{}, undefined],
      [["d1"], undefined],
      ["d1", undefined],
      [null, undefined],
      [undefined, undefined]
    ] as const
  ) {
    it(`returns ${expected} for ${JSON.stringify(body)}`, () => {
      assert.strictEqual(idFromBody(body), expected)
    })
  }
})
