/** Shared by the tests of deployments: samples in wire format, responses of jobs, and tables of tests. */
import type * as HttpClient from "@effect/platform/HttpClient"
import { assert, describe, it } from "@effect/vitest"
import { type DataRobot, DataRobotError, Deployment } from "effect-datarobot"
import type { JobUpdateOptions } from "effect-datarobot/Deployment"
import { MockHttpClient } from "effect-datarobot/testing"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/TestClock"
import { endpoint, failsWith, id, requests, sent, serving, timeLapse, untyped } from "./support.js"

const { empty, json } = MockHttpClient
const { isJobError, isValidationError } = DataRobotError

export type Operation = Effect.Effect<unknown, DataRobotError.DataRobotError, DataRobot | HttpClient.HttpClient>

type Wire = Readonly<Record<string, unknown>>

/** A deployment in wire format. */
export const deployment = (changes: Wire = {}): Wire => ({
  id,
  label: "Churn scorer",
  description: "",
  status: "active",
  createdAt: "2022-03-01T10:00:00.000000Z",
  importance: "LOW",
  model: {
    id: "60a0000000000000000000a1",
    type: "Elastic-Net Classifier",
    targetName: "churned",
    targetType: "Binary",
    projectId: "60a0000000000000000000b1",
    projectName: "Churn",
    unsupervisedMode: false,
    unstructuredModelKind: false,
    isDeprecated: false,
    deployedAt: "2022-03-01T10:00:20.000000Z"
  },
  modelPackage: { id: "60a0000000000000000000e1", name: "Churn, version 1" },
  defaultPredictionServer: {
    id: "60a0000000000000000000d1",
    url: "https://pred.example.com",
    "datarobot-key": "00000000-0000-0000-0000-000000000000"
  },
  capabilities: {
    supportsModelReplacement: true,
    supportsTargetDriftTracking: true,
    supportsFeatureDriftTracking: true,
    supportsPredictionWarning: false
  },
  predictionUsage: { dailyRates: [0, 0, 0, 5, 2, 10, 7], lastTimestamp: "2022-03-07T04:03:45.000000Z" },
  permissions: ["CAN_VIEW", "CAN_EDIT_DEPLOYMENT", "CAN_MAKE_PREDICTIONS"],
  serviceHealth: {
    status: "unknown",
    startDate: "2022-03-01T00:00:00.000000Z",
    endDate: "2022-03-08T00:00:00.000000Z"
  },
  modelHealth: { status: "unknown", message: "Not enough predictions.", startDate: null, endDate: null },
  accuracyHealth: { status: "unavailable", message: "Accuracy is unknown.", startDate: null, endDate: null },
  governance: { approvalStatus: "APPROVED", hasOpenedChangeRequests: false },
  owners: {
    count: 1,
    preview: [{ id: "60a0000000000000000000f1", email: "ana@example.com", firstName: "Ana", lastName: "Lee" }]
  },
  settings: { predictionWarningEnabled: false },
  ...changes
})

/** A record without some of its keys. */
export const lacking = (record: Wire, ...keys: ReadonlyArray<string>): Wire =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)))

/** A listing's envelope with these items; `next` is a path with a query below the endpoint. */
export const envelope = (data: ReadonlyArray<unknown>, next?: string, more: Wire = {}) =>
  json({
    count: data.length,
    totalCount: data.length,
    next: next === undefined ? null : `${endpoint}/${next}`,
    previous: null,
    data,
    ...more
  })

/** A period of one week in wire format. */
export const week = { start: "2022-03-01T00:00:00.000000Z", end: "2022-03-08T00:00:00.000000Z" }

const pointing = (status: number, to: string) => empty({ status, headers: { location: `${endpoint}/${to}` } })

/** A 202 that points to the job `s1`. */
export const accepted = pointing(202, "status/s1/")
/** A 202 that points to the job `s1` and has a body. */
export const acceptedWith = (body: unknown) =>
  json(body, { status: 202, headers: { location: `${endpoint}/status/s1/` } })
/** The response of a finished job, which points to the deployment. */
export const finished = pointing(303, `deployments/${id}/`)
/** The response of a finished job, which points to any path. */
export const finishedAt = (to: string) => pointing(303, to)
/** A 201 that points to the deployment. */
export const madeAtOnce = pointing(201, `deployments/${id}/`)

/** The response of a job with this status. */
export const state = (status: string, changes: Wire = {}) =>
  json({
    statusId: "s1",
    status,
    message: "",
    code: 0,
    created: "2020-01-01T00:00:00.000000Z",
    description: "Deployment creation",
    statusType: "",
    type: "",
    ...changes
  })

/** A 404. */
export const notFound = json({ message: "Not Found" }, { status: 404 })

/** The handle of the job that works on the deployment. */
export const handle = { kind: "status", id: "s1", resource: { collection: "deployments", id } } as const

/** The requests that an operation is expected to send. */
export interface Sending {
  readonly operation: Operation
  /** The method and the path of its first request. */
  readonly line: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** The requests after the first one, as lines. */
  readonly after?: ReadonlyArray<string>
}

/** Each operation sends the requests of its row, to a server that responds from a table. */
export const sends = (routes: MockHttpClient.Routes, rows: Readonly<Record<string, Sending>>): void => {
  for (const [name, { after = [], body, line, operation, query = {} }] of Object.entries(rows)) {
    it.effect(`${name} sends ${line}`, () =>
      Effect.gen(function*() {
        yield* operation
        const [first] = yield* requests
        assert.strictEqual(`${first?.method} ${first?.path.replace("/api/v2/", "")}`, line)
        assert.deepStrictEqual(first?.query, query)
        assert.deepStrictEqual(first?.body, body)
        assert.deepStrictEqual((yield* sent).slice(1), after)
      }).pipe(Effect.provide(serving(routes))))
  }
}

/** The issues of an error as lines, such as `label is missing`. */
export const issuesOf = ({ issues }: DataRobotError.DataRobotValidationError): ReadonlyArray<string> =>
  issues.map(({ message, path }) => path === "" ? message : `${path} ${message}`)

/** The operation is rejected with exactly these issues, and nothing is sent. */
export const refused = (name: string, operation: Operation, ...issues: ReadonlyArray<string>): void =>
  refusal(name, operation, (error) => assert.deepStrictEqual(issuesOf(error), issues))

/** The operation is rejected with issues at exactly these paths, and nothing is sent. */
export const refusedAt = (name: string, operation: Operation, ...paths: ReadonlyArray<string>): void =>
  refusal(name, operation, ({ issues }) => assert.deepStrictEqual(issues.map(({ path }) => path), paths))

const refusal = (
  name: string,
  operation: Operation,
  check: (error: DataRobotError.DataRobotValidationError) => void
): void => {
  it.effect(`rejects ${name}`, () =>
    Effect.gen(function*() {
      const error = yield* failsWith(operation, isValidationError)
      assert.strictEqual(error.phase, "request")
      assert.strictEqual(error.attempts, 0)
      check(error)
      assert.deepStrictEqual(yield* requests, [])
    }).pipe(Effect.provide(serving({}))))
}

/** The issue of an invalid id. */
export const badId = "id must be 1 to 128 letters, digits, \"-\" and \"_\""

/** The response is rejected with exactly these issues. */
export const unreadable = (operation: Operation, routes: MockHttpClient.Routes, ...issues: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const error = yield* failsWith(operation, isValidationError)
    assert.strictEqual(error.phase, "response")
    assert.deepStrictEqual(issuesOf(error), issues)
  }).pipe(Effect.provide(serving(routes)))

/** An operation that waits for a job. */
export interface Waiting {
  readonly name: string
  readonly operation: (options?: JobUpdateOptions) => Operation
  /** The route that responds with a 202. */
  readonly route: string
  /** The other routes that the operation requests, with their responses. */
  readonly more: MockHttpClient.Routes
  /** The requests after the job, as lines. */
  readonly after: ReadonlyArray<string>
  /** Whether the client knows before the job is done that the job works on the deployment. */
  readonly knowsResource: boolean
}

/** Tests for every operation that waits for a job. Time is virtual. */
export const waits = ({ after, knowsResource, name, operation, route, more }: Waiting): void => {
  const routes = (
    states: MockHttpClient.Handler,
    answer: MockHttpClient.Handler = accepted
  ): MockHttpClient.Routes => ({ [route]: answer, "GET status/s1/": states, ...more })
  const begins = route.replace(":id", id)
  const job = knowsResource ? handle : { kind: "status", id: "s1" } as const
  const asks = "GET status/s1/"

  describe(`${name} and its job`, () => {
    it.effect("it polls until the job is done", () =>
      Effect.gen(function*() {
        yield* timeLapse(operation())
        assert.deepStrictEqual(yield* sent, [begins, asks, asks, asks, asks, ...after])
      }).pipe(
        Effect.provide(serving(routes([state("INITIALIZED"), state("RUNNING"), state("REPLICATING"), finished])))
      ))

    it.effect("it fails at its deadline with the job's last status and its handle (J-2)", () =>
      Effect.gen(function*() {
        const error = yield* failsWith(
          timeLapse(operation({ wait: { timeout: "1 minute", interval: "10 seconds" } })),
          isJobError
        )
        assert.strictEqual(error.operation, name)
        assert.strictEqual(error.reason, "Deadline")
        assert.strictEqual(error.status, "INITIALIZED")
        assert.strictEqual(error.attempts, 7)
        assert.strictEqual(error.path, "status/s1/")
        assert.deepStrictEqual(JSON.parse(JSON.stringify(error.handle)), job)
        assert.strictEqual(
          error.message,
          `${name} failed (GET status/s1/, 7 attempts): the job is still INITIALIZED after 7 polls. ` +
            "The job continues in DataRobot. To keep waiting, call Job.await with status id s1."
        )
        assert.deepStrictEqual([...new Set(yield* sent)], [begins, asks], "nothing is cancelled")
      }).pipe(Effect.provide(serving(routes(state("INITIALIZED"))))))

    it.effect("it fails with the message of a failed job", () =>
      Effect.gen(function*() {
        const error = yield* failsWith(timeLapse(operation()), isJobError)
        assert.strictEqual(error.reason, "Failed")
        assert.strictEqual(error.status, "ERROR")
        assert.deepStrictEqual(error.handle, job)
        assert.strictEqual(
          error.message,
          `${name} failed (GET status/s1/, 2 attempts): ` +
            `DataRobot's job s1${knowsResource ? ` (deployments/${id})` : ""} ended with ERROR: ` +
            "The model is too large"
        )
      }).pipe(
        Effect.provide(serving(routes([state("RUNNING"), state("ERROR", { message: "The model is too large" })])))
      ))

    it.effect("it does not cancel the job when it is interrupted (J-2)", () =>
      Effect.gen(function*() {
        const fiber = yield* Effect.fork(operation())
        yield* TestClock.adjust("20 seconds")
        yield* Fiber.interrupt(fiber)
        yield* TestClock.adjust("1 hours")
        assert.deepStrictEqual([...new Set(yield* sent)], [begins, asks])
      }).pipe(Effect.provide(serving(routes(state("RUNNING"))))))

    refused(
      "invalid wait options before it sends the request",
      operation({ wait: { timeout: 0, interval: Infinity } }),
      "wait.timeout must be a positive, finite duration",
      "wait.interval must be a positive, finite duration"
    )

    if (knowsResource) {
      it.effect("it needs no job if the server responds without one", () =>
        Effect.gen(function*() {
          yield* operation()
          assert.deepStrictEqual(yield* sent, [begins, ...after])
        }).pipe(Effect.provide(serving({ [route]: empty(), ...more }))))

      it.effect("it is retried with idempotent: true", () =>
        Effect.gen(function*() {
          yield* timeLapse(operation({ idempotent: true }))
          assert.deepStrictEqual(yield* sent, [begins, begins, asks, ...after])
        }).pipe(
          Effect.provide(serving(routes(finished, [MockHttpClient.networkFailure("ECONNRESET"), accepted])))
        ))
    }
  })
}

/** Tests for every operation that only starts a job: it returns a handle that can be stored, and does not poll. */
export const starts = (
  name: string,
  operation: Effect.Effect<DataRobotError.Handle, DataRobotError.DataRobotError, DataRobot | HttpClient.HttpClient>,
  route: string,
  knowsResource = true
): void => {
  describe(name, () => {
    it.effect("it returns the job's handle without polling", () =>
      Effect.gen(function*() {
        const job = yield* operation
        assert.deepStrictEqual(job, knowsResource ? handle : { kind: "status", id: "s1" })
        assert.deepStrictEqual(yield* sent, [route.replace(":id", id)])
      }).pipe(Effect.provide(serving({ [route]: accepted }))))

    it.effect("its handle can be stored and resumed in another process", () =>
      Effect.gen(function*() {
        const stored = JSON.stringify(yield* operation)
        const found = yield* timeLapse(Deployment.resume(untyped(JSON.parse(stored))))
        assert.strictEqual(found.label, "Churn scorer")
        assert.deepStrictEqual((yield* sent).slice(1), [
          "GET status/s1/",
          "GET status/s1/",
          `GET deployments/${id}/`
        ])
      }).pipe(
        Effect.provide(
          serving({
            [route]: accepted,
            "GET status/s1/": [state("RUNNING"), finished],
            "GET deployments/:id/": json(deployment())
          })
        )
      ))

    if (knowsResource) {
      it.effect("it returns a handle of kind done if the server needed no job", () =>
        Effect.gen(function*() {
          assert.deepStrictEqual(yield* operation, { ...handle, kind: "done", id })
        }).pipe(Effect.provide(serving({ [route]: empty() }))))

      it.effect("it returns a handle of kind done if the response points to the deployment itself", () =>
        Effect.gen(function*() {
          assert.deepStrictEqual(yield* operation, { ...handle, kind: "done", id })
        }).pipe(Effect.provide(serving({ [route]: pointing(200, `deployments/${id}/`) }))))

      for (const elsewhere of ["projects/p1/", "deployments/another/"]) {
        it.effect(`it fails if the response points to ${elsewhere}`, () =>
          unreadable(
            operation,
            { [route]: pointing(200, elsewhere) },
            "Location must point to a job or to the changed item"
          ))
      }

      it.effect("it fails if a 202 has no Location", () =>
        unreadable(operation, { [route]: empty({ status: 202 }) }, "Location is missing"))
    }
  })
}
