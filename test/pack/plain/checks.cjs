// What a program without Effect does with the Promise API and the test kit. Both module systems run the same checks.
const assert = require("node:assert/strict")

exports.check = async ({ createClient, DataRobotApiError, isApiError }, { startEmulator }, file) => {
  const emulator = await startEmulator({ port: false, preset: "demo" })
  const client = createClient({ endpoint: emulator.endpoint, token: emulator.token, fetch: emulator.fetch })

  const [deployment] = await client.ModelDeployment.list({ limit: 1 })
  assert.equal(deployment.label, "Churn scorer")
  for (const one of await client.Deployment.list()) {
    if (one.createdAt !== undefined) assert(one.createdAt instanceof Date, "Dates are instances of Date")
  }

  async function myService() {
    return await client.ModelDeployment.get("5e8d7dbe0f0b4a0001d3c2b1")
  }
  const error = await myService().then(() => assert.fail("it must reject"), (error) => error)
  assert(error instanceof DataRobotApiError && isApiError(error) && error.status === 404)
  assert.equal(error.name, "DataRobotApiError")
  assert.match(error.stack, /at async myService \(.*checks\.cjs:\d+:\d+\)/)
  assert(!error.stack.includes("/dist/"), `The stack has no frame of the package:\n${error.stack}`)

  assert.throws(() => createClient({ endpoint: "nonsense", token: "some-token" }), (error) => {
    assert.equal(error.name, "DataRobotValidationError")
    assert(error.stack.includes("checks.cjs"), `The stack names the caller:\n${error.stack}`)
    return !error.stack.includes("/dist/")
  })

  await client.close()
  await emulator.close()
  console.log(`ok ${file}`)
}
