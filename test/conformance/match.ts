/** Compares the values that the table expects with the actual ones. Each difference is one line of text. */
import { isDeepStrictEqual } from "node:util"
import { turnClock } from "../turnClock.js"

type Problems = ReadonlyArray<string>

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const show = (value: unknown) => {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}

/** An RFC 3339 time with a zone. */
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/

const sameInstant = (expected: unknown, actual: unknown) =>
  typeof actual === "string" && instant.test(actual) && Date.parse(actual) === Date.parse(String(expected))

// Own keys only, without inherited ones such as `__proto__` and `constructor`.
const own = (value: Readonly<Record<string, unknown>>, key: string) =>
  Object.hasOwn(value, key) ? value[key] : undefined

const compare = (expected: unknown, actual: unknown, where: string, exact: boolean): Problems => {
  if (isObject(expected) && "$absent" in expected) {
    return actual === undefined ? [] : [`${where} should not be there, but is ${show(actual)}`]
  }
  if (isObject(expected) && "$instant" in expected) {
    return sameInstant(expected["$instant"], actual)
      ? []
      : [`${where} should be the instant ${show(expected["$instant"])} in RFC 3339, but is ${show(actual)}`]
  }
  if (Array.isArray(expected) && Array.isArray(actual)) {
    return expected.length === actual.length
      ? expected.flatMap((item, i) => compare(item, actual[i], `${where}[${i}]`, exact))
      : [`${where} should have ${expected.length} items, but has ${actual.length}: ${show(actual)}`]
  }
  if (isObject(expected) && isObject(actual)) {
    return [
      ...Object.entries(expected).flatMap(([key, value]) => compare(value, own(actual, key), `${where}.${key}`, exact)),
      ...exact
        ? Object.keys(actual).filter((key) => !(key in expected)).map((key) =>
          `${where}.${key} should not be there, but is ${show(actual[key])}`
        )
        : []
    ]
  }
  return isDeepStrictEqual(expected, actual) ? [] : [`${where} should be ${show(expected)}, but is ${show(actual)}`]
}

/** Returns the differences between an actual and an expected value. */
export const exactly = (expected: unknown, actual: unknown, where: string): Problems =>
  compare(expected, actual, where, true)

/** Returns the differences between an actual and an expected value. Allows additional keys of objects. */
export const atLeast = (expected: unknown, actual: unknown, where: string): Problems =>
  compare(expected, actual, where, false)

/** A moment on two clocks. */
export interface Moment {
  readonly millis: number
  /** Turns of the event loop. Their number does not depend on how busy the machine is. */
  readonly turns: number
}

export const moment = (): Moment => ({ millis: performance.now(), turns: turnClock.unsafeCurrentTimeMillis() })

/** Checks that the time since a moment is within its bounds. On another clock, a timer may be a millisecond early. */
export const within = (
  bounds: { readonly atLeast?: number; readonly atMost?: number } | undefined,
  began: Moment,
  where: string
): Problems => {
  const now = moment()
  const millis = Math.round(now.millis - began.millis)
  if (bounds?.atLeast !== undefined && millis < bounds.atLeast - 1) {
    return [`${where} should take ${bounds.atLeast} ms at least, but took ${millis}`]
  }
  return bounds?.atMost !== undefined && now.turns - began.turns > bounds.atMost
    ? [`${where} should take ${bounds.atMost} ms at most, but took ${millis}`]
    : []
}
