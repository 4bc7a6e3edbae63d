// The same in CommonJS.
import promise = require("effect-datarobot/promise")
import testing = require("effect-datarobot/testing/promise")

export const labels = async (options: promise.ClientOptions): Promise<ReadonlyArray<string>> => {
  const emulator: testing.Emulator = await testing.startEmulator()
  const deployments = await promise.createClient({ ...options, fetch: emulator.fetch }).Deployment.list()
  // @ts-expect-error -- a date, not a number
  const created: number | null | undefined = deployments[0]?.createdAt
  return [...deployments.map(({ label }) => label ?? ""), String(created)]
}
