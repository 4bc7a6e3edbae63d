// The ES module of the package in a CommonJS program: each recognizes the other's errors.
import * as Here from "effect-datarobot/DataRobotError"
import assert from "node:assert/strict"

const fields = { operation: "Job.list", method: "GET", path: "status/", attempts: 1, message: "no" }
type Copy = Pick<typeof Here, "DataRobotApiError" | "isApiError" | "isDataRobotError" | "isNetworkError">

const errorOf = ({ DataRobotApiError }: Copy) =>
  new DataRobotApiError({ ...fields, reason: "NotFound", status: 404, retryable: false })

const main = async () => {
  const There = await import("effect-datarobot/DataRobotError") as unknown as Copy
  assert.notEqual(There.DataRobotApiError, Here.DataRobotApiError)
  for (const [made, asked] of [[Here, There], [There, Here]] as const) {
    const error = errorOf(made)
    assert(asked.isApiError(error) && asked.isDataRobotError(error) && error instanceof asked.DataRobotApiError)
    assert(!asked.isNetworkError(error) && !asked.isApiError({ _tag: "DataRobotApiError" }))
  }
}

main().catch((error) => {
  console.error(error)
  process.exitCode = 1
})
