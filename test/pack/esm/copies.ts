// The CommonJS copy of the package in a program of ES modules: each recognizes the other's errors.
import * as Here from "effect-datarobot/DataRobotError"
import assert from "node:assert/strict"
import { createRequire } from "node:module"

const There = createRequire(import.meta.url)("effect-datarobot/DataRobotError") as typeof Here

const fields = { operation: "Job.list", method: "GET", path: "status/", attempts: 1, message: "no" }
const errorOf = ({ DataRobotApiError }: typeof Here) =>
  new DataRobotApiError({ ...fields, reason: "NotFound", status: 404, retryable: false })

assert.notEqual(There.DataRobotApiError, Here.DataRobotApiError)
for (const [made, asked] of [[Here, There], [There, Here]] as const) {
  const error = errorOf(made)
  assert(asked.isApiError(error) && asked.isDataRobotError(error) && error instanceof asked.DataRobotApiError)
  assert(!asked.isNetworkError(error) && !asked.isApiError({ _tag: "DataRobotApiError" }))
}
