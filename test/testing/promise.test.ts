/** The test kit for plain async tests. `test/pack/` runs it in jest and node:test from the packed package. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobotApiError, DataRobotNetworkError } from "effect-datarobot/promise"
import { type Emulator, type EmulatorOptions, type Operation, startEmulator } from "effect-datarobot/testing/promise"
import { spawnSync } from "node:child_process"
import * as Net from "node:net"

/** The error that a promise rejects with. */
const rejection = async (promise: Promise<unknown>): Promise<Error> => {
  const error = await promise.then(() => undefined, (reason: unknown) => reason)
  assert.instanceOf(error, Error)
  return error
}

/** Runs a test with an emulator, and closes it. */
const using = async (options: EmulatorOptions, test: (emulator: Emulator) => Promise<void>) => {
  const emulator = await startEmulator(options)
  try {
    await test(emulator)
  } finally {
    await emulator.close()
  }
}

const model = { projectId: "p", modelId: "m" }

for (const port of [false, 0] as const) {
  describe(`An emulator with port: ${port}`, () => {
    it("keeps what a client creates, and deploys it at once", () =>
      using({ port }, async ({ client: connect, endpoint, token, url }) => {
        assert.strictEqual(url, endpoint)
        assert.strictEqual(token, "emulator-token-0000")
        const client = connect()
        const created = await client.ModelDeployment.create({ ...model, label: "Churn" })
        assert.isTrue((await client.ModelDeployment.awaitDeployed(created)).deployed)
        assert.deepStrictEqual((await client.ModelDeployment.list()).map(({ label }) => label), ["Churn"])
      }))

    it("ends jobs and batch predictions at once", () =>
      using({ port, deployments: [{ id: "churn" }] }, async ({ client: connect }) => {
        const client = connect()
        const replaced = await client.Deployment.createFromLearningModel({ modelId: "m", label: "Churn" })
        assert.strictEqual(replaced.label, "Churn")
        const pieces: Array<Uint8Array> = []
        for await (const piece of client.BatchPrediction.score("churn", "x\n1\n2\n")) pieces.push(piece)
        assert.strictEqual(Buffer.concat(pieces).toString().trim().split("\n").length, 3)
      }))

    it("retries are visible in the recorded requests and the faults", () =>
      using({ port, deployments: [{ id: "churn", label: "Churn" }] }, async (emulator) => {
        const client = emulator.client({ retry: { baseDelay: 1 } })
        await emulator.addFault({ fault: "status", status: 503, operation: "modelDeployments.get", times: 2 })
        assert.strictEqual((await client.ModelDeployment.get("churn")).label, "Churn")
        const requests = await emulator.requests()
        assert.deepStrictEqual(requests.map(({ operation, status }) => [operation, status]), [
          ["modelDeployments.get", 503],
          ["modelDeployments.get", 503],
          ["modelDeployments.get", 200]
        ])
        assert.isTrue(
          requests.every(({ method, path, time }) =>
            method === "GET" && path === "/api/v2/modelDeployments/churn/" && time instanceof Date
          )
        )
        const [report] = await emulator.faults()
        assert.deepStrictEqual([report?.matched, report?.fired], [3, 2])
        await emulator.clearFaults()
        assert.deepStrictEqual(await emulator.faults(), [])
      }))

    it("a lost response is a network error with an unknown outcome", () =>
      using({ port }, async (emulator) => {
        const client = emulator.client()
        await emulator.addFault({ fault: "commitThenDrop", operation: "modelDeployments.create" })
        const error = await rejection(client.ModelDeployment.create({ ...model, label: "Churn" }))
        assert.instanceOf(error, DataRobotNetworkError)
        assert.deepStrictEqual([error.reason, error.outcome, error.cause?.code], ["Transport", "unknown", "ECONNRESET"])
        assert.strictEqual((await client.ModelDeployment.list()).length, 1)
        assert.deepStrictEqual((await emulator.requests()).map(({ status }) => status), [undefined, 200])
      }))

    it("computes monitoring from recorded traffic, with dates or texts", () =>
      using({ port, clock: { start: "2030-01-02" }, deployments: [{ id: "churn" }] }, async (emulator) => {
        const period = { start: new Date("2030-01-01T12:00:00Z"), end: "2030-01-02" }
        await emulator.recordTraffic({ deploymentId: "churn", ...period, requests: 100, serverErrors: 30 })
        const deployment = await emulator.client().ModelDeployment.get("churn")
        assert.deepStrictEqual([deployment.recentRequestCount, deployment.serviceHealth], [100, "failing"])
      }))

    it("a client with another token gets 401", () =>
      using({ port, token: "a-token-for-tests" }, async ({ client, token }) => {
        assert.strictEqual(token, "a-token-for-tests")
        assert.strictEqual((await client().verify()).version.major, 2)
        const error = await rejection(client({ token: "another-token" }).verify())
        assert.instanceOf(error, DataRobotApiError)
        assert.strictEqual(error.status, 401)
      }))

    it("reset restores the start, with the same ids", () =>
      using({ port, seed: "x", deployments: [{ label: "Churn" }] }, async (emulator) => {
        const client = emulator.client()
        const ids = async () => (await client.ModelDeployment.list()).map(({ id }) => id)
        const before = await ids()
        await emulator.addDeployments([{ label: "Other" }])
        await emulator.addFault({ fault: "reset" })
        await emulator.advanceClock("1 day")
        await emulator.reset()
        assert.deepStrictEqual(await emulator.requests(), [])
        assert.deepStrictEqual(await ids(), before)
        assert.isBelow(Math.abs((await emulator.now()).getTime() - Date.now()), 3_600_000)
      }))

    it("close ends requests within a second, and later calls reject", () =>
      using({ port, faults: [{ fault: "stall" }] }, async (emulator) => {
        const client = emulator.client()
        const waiting = rejection(client.ModelDeployment.list())
        const headers = { authorization: `Bearer ${emulator.token}` }
        const fetching = rejection(emulator.fetch(`${emulator.endpoint}/modelDeployments/`, { headers }))
        while ((await emulator.requests()).length < 2) await new Promise((resolve) => setTimeout(resolve, 5))
        await emulator.close()
        assert.match((await waiting).message, /closed/)
        assert.strictEqual((await fetching).name, "TypeError")
        await emulator.close()
        await emulator[Symbol.asyncDispose]()
        assert.match((await rejection(client.ModelDeployment.list())).message, /the client is closed/)
        assert.strictEqual((await rejection(emulator.fetch(emulator.endpoint))).message, "fetch failed")
        assert.throws(() => emulator.client(), "client: the emulator is closed")
      }))

    it("its fetch serves other code, and follows redirects", () =>
      using({ port }, async ({ endpoint, fetch, token }) => {
        const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" }
        const body = JSON.stringify({ modelId: "m", label: "Churn" })
        const created = await fetch(new URL(`${endpoint}/deployments/fromLearningModel/`), {
          method: "POST",
          headers,
          body
        })
        assert.strictEqual(created.status, 202)
        const job = created.headers.get("location") ?? ""
        assert.strictEqual((await fetch(job, { headers, redirect: "manual" })).status, 303)
        assert.strictEqual((await rejection(fetch(job, { headers, redirect: "error" }))).message, "fetch failed")
        const followed = await fetch(new Request(job, { headers }))
        assert.match(followed.url, /\/deployments\/[^/]+\/$/)
        // Boundary: the type of JSON is not known.
        const deployment = await followed.json() as { readonly label: string }
        assert.strictEqual(deployment.label, "Churn")
      }))

    it("its fetch can be aborted, before and during a request", () =>
      using({ port, faults: [{ fault: "stall" }] }, async ({ endpoint, fetch, requests }) => {
        const reason = new Error("enough")
        assert.strictEqual(await rejection(fetch(endpoint, { signal: AbortSignal.abort(reason) })), reason)
        const controller = new AbortController()
        const fetching = rejection(fetch(endpoint, { signal: controller.signal }))
        while ((await requests()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
        controller.abort(reason)
        assert.strictEqual(await fetching, reason)
      }))
  })
}

describe("An emulator with a clock that stands still", () => {
  it("lets a call that waits poll at once when it is advanced, even during a poll", () =>
    using({ clock: { start: "2030-01-01" }, deployDelay: "1 hour" }, async (emulator) => {
      const client = emulator.client()
      const interval = "1 hour"
      /** Waits until a number of requests for an operation has begun. */
      const begun = async (operation: Operation, times: number) => {
        const count = async () => (await emulator.requests()).filter((one) => one.operation === operation).length
        while (await count() < times) await new Promise((resolve) => setImmediate(resolve))
      }
      const created = await client.ModelDeployment.create({ ...model, label: "Churn" })
      const before = (await emulator.requests()).length - 1
      const waiting = client.ModelDeployment.awaitDeployed(created, { interval })
      await begun("modelDeployments.get", before + 1)
      await emulator.advanceClock("30 minutes")
      await begun("modelDeployments.get", before + 2)
      await emulator.advanceClock("30 minutes")
      assert.isTrue((await waiting).deployed)

      const job = client.Deployment.createFromLearningModel({ modelId: "m", label: "B" }, { wait: { interval } })
      await begun("status.get", 1)
      await emulator.advanceClock("1 hour")
      assert.strictEqual((await job).status, "active")
    }))

  it("has the time of its start until it is advanced", () =>
    using({ clock: { start: new Date("2030-01-01") }, deployDelay: "1 hour" }, async (emulator) => {
      const client = emulator.client()
      const created = await client.ModelDeployment.create({ ...model, label: "Churn" })
      assert.strictEqual((await emulator.now()).toISOString(), "2030-01-01T00:00:00.000Z")
      assert.isFalse((await client.ModelDeployment.get(created)).deployed)
      assert.strictEqual((await emulator.advanceClock("1 hour")).toISOString(), "2030-01-01T01:00:00.000Z")
      assert.isTrue((await client.ModelDeployment.get(created)).deployed)
    }))

  it("gives the same bytes for the same seed and requests", async () => {
    const bytes = async (seed: string) => {
      const emulator = await startEmulator({ clock: { start: "2030-01-01" }, seed })
      const client = emulator.client()
      await client.ModelDeployment.create({ ...model, label: "Churn" })
      const headers = { authorization: `Bearer ${emulator.token}` }
      const text = await (await emulator.fetch(`${emulator.endpoint}/modelDeployments/`, { headers })).text()
      await emulator.close()
      return text
    }
    assert.strictEqual(await bytes("a"), await bytes("a"))
    assert.notStrictEqual(await bytes("a"), await bytes("b"))
  })
})

describe("Wrong arguments are rejected at once", () => {
  // Boundary: these are mistakes that the types would find.
  const start = (options: unknown) => rejection(startEmulator(options as EmulatorOptions))

  const mistakes: ReadonlyArray<readonly [unknown, string]> = [
    [{ prest: "demo" }, "prest is not an option; did you mean preset?"],
    [{ zzz: 1 }, "zzz is not an option; the options are port, token, "],
    [{ port: "80" }, "port must be false, or a port: a whole number from 0 to 65535"],
    [{ port: 65_536 }, "port must be false, or a port: a whole number from 0 to 65535"],
    [{ preset: "dmo" }, "preset must be \"empty\" or \"demo\" or \"fleet\""],
    [{ deployments: [{}, { label: 3 }] }, "deployments[1].label must be string or null"],
    [{ deployments: [{ lable: "Churn" }] }, "deployments[0].lable is not an option; did you mean label?"],
    [{ clock: "frozen" }, "clock must be \"system\", or an object with the start of a clock that stands still"],
    [{ clock: { start: new Date("x") } }, "clock.start must be an ISO 8601 date"],
    [{ clock: { start: "9999-01-01" } }, "clock.start must keep the emulator's time within the years 1 to 9998"],
    [{ deployDelay: "5 parsecs" }, "deployDelay must be milliseconds or a string such as \"2 seconds\""],
    [{ token: "a b" }, "token must be 8 to 4096 printable ASCII characters without spaces"],
    [{ batchSpeed: 0 }, "batchSpeed must be a number of rows above 0"],
    [
      { faults: [{ fault: "reset", operation: "modelDeployments.creat" }] },
      "faults[0].operation must be the name of an operation: did you mean modelDeployments.create?"
    ],
    ["demo", "the options must be an object"]
  ]
  for (const [options, problem] of mistakes) {
    it(`startEmulator(${JSON.stringify(options)})`, async () => {
      const error = await start(options)
      assert.instanceOf(error, TypeError)
      assert.include(error.message, `startEmulator: ${problem}`)
      assert.include(error.stack, "promise.test.ts")
    })
  }

  it("a fault, traffic, a duration or an option of a client", () =>
    using({}, async (emulator) => {
      // Boundary: the same.
      const { addDeployments, addFault, advanceClock, client, recordTraffic } = emulator as never as Record<
        "addDeployments" | "addFault" | "advanceClock" | "client" | "recordTraffic",
        (argument: unknown) => Promise<unknown>
      >
      const message = async (promise: Promise<unknown>) => (await rejection(promise)).message
      assert.match(await message(addFault({ fault: "reste" })), /^addFault: fault must be "status" \| "html" \| /)
      assert.match(await message(addFault({ fault: "reset", tims: 1 })), /did you mean times\?/)
      assert.match(await message(addFault("reset")), /^addFault: the argument must be an object$/)
      assert.match(await message(addDeployments({})), /^addDeployments: deployments must be/)
      const traffic = { deploymentId: "x", start: "2030-01-01", end: "2030-01-02", requests: 1 }
      assert.match(await message(recordTraffic(traffic)), /^recordTraffic: there is no deployment with the id x$/)
      assert.match(await message(recordTraffic({ ...traffic, end: "x" })), /end must be an ISO 8601 date/)
      assert.match(await message(advanceClock("x")), /^advanceClock: duration must be milliseconds/)
      assert.match(await message(advanceClock("40000 days")), /^advanceClock: duration must be at most a hundred years/)
      assert.throws(() => void client({ endpoint: "http://localhost" }), "client: the emulator sets the endpoint")
      assert.throws(() => void client({ dispatcher: {} }), "Start the emulator with port: 0")
    }))

  it("a port that is taken", () =>
    using({ port: 0 }, async ({ endpoint }) => {
      const port = Number(new URL(endpoint).port)
      const error = await rejection(startEmulator({ port }))
      assert.include(error.message, `cannot listen on port ${port} of 127.0.0.1: the port is in use`)
      assert.propertyVal(error, "code", "EADDRINUSE")
    }))
})

it("close frees the port within a second, even while connections are open", async () => {
  const emulator = await startEmulator({ port: 0 })
  const port = Number(new URL(emulator.endpoint).port)
  const silent = Net.connect(port, "127.0.0.1")
  await new Promise((resolve) => silent.on("connect", resolve))
  const hungUp = new Promise((resolve) => silent.on("error", () => {}).on("close", resolve))
  await emulator.close()
  await hungUp
  await using({ port }, async () => {})
})

it("an emulator that is not closed lets the process exit", () => {
  const program = `
    const { startEmulator } = await import("./src/testing/promise.js")
    for (const port of [false, 0]) {
      const emulator = await startEmulator({ port, preset: "demo" })
      await emulator.client().ModelDeployment.list()
    }
    console.log("done")
  `
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", program],
    { encoding: "utf8", timeout: 50_000 }
  )
  assert.deepStrictEqual([stdout, status], ["done\n", 0], stderr)
})
