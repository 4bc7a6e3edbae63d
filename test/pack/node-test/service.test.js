// Node's own test runner, in plain JavaScript.
import { DataRobotApiError } from "effect-datarobot/promise"
import { startEmulator } from "effect-datarobot/testing/promise"
import assert from "node:assert/strict"
import { after, beforeEach, test } from "node:test"

const emulator = await startEmulator({ port: 0, deployments: [{ id: "churn", label: "Churn" }] })
const client = emulator.client()
beforeEach(() => emulator.reset())
after(() => emulator.close())

test("a client reaches the emulator", async () => {
  const [deployment] = await client.ModelDeployment.list()
  assert.equal(deployment.label, "Churn")
  await assert.rejects(client.ModelDeployment.get("none"), DataRobotApiError)
})

test("a failed request is retried", async () => {
  await emulator.addFault({ fault: "status", status: 503, times: 1 })
  assert.equal((await client.ModelDeployment.get("churn")).label, "Churn")
  assert.deepEqual((await emulator.requests()).map(({ status }) => status), [503, 200])
})

test("the process ends although this emulator is not closed", async () => {
  for (const port of [false, 0]) await (await startEmulator({ port })).client().ModelDeployment.list()
})
