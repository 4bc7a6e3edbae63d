// Plain JavaScript in jest's sandbox: CommonJS, and globals of another realm.
const { DataRobotApiError, DataRobotNetworkError, DataRobotValidationError, createClient, isApiError } = require(
  "effect-datarobot/promise"
)
const { startEmulator } = require("effect-datarobot/testing/promise")
const { deploy, labels } = require("./service.js")

describe.each([[false], [0]])("an emulator with port: %s", (port) => {
  let emulator
  let client
  beforeAll(async () => {
    emulator = await startEmulator({ port, deployments: [{ id: "churn", label: "Churn" }] })
    client = emulator.client()
  })
  afterEach(() => emulator.reset())
  afterAll(() => emulator.close())

  test("deploys", async () => {
    const deployed = await deploy(client, "New")
    expect(deployed).toMatchObject({ label: "New", deployed: true })
    const [request] = await emulator.requests()
    expect(request).toMatchObject({ method: "POST", operation: "modelDeployments.create", status: 201 })
  })

  test("errors are errors of this realm", async () => {
    const error = await client.ModelDeployment.get("none").catch((reason) => reason)
    expect(error).toBeInstanceOf(Error)
    expect(error).toBeInstanceOf(DataRobotApiError)
    expect(isApiError(error)).toBe(true)
    expect(error).toMatchObject({ status: 404, reason: "NotFound" })
    await expect(client.ModelDeployment.get("none")).rejects.toThrow("404")
    expect(() => createClient({ token: "x" })).toThrow(DataRobotValidationError)
  })

  test("a broken connection and a server that is not there are network errors", async () => {
    await emulator.addFault({ fault: "reset", method: "POST" })
    const lost = await deploy(client, "New").catch((reason) => reason)
    expect(lost).toBeInstanceOf(DataRobotNetworkError)
    expect(lost).toMatchObject({ reason: "Transport", outcome: "unknown", cause: { code: "ECONNRESET" } })
    const { close, endpoint, token } = await startEmulator({ port: 0 })
    await close()
    const nowhere = createClient({ endpoint, token, retry: false })
    const error = await nowhere.verify().catch((reason) => reason)
    expect(error).toBeInstanceOf(DataRobotNetworkError)
    expect(error).toMatchObject({ reason: "Connect", outcome: "not-sent", cause: { code: "ECONNREFUSED" } })
    await nowhere.close()
  })

  test("a call can be aborted", async () => {
    await emulator.addFault({ fault: "stall" })
    const controller = new AbortController()
    const listing = client.ModelDeployment.list({}, { signal: controller.signal })
    controller.abort()
    await expect(listing).rejects.toMatchObject({ name: "AbortError" })
    await expect(client.ModelDeployment.list({}, { timeout: 50, retry: false })).rejects.toThrow(DataRobotNetworkError)
  })

  test("predicts, scores and reads streams", async () => {
    const { data } = await client.Prediction.predict("churn", [{ x: 1 }, { x: 2 }])
    expect(data).toHaveLength(2)
    const pieces = []
    for await (const piece of client.BatchPrediction.score("churn", new TextEncoder().encode("x\n1\n2\n"))) {
      pieces.push(piece)
    }
    expect(Buffer.concat(pieces).toString().trim().split("\n")).toHaveLength(3)
    const found = []
    for await (const { label } of client.ModelDeployment.stream({ pageSize: 1 })) found.push(label)
    expect(found).toEqual(["Churn"])
  })

  test("wrong options are rejected", async () => {
    await expect(startEmulator({ prest: "demo" })).rejects.toThrow("did you mean preset?")
    await expect(startEmulator({ prest: "demo" })).rejects.toThrow(TypeError)
    await expect(startEmulator({ clock: { start: new Date(NaN) } })).rejects.toThrow("clock.start must be")
    await expect(emulator.addFault({ fault: "reset", operation: "deployments.lst" })).rejects.toThrow(
      "deployments.list"
    )
  })

  test("time is a date", async () => {
    const before = await emulator.now()
    expect(before).toBeInstanceOf(Date)
    expect(await emulator.advanceClock("1 hour")).toBeInstanceOf(Date)
    const period = { start: new Date(Date.now() - 3_600_000), end: new Date() }
    await emulator.recordTraffic({ deploymentId: "churn", ...period, requests: 10 })
    expect((await client.ModelDeployment.get("churn")).recentRequestCount).toBe(10)
  })
})

test("code that reads its endpoint from the environment reaches a port", async () => {
  const emulator = await startEmulator({ port: 0, deployments: [{ label: "Churn" }] })
  const before = { ...process.env }
  Object.assign(process.env, { DATAROBOT_ENDPOINT: emulator.endpoint, DATAROBOT_API_TOKEN: emulator.token })
  expect(await labels()).toEqual(["Churn"])
  process.env = before
  await emulator.close()
})

test("a port that is taken has a code", async () => {
  const emulator = await startEmulator({ port: 0 })
  const port = Number(new URL(emulator.endpoint).port)
  await expect(startEmulator({ port })).rejects.toMatchObject({ code: "EADDRINUSE" })
  await emulator.close()
})

test("an emulator that is not closed does not keep jest alive", async () => {
  for (const port of [false, 0]) await (await startEmulator({ port })).client().ModelDeployment.list()
})
