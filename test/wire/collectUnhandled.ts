/** Errors of an aborted request or an interrupted call must not become unhandled ones. */
import { afterAll, assert, beforeAll } from "@effect/vitest"

/** Collects errors that nothing handles, and checks at the end that there were none. Returns those so far. */
export const collectUnhandled = (): ReadonlyArray<unknown> => {
  const unhandled: Array<unknown> = []
  const note = (error: unknown) => {
    unhandled.push(error)
  }
  const events = ["uncaughtExceptionMonitor", "unhandledRejection"] as const
  beforeAll(() => {
    for (const event of events) process.on(event, note)
  })
  afterAll(() => {
    for (const event of events) process.off(event, note)
    assert.deepStrictEqual(unhandled, [])
  })
  return unhandled
}
