// A few calls of the Promise API, with nothing of Node: only what every runtime has.
import { createClient, DataRobotApiError, isApiError, isNetworkError } from "effect-datarobot/promise"

const assert = (condition, message) => {
  if (!condition) throw new Error(`Expected: ${message}`)
}
const failure = (promise) => promise.then(() => assert(false, "the call rejects"), (error) => error)

/** Makes the calls. `settings` are those of an emulator with the preset `demo`. */
export const check = async (settings) => {
  const client = createClient({ ...settings, logger: console })

  const created = await client.Deployment.createFromModelPackage({
    modelPackageId: "5b0000000000000000000061",
    predictionEnvironmentId: "5b00000000000000000000e2",
    label: "Churn scorer"
  })
  assert(created.createdAt instanceof Date && created.createdAt.getTime() > 0, "createdAt is a Date")
  const { data } = await client.Prediction.predict(created, [{ tenure: 3 }, { tenure: 40 }])
  assert(data.length === 2, "two predictions")
  const { response } = await client.Deployment.get(created).withResponse()
  assert(response.status === 200, "a response with status 200")

  const labels = []
  for await (const { label } of client.ModelDeployment.stream({ pageSize: 1 })) labels.push(label)
  assert(labels.includes("Churn scorer"), "the listing has the demo's deployment")

  let scored = ""
  const decoder = new TextDecoder()
  for await (const piece of client.BatchPrediction.score(created, new TextEncoder().encode("tenure\n3\n40\n"))) {
    scored += decoder.decode(piece, { stream: true })
  }
  assert(scored.trim().split("\n").length === 3, "a header and two scored rows")

  const error = await failure(client.Deployment.get("5b00000000000000000000ff"))
  assert(error instanceof DataRobotApiError && error instanceof Error, "an error of class DataRobotApiError")
  assert(isApiError(error) && error.status === 404 && error.reason === "NotFound", "a 404")
  assert(error.message.includes("404") && !String(error.stack).includes(settings.token), "no token in the error")

  const aborted = await failure(client.Deployment.list({}, { signal: AbortSignal.abort() }))
  assert(aborted.name === "AbortError", "an AbortError")
  const nowhere = createClient({ ...settings, endpoint: "http://127.0.0.1:9/api/v2", retry: false })
  assert(isNetworkError(await failure(nowhere.verify())), "a DataRobotNetworkError")

  await client.close()
  return `${labels.length} deployments`
}
