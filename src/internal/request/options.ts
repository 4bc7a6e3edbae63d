/** Request options (time limits, retries, headers) of a call, a region or a layer, and their defaults. */
import * as Duration from "effect/Duration"
import * as Option from "effect/Option"
import type { Issue } from "../../DataRobotError.js"

/**
 * When and how often failed requests are retried. Whether a request is safe to retry depends on the operation and the
 * failure; these options do not change that.
 *
 * @since 0.1.0
 */
export interface RetryOptions {
  /** Maximum number of attempts, including the first, 1 to 100. Default: 3. */
  readonly maxAttempts?: number | undefined
  /**
   * Upper bound of the random delay before the second attempt. It doubles for each further attempt. Default: 250
   * milliseconds.
   */
  readonly baseDelay?: Duration.DurationInput | undefined
  /** Maximum delay between two attempts. Default: 8 seconds. */
  readonly maxDelay?: Duration.DurationInput | undefined
  /** `baseDelay` after a 429, or a 503 with Retry-After. Default: 1 second. */
  readonly throttledBaseDelay?: Duration.DurationInput | undefined
  /** `maxDelay` after a 429, or a 503 with Retry-After. Default: 20 seconds. */
  readonly throttledMaxDelay?: Duration.DurationInput | undefined
  /** If the server asks to wait longer than this (Retry-After), the request fails at once. Default: 60 seconds. */
  readonly maxRetryAfter?: Duration.DurationInput | undefined
}

/**
 * Options of one call. A duration is a number of milliseconds, a text such as `"5 seconds"`, or a `Duration`.
 *
 * @since 0.1.0
 */
export interface RequestOptions {
  /**
   * Time limit for one request, including all attempts and delays. Default: 2 minutes; 10 for predictions. If an
   * operation sends several requests (one per page, or a change and a read), the limit applies to each of them.
   */
  readonly timeout?: Duration.DurationInput | undefined
  /**
   * Time limit for one attempt, to the end of the response body. Default: 30 seconds; 60 for creates and actual values;
   * 10 minutes for predictions.
   */
  readonly attemptTimeout?: Duration.DurationInput | undefined
  /** How failed requests are retried. `false` disables retries. */
  readonly retry?: false | RetryOptions | undefined
  /**
   * Additional request headers. Those that the SDK or the HTTP client sets, such as `authorization`, are rejected. Values
   * of headers with names like `x-api-key` are redacted in errors, logs and spans.
   */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/**
 * Options of an update.
 *
 * @since 0.1.0
 */
export interface UpdateOptions extends RequestOptions {
  /**
   * Declares that this change may be sent twice. It is then retried even if the failed attempt may have made the
   * change. Default: `false`.
   */
  readonly idempotent?: boolean | undefined
}

/**
 * How long to wait, and how often to poll.
 *
 * @since 0.1.0
 */
export interface WaitOptions {
  /** Maximum time to wait. Default: 10 minutes; none for batch predictions, because they may be queued for long. */
  readonly timeout?: Duration.DurationInput | undefined
  /** Time between two polls. Default: 1 second, growing to 10. */
  readonly interval?: Duration.DurationInput | undefined
}

/**
 * Options of a call that waits for a job.
 *
 * @since 0.1.0
 */
export interface JobOptions extends RequestOptions {
  /** How long to wait for the job, and how often to poll. */
  readonly wait?: WaitOptions | undefined
}

/**
 * Options of a call that downloads or uploads a file. The size of the file and the time that its transfer takes have no
 * limit.
 *
 * @since 0.1.0
 */
export interface FileOptions extends RequestOptions {
  /** Longest time without progress: until the server sends, or takes, more of the file. Default: 1 minute. */
  readonly idleTimeout?: Duration.DurationInput | undefined
}

/**
 * Options of a call that waits for a job, and downloads or uploads a file.
 *
 * @since 0.1.0
 */
export interface FileJobOptions extends FileOptions, JobOptions {}

/**
 * Options of an update that waits for a job.
 *
 * @since 0.1.0
 */
export interface JobUpdateOptions extends UpdateOptions, JobOptions {}

/** The resolved options of a request, with all defaults applied. Times are in milliseconds. */
export interface Limits {
  /** `undefined`: the default of the route. */
  readonly timeout: number | undefined
  /** `undefined`: the default of the route. */
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

// Lower case, so that a header overrides the same header in another spelling.
const lowerCase = (headers: RequestOptions["headers"]) =>
  Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]))

/** Merges options key by key. `second` overrides `first`. Header names are converted to lower case. */
export const mergeOptions = (first: RequestOptions, second: RequestOptions = {}): RequestOptions => ({
  timeout: second.timeout ?? first.timeout,
  attemptTimeout: second.attemptTimeout ?? first.attemptTimeout,
  retry: typeof first.retry === "object" && typeof second.retry === "object"
    ? mergeRetry(first.retry, second.retry)
    : second.retry ?? first.retry,
  headers: { ...lowerCase(first.headers), ...lowerCase(second.headers) }
})

/** Returns the milliseconds of a positive, finite duration, and `undefined` for any other value. */
export const positiveMillis = (value: unknown): number | undefined =>
  Duration.decodeUnknown(value).pipe(
    Option.map(Duration.toMillis),
    Option.filter((millis) => millis > 0 && Number.isFinite(millis)),
    Option.getOrUndefined
  )

/** The message for a value that `positiveMillis` does not accept. */
export const notADuration = "must be a positive, finite duration"

const reservedHeaders = new Set([
  "authorization",
  // For a proxy, and not for DataRobot. Configure it in the HTTP client.
  "proxy-authorization",
  "host",
  "content-length",
  "transfer-encoding",
  "connection",
  "cookie",
  // Headers of the connection, not of the request. Clients reject them, or wait for a response to them in vain.
  "expect",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "upgrade",
  // Only some clients decompress, and these ask for it themselves.
  "accept-encoding"
])
const headerName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/
const headerValue = /^[\x20-\x7E\t]{0,8192}$/

/** Whether every HTTP client accepts this text as the value of a header. */
export const isHeaderValue = (value: string): boolean => headerValue.test(value)

/** Applies the defaults to merged options. Returns the limits, and the issues of invalid options. */
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
    else if (reservedHeaders.has(name)) refuse(`headers.${name}`, "is set by the SDK or the HTTP client")
    else if (typeof value !== "string" || !isHeaderValue(value)) {
      refuse(`headers.${name}`, "must be a string of printable ASCII characters")
    } else headers[name] = value
  }

  return {
    limits: {
      timeout: millis("timeout", options.timeout, undefined),
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
