// A program in TypeScript that has only the tarball: without Effect, and without @types/node.
import {
  type Client,
  type ClientOptions,
  createClient,
  DataRobotApiError,
  type Deployment,
  isNetworkError,
  type Page,
  Period,
  type ResponseInfo
} from "effect-datarobot/promise"
import { type Emulator, startEmulator } from "effect-datarobot/testing/promise"

const options: ClientOptions = { endpoint: "https://example.com/api/v2", token: "t", timeout: "5 seconds" }

export const oldest = async (client: Client): Promise<Date | null | undefined> => {
  const input: Deployment.ListInput = { limit: 10 }
  const deployments: ReadonlyArray<Deployment> = await client.Deployment.list(input)
  const page: Page<Deployment, unknown> = await client.Deployment.page()
  for await (const { label } of client.Deployment.stream()) console.log(label?.toUpperCase(), page.data.length)
  const { data, response } = await client.Deployment.get(deployments[0] ?? "60a000000000000000000001").withResponse()
  const info: ResponseInfo = response
  console.log(info.status.toFixed(), info.requestId)
  const { metrics } = await client.Deployment.getServiceStats(data, Period.lastDays(7))
  console.log(metrics.totalRequests?.toFixed())
  // @ts-expect-error -- a date, not text
  const text: string | null | undefined = data.createdAt
  console.log(text)
  // @ts-expect-error -- a misspelt option
  await client.Deployment.list({ limt: 10 })
  return data.createdAt
}

export const main = async () => {
  const emulator: Emulator = await startEmulator({ preset: "demo" })
  await using client = createClient(options)
  try {
    return await oldest(emulator.client())
  } catch (error) {
    if (error instanceof DataRobotApiError) return error.status
    if (isNetworkError(error)) return error.outcome
    throw error
  } finally {
    await client.verify()
    await emulator.close()
  }
}
