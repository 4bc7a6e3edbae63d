/** How long, how often, with which headers: the options of one call, of a region and of a layer, and their defaults. */
import * as Duration from "effect/Duration"
import * as Option from "effect/Option"
import type { Issue } from "../../DataRobotError.js"

/** How failed requests are repeated. Only those are that may be: see `retryable` on the errors. */
export interface RetryOptions {
  /** How often a request is sent in all; 3 without it. */
  readonly maxAttempts?: number | undefined
  /** The longest wait before the second attempt, doubled for each further one; 250 milliseconds without it. */
  readonly baseDelay?: Duration.DurationInput | undefined
  /** The longest wait there is; 8 seconds without it. */
  readonly maxDelay?: Duration.DurationInput | undefined
  /** `baseDelay` for a server that answers 429 or 503 with Retry-After; 1 second without it. */
  readonly throttledBaseDelay?: Duration.DurationInput | undefined
  /** `maxDelay` for a server that answers 429 or 503 with Retry-After; 20 seconds without it. */
  readonly throttledMaxDelay?: Duration.DurationInput | undefined
  /** A server that asks to wait longer than this (Retry-After) is not waited for; 60 seconds without it. */
  readonly maxRetryAfter?: Duration.DurationInput | undefined
}

/** Options of one call. Durations are Effect's: `"5 seconds"`, `Duration.minutes(1)`, or a number of milliseconds. */
export interface RequestOptions {
  /**
   * The time for one request with all its attempts and waits; 2 minutes without it. An operation that makes several
   * requests (a page each, or a change and the read after it) gives it to each of them.
   */
  readonly timeout?: Duration.DurationInput | undefined
  /** The time for one attempt, to the end of the answer's body; 30 seconds without it, 60 for creates and actuals. */
  readonly attemptTimeout?: Duration.DurationInput | undefined
  /** How failed requests are repeated; `false`: not at all. */
  readonly retry?: false | RetryOptions | undefined
  /** Headers to send along. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** Options of an update. */
export interface UpdateOptions extends RequestOptions {
  /**
   * Declares that this change may be sent twice, so that it is repeated after failures that leave open whether it took
   * place. Off without it.
   */
  readonly idempotent?: boolean | undefined
}

/** How long to wait, and how often to poll. */
export interface WaitOptions {
  /** Maximum time to wait. Default: 10 minutes. */
  readonly timeout?: Duration.DurationInput | undefined
  /** Time between two polls. Default: 1 second, growing to 10. */
  readonly interval?: Duration.DurationInput | undefined
}

/** Options of a call that waits for a job. */
export interface JobOptions extends RequestOptions {
  /** How long to wait for the job, and how often to poll. */
  readonly wait?: WaitOptions | undefined
}

/** Options of an update that waits for a job. */
export interface JobUpdateOptions extends UpdateOptions, JobOptions {}

/** The options in force for a request: everything filled in, times in milliseconds. */
export interface Limits {
  readonly timeout: number
  /** `undefined`: the operation's own. */
  readonly attemptTimeout: number | undefined
  readonly maxAttempts: number
  readonly delay: { readonly base: number; readonly max: number }
  readonly throttled: { readonly base: number; readonly max: number }
  readonly maxRetryAfter: number
  readonly headers: Readonly<Record<string, string>>
}

const mergeRetry = (first: RetryOptions, second: RetryOptions): RetryOptions => ({
  maxAttempts: second.maxAttempts ?? first.maxAttempts,
  baseDelay: second.baseDelay ?? first.baseDelay,
  maxDelay: second.maxDelay ?? first.maxDelay,
  throttledBaseDelay: second.throttledBaseDelay ?? first.throttledBaseDelay,
  throttledMaxDelay: second.throttledMaxDelay ?? first.throttledMaxDelay,
  maxRetryAfter: second.maxRetryAfter ?? first.maxRetryAfter
})

// In lower case, so that a header wins over the same one in another spelling.
const lowerCase = (headers: RequestOptions["headers"]) =>
  Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]))

/** The later options win, key by key. Names of headers come out in lower case. */
export const mergeOptions = (first: RequestOptions, second: RequestOptions = {}): RequestOptions => ({
  timeout: second.timeout ?? first.timeout,
  attemptTimeout: second.attemptTimeout ?? first.attemptTimeout,
  retry: typeof first.retry === "object" && typeof second.retry === "object"
    ? mergeRetry(first.retry, second.retry)
    : second.retry ?? first.retry,
  headers: { ...lowerCase(first.headers), ...lowerCase(second.headers) }
})

/** Milliseconds of a duration that is more than zero and finite; `undefined` for any other value. */
export const positiveMillis = (value: unknown): number | undefined =>
  Duration.decodeUnknown(value).pipe(
    Option.map(Duration.toMillis),
    Option.filter((millis) => millis > 0 && Number.isFinite(millis)),
    Option.getOrUndefined
  )

/** What to say of a value that `positiveMillis` refuses. */
export const notADuration = "must be a duration that is more than zero and finite"

const ownHeaders = new Set([
  "authorization",
  "host",
  "content-length",
  "transfer-encoding",
  "connection",
  "cookie"
])
const headerName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/
const headerValue = /^[\x20-\x7E\t]{0,8192}$/

/** The limits that merged options amount to, and what is wrong with the options. */
export const resolveOptions = (
  options: RequestOptions
): { readonly limits: Limits; readonly issues: ReadonlyArray<Issue> } => {
  const issues: Array<Issue> = []
  const refuse = (path: string, message: string) => {
    issues.push({ path, message })
  }

  const millis = <Default extends number | undefined>(
    path: string,
    value: Duration.DurationInput | undefined,
    fallback: Default
  ): number | Default => {
    if (value === undefined) return fallback
    const duration = positiveMillis(value)
    if (duration === undefined) refuse(path, notADuration)
    return duration ?? fallback
  }

  const retry: RetryOptions = options.retry === false ? { maxAttempts: 1 } : options.retry ?? {}
  if (typeof retry !== "object") refuse("retry", "must be false or an object")
  const { maxAttempts = 3 } = retry
  if (!Number.isInteger(maxAttempts) || maxAttempts < 1 || maxAttempts > 100) {
    refuse("retry.maxAttempts", "must be a whole number from 1 to 100")
  }

  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (!headerName.test(name)) refuse("headers", "must have names of letters, digits and \"-\"")
    else if (ownHeaders.has(name)) refuse(`headers.${name}`, "is set by the SDK or the HTTP client")
    else if (typeof value !== "string" || !headerValue.test(value)) {
      refuse(`headers.${name}`, "must be a text of printable ASCII characters")
    } else headers[name] = value
  }

  return {
    limits: {
      timeout: millis("timeout", options.timeout, 120_000),
      attemptTimeout: millis("attemptTimeout", options.attemptTimeout, undefined),
      maxAttempts,
      delay: {
        base: millis("retry.baseDelay", retry.baseDelay, 250),
        max: millis("retry.maxDelay", retry.maxDelay, 8_000)
      },
      throttled: {
        base: millis("retry.throttledBaseDelay", retry.throttledBaseDelay, 1_000),
        max: millis("retry.throttledMaxDelay", retry.throttledMaxDelay, 20_000)
      },
      maxRetryAfter: millis("retry.maxRetryAfter", retry.maxRetryAfter, 60_000),
      headers
    },
    issues
  }
}
