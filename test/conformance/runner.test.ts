/** The runner itself: it reports each kind of difference in a row or in a client. */
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import { assert, describe, it } from "@effect/vitest"
import { DataRobotError } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import { token } from "../wire/support.js"
import { unexpected } from "./outcome.js"
import type { Exchange, Result, Row } from "./rows.js"
import { rowsOf } from "./rows.js"
import { run } from "./run.js"
import { type Options, readReference } from "./table.js"

const reference = readReference()

const row = (operation: string, exchanges: ReadonlyArray<Exchange>, result: Result, more: Partial<Row> = {}): Row => ({
  title: "",
  operation,
  arguments: reference.operations[operation]?.arguments ?? {},
  options: reference.options,
  listening: true,
  exchanges,
  result,
  ...more
})

const withOptions = (options: Options) => ({ options: { ...reference.options, ...options } })

const ask = (answer: Exchange["answer"], more: Partial<Exchange> = {}): Exchange => ({
  request: "GET /status/s1/",
  answer,
  ...more
})
const cancel = (answer: Exchange["answer"], more: Partial<Exchange> = {}): Exchange => ({
  request: "DELETE /status/s1/",
  answer,
  ...more
})
const gone = { status: 204 }
const good: Result = { ok: null }
const callOf = (operation: string) => reference.operations[operation]?.exchanges ?? []
const [post, read] = callOf("modelDeployments.create")
const created = (...exchanges: ReadonlyArray<Exchange | undefined>) =>
  exchanges.filter((exchange) => exchange !== undefined)

/** A row, and the problems that the runner reports. */
type Wrong = readonly [row: Row, ...problems: ReadonlyArray<string>]

const wrongRows: Readonly<Record<string, Wrong>> = {
  "a planned response that is not used": [
    row("jobs.cancel", [cancel(gone), cancel(gone)], good),
    "request 2: never came: DELETE /status/s1/"
  ],
  "a row without any request": [
    row("deployments.get", callOf("deployments.get"), good, { arguments: { id: ".." } }),
    "request 1: never came: GET /deployments/60a000000000000000000001/",
    "should succeed, but failed: "
  ],
  "an unplanned request": [
    row("jobs.cancel", [cancel({ status: 500 })], { error: { kind: "api", status: 500, attempts: 1 } }),
    "request 2: was not planned: DELETE /status/s1/",
    "error.attempts should be 1, but is 2",
    "error.status should be 500, but is 418"
  ],
  "requests in the wrong order": [
    row("modelDeployments.create", created(read, post), { error: { kind: "api" } }),
    "request 1: should be GET /modelDeployments/5b0000000000000000000001/, but is POST /modelDeployments/",
    "request 1: never came: GET /modelDeployments/5b0000000000000000000001/",
    "request 2: never came: POST /modelDeployments/"
  ],
  "a missing request with repeats": [
    row("jobs.cancel", [cancel(gone), ask(gone, { repeats: true })], good),
    "request 2: never came: GET /status/s1/"
  ],
  "a missing header": [
    row("jobs.cancel", [cancel(gone, { headers: { "x-team": "blue" } })], { error: { kind: "api" } }),
    "request 1: headers.x-team should be \"blue\", but is undefined"
  ],
  "a wrong query parameter": [
    row("jobs.list", [{ request: "GET /status/", query: { limit: "5", offset: "1" }, answer: gone }], {
      error: { kind: "api" }
    }, { arguments: { limit: 6, offset: 1 } }),
    "request 1: query.limit should be \"5\", but is \"6\""
  ],
  "an unplanned query parameter": [
    row("jobs.list", [{ request: "GET /status/", answer: gone }], { error: { kind: "api" } }, {
      arguments: { limit: 6 }
    }),
    "request 1: query.limit should not be there, but is \"6\""
  ],
  "a wrong instant": [
    row(
      "deployments.serviceStats",
      [{
        request: "GET /deployments/60a000000000000000000001/serviceStats/",
        query: { start: { $instant: "2022-03-01T01:00:00Z" } },
        answer: gone
      }],
      { error: { kind: "api" } },
      { arguments: { id: "60a000000000000000000001", start: "2022-03-01T00:00:00Z" } }
    ),
    "request 1: query.start should be the instant \"2022-03-01T01:00:00Z\" in RFC 3339, but is \"2022-03-01T00:00:00.000Z\""
  ],
  "a wrong body": [
    row("deployments.update", [{
      request: "PATCH /deployments/60a000000000000000000001/",
      json: { label: "Other", importance: "LOW" },
      answer: gone
    }], { error: { kind: "api" } }),
    "request 1: body.label should be \"Other\", but is \"Renamed\"",
    "request 1: body.importance should be \"LOW\", but is undefined"
  ],
  "an unplanned key of the body": [
    row("deployments.update", [{
      request: "PATCH /deployments/60a000000000000000000001/",
      json: {},
      answer: gone
    }], { error: { kind: "api" } }),
    "request 1: body.label should not be there, but is \"Renamed\""
  ],
  "an unplanned body": [
    row("deployments.update", [{ request: "PATCH /deployments/60a000000000000000000001/", answer: gone }], {
      error: { kind: "api" }
    }),
    "request 1: headers.content-type should not be there, but is \"application/json\"",
    "request 1: body should be undefined, but is {\"label\":\"Renamed\"}"
  ],
  "a wrong outcome": [
    row(
      "deployments.share",
      callOf("deployments.share").map((exchange) => ({ ...exchange, answer: { status: 500 } })),
      {
        error: { kind: "api", outcome: null, retryable: true }
      }
    ),
    "error.outcome should be null, but is \"unknown\"",
    "error.retryable should be true, but is false"
  ],
  "a wrong kind of error": [
    row(
      "jobs.cancel",
      [cancel({ noAnswer: "reset" })],
      { error: { kind: "api", reason: "Timeout" } },
      withOptions({
        retry: false
      })
    ),
    "error.kind should be \"api\", but is \"network\"",
    "error.reason should be \"Timeout\", but is \"Transport\""
  ],
  "a success instead of a failure": [
    row("jobs.cancel", [cancel(gone)], { error: { kind: "api" } }),
    "should fail with {\"kind\":\"api\"}, but succeeded"
  ],
  "a failure instead of a success": [
    row("jobs.cancel", [cancel({ status: 403 })], good),
    "should succeed, but failed: {\"kind\":\"api\","
  ],
  "a wrong value": [
    row("jobs.await", callOf("jobs.await"), { ok: { collection: "deployments", id: "another" } }),
    "ok.id should be \"another\", but is \"60a000000000000000000001\""
  ],
  "a key that should be absent": [
    row("jobs.await", callOf("jobs.await"), { ok: { collection: { $absent: true } } }),
    "ok.collection should not be there, but is \"deployments\""
  ],
  "too few items": [
    row("jobs.list", callOf("jobs.list"), { ok: [{ id: "s1" }, { id: "s2" }] }),
    "ok should have 2 items, but has 1: "
  ],
  "wrong items before an error": [
    row("jobs.progress", [
      ask({ status: 200, json: { $sample: "jobState" } }),
      ask({ status: 401 })
    ], { error: { kind: "api" }, items: [{ status: "INITIALIZED" }] }),
    "items[0].status should be \"INITIALIZED\", but is \"RUNNING\""
  ],
  "a missing word in the message": [
    row("jobs.cancel", [cancel({ status: 403 })], { error: { kind: "api", mentions: ["forbidden", "weather"] } }),
    "the error's message should mention \"weather\", but is: Job.cancel failed"
  ],
  "a pause that is too short": [
    row("jobs.cancel", [cancel({ status: 500, pause: { atLeast: 3000 } }), cancel(gone)], good),
    "the pause before request 2 should take 3000 ms at least, but took "
  ],
  "a pause that is too long": [
    row("jobs.cancel", [
      cancel({ status: 429, headers: { "retry-after-ms": "60" }, pause: { atMost: 0 } }),
      cancel(gone)
    ], good),
    "the pause before request 2 should take 0 ms at most, but took "
  ],
  "a call that takes too long": [
    row("jobs.cancel", [cancel({ status: 204, delayMillis: 60 })], { ok: null, tookMillis: { atMost: 0 } }),
    "the call should take 0 ms at most, but took "
  ],
  "an unknown operation": [
    row("jobs.dance", [], good),
    "the runner does not know the operation jobs.dance"
  ],
  "an unknown sample": [
    row("jobs.cancel", [cancel({ status: 204, json: { $sample: "weather" } })], { error: { kind: "network" } }, {
      options: { ...reference.options, retry: false, timeoutMillis: 300 }
    }),
    "the server failed: Error: there is no sample weather"
  ]
}

/** Each problem starts with one of the expected texts, and there is no other problem. */
const assertProblems = (problems: ReadonlyArray<string>, expected: ReadonlyArray<string>) => {
  const found = problems.map((problem) => expected.find((text) => problem.startsWith(text)) ?? problem)
  assert.deepStrictEqual([...found].sort(), [...expected].sort())
}

const client = NodeHttpClient.layerUndici

describe("A difference in a row of the table", { concurrent: true }, () => {
  for (const [title, [wrong, ...expected]] of Object.entries(wrongRows)) {
    it.live(`is reported: ${title}`, () =>
      Effect.map(run(wrong, reference, client), (problems) => assertProblems(problems, expected)))
  }
})

describe("A difference in a client", { concurrent: true }, () => {
  const changed = (change: (client: HttpClient.HttpClient) => HttpClient.HttpClient) =>
    Layer.effect(HttpClient.HttpClient, Effect.map(HttpClient.HttpClient, change)).pipe(Layer.provide(client))

  it.live("is reported: a redirect to another server that is followed", () =>
    Effect.gen(function*() {
      const redirected = row(
        "modelDeployments.get",
        callOf("modelDeployments.get").map((exchange) => ({
          ...exchange,
          answer: { status: 302, headers: { location: "{foreign}/modelDeployments/5b0000000000000000000001/" } }
        })),
        { error: { kind: "validation" } }
      )
      assertProblems(yield* run(redirected, reference, changed(HttpClient.followRedirects(1))), [
        "another server was asked: GET /api/v2/modelDeployments/5b0000000000000000000001/"
      ])
    }))

  it.live("is reported: an authorization header that differs from the plan", () =>
    Effect.gen(function*() {
      const lowerCase = HttpClientRequest.setHeader("authorization", `bearer ${token}`)
      const problems = yield* run(
        row("jobs.cancel", [cancel(gone)], { error: { kind: "api" } }),
        reference,
        changed(HttpClient.mapRequest(lowerCase))
      )
      assertProblems(problems, [
        `request 1: headers.authorization should be ${JSON.stringify(`Bearer ${token}`)}, but is "bearer `
      ])
    }))

  it.live("is reported: a path outside the API", () =>
    Effect.gen(function*() {
      const elsewhere = HttpClientRequest.updateUrl((url) => url.replace("/api/v2/", "/api/v3/"))
      const problems = yield* run(
        row("jobs.cancel", [cancel(gone)], { error: { kind: "api" } }),
        reference,
        changed(HttpClient.mapRequest(elsewhere))
      )
      assertProblems(problems, [
        "request 1: should be DELETE /status/s1/, but is DELETE (outside of /api/v2)",
        "request 1: never came: DELETE /status/s1/"
      ])
    }))
})

describe("An error of a row", () => {
  const failing = (text: string) =>
    unexpected(
      row("jobs.cancel", [], { error: { kind: "network" } }),
      {
        end: Either.left(
          new DataRobotError.DataRobotNetworkError({
            message: "It failed",
            operation: "Job.cancel",
            method: "DELETE",
            path: "status/s1/",
            attempts: 1,
            reason: "Transport",
            outcome: "unknown",
            cause: { name: "Error", message: text },
            retryable: true
          })
        )
      },
      token
    )

  for (
    const [form, text] of [
      ["unchanged", token],
      ["in URL encoding", encodeURIComponent(token)],
      ["as JSON", JSON.stringify(token)],
      ["in base64", Buffer.from(token).toString("base64")]
    ] as const
  ) {
    it(`is reported if it shows the token ${form} (S-4)`, () => {
      assert.deepStrictEqual(failing(`no ${text} here`), ["the error shows the token"])
    })
  }

  it("is accepted without the token", () => {
    assert.deepStrictEqual(failing("no <redacted> here"), [])
  })
})

describe("A scenario of the table", () => {
  const scenario = (operation: string, at: string) =>
    ({
      description: "d",
      promises: ["R-1"],
      operations: [operation],
      cases: [{ name: "c", at, faults: [{ status: 500 }], result: "ok" }]
    }) as const

  it("is rejected with an unknown operation", () => {
    assert.throws(() => rowsOf(reference, scenario("jobs.dance", "GET")), "d: there is no operation jobs.dance")
  })

  it("is rejected if `at` matches no request of the call", () => {
    assert.throws(
      () => rowsOf(reference, scenario("jobs.list", "POST")),
      "R-1: d: c: jobs.list: no request of the call begins with \"POST\""
    )
  })
})
