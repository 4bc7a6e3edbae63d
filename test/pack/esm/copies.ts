// Copies of the package in a program of ES modules: those of both module systems, and the bundle of the Promise API
// beside the Effect entries. Each recognizes the errors of the others.
import * as Index from "effect-datarobot"
import * as Here from "effect-datarobot/DataRobotError"
import * as Bundle from "effect-datarobot/promise"
import assert from "node:assert/strict"
import { createRequire } from "node:module"

const failure = {
  operation: "Job.list",
  method: "GET",
  path: "status/",
  attempts: 1,
  message: "no",
  reason: "NotFound" as const,
  status: 404,
  retryable: false
}
interface Copy {
  readonly DataRobotApiError: new(fields: typeof failure) => Error
  readonly isApiError: (error: unknown) => boolean
  readonly isDataRobotError: (error: unknown) => boolean
  readonly isNetworkError: (error: unknown) => boolean
}

const require = createRequire(import.meta.url)
const There: Copy = require("effect-datarobot/DataRobotError")
const OtherBundle: Copy = require("effect-datarobot/promise")

const copies: ReadonlyArray<readonly [string, Copy]> = [
  ["this module system", Here],
  ["the index", { ...Index.DataRobotError, DataRobotApiError: Index.DataRobotApiError }],
  ["the other module system", There],
  ["the Promise API", Bundle],
  ["the Promise API of the other module system", OtherBundle]
]
assert.equal(new Set(copies.map(([, { DataRobotApiError }]) => DataRobotApiError)).size, 4, "There are four copies")
for (const [made, one] of copies) {
  const error = new one.DataRobotApiError(failure)
  for (const [asked, two] of copies) {
    const which = `an error of ${made}, asked of ${asked}`
    assert(two.isApiError(error) && two.isDataRobotError(error), which)
    assert(error instanceof two.DataRobotApiError, which)
    assert(!two.isNetworkError(error) && !two.isApiError({ _tag: "DataRobotApiError" }), which)
  }
}
