/** Which requests an operation has sent when one of them did not succeed. */
import { assert } from "@effect/vitest"
import type { Operation } from "./operations.js"
import { linesOf, type Received } from "./server.js"

/**
 * Checks which requests a call has sent, one of which did not succeed: those of the table up to that one, and then those
 * that may follow a failure.
 */
export const assertSentUpTo = (
  { afterFailure: following = [], isConcurrent, requests, undo }: Operation,
  position: number,
  received: ReadonlyArray<Received>
): void => {
  const lines = linesOf(received)
  const afterFailure = undo === undefined ? following : [...following, undo]
  const expected = requests.slice(0, position + 1)
  const [failed = ""] = expected.slice(-1)
  if (position === 0) assert.deepStrictEqual(lines, expected)
  else if (isConcurrent) {
    assert.strictEqual(lines[0], requests[0])
    assert.include(lines, failed)
    for (const line of lines.slice(1)) assert.include([...requests.slice(1), ...afterFailure], line)
  } else {
    assert.deepStrictEqual(lines.slice(0, position + 1), expected)
    for (const line of lines.slice(position + 1)) assert.include(afterFailure, line)
  }
}
