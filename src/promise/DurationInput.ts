type Unit = "milli" | "second" | "minute" | "hour" | "day" | "week"

/**
 * A duration: a number of milliseconds, or a text such as `"5 seconds"`.
 *
 * @since 0.1.0
 */
export type DurationInput = number | `${number} ${Unit | `${Unit}s`}`
