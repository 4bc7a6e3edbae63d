/** The options of the undici client: their defaults and their validation. */
import type * as Duration from "effect/Duration"
import type { Issue } from "../../DataRobotError.js"
import { notADuration, positiveMillis } from "./options.js"

interface Options {
  readonly connectTimeout?: Duration.DurationInput | undefined
  readonly headersTimeout?: Duration.DurationInput | undefined
  readonly bodyTimeout?: Duration.DurationInput | undefined
  readonly maxBodySize?: number | undefined
  readonly connections?: number | undefined
}

interface Settings {
  readonly agent: {
    readonly connect: { readonly timeout: number }
    readonly headersTimeout: number
    readonly bodyTimeout: number
    readonly connections: number | null
  }
  readonly maxBodySize: number
}

/** Returns the settings for undici with all defaults applied, in milliseconds and bytes, or the invalid options. */
export const undiciSettings = (options: Options): Settings | ReadonlyArray<Issue> => {
  const issues: Array<Issue> = []
  const millis = (path: "connectTimeout" | "headersTimeout" | "bodyTimeout", fallback: number): number => {
    const value = options[path]
    const duration = value === undefined ? fallback : positiveMillis(value)
    if (duration === undefined) issues.push({ path, message: notADuration })
    return duration ?? fallback
  }
  const count = <Default>(path: "maxBodySize" | "connections", fallback: Default): number | Default => {
    const value = options[path]
    if (value !== undefined && (!Number.isSafeInteger(value) || value < 1)) {
      issues.push({ path, message: "must be a whole number from 1" })
    }
    return value ?? fallback
  }
  const settings = {
    agent: {
      connect: { timeout: millis("connectTimeout", 10_000) },
      headersTimeout: millis("headersTimeout", 300_000),
      bodyTimeout: millis("bodyTimeout", 300_000),
      connections: count("connections", null)
    },
    maxBodySize: count("maxBodySize", 10 * 1024 * 1024)
  }
  return issues.length === 0 ? settings : issues
}
