/** The retry decision: what a failed attempt means for the request, and when it is sent again. */
import { assert, describe, it } from "@effect/vitest"
import type { NetworkReason } from "../../../src/DataRobotError.js"
import { resolveOptions, type RetryOptions } from "../../../src/internal/request/options.js"
import { decide, judge, mayRepeat, type Outcome, type Verdict } from "../../../src/internal/request/retry.js"
import type { Repeat } from "../../../src/wire/route.js"
import { untyped } from "../../support.js"

/** An outcome, and its name in test titles. */
type Ended = readonly [name: string, outcome: Outcome]

const status = (status: number, retryAfter?: number): Ended => [
  retryAfter === undefined ? `a ${status}` : `a ${status} with a Retry-After of ${retryAfter} ms`,
  { _tag: "Response", status, retryAfter }
]
const lost = (
  outcome: "not-sent" | "unknown",
  permanent = false,
  reason: NetworkReason = outcome === "unknown" ? "Transport" : "Connect"
): Ended => [
  `a network failure (${reason}, ${outcome}${permanent ? ", permanent" : ""})`,
  { _tag: "NoResponse", reason, outcome, permanent }
]
const notSent = lost("not-sent")
const unknown = lost("unknown")
const timeout = lost("unknown", false, "Timeout")
const unreadable: Ended = ["an unreadable response", { _tag: "Unreadable" }]

/** The `repeat` of a route, and the caller's `idempotent`. */
type Request = readonly [repeat: Repeat, idempotent: boolean | undefined]
/** Requests for which the decision must be the same, and their name in test titles. */
type Requests = readonly [name: string, requests: ReadonlyArray<Request>]

const safe: Requests = ["a safe request", [["safe", undefined], ["safe", false]]]
const idempotent: Requests = ["an idempotent request", [["idempotent", undefined], ["idempotent", false]]]
const goneIsDone: Requests = ["a delete", [["gone-is-done", undefined], ["gone-is-done", false]]]
const once: Requests = ["a create", [["once", undefined], ["once", false], ["once", true]]]
const change: Requests = ["a change", [["caller-says", undefined], ["caller-says", false]]]
const changeTwice: Requests = ["a change that the caller declares idempotent", [["caller-says", true]]]
const prediction: Requests = ["a prediction", [["unless-told", undefined], ["unless-told", true]]]
const predictionOnce: Requests = ["a prediction with idempotent: false", [["unless-told", false]]]
const group = (name: string, ...all: ReadonlyArray<Requests>): Requests => [name, all.flatMap(([, one]) => one)]
const repeatable = group("a repeatable request", safe, idempotent, goneIsDone, changeTwice)
const unrepeatable = group("a request that must not be repeated", once, change, predictionOnce)
const any = group("any request", repeatable, unrepeatable, prediction)

/** Further conditions of a row. */
interface Given {
  /** Default: 1. */
  readonly attempts?: number
  /** Default: 1, the longest delay. */
  readonly share?: number
  /** Time until the deadline, in milliseconds. Default: an hour. */
  readonly left?: number
  readonly limits?: RetryOptions
}

/** Milliseconds until the next attempt, or `"none"`. */
type Delay = number | "none"

type Row = readonly [Ended, Requests, Given, effect: Verdict["effect"], retryable: boolean, Delay]

/** The longest delays after attempts 1, 2, 3, …, with more attempts left. */
const growing = (ended: Ended, effect: Verdict["effect"], delays: ReadonlyArray<number>): ReadonlyArray<Row> =>
  delays.map((delay, i) => [ended, repeatable, { attempts: i + 1, limits: { maxAttempts: 100 } }, effect, true, delay])
const normal = [250, 500, 1000, 2000, 4000, 8000, 8000]
const throttled = [1000, 2000, 4000, 8000, 16_000, 20_000, 20_000]

// dprint-ignore
const table: ReadonlyArray<Row> = [
  // The server refuses the request: the response is final, whatever the route.
  [status(301),              any,          {}, "settled", false, "none"],
  [status(400),              any,          {}, "settled", false, "none"],
  [status(401),              any,          {}, "settled", false, "none"],
  [status(403),              any,          {}, "settled", false, "none"],
  [status(404),              any,          {}, "settled", false, "none"],
  [status(409),              any,          {}, "settled", false, "none"],
  [status(422),              any,          {}, "settled", false, "none"],
  [status(499),              any,          {}, "settled", false, "none"],
  [status(501),              any,          {}, "settled", false, "none"],
  [status(505),              any,          {}, "settled", false, "none"],
  [status(599),              any,          {}, "settled", false, "none"],
  [status(404, 0),           any,          {}, "settled", false, "none"],
  [unreadable,               any,          {}, "settled", false, "none"],
  // The request had no effect: every request is sent again.
  [status(429),              any,          {}, "none",    true,  1000],
  [status(429, 0),           any,          {}, "none",    true,  1000],
  [status(503, 0),           any,          {}, "none",    true,  1000],
  [notSent,                  any,          {}, "none",    true,  250],
  // The request may have had an effect: only a repeatable request is sent again.
  [status(408),              repeatable,   {}, "unknown", true,  250],
  [status(408),              unrepeatable, {}, "unknown", false, "none"],
  [status(500),              repeatable,   {}, "unknown", true,  250],
  [status(500),              unrepeatable, {}, "unknown", false, "none"],
  [status(500, 0),           repeatable,   {}, "unknown", true,  250],
  [status(500, 0),           unrepeatable, {}, "unknown", false, "none"],
  [status(502),              repeatable,   {}, "unknown", true,  250],
  [status(502),              unrepeatable, {}, "unknown", false, "none"],
  [status(503),              repeatable,   {}, "unknown", true,  250],
  [status(503),              unrepeatable, {}, "unknown", false, "none"],
  [status(504),              repeatable,   {}, "unknown", true,  250],
  [status(504),              unrepeatable, {}, "unknown", false, "none"],
  [unknown,                  repeatable,   {}, "unknown", true,  250],
  [unknown,                  unrepeatable, {}, "unknown", false, "none"],
  // Each kind of request separately.
  [unknown,                  safe,         {}, "unknown", true,  250],
  [unknown,                  idempotent,   {}, "unknown", true,  250],
  [unknown,                  goneIsDone,   {}, "unknown", true,  250],
  [unknown,                  once,         {}, "unknown", false, "none"],
  [unknown,                  change,       {}, "unknown", false, "none"],
  [unknown,                  changeTwice,  {}, "unknown", true,  250],
  [timeout,                  repeatable,   {}, "unknown", true,  250],
  [timeout,                  unrepeatable, {}, "unknown", false, "none"],
  [status(570),              repeatable,   {}, "unknown", true,  250],
  [status(570),              unrepeatable, {}, "unknown", false, "none"],
  [status(570, 0),           any,          {}, "none",    true,  1000],
  // A prediction is sent again if the server is busy or the connection broke.
  [status(502),              prediction,   {}, "unknown", true,  250],
  [status(503),              prediction,   {}, "unknown", true,  250],
  [status(504),              prediction,   {}, "unknown", true,  250],
  [status(570),              prediction,   {}, "unknown", true,  250],
  [status(570),              prediction,   { attempts: 3 }, "unknown", true, "none"],
  [unknown,                  prediction,   {}, "unknown", true,  250],
  [timeout,                  prediction,   {}, "unknown", false, "none"],
  [status(408),              prediction,   {}, "unknown", false, "none"],
  [status(500),              prediction,   {}, "unknown", false, "none"],
  [status(500, 0),           prediction,   {}, "unknown", false, "none"],
  [lost("not-sent", false, "Timeout"), prediction, {}, "none", true, 250],
  // The next attempt would fail in the same way.
  [lost("not-sent", true),   any,          {}, "none",    false, "none"],
  [lost("unknown", true),    any,          {}, "unknown", false, "none"],
  // The delay doubles up to its maximum.
  ...growing(unknown,        "unknown", normal),
  ...growing(notSent,        "none",    normal),
  ...growing(status(500),    "unknown", normal),
  ...growing(status(503),    "unknown", normal),
  ...growing(status(500, 0), "unknown", normal),
  ...growing(status(503, 0), "none",    throttled),
  ...growing(status(429),    "none",    throttled),
  [unknown,     safe, { limits: { baseDelay: 10, maxDelay: 15 } },                                "unknown", true, 10],
  [unknown,     safe, { attempts: 2, limits: { baseDelay: 10, maxDelay: 15 } },                   "unknown", true, 15],
  [status(429), safe, { limits: { throttledBaseDelay: 10, throttledMaxDelay: 15 } },              "none",    true, 10],
  [status(429), safe, { attempts: 2, limits: { throttledBaseDelay: 10, throttledMaxDelay: 15 } }, "none",    true, 15],
  // The delay is a random share of the longest delay, in whole milliseconds.
  [unknown,     safe, { share: 0 },     "unknown", true, 0],
  [unknown,     safe, { share: 0.5 },   "unknown", true, 125],
  [unknown,     safe, { share: 0.999 }, "unknown", true, 250],
  [status(429), safe, { share: 0.25 },  "none",    true, 250],
  // The delay is never shorter than the server asks for.
  [status(503, 1500), safe, {},             "none",    true, 1500],
  [status(503, 700),  safe, { share: 0.5 }, "none",    true, 700],
  [status(503, 700),  safe, {},             "none",    true, 1000],
  [status(429, 700),  safe, { share: 0 },   "none",    true, 700],
  [status(500, 700),  safe, {},             "unknown", true, 700],
  // No further attempt if the server asks for more than maxRetryAfter.
  [status(503, 60_000), any,  {},                               "none",    true, 60_000],
  [status(503, 60_001), any,  {},                               "none",    true, "none"],
  [status(429, 60_001), any,  {},                               "none",    true, "none"],
  [status(500, 60_001), safe, {},                               "unknown", true, "none"],
  [status(503, 700),    safe, { limits: { maxRetryAfter: 700 } }, "none",  true, 1000],
  [status(503, 701),    safe, { limits: { maxRetryAfter: 700 } }, "none",  true, "none"],
  // No further attempt after the last one.
  [unknown,     safe, { attempts: 2 },                             "unknown", true, 500],
  [unknown,     safe, { attempts: 3 },                             "unknown", true, "none"],
  [unknown,     safe, { attempts: 4 },                             "unknown", true, "none"],
  [status(429), any,  { attempts: 3 },                             "none",    true, "none"],
  [notSent,     any,  { limits: { maxAttempts: 1 } },              "none",    true, "none"],
  [notSent,     any,  { attempts: 3, limits: { maxAttempts: 4 } }, "none",    true, 1000],
  // No further attempt if it would begin at the deadline or later.
  [unknown,             safe, { left: 251 },           "unknown", true, 250],
  [unknown,             safe, { left: 250 },           "unknown", true, "none"],
  [unknown,             safe, { left: 249 },           "unknown", true, "none"],
  [unknown,             safe, { left: 1, share: 0 },   "unknown", true, 0],
  [unknown,             safe, { left: 0, share: 0 },   "unknown", true, "none"],
  [unknown,             safe, { left: 126, share: 0.5 }, "unknown", true, 125],
  [unknown,             safe, { left: 125, share: 0.5 }, "unknown", true, "none"],
  [status(503, 30_000), safe, { left: 30_001 },        "none",    true, 30_000],
  [status(503, 30_000), safe, { left: 30_000 },        "none",    true, "none"]
]

const hour = 3_600_000
const now = 1_525_168_800_000

describe("the retry decision", () => {
  for (const [[ending, outcome], [who, requests], given, effect, retryable, delay] of table) {
    const { attempts = 1, left = hour, limits: retry = {}, share = 1 } = given
    const situation = Object.keys(given).length === 0 ? "" : ` (${JSON.stringify(given)})`
    const sentAgain = delay === "none" ? "is not sent again" : `is sent again after ${delay} ms`
    it(`after ${ending}, ${who}${situation} ${sentAgain}; its effect is ${effect}, retryable is ${retryable}`, () => {
      const { issues, limits } = resolveOptions({ retry })
      assert.deepStrictEqual(issues, [])
      for (const [repeat, idempotent] of requests) {
        const repeatable = mayRepeat(repeat, idempotent)
        const title = `${repeat}, ${idempotent}`
        assert.deepStrictEqual(judge(outcome, repeatable), { effect, retryable }, title)
        assert.strictEqual(
          decide({ outcome, repeatable, attempts, now, deadline: now + left, share }, limits) ?? "none",
          delay,
          title
        )
      }
    })
  }
})

describe("a request that may be repeated unless the caller says otherwise", () => {
  it("may not be repeated if idempotent is anything but true and undefined, such as null from JavaScript", () => {
    for (const idempotent of [null, 0, "no"]) assert.isFalse(mayRepeat("unless-told", untyped(idempotent)))
  })
})
