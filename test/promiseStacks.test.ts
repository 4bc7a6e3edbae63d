/** The stack of an error of the Promise API begins at the caller's line, and has no line of the SDK or of an engine. */
import { assert, describe, it } from "@effect/vitest"
import { createClient, DataRobotApiError, isApiError, isDataRobotError } from "effect-datarobot/promise"
import { execFileSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { collect, rejection } from "./promises.js"
import { endpoint, id, token, wire } from "./support.js"

const json = (body: unknown, init?: ResponseInit) => new Response(JSON.stringify(body), init)

/** A client whose server responds after a while. */
const clientOf = (respond: (url: string) => Response) =>
  createClient({
    endpoint,
    token,
    retry: false,
    fetch: async (input) => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      // Boundary: the HTTP client passes a URL.
      return respond(String(input as URL))
    }
  })

const failing = clientOf(() => json({ message: "There is no such thing" }, { status: 404 }))

/** Returns the names of the functions in the stack of an error, after checking the form of the whole stack. */
const callersOf = (error: unknown): ReadonlyArray<string> => {
  if (!(error instanceof Error)) return assert.fail("is not an error")
  const [head = "", ...frames] = (error.stack ?? "").split("\n")
  assert.strictEqual(head, `${error.name}: ${error.message}`)
  assert.notInclude(error.stack, token)
  // Where vitest itself calls the test.
  const own = frames.filter((frame) =>
    !frame.includes("/node_modules/@vitest/") && !frame.includes("/node_modules/vitest/")
  )
  return own.map((frame) => {
    assert.notMatch(frame, /node:internal|node_modules|\/src\/|\/dist\//)
    return /at (?:async )?(Promise\.\w+|[\w.$]+) \(/.exec(frame)?.[1] ?? frame
  })
}

describe("The stack of an error of the Promise API", () => {
  it("begins at the line that awaits the call", async () => {
    const myService = async () => {
      await failing.ModelDeployment.get(id)
    }
    const caller = async () => {
      await myService()
    }
    const error = await rejection(caller())
    assert.deepStrictEqual(callersOf(error).slice(0, 2), ["myService", "caller"])
  })

  it("has the form of Node's stacks of async functions", () => {
    const args = ["--import", "tsx", fileURLToPath(new URL("./fixtures/myService.ts", import.meta.url))]
    const printed = execFileSync(process.execPath, args, { encoding: "utf8" }).trimEnd().split("\n")
    const frames = printed.map((line) => line.replace(/\(\S*[\\/]/, "("))
    assert.deepStrictEqual(frames, [
      "DataRobotNetworkError: ModelDeployment.get failed: the connection broke " +
      "(GET modelDeployments/60a000000000000000000001/, 1 attempt): no network. Try again later.",
      "    at async myService (myService.ts:13:3)",
      "    at async <anonymous> (myService.ts:17:3)"
    ])
  })

  it("begins there too if nothing was sent", async () => {
    const myService = async () => {
      await failing.ModelDeployment.get("not an id")
    }
    const error = await rejection(myService())
    assert.strictEqual(callersOf(error)[0], "myService")
  })

  it("begins at the loop that reads an iteration", async () => {
    const myService = async () => {
      for await (const _ of failing.ModelDeployment.stream()) assert.fail("has no items")
    }
    assert.strictEqual(callersOf(await rejection(myService()))[0], "myService")
  })

  it("begins at the loop if a later page fails", async () => {
    const client = clientOf((url) =>
      url.includes("offset")
        ? json({ message: "down" }, { status: 500 })
        : json({ data: [wire()], next: `${endpoint}/modelDeployments/?offset=1&limit=1` })
    )
    const seen: Array<unknown> = []
    const myService = async () => {
      for await (const { label } of client.ModelDeployment.stream()) seen.push(label)
    }
    assert.strictEqual(callersOf(await rejection(myService()))[0], "myService")
    assert.strictEqual(seen.length, 1)
  })

  it("begins at the line that awaits withResponse", async () => {
    const myService = async () => {
      await failing.ModelDeployment.get(id).withResponse()
    }
    assert.strictEqual(callersOf(await rejection(myService()))[0], "myService")
  })

  it("names Promise.all and the function that awaits it", async () => {
    const myService = async () => {
      await Promise.all([failing.ModelDeployment.get(id), failing.ModelDeployment.list()])
    }
    assert.deepStrictEqual(callersOf(await rejection(myService())).slice(0, 2), ["Promise.all", "myService"])
  })

  it("begins at the caller of each hand-written operation", async () => {
    const services = [
      async function predict() {
        await failing.Prediction.predict(id, [{ a: 1 }])
      },
      async function chat() {
        await failing.Prediction.chat("not an id")
      },
      async function score() {
        await collect(failing.BatchPrediction.score(id, "a\n1\n"))
      },
      async function upload() {
        await failing.Dataset.upload("a\n1\n", { name: "n" })
      },
      async function verify() {
        await failing.verify()
      }
    ]
    for (const service of services) {
      const callers = callersOf(await rejection(service()))
      assert.include(callers.slice(0, 2), service.name)
    }
  })

  it("has no line if no code awaits the call", async () => {
    const seen = new Promise((resolve) => {
      void failing.ModelDeployment.get(id).catch(resolve)
    })
    assert.deepStrictEqual(callersOf(await seen), [])
  })

  it("begins at the call of createClient if a setting is invalid", () => {
    const myService = () => createClient({ endpoint: "ftp://example.com", token })
    try {
      myService()
      assert.fail("must throw")
    } catch (error) {
      assert.strictEqual(callersOf(error)[0], "myService")
    }
  })

  it("begins at the line that awaits a call of a closed client", async () => {
    const client = clientOf(() => json({}))
    await client.close()
    const myService = async () => {
      await client.ModelDeployment.get(id)
    }
    const error = await rejection(myService())
    assert.strictEqual(String(error), "Error: the client is closed")
    assert.strictEqual(callersOf(error)[0], "myService")
  })

  it("belongs to one caller, although calls share a request", async () => {
    const first = async () => {
      await failing.Prediction.predict(id, [{ a: 1 }])
    }
    const second = async () => {
      await failing.Prediction.predict(id, [{ a: 1 }])
    }
    const third = async () => {
      await failing.Prediction.predict(id, [{ a: 1 }])
    }
    const errors = await Promise.all([first, second, third].map((call) => rejection(call())))
    assert.deepStrictEqual(errors.map((error) => callersOf(error)[0]), ["first", "second", "third"])
    for (const error of errors) assert.isTrue(isApiError(error) && error.reason === "NotFound")
  })

  it("is the only part of the error that changes", async () => {
    const error = await rejection(failing.ModelDeployment.get(id))
    assert.instanceOf(error, DataRobotApiError)
    assert.isTrue(isDataRobotError(error))
    assert.notInclude(Object.keys(error), "stack")
    const { message, operation, reason, status } = error
    assert.deepStrictEqual({ operation, reason, status }, {
      operation: "ModelDeployment.get",
      reason: "NotFound",
      status: 404
    })
    assert.include(message, "There is no such thing")
    assert.deepInclude(JSON.parse(JSON.stringify(error)), { operation, reason, status, _tag: "DataRobotApiError" })
  })

  it("stays that of the caller's own errors", async () => {
    const own = new Error("mine")
    const { stack } = own
    const controller = new AbortController()
    controller.abort(own)
    assert.strictEqual(await rejection(failing.ModelDeployment.get(id, { signal: controller.signal })), own)
    const source = {
      async *[Symbol.asyncIterator]() {
        yield await Promise.reject(own)
      }
    }
    assert.strictEqual(await rejection(collect(failing.DeploymentActuals.submitStream(id, source))), own)
    assert.strictEqual(own.stack, stack)
  })
})
