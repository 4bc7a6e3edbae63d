/** Reference model of a wait for a job: an independent implementation of J-1, poll by poll. */

/** The response to one poll. `retryAfter` is in milliseconds. */
export interface JobAnswer {
  readonly kind: "running" | "done" | "failed" | "missing" | "trouble" | "forbidden"
  readonly retryAfter?: number
}

export interface JobCourse {
  /** The time of each poll. */
  readonly at: ReadonlyArray<number>
  readonly end: "ok" | "Failed" | "Lost" | "Deadline" | "refused"
}

const grace = 10_000

/** `shares` are the random numbers, in order. The last response is repeated. */
export const jobCourse = (
  answers: ReadonlyArray<JobAnswer>,
  { interval, timeout }: { readonly interval: number | undefined; readonly timeout: number },
  shares: ReadonlyArray<number>
): JobCourse => {
  const at: Array<number> = []
  let now = 0
  let troubles = 0
  let missing = 0
  for (;;) {
    const answer = answers[Math.min(at.length, answers.length - 1)] ?? { kind: "done" }
    at.push(now)
    if (answer.kind === "done") return { at, end: "ok" }
    if (answer.kind === "failed") return { at, end: "Failed" }
    if (answer.kind === "forbidden") return { at, end: "refused" }
    if (answer.kind === "missing" && (++missing > 3 || now > grace)) return { at, end: "Lost" }
    if (answer.kind === "trouble" && ++troubles === 5) return { at, end: "refused" }
    if (answer.kind === "running") troubles = 0

    const left = timeout - now
    const asked = answer.kind === "missing" ? undefined : answer.retryAfter
    // The poll at the deadline is the last one.
    if (left <= 0 || (asked ?? 0) > left) return { at, end: "Deadline" }
    const grown = Math.min(1_000 * 1.5 ** (at.length - 1), 10_000)
    const own = interval ?? Math.round(grown * (0.8 + 0.4 * (shares[(at.length - 1) % shares.length] ?? 0)))
    now += Math.min(asked === undefined ? own : Math.max(asked, interval ?? 1_000), left)
  }
}
