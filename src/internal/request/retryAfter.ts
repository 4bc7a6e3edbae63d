/**
 * Reads how long a server asks to wait: `retry-after-ms`, then `retry-after` in seconds, then `retry-after` as an
 * HTTP date. A date is compared with the response's own `date` header, because the clocks of client and server may
 * differ. Of several values, the longest one counts. Invalid values are ignored.
 */
type Headers = Readonly<Record<string, string | undefined>>

const number = /^\d{1,12}(?:\.\d{1,6})?$/
const imfFixdate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

const httpDate = (value: string): number | undefined => {
  const millis = imfFixdate.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(millis) ? undefined : millis
}

// HTTP clients join repeated headers with commas. A date has a comma of its own, after the day of the week.
const separator = /(?<!Mon|Tue|Wed|Thu|Fri|Sat|Sun),/

const ceil = (value: string, unit: number) => number.test(value) ? Math.ceil(Number(value) * unit) : undefined

/** Returns the milliseconds that the server asks to wait, or `undefined` if there is no valid header. */
export const retryAfterMillis = (headers: Headers, now: number): number | undefined => {
  const header = (name: string) => headers[name]?.trim() ?? ""
  const longest = (name: string, millisOf: (value: string) => number | undefined) => {
    if (headers[name] === undefined) return undefined
    const all = header(name).split(separator).map((value) => millisOf(value.trim())).filter((one) => one !== undefined)
    return all.length === 0 ? undefined : Math.max(...all)
  }
  const untilDate = (value: string) => {
    const until = httpDate(value)
    return until === undefined ? undefined : Math.max(0, until - (httpDate(header("date")) ?? now))
  }
  return longest("retry-after-ms", (value) => ceil(value, 1)) ??
    longest("retry-after", (value) => ceil(value, 1000) ?? untilDate(value))
}
