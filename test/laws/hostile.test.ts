/**
 * A response that a server makes as large, wide, deep or wrong as it can costs about as much as `JSON.parse` takes for
 * it, whether it is rejected or accepted (S-9).
 */
import { assert, beforeAll, describe, it } from "@effect/vitest"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { text } from "node:stream/consumers"
import { fileURLToPath } from "node:url"
import { runs } from "../effort.js"
import type { Cost } from "./hostileCosts.js"
import { operations, routeOf } from "./operations.js"

/** The issues of one page of empty items once took twice as much. */
const megabytes = 400

const costs: Array<Cost> = []
/** How the process ended. */
let end = ""

beforeAll(async () => {
  const script = fileURLToPath(new URL("hostileCosts.ts", import.meta.url))
  const child = spawn(process.execPath, [`--max-old-space-size=${megabytes}`, "--import", "tsx", script])
  const [lines, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")])
  costs.push(...lines.split("\n").filter((line) => line !== "").map((line): Cost => JSON.parse(line)))
  end = `${code}${errors.slice(0, 2000)}`
}, runs(300_000, 900_000))

describe("A hostile response (S-9)", () => {
  it(`needs no more than ${megabytes} MB of memory`, () => {
    assert.strictEqual(end, "0", `after ${JSON.stringify(costs.at(-1))}`)
    assert.match(costs.at(-1)?.body ?? "", /bytes of gzip/)
  })

  const schemas = new Set(
    operations.flatMap(({ requests }) => requests.map((line) => routeOf(line).success)).filter(Boolean)
  )

  it(`is tried on each of the ${schemas.size} schemas of responses, and as a failure`, () => {
    // Two operations with a failure, and the listing through fetch.
    assert.strictEqual(new Set(costs.map(({ operation }) => operation)).size, schemas.size + 3)
    assert.isAbove(costs.length, 3 * schemas.size)
    const rejected = costs.filter(({ end }) => end === "DataRobotValidationError response")
    assert.isAbove(rejected.length, schemas.size)
  })

  it("takes at most 15 times as long as JSON.parse, and 60 ms", () => {
    assert.deepStrictEqual(costs.filter(({ allowed, millis }) => millis > allowed), [])
  })

  it("is a success or an error with at most ten issues and 2048 characters", () => {
    const ends = [
      "ok",
      "DataRobotValidationError response",
      // A list without the id that the caller gave.
      "DataRobotValidationError request",
      "DataRobotApiError Conflict",
      "DataRobotApiError Unprocessable"
    ]
    for (const cost of costs) {
      assert.include(ends, cost.end, JSON.stringify(cost))
      assert.isAtMost(cost.issues, 10)
      assert.isAtMost(cost.message, 2048)
    }
    assert.isTrue(costs.some(({ issues }) => issues === 10))
  })
})
