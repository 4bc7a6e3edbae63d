/** Merging and validation of request options. */
import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import { mergeOptions, positiveMillis, resolveOptions } from "../../../src/internal/request/options.js"

const retries = {
  maxAttempts: 2,
  baseDelay: 1,
  maxDelay: 2,
  throttledBaseDelay: 3,
  throttledMaxDelay: 4,
  maxRetryAfter: 5
}

describe("Merged options", () => {
  it("are the first ones if the second are empty", () => {
    const first = { timeout: 1, attemptTimeout: 2, retry: retries, headers: { "x-a": "1" } }
    assert.deepStrictEqual(mergeOptions(first), first)
    assert.deepStrictEqual(mergeOptions(first, {}), first)
    assert.deepStrictEqual(mergeOptions(first, { retry: {} }), first)
  })

  it("prefer the second ones, key by key", () => {
    const first = { timeout: 1, attemptTimeout: 2, retry: retries }
    assert.deepInclude(mergeOptions(first, { timeout: 7 }), { timeout: 7, attemptTimeout: 2 })
    assert.deepInclude(mergeOptions(first, { attemptTimeout: 7 }), { timeout: 1, attemptTimeout: 7 })
    for (const key of ["maxAttempts", "baseDelay", "maxDelay", "throttledBaseDelay", "throttledMaxDelay"] as const) {
      assert.deepStrictEqual(mergeOptions(first, { retry: { [key]: 7 } }).retry, { ...retries, [key]: 7 })
    }
    assert.deepStrictEqual(mergeOptions(first, { retry: { maxRetryAfter: 7 } }).retry, { ...retries, maxRetryAfter: 7 })
  })

  for (
    const [first, second, expected] of [
      [undefined, undefined, undefined],
      [undefined, retries, retries],
      [undefined, false, false],
      [false, undefined, false],
      [false, retries, retries],
      [retries, undefined, retries],
      [retries, false, false]
    ] as const
  ) {
    it(`with retry ${JSON.stringify(first)} and then ${JSON.stringify(second)} have the retry ${JSON.stringify(expected)}`, () => {
      assert.deepStrictEqual(mergeOptions({ retry: first }, { retry: second }).retry, expected)
    })
  }

  it("keep an invalid retry, so that it is rejected", () => {
    // Boundary: a value that JavaScript can pass but the types reject.
    const twice = "twice" as unknown as false
    const merged = mergeOptions({ retry: retries }, { retry: twice })
    assert.deepStrictEqual(resolveOptions(merged).issues, [{ path: "retry", message: "must be false or an object" }])
  })

  it("have the headers of both, in lower case, and the later one wins", () => {
    assert.deepStrictEqual(
      mergeOptions({ headers: { "X-A": "1", "x-b": "1" } }, { headers: { "x-a": "2", "X-C": "2" } }).headers,
      { "x-a": "2", "x-b": "1", "x-c": "2" }
    )
    assert.deepStrictEqual(mergeOptions({}).headers, {})
  })
})

describe("A duration", () => {
  for (
    const [value, millis] of [
      [1, 1],
      [0.5, 0.5],
      ["2 seconds", 2000],
      [Duration.minutes(1), 60_000],
      [0, undefined],
      [-1, undefined],
      [Number.NaN, undefined],
      [Number.POSITIVE_INFINITY, undefined],
      [Duration.infinity, undefined],
      ["soon", undefined],
      [undefined, undefined],
      [null, undefined]
    ] as const
  ) {
    it(`of ${String(value)} is ${millis} milliseconds`, () => {
      assert.strictEqual(positiveMillis(value), millis)
    })
  }
})

describe("The limits of a request", () => {
  const defaults = {
    // The routes have their own defaults.
    timeout: undefined,
    attemptTimeout: undefined,
    maxAttempts: 3,
    delay: { base: 250, max: 8_000 },
    throttled: { base: 1_000, max: 20_000 },
    maxRetryAfter: 60_000,
    headers: {}
  }

  it("have these defaults", () => {
    assert.deepStrictEqual(resolveOptions({}), { limits: defaults, issues: [] })
    assert.deepStrictEqual(resolveOptions({ retry: {} }), { limits: defaults, issues: [] })
  })

  it("are one attempt with retry: false", () => {
    assert.deepStrictEqual(resolveOptions({ retry: false }), { limits: { ...defaults, maxAttempts: 1 }, issues: [] })
  })

  it("are taken from the options", () => {
    const { issues, limits } = resolveOptions({
      timeout: "1 second",
      attemptTimeout: 7,
      retry: retries,
      headers: { "x-a": "1" }
    })
    assert.deepStrictEqual(issues, [])
    assert.deepStrictEqual(limits, {
      timeout: 1000,
      attemptTimeout: 7,
      maxAttempts: 2,
      delay: { base: 1, max: 2 },
      throttled: { base: 3, max: 4 },
      maxRetryAfter: 5,
      headers: { "x-a": "1" }
    })
  })

  it("accept 1 to 100 attempts", () => {
    for (const maxAttempts of [1, 100]) assert.deepStrictEqual(resolveOptions({ retry: { maxAttempts } }).issues, [])
    for (const maxAttempts of [0, 101, 1.5, Number.NaN]) {
      assert.deepStrictEqual(resolveOptions({ retry: { maxAttempts } }).issues, [
        { path: "retry.maxAttempts", message: "must be a whole number from 1 to 100" }
      ])
    }
  })

  it("report every invalid duration", () => {
    const bad = { baseDelay: 0, maxDelay: 0, throttledBaseDelay: 0, throttledMaxDelay: 0, maxRetryAfter: 0 }
    const { issues } = resolveOptions({ timeout: 0, attemptTimeout: 0, retry: bad })
    const message = "must be a positive, finite duration"
    assert.deepStrictEqual(
      issues,
      ["timeout", "attemptTimeout", ...Object.keys(bad).map((key) => `retry.${key}`)].map((
        path
      ) => ({ path, message }))
    )
  })
})

describe("Headers", () => {
  const issuesOf = (headers: Readonly<Record<string, string>>) => resolveOptions({ headers }).issues

  it("accept every name and value that HTTP allows", () => {
    const headers = { ["x".repeat(100)]: "", "!#$%&'*+.^_`|~-09azAZ": "\t ~", "x-long": "x".repeat(8192) }
    const { issues, limits } = resolveOptions({ headers })
    assert.deepStrictEqual(issues, [])
    assert.deepStrictEqual(limits.headers, headers)
  })

  for (const name of ["", " ", "x y", "x:", ":x", "(x)", "ä", "x\n", "\nx", "x".repeat(101)]) {
    it(`reject the name ${JSON.stringify(name).slice(0, 20)}`, () => {
      assert.deepStrictEqual(issuesOf({ [name]: "1" }), [
        { path: "headers", message: "must have names of letters, digits and \"-\"" }
      ])
    })
  }

  for (
    const name of [
      "authorization",
      "host",
      "content-length",
      "transfer-encoding",
      "connection",
      "cookie",
      "expect",
      "keep-alive",
      "proxy-connection",
      "te",
      "trailer",
      "upgrade",
      "accept-encoding"
    ]
  ) {
    it(`reject ${name}, which the SDK or the HTTP client sets`, () => {
      const { issues, limits } = resolveOptions({ headers: { [name]: "1", "x-a": "1" } })
      assert.deepStrictEqual(issues, [{ path: `headers.${name}`, message: "is set by the SDK or the HTTP client" }])
      assert.deepStrictEqual(limits.headers, { "x-a": "1" })
    })
  }

  for (const value of ["\n", "a\nb", "\na", "a\n", "\u0000", "\u007f", "ä", "x".repeat(8193)]) {
    it(`reject the value ${JSON.stringify(value).slice(0, 20)}`, () => {
      assert.deepStrictEqual(issuesOf({ "x-a": value }), [
        { path: "headers.x-a", message: "must be a string of printable ASCII characters" }
      ])
    })
  }
})
