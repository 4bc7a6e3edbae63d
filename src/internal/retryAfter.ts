/**
 * How long a server asks to wait: `retry-after-ms`, then `retry-after` in seconds, then as an HTTP date, which is
 * measured against the response's own `date`, because the two clocks may differ. Garbage is ignored.
 */
type Headers = Readonly<Record<string, string | undefined>>

const number = /^\d{1,12}(?:\.\d{1,6})?$/
const imfFixdate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

const httpDate = (value: string | undefined): number | undefined => {
  if (value === undefined || !imfFixdate.test(value)) return undefined
  const millis = Date.parse(value)
  return Number.isNaN(millis) ? undefined : millis
}

/** Milliseconds that the server asks to wait; `undefined` when it does not, or not understandably. */
export const retryAfterMillis = (headers: Headers, now: number): number | undefined => {
  const millis = headers["retry-after-ms"]?.trim()
  if (millis !== undefined && number.test(millis)) return Math.ceil(Number(millis))
  const value = headers["retry-after"]?.trim()
  if (value === undefined) return undefined
  if (number.test(value)) return Math.ceil(Number(value) * 1000)
  const until = httpDate(value)
  return until === undefined ? undefined : Math.max(0, until - (httpDate(headers["date"]?.trim()) ?? now))
}
