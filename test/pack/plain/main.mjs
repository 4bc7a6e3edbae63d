import * as promise from "effect-datarobot/promise"
import * as testing from "effect-datarobot/testing/promise"
import { createRequire } from "node:module"
import checks from "./checks.cjs"

await checks.check(promise, testing, "main.mjs")

// The errors of the CommonJS copy pass the guards of this one, and the other way round.
const other = createRequire(import.meta.url)("effect-datarobot/promise")
const fields = { operation: "Job.list", method: "GET", path: "status/", attempts: 1, message: "no" }
const failure = { ...fields, reason: "NotFound", status: 404, retryable: false }
for (const [one, two] of [[promise, other], [other, promise]]) {
  const error = new one.DataRobotApiError(failure)
  if (!(two.isApiError(error) && error instanceof two.DataRobotApiError)) throw new Error("not recognized")
}
