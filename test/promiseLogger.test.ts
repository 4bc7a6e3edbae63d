/** The options `logger` and `debug` of `createClient`. */
import { assert, describe, it } from "@effect/vitest"
import { type ClientOptions, createClient, DataRobotValidationError, type Logger } from "effect-datarobot/promise"
import { vi } from "vitest"
import { rejection } from "./promises.js"
import { endpoint, id, token, untyped, wire } from "./support.js"

type Line = readonly [method: keyof Logger, ...args: ReadonlyArray<unknown>]

/** A logger that collects its lines. */
const collector = () => {
  const lines: Array<Line> = []
  const method = (name: keyof Logger) => (...args: ReadonlyArray<unknown>) => {
    lines.push([name, ...args])
  }
  return {
    lines,
    logger: { debug: method("debug"), info: method("info"), warn: method("warn"), error: method("error") }
  }
}

/** A client whose server gives these responses, the last one again and again. */
const clientOf = (responses: ReadonlyArray<() => Response>, options: ClientOptions = {}) => {
  let index = 0
  const fetch: typeof globalThis.fetch = () => {
    const respond = responses[Math.min(index++, responses.length - 1)] ?? assert.fail("no response")
    return Promise.resolve(respond())
  }
  return createClient({ endpoint, token, fetch, retry: { baseDelay: 1, maxDelay: 1 }, ...options })
}

const ok = () => Response.json(wire())
const deprecated = () => Response.json(wire(), { headers: { deprecation: "true" } })
const failed = () => Response.json({ message: `the token ${token} is tired` }, { status: 500 })

const warning = "ModelDeployment.get: DataRobot says that this route is deprecated"
const path = `modelDeployments/${id}/`

describe("The logger of the Promise client", () => {
  it("gets a warning once, in one text", async () => {
    const { lines, logger } = collector()
    const client = clientOf([deprecated], { logger })
    await client.ModelDeployment.get(id)
    await client.ModelDeployment.get(id)
    assert.deepStrictEqual(lines, [["warn", warning]])
  })

  it("gets a debug line for each attempt with debug: true, in one text and in parts", async () => {
    const { lines, logger } = collector()
    const client = clientOf([failed, ok], { logger, debug: true })
    await client.ModelDeployment.get(id)
    const attempts = lines.map(([method, message, details]) => [
      method,
      String(message).replace(/\d+(?:\.\d+)? ms/, "N ms"),
      { ...Object(details), millis: "N" }
    ])
    const parts = { operation: "ModelDeployment.get", method: "GET", path, millis: "N" }
    assert.deepStrictEqual(attempts, [
      ["debug", `ModelDeployment.get: GET ${path}, attempt 1, 500, N ms`, { ...parts, attempt: 1, status: 500 }],
      ["debug", `ModelDeployment.get: GET ${path}, attempt 2, 200, N ms`, { ...parts, attempt: 2, status: 200 }]
    ])
  })

  it("gets no debug line by default, and no line for an error that the caller gets", async () => {
    const { lines, logger } = collector()
    await rejection(clientOf([failed], { logger }).ModelDeployment.get(id))
    assert.deepStrictEqual(lines, [])
  })

  it("gets the reason of an attempt without a response, and no line for the rejection itself", async () => {
    const { lines, logger } = collector()
    const fail = () => {
      throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED", syscall: "connect" })
    }
    await rejection(clientOf([fail], { logger, debug: true, retry: false }).ModelDeployment.get(id))
    assert.strictEqual(lines.length, 1)
    assert.include(lines[0]?.[2], { attempt: 1, reason: "Connect" })
  })

  it("never gets the token (S-4)", async () => {
    const { lines, logger } = collector()
    const client = clientOf([failed, deprecated], { logger, debug: true })
    await client.ModelDeployment.get(id)
    await rejection(client.ModelDeployment.get(token))
    assert.isAbove(lines.length, 2)
    assert.notInclude(JSON.stringify(lines), token)
  })

  for (
    const [title, fail] of [
      ["throws", () => {
        throw new Error("the disk is full")
      }],
      ["returns a promise that rejects", () => Promise.reject(new Error("the disk is full"))]
    ] as const
  ) {
    it(`does not affect a call if it ${title}`, async () => {
      const { logger } = collector()
      const client = clientOf([deprecated], { logger: { ...logger, debug: fail, warn: fail }, debug: true })
      assert.strictEqual((await client.ModelDeployment.get(id)).id, id)
    })
  }

  it("is called as a method, so that a class can be a logger", async () => {
    class Lines implements Logger {
      readonly #lines: Array<string> = []
      debug = (): void => {}
      info = (): void => {}
      error = (): void => {}
      warn(message: string): void {
        this.#lines.push(message)
      }
      get all(): ReadonlyArray<string> {
        return this.#lines
      }
    }
    const logger = new Lines()
    await clientOf([deprecated], { logger }).ModelDeployment.get(id)
    assert.deepStrictEqual(logger.all, [warning])
  })

  for (const logger of [null, "console", () => {}, {}, { ...console, warn: undefined }]) {
    it(`is rejected if it is ${typeof logger} ${Object.keys(Object(logger)).length}`, () => {
      assert.throws(
        () => createClient({ endpoint, token, logger: untyped(logger) }),
        "createClient: invalid settings: logger must have the methods debug, info, warn and error, as console has"
      )
    })
  }

  it("is the console by default: warnings go to console.warn, and debug lines to console.debug", async () => {
    const printed: Array<ReadonlyArray<unknown>> = []
    const spies = (["log", "debug", "info", "warn", "error"] as const).map((method) =>
      vi.spyOn(console, method).mockImplementation((...args) => void printed.push([method, ...args]))
    )
    try {
      await clientOf([deprecated]).ModelDeployment.get(id)
      assert.deepStrictEqual(printed, [["warn", `effect-datarobot: ${warning}`]])
      printed.length = 0
      await clientOf([ok], { debug: true }).ModelDeployment.get(id)
    } finally {
      for (const spy of spies) spy.mockRestore()
    }
    assert.deepStrictEqual(printed.map(([method, text]) => [method, String(text).replace(/, \d.*/, "")]), [
      ["debug", `effect-datarobot: ModelDeployment.get: GET ${path}, attempt 1`]
    ])
  })

  it("has a debug option that is true or false", () => {
    try {
      createClient({ endpoint, token, debug: untyped("yes") })
    } catch (error) {
      assert.instanceOf(error, DataRobotValidationError)
      assert.deepStrictEqual(error.issues, [{ path: "debug", message: "must be true or false" }])
      return
    }
    assert.fail("was accepted")
  })
})
