/**
 * Reads how long a server asks to wait: `retry-after-ms`, then `retry-after` in seconds, then `retry-after` as an
 * HTTP date. A date is compared with the response's own `date` header, because the clocks of client and server may
 * differ. Invalid values are ignored.
 */
type Headers = Readonly<Record<string, string | undefined>>

const number = /^\d{1,12}(?:\.\d{1,6})?$/
const imfFixdate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

const httpDate = (value: string): number | undefined => {
  const millis = imfFixdate.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(millis) ? undefined : millis
}

/** Returns the milliseconds that the server asks to wait, or `undefined` if there is no valid header. */
export const retryAfterMillis = (headers: Headers, now: number): number | undefined => {
  const header = (name: string) => headers[name]?.trim() ?? ""
  const millis = header("retry-after-ms")
  if (number.test(millis)) return Math.ceil(Number(millis))
  const value = header("retry-after")
  if (number.test(value)) return Math.ceil(Number(value) * 1000)
  const until = httpDate(value)
  return until === undefined ? undefined : Math.max(0, until - (httpDate(header("date")) ?? now))
}
