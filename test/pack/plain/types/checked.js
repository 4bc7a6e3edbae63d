// JavaScript that an editor or `checkJs` checks.
import { createClient, isApiError } from "effect-datarobot/promise"
import { startEmulator } from "effect-datarobot/testing/promise"

/** @param {import("effect-datarobot/promise").Client} client */
export const labels = async (client) => {
  const deployments = await client.Deployment.list({ limit: 10 })
  // @ts-expect-error -- a misspelt property
  console.log(deployments[0]?.lable)
  return deployments.map(({ label }) => label?.toUpperCase())
}

const emulator = await startEmulator({ preset: "demo" })
const client = createClient({ endpoint: emulator.endpoint, token: emulator.token, fetch: emulator.fetch })
try {
  await labels(client)
} catch (error) {
  if (isApiError(error)) console.error(error.status.toFixed())
}
