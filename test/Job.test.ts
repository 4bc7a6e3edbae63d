import { assert, describe, it } from "@effect/vitest"
import { DataRobotError, Deployment, Job } from "effect-datarobot"
import { MockHttpClient } from "effect-datarobot/testing"
import * as Chunk from "effect/Chunk"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import {
  badId,
  envelope,
  finished,
  finishedAt,
  handle,
  notFound,
  type Operation,
  refused,
  sends,
  state,
  unreadable
} from "./deployments.js"
import {
  connection,
  endOf,
  endpoint,
  failsWith,
  id,
  requests,
  script,
  sent,
  serving,
  timeLapse,
  untyped
} from "./support.js"

const { empty, json, networkFailure, text } = MockHttpClient
const { isApiError, isJobError, isValidationError } = DataRobotError

const route = "GET status/s1/"
const asks = "GET status/s1/"
const resource = { collection: "deployments", id }
const duration = "must be a positive, finite duration"

const collect = <A, E, R>(stream: Stream.Stream<A, E, R>) =>
  Effect.map(Stream.runCollect(stream), Chunk.toReadonlyArray)

/** The states that a stream emits, and how it ends. */
const told = <E, R>(stream: Stream.Stream<Job.JobState, E, R>) =>
  Effect.gen(function*() {
    const states: Array<Job.JobState> = []
    const end = yield* timeLapse(
      Effect.either(Stream.runForEach(stream, (seen) => Effect.sync(() => states.push(seen))))
    )
    return { states, end }
  })

describe("Job requests", () => {
  sends(
    {
      "GET status/:id/": finished,
      "GET status/": envelope([]),
      "DELETE status/:id/": empty()
    },
    {
      await: { operation: Job.await("s1"), line: asks },
      "await with a handle": { operation: Job.await(handle), line: asks },
      "await with a stored handle": { operation: Job.await(JSON.stringify(handle)), line: asks },
      "progress with a stored handle": {
        operation: Stream.runDrain(Job.progress(JSON.stringify(handle))),
        line: asks
      },
      "cancel with a stored handle": { operation: Job.cancel(JSON.stringify(handle)), line: "DELETE status/s1/" },
      "resume with a handle": { operation: Job.resume(handle), line: asks },
      "resume with an id": { operation: Job.resume("s1"), line: asks },
      "await with an object that has an id": { operation: Job.await({ id: "s1" }), line: asks },
      progress: { operation: Stream.runDrain(Job.progress("s1")), line: asks },
      resume: { operation: Job.resume(JSON.stringify(handle)), line: asks },
      list: { operation: Job.list(), line: "GET status/", query: { limit: "100" } },
      "list with limit and offset": {
        operation: Job.list({ limit: 5, offset: 10 }),
        line: "GET status/",
        query: { limit: "5", offset: "10" }
      },
      cancel: { operation: Job.cancel("s1"), line: "DELETE status/s1/" },
      "cancel with a handle": { operation: Job.cancel(handle), line: "DELETE status/s1/" }
    }
  )
})

describe("A handle that another version stored", () => {
  it.effect("may have keys that this version does not know", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* Job.resume(JSON.stringify({ ...handle, started: "today" })), resource)
    }).pipe(Effect.provide(serving({ "GET status/s1/": finished }))))
})

describe("Invalid Job arguments", () => {
  const byRef: Readonly<Record<string, (ref: Job.JobRef) => Operation>> = {
    await: Job.await,
    progress: (ref) => Stream.runDrain(Job.progress(ref)),
    cancel: Job.cancel
  }
  const noJob = "kind must be \"status\": this handle has no job"
  for (const [name, operation] of Object.entries(byRef)) {
    refused(`the handle of a model deployment in ${name}`, operation({ kind: "modelDeployment", id }), noJob)
  }
  refused("a handle of kind done in cancel", Job.cancel({ kind: "done", id, resource }), noJob)
  for (const [name, job] of Object.entries({ status: "s1", done: { kind: "done", id, resource } as const })) {
    const wait = { timeout: 0, interval: Infinity }
    const issues = [`timeout ${duration}`, `interval ${duration}`]
    const retry = { retry: { maxAttempts: 0 } }
    const maxAttempts = "retry.maxAttempts must be a whole number from 1 to 100"
    refused(`an invalid wait and retry in await, ${name}`, Job.await(job, wait, retry), ...issues, maxAttempts)
    refused(`an invalid wait and retry in resume, ${name}`, Job.resume(job, wait, retry), ...issues, maxAttempts)
    refused(
      `an invalid wait and retry in progress, ${name}`,
      Stream.runDrain(Job.progress(job, wait, retry)),
      ...issues,
      maxAttempts
    )
    refused(
      `an invalid wait and retry in Deployment.resume, ${name}`,
      Deployment.resume(job, wait, retry),
      ...issues,
      maxAttempts
    )
  }
  refused("a wait timeout of 0", Job.await("s1", { timeout: 0 }), `timeout ${duration}`)
  refused("an infinite wait interval", Job.await("s1", { interval: Infinity }), `interval ${duration}`)
  refused("a progress interval of 0", Stream.runDrain(Job.progress("s1", { interval: 0 })), `interval ${duration}`)
  refused("a negative timeout in resume", Job.resume(handle, { timeout: -1 }), `timeout ${duration}`)
  refused("a limit of 0 in list", Job.list({ limit: 0 }), "limit must be a whole number from 1")
  refused("an unknown filter in list", Job.list(untyped({ status: "RUNNING" })), "status is not known here")

  describe("as a handle", () => {
    const shape = "{\"kind\":\"status\",\"id\":\"…\"}, or with the kind \"done\" and " +
      "\"resource\":{\"collection\":\"deployments\",\"id\":\"…\"}"
    const notJson = `job is not the JSON text of a handle. A handle is ${shape}`
    const forged = `job must be the id of a job, or a handle as an operation returned it: ${shape}`
    const done = { kind: "done", id: "s1", resource }
    const handles: Readonly<Record<string, unknown>> = {
      "a handle with an unknown kind": { kind: "job", id: "s1" },
      "a handle without an id": { kind: "status" },
      "a handle whose id is a number": { kind: "status", id: 1 },
      "a handle with an invalid id (S-1)": { kind: "status", id: "../x" },
      "a handle with an invalid resource": { ...handle, resource: { id } },
      "a done handle with an invalid id (S-1)": { ...done, id: "../x" },
      "a done handle without a resource": { kind: "done", id: "s1" },
      "a done handle whose resource is null": { ...done, resource: null },
      "a done handle with an invalid id in its resource (S-1)": { ...done, resource: { ...resource, id: "a/b" } },
      "a done handle with an invalid collection (S-1)": { ...done, resource: { id, collection: ".." } }
    }
    const all = { ...byRef, resume: (ref: Job.JobRef) => Job.resume(ref), "Deployment.resume": Deployment.resume }
    for (const [name, operation] of Object.entries(all)) {
      for (const [what, stored] of Object.entries({ "a stored handle": "a stored handle", "an array's text": "[]" })) {
        refused(`${what} in ${name}`, operation(stored), badId)
      }
      for (const stored of ["{not json", "{", "{\"kind\":\"status\",\"id\":\"s1\""]) {
        refused(`the text ${stored} in ${name}`, operation(stored), notJson)
      }
      refused(`JSON of a handle without a kind in ${name}`, operation(JSON.stringify({ id: "s1" })), forged)
      for (const [what, handle] of Object.entries(handles)) {
        refused(`${what} in ${name}`, operation(untyped(handle)), forged)
        refused(`JSON of ${what} in ${name}`, operation(JSON.stringify(handle)), forged)
      }
      refused(
        `JSON of a handle that is not a job in ${name}`,
        operation(JSON.stringify({ kind: "modelDeployment", id })),
        noJob
      )
    }
  })
})

describe("The end of a job", () => {
  interface Row {
    readonly answer: MockHttpClient.MockAnswer
    readonly of?: Job.JobRef
    readonly answers: Job.Resource | undefined
  }
  const table: Readonly<Record<string, Row>> = {
    "a 303 returns the resource in its Location": { answer: finished, answers: resource },
    "a 303 may point to any collection": {
      answer: finishedAt("modelPackages/p1/"),
      answers: { collection: "modelPackages", id: "p1" }
    },
    "a 303 may have a Location without a host": {
      answer: empty({ status: 303, headers: { location: "/api/v2/deployments/d1/" } }),
      answers: { collection: "deployments", id: "d1" }
    },
    "a 303 without Location returns no resource": { answer: empty({ status: 303 }), answers: undefined },
    "a 303 without Location returns the handle's resource": {
      answer: empty({ status: 303 }),
      of: handle,
      answers: resource
    },
    "a 303 to an unknown path returns the handle's resource": {
      answer: finishedAt("projects/p1/"),
      of: handle,
      answers: resource
    },
    "a 303 with an unreadable Location returns the handle's resource": {
      answer: empty({ status: 303, headers: { location: "ftp://dr.example.com/" } }),
      of: handle,
      answers: resource
    },
    "a 303 to another deployment overrides the handle's resource": {
      answer: finishedAt("deployments/d2/"),
      of: handle,
      answers: { collection: "deployments", id: "d2" }
    },
    "COMPLETED returns no resource": { answer: state("COMPLETED"), answers: undefined },
    "COMPLETED returns the handle's resource": { answer: state("completed"), of: handle, answers: resource },
    "COMPLETED may be the only field of the response": { answer: json({ status: "Completed" }), answers: undefined }
  }
  for (const [name, { answer, answers, of = "s1" }] of Object.entries(table)) {
    it.effect(name, () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* Job.await(of), answers)
        assert.deepStrictEqual(yield* sent, [asks])
      }).pipe(Effect.provide(serving({ [route]: answer }))))
  }

  it.effect("a handle of kind done returns its resource without a request", () =>
    Effect.gen(function*() {
      const done = { kind: "done", id, resource } as const
      assert.deepStrictEqual(yield* Job.await(done), resource)
      assert.deepStrictEqual(yield* Job.resume(JSON.stringify(done)), resource)
      assert.deepStrictEqual(yield* collect(Job.progress(done)), [{ id, status: "COMPLETED", resource }])
      assert.deepStrictEqual(yield* requests, [])
    }).pipe(Effect.provide(serving({}))))

  for (
    const bad of ["https://a@dr.example.com/api/v2/deployments/d1/", `${endpoint}/../deployments/d1/`, "/elsewhere/"]
  ) {
    it.effect(`a 303 to ${bad} is rejected (S-2)`, () =>
      unreadable(
        Job.await("s1"),
        { [route]: empty({ status: 303, headers: { location: bad } }) },
        "Location must be a URL of this API that the SDK knows how to read"
      ))
  }

  it.effect("an unreadable Location is reported with a note that the job is done", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(Job.await("s1"), isValidationError)
      assert.match(error.message, /knows how to read\. The job itself has finished\.$/)
    }).pipe(Effect.provide(serving({ [route]: finishedAt("") }))))

  for (
    const [status, message, told] of [
      ["ERROR", "Out of memory", "Out of memory"],
      ["error", "", "no message"],
      ["ABORTED:xyz", null, "no message"],
      ["ABORTED", "By ana", "By ana"],
      ["EXPIRED", "", "no message"],
      ["CANCELLED", "", "no message"],
      ["canceled", "", "no message"]
    ] as const
  ) {
    it.effect(`the status ${status} fails the wait`, () =>
      Effect.gen(function*() {
        const error = yield* failsWith(Job.await(handle), isJobError)
        assert.strictEqual(error.reason, "Failed")
        assert.strictEqual(error.status, status)
        assert.deepStrictEqual(error.handle, handle)
        assert.strictEqual(
          error.message,
          `Job.await failed (GET status/s1/, 1 attempt): DataRobot's job s1 (deployments/${id}) ended with ${status}: ${told}`
        )
        assert.deepStrictEqual(yield* sent, [asks])
      }).pipe(Effect.provide(serving({ [route]: state(status, { message }) }))))
  }

  it.effect("a failed job without a known resource is named by its id only", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(Job.await("s1"), isJobError)
      assert.strictEqual(
        error.message,
        "Job.await failed (GET status/s1/, 1 attempt): DataRobot's job s1 ended with ERROR: Out of memory"
      )
    }).pipe(Effect.provide(serving({ [route]: state("ERROR", { message: "Out of memory" }) }))))

  for (const word of ["REPLICATING", "", "UNCOMPLETED", "NO ERROR", "PENDING"]) {
    it.effect(`the status ${JSON.stringify(word)} does not end the wait`, () =>
      Effect.gen(function*() {
        yield* timeLapse(Job.await("s1"))
        assert.strictEqual((yield* sent).length, 3)
      }).pipe(Effect.provide(serving({ [route]: [state(word), state(word), finished] }))))
  }

  it.effect("null or unreadable timestamps and texts are accepted", () =>
    Effect.gen(function*() {
      yield* timeLapse(Job.await("s1"))
    }).pipe(Effect.provide(serving({
      [route]: [
        state("RUNNING", { created: "long ago", message: null, code: null, description: null, type: null }),
        state("RUNNING", { created: 1577836800, newIn2030: true }),
        state("RUNNING", { message: { a: 1 }, code: "E1", description: 7, type: [], statusType: false }),
        json({ status: "COMPLETED", message: null, created: null })
      ]
    }))))

  it.effect("a Retry-After of 0 does not remove the pause between polls", () =>
    Effect.gen(function*() {
      yield* failsWith(timeLapse(Job.await("s1", { timeout: "10 seconds" })), isJobError)
      assert.isAtMost((yield* sent).length, 14)
    }).pipe(Effect.provide(serving({
      [route]: json({ status: "RUNNING" }, { headers: { "retry-after": "0" } })
    }))))

  for (
    const [wait, asked, pause] of [
      [{}, "0", 1_000],
      [{}, "2", 2_000],
      [{ interval: "5 seconds" }, "0", 5_000],
      [{ interval: "5 seconds" }, "2", 5_000],
      [{ interval: "5 seconds" }, "7", 7_000],
      [{ interval: "100 millis" }, "0", 100]
    ] as const
  ) {
    it.effect(`with the options ${JSON.stringify(wait)} the next poll comes after ${pause} ms for a Retry-After of ${asked} s`, () =>
      Effect.gen(function*() {
        const running = { headers: { "retry-after": asked }, body: JSON.stringify({ status: "RUNNING" }) }
        const { attempts, layer } = script(running, { body: JSON.stringify({ status: "COMPLETED" }) })
        yield* timeLapse(Job.await("s1", wait)).pipe(
          Effect.provide(Layer.merge(layer, connection())),
          // The shortest pause that jitter allows.
          Effect.withRandom(Random.fixed([0]))
        )
        const [first, second] = attempts.map(({ at }) => at)
        assert.strictEqual((second ?? 0) - (first ?? 0), pause)
      }))
  }

  it.effect("an invalid request timeout is rejected before the first poll", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(Job.await("s1", {}, { timeout: -1 }), isValidationError)
      assert.deepStrictEqual(error.issues.map(({ path }) => path), ["timeout"])
      assert.deepStrictEqual(yield* sent, [])
    }).pipe(Effect.provide(serving({ [route]: finished }))))

  it.effect("a poll without a response delays the deadline by at most one second", () =>
    Effect.gen(function*() {
      const { layer } = script("stall")
      const begun = yield* Clock.currentTimeMillis
      const wait = Job.await("s1", { timeout: "10 seconds", interval: "1 seconds" }).pipe(
        Effect.either,
        Effect.zip(Clock.currentTimeMillis),
        Effect.provide(Layer.merge(layer, connection()))
      )
      const [ended, at] = yield* timeLapse(wait)
      assert.strictEqual(endOf(ended), "DataRobotJobError Deadline")
      // The last poll has one second of its own.
      assert.strictEqual(at - begun, 11_000)
    }))

  it.effect("a poll without a response is limited by the request timeout", () =>
    Effect.gen(function*() {
      const { layer } = script("stall")
      const begun = yield* Clock.currentTimeMillis
      const wait = Job.await("s1", {}, { timeout: "2 seconds" }).pipe(
        Effect.either,
        Effect.zip(Clock.currentTimeMillis),
        Effect.provide(Layer.merge(layer, connection()))
      )
      const [ended, at] = yield* timeLapse(wait)
      // Five failed polls of two seconds each, and the pauses between them.
      assert.strictEqual(endOf(ended), "DataRobotNetworkError Timeout unknown")
      assert.isTrue(at - begun > 10_000 && at - begun < 30_000)
    }))

  it.effect("a response without a status is rejected", () =>
    unreadable(Job.await("s1"), { [route]: json({ message: "RUNNING" }) }, "status is missing"))

  it.effect("an empty response and a web page are rejected", () =>
    Effect.all([
      unreadable(Job.await("s1"), { [route]: empty({ status: 200 }) }, "the body is empty"),
      unreadable(
        Job.await("s1"),
        { [route]: text("<html>") },
        "the body is a web page, not JSON (a login page or a proxy?)"
      )
    ]))

  it.effect("a response of more than 64 KiB is rejected (S-5)", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(Job.await("s1"), DataRobotError.isNetworkError)
      assert.strictEqual(error.reason, "BodyTooLarge")
    }).pipe(Effect.provide(serving({ [route]: state("COMPLETED", { message: "x".repeat(65_536) }) }))))
})

describe("A job that returns 404", () => {
  it.effect("is polled again and may be found", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* timeLapse(Job.await("s1")), resource)
      assert.strictEqual((yield* sent).length, 5)
    }).pipe(Effect.provide(serving({ [route]: [notFound, notFound, notFound, state("RUNNING"), finished] }))))

  it.effect("is lost only after ten seconds", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(timeLapse(Job.await("s1", { interval: "10 seconds" })), isJobError)
      assert.strictEqual(error.reason, "Lost")
      assert.strictEqual(error.attempts, 3)
    }).pipe(Effect.provide(serving({ [route]: notFound }))))

  it.effect("is lost if it is never found", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(timeLapse(Job.await(handle)), isJobError)
      assert.strictEqual(error.reason, "Lost")
      assert.strictEqual(error.attempts, 4)
      assert.deepStrictEqual(error.handle, handle)
      assert.notProperty(error, "status")
      assert.strictEqual(
        error.message,
        "Job.await failed (GET status/s1/, 4 attempts): job s1 was not found (404). " +
          "Check whether the resource that it was creating or changing exists."
      )
    }).pipe(Effect.provide(serving({ [route]: notFound }))))
})

describe("Failed polls of a job", () => {
  const down = json({ message: "down" }, { status: 500 })

  it.effect("up to four in a row are tolerated without a retry, and any response resets the count (J-1)", () =>
    Effect.gen(function*() {
      yield* timeLapse(Job.await("s1"))
      assert.strictEqual((yield* sent).length, 10)
    }).pipe(
      Effect.provide(serving({ [route]: [down, down, down, down, state("RUNNING"), down, down, down, down, finished] }))
    ))

  it.effect("the fifth in a row ends the wait (J-1)", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(timeLapse(Job.await("s1")), isApiError)
      assert.strictEqual(error.status, 500)
      assert.include(
        error.message,
        "The job continues in DataRobot. To keep waiting, call Job.await with status id s1."
      )
      assert.strictEqual((yield* sent).length, 5)
    }).pipe(Effect.provide(serving({ [route]: down }))))

  for (const status of [401, 403, 409, 410]) {
    it.effect(`a ${status} ends the wait at once`, () =>
      Effect.gen(function*() {
        const error = yield* failsWith(timeLapse(Job.await("s1")), isApiError)
        assert.strictEqual(error.status, status)
        assert.strictEqual((yield* sent).length, 1)
      }).pipe(Effect.provide(serving({ [route]: json({ message: "No" }, { status }) }))))
  }

  it.effect("a 429 delays the next poll by its Retry-After", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(Job.await("s1"))
      yield* TestClock.adjust("29 seconds")
      assert.strictEqual((yield* sent).length, 1)
      yield* TestClock.adjust("1 seconds")
      yield* Fiber.join(fiber)
      assert.strictEqual((yield* sent).length, 2)
    }).pipe(Effect.provide(serving({
      [route]: [json({ message: "Busy" }, { status: 429, headers: { "retry-after": "30" } }), finished]
    }))))
})

describe("The deadline of a wait", () => {
  it.effect("reports the last status, and its handle resumes the wait in another process (J-2)", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(
        timeLapse(Job.await(handle, { timeout: "25 seconds", interval: "10 seconds" })),
        isJobError
      )
      assert.strictEqual(error.reason, "Deadline")
      assert.strictEqual(error.status, "INITIALIZED")
      assert.strictEqual(
        error.message,
        "Job.await failed (GET status/s1/, 4 attempts): the job is still INITIALIZED after 4 polls. " +
          "The job continues in DataRobot. To keep waiting, call Job.await with status id s1."
      )
      const stored = JSON.stringify(error.handle)
      assert.strictEqual(stored, JSON.stringify(handle))
      for (const again of [stored, untyped(JSON.parse(stored))]) {
        assert.deepStrictEqual(
          yield* timeLapse(Job.resume(again)).pipe(
            Effect.provide(serving({ [route]: [state("RUNNING"), state("COMPLETED")] }))
          ),
          resource
        )
      }
    }).pipe(Effect.provide(serving({ [route]: state("INITIALIZED") }))))

  it.effect("is ten minutes by default", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(Effect.flip(Job.await("s1", { interval: "5 minutes" })))
      yield* TestClock.adjust("599 seconds")
      assert.strictEqual((yield* sent).length, 2)
      yield* TestClock.adjust("1 seconds")
      assert.strictEqual((yield* Fiber.join(fiber))._tag, "DataRobotJobError")
      assert.strictEqual((yield* sent).length, 3)
    }).pipe(Effect.provide(serving({ [route]: state("RUNNING") }))))

  it.effect("applies to resume, and the error names resume", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(
        timeLapse(Job.resume(handle, { timeout: "25 seconds", interval: "10 seconds" })),
        isJobError
      )
      assert.strictEqual(error.operation, "Job.resume")
    }).pipe(Effect.provide(serving({ [route]: state("RUNNING") }))))
})

describe("Job.progress", () => {
  it.effect("emits each state once, and at the end COMPLETED with the resource", () =>
    Effect.gen(function*() {
      const { end, states } = yield* told(Job.progress("s1"))
      assert.strictEqual(end._tag, "Right")
      assert.deepStrictEqual(
        states.map(({ message, resource, status }) => [status, message, resource]),
        [
          ["INITIALIZED", "", undefined],
          ["RUNNING", "", undefined],
          ["RUNNING", "half", undefined],
          ["COMPLETED", undefined, resource]
        ]
      )
      assert.isTrue(states.every((seen) => seen.id === "s1"))
      assert.strictEqual((yield* sent).length, 7)
    }).pipe(Effect.provide(serving({
      [route]: [
        state("INITIALIZED"),
        state("INITIALIZED"),
        state("RUNNING"),
        state("RUNNING"),
        state("RUNNING", { message: "half" }),
        state("RUNNING", { message: "half" }),
        finished
      ]
    }))))

  it.effect("emits all fields of a job's status", () =>
    Effect.gen(function*() {
      const { states } = yield* told(Job.progress(handle))
      const [running, completed] = states
      // Boundary: optional fields that the sample sets.
      assert.strictEqual(DateTime.formatIso(running?.created as DateTime.Utc), "2020-01-01T00:00:00.000Z")
      assert.strictEqual(running?.description, "Deployment creation")
      assert.strictEqual(running?.code, 0)
      assert.strictEqual(running?.resource, undefined)
      assert.strictEqual(completed?.status, "COMPLETED")
      assert.strictEqual(completed?.message, "Done")
      assert.deepStrictEqual(completed?.resource, resource)
    }).pipe(Effect.provide(serving({ [route]: [state("RUNNING"), state("completed", { message: "Done" })] }))))

  it.effect("emits nothing for failed polls and 404s", () =>
    Effect.gen(function*() {
      const { states } = yield* told(Job.progress("s1"))
      assert.deepStrictEqual(states.map(({ status }) => status), ["RUNNING", "COMPLETED"])
    }).pipe(Effect.provide(serving({
      [route]: [notFound, state("RUNNING"), networkFailure("ECONNRESET"), state("RUNNING"), finished]
    }))))

  it.effect("polls only when the next state is pulled", () =>
    Effect.gen(function*() {
      const pull = yield* Stream.toPull(Job.progress("s1"))
      assert.strictEqual((yield* sent).length, 0)
      yield* pull
      yield* TestClock.adjust("1 minutes")
      assert.strictEqual((yield* sent).length, 1)
      yield* timeLapse(pull, "2 seconds")
      assert.strictEqual((yield* sent).length, 2)
    }).pipe(
      Effect.scoped,
      Effect.provide(serving({ [route]: [state("INITIALIZED"), state("RUNNING"), state("RUNNING"), finished] }))
    ))

  it.effect("polls again if it is run twice", () =>
    Effect.gen(function*() {
      const progress = Job.progress("s1")
      yield* told(progress)
      const { states } = yield* told(progress)
      assert.deepStrictEqual(states.map(({ status }) => status), ["RUNNING", "COMPLETED"])
    }).pipe(Effect.provide(serving({ [route]: [state("INITIALIZED"), finished, state("RUNNING"), finished] }))))

  it.effect("ends with the same errors as await, after the states so far", () =>
    Effect.gen(function*() {
      for (
        const [last, reason] of [[state("ERROR"), "Failed"], [state("RUNNING"), "Deadline"], [
          notFound,
          "Lost"
        ]] as const
      ) {
        const { end, states } = yield* told(Job.progress("s1", { interval: "11 seconds", timeout: "1 minute" })).pipe(
          Effect.provide(serving({ [route]: [state("RUNNING"), last, last, last, last, last, last] }))
        )
        assert.deepStrictEqual(states.map(({ status }) => status), ["RUNNING"])
        const error = yield* failsWith(end, isJobError)
        assert.strictEqual(error.reason, reason)
        assert.strictEqual(error.operation, "Job.progress")
      }
    }))

  it.effect("stops polling when it is interrupted and does not cancel the job (J-2)", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(Stream.runDrain(Job.progress("s1")))
      yield* TestClock.adjust("10 seconds")
      yield* Fiber.interrupt(fiber)
      const before = (yield* sent).length
      yield* TestClock.adjust("1 hours")
      assert.strictEqual((yield* sent).length, before)
      assert.deepStrictEqual([...new Set(yield* sent)], [asks])
    }).pipe(Effect.provide(serving({ [route]: state("RUNNING") }))))
})

describe("An interrupted wait", () => {
  it.effect("stops polling and does not cancel the job (J-2)", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(Job.await("s1"))
      yield* TestClock.adjust("10 seconds")
      yield* Fiber.interrupt(fiber)
      const before = (yield* sent).length
      yield* TestClock.adjust("1 hours")
      assert.strictEqual((yield* sent).length, before)
      assert.deepStrictEqual([...new Set(yield* sent)], [asks])
    }).pipe(Effect.provide(serving({ [route]: state("RUNNING") }))))
})

describe("Job.cancel", () => {
  const deletes = "DELETE status/:id/"

  it.effect("succeeds if the retry after a lost response returns 404", () =>
    Effect.gen(function*() {
      yield* timeLapse(Job.cancel("s1"))
      assert.strictEqual((yield* sent).length, 2)
    }).pipe(Effect.provide(serving({ [deletes]: [json({ message: "down" }, { status: 500 }), notFound] }))))

  it.effect("succeeds if the retry returns a 404 with a web page", () =>
    Effect.gen(function*() {
      yield* timeLapse(Job.cancel("s1"))
    }).pipe(Effect.provide(serving({ [deletes]: [networkFailure("ECONNRESET"), text("<html>", { status: 404 })] }))))

  it.effect("fails if a retry returns 404 and no earlier attempt can have succeeded", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(timeLapse(Job.cancel("s1")), isApiError)
      assert.deepStrictEqual([error.reason, error.attempts], ["NotFound", 3])
    }).pipe(Effect.provide(serving({
      [deletes]: [
        json({ message: "slow" }, { status: 429 }),
        json({ message: "busy" }, { status: 503, headers: { "retry-after": "1" } }),
        notFound
      ]
    }))))

  it.effect("fails if the first attempt returns 404", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(Job.cancel("s1"), isApiError)
      assert.strictEqual(error.reason, "NotFound")
    }).pipe(Effect.provide(serving({ [deletes]: notFound }))))
})

describe("Job.list", () => {
  const lists = "GET status/"

  it.effect("returns jobs with their status ids", () =>
    Effect.gen(function*() {
      const jobs = yield* Job.list()
      assert.deepStrictEqual(
        jobs.map(({ id, message, resource, status }) => ({ id, message, resource, status })),
        [
          { id: "s1", message: "", resource: undefined, status: "RUNNING" },
          { id: "s2", message: undefined, resource: undefined, status: "odd" }
        ]
      )
      const [, second] = jobs
      yield* Job.cancel(untyped(second)).pipe(Effect.provide(serving({ "DELETE status/s2/": empty() })))
    }).pipe(
      Effect.provide(
        serving({
          [lists]: envelope([{ statusId: "s1", status: "RUNNING", message: "" }, { statusId: "s2", status: "odd" }])
        })
      )
    ))

  it.effect("follows next", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual((yield* Job.list()).map(({ id }) => id), ["s1", "s2"])
      assert.deepStrictEqual(yield* sent, ["GET status/?limit=100", "GET status/?limit=1&offset=1"])
    }).pipe(Effect.provide(serving({
      [lists]: [
        envelope([{ statusId: "s1", status: "RUNNING", message: "" }], "status/?offset=1&limit=1"),
        envelope([{ statusId: "s2", status: "odd" }])
      ]
    }))))

  it.effect("rejects a job without an id", () =>
    unreadable(Job.list(), { [lists]: envelope([{ status: "RUNNING" }]) }, "data[0].statusId is missing"))
})
