/** Promises and async iterables in tests. */
import { assert } from "@effect/vitest"

/** Returns what a promise rejects with. */
export const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(() => assert.fail("was fulfilled, but should have been rejected"), (error: unknown) => error)

/** Collects what an async iterable yields. */
export const collect = async <A>(iterable: AsyncIterable<A>): Promise<ReadonlyArray<A>> => {
  const all: Array<A> = []
  for await (const one of iterable) all.push(one)
  return all
}
