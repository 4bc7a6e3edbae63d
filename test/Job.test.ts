import { assert, describe, it } from "@effect/vitest"
import { DataRobotError, Job } from "effect-datarobot"
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
  failsOnFailures,
  finished,
  finishedAt,
  handle,
  notFound,
  type Operation,
  refused,
  repeats,
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
const duration = "must be a duration that is more than zero and finite"

const collect = <A, E, R>(stream: Stream.Stream<A, E, R>) =>
  Effect.map(Stream.runCollect(stream), Chunk.toReadonlyArray)

/** What a stream of states gives until it ends, and how it ends. */
const told = <E, R>(stream: Stream.Stream<Job.JobState, E, R>) =>
  Effect.gen(function*() {
    const states: Array<Job.JobState> = []
    const end = yield* timeLapse(
      Effect.either(Stream.runForEach(stream, (seen) => Effect.sync(() => states.push(seen))))
    )
    return { states, end }
  })

describe("what is sent", () => {
  sends(
    {
      "GET status/:id/": finished,
      "GET status/": envelope([]),
      "DELETE status/:id/": empty()
    },
    {
      await: { operation: Job.await("s1"), line: asks },
      "await of a handle": { operation: Job.await(handle), line: asks },
      "await of the JSON of a handle": { operation: Job.await(JSON.stringify(handle)), line: asks },
      "progress of the JSON of a handle": {
        operation: Stream.runDrain(Job.progress(JSON.stringify(handle))),
        line: asks
      },
      "cancel of the JSON of a handle": { operation: Job.cancel(JSON.stringify(handle)), line: "DELETE status/s1/" },
      "resume of a handle": { operation: Job.resume(handle), line: asks },
      "resume of an id": { operation: Job.resume("s1"), line: asks },
      "await of anything with an id": { operation: Job.await({ id: "s1" }), line: asks },
      progress: { operation: Stream.runDrain(Job.progress("s1")), line: asks },
      resume: { operation: Job.resume(JSON.stringify(handle)), line: asks },
      list: { operation: Job.list(), line: "GET status/" },
      "list of a few": {
        operation: Job.list({ limit: 5, offset: 10 }),
        line: "GET status/",
        query: { limit: "5", offset: "10" }
      },
      cancel: { operation: Job.cancel("s1"), line: "DELETE status/s1/" },
      "cancel of a handle": { operation: Job.cancel(handle), line: "DELETE status/s1/" }
    }
  )
})

describe("what is refused before anything is sent", () => {
  const byRef: Readonly<Record<string, (ref: Job.JobRef) => Operation>> = {
    await: Job.await,
    progress: (ref) => Stream.runDrain(Job.progress(ref)),
    cancel: Job.cancel
  }
  const noJob = "kind must be \"status\": there is no job to ask for"
  for (const [name, operation] of Object.entries(byRef)) {
    for (const bad of ["", "..", "a/b", "a b", "x".repeat(129)]) {
      refused(`${JSON.stringify(bad.slice(0, 10))} as job of ${name} (S-1)`, operation(bad), badId)
    }
    refused(`null as job of ${name} (S-1)`, Effect.suspend(() => operation(untyped(null))), badId)
    refused(`a model deployment as job of ${name}`, operation({ kind: "modelDeployment", id }), noJob)
  }
  refused("the cancelling of what needed no job", Job.cancel({ kind: "done", id }), noJob)
  refused("a wait without time", Job.await("s1", { timeout: 0 }), `timeout ${duration}`)
  refused("an endless pause", Job.await("s1", { interval: Infinity }), `interval ${duration}`)
  refused("a progress without pauses", Stream.runDrain(Job.progress("s1", { interval: 0 })), `interval ${duration}`)
  refused("a resumed wait without time", Job.resume(handle, { timeout: -1 }), `timeout ${duration}`)
  refused("a list of nothing", Job.list({ limit: 0 }), "limit must be a whole number from 1")
  refused("a list by a filter that there is not", Job.list(untyped({ status: "RUNNING" })), "status is not known here")

  describe("as a handle", () => {
    for (const [name, operation] of Object.entries({ ...byRef, resume: (ref: Job.JobRef) => Job.resume(ref) })) {
      const garbage = {
        "a text that is neither id nor JSON": "a stored handle",
        "half of a JSON text": "{\"kind\":\"status\",\"id\":\"s1\"",
        "JSON of a list": "[]",
        "JSON of a record without a kind": JSON.stringify({ id: "s1" }),
        "JSON of a kind that there is not": JSON.stringify({ kind: "job", id: "s1" }),
        "JSON of an id that is no text": JSON.stringify({ kind: "status", id: 1 }),
        "JSON of an id that can't be sent (S-1)": JSON.stringify({ kind: "status", id: "../x" }),
        "JSON of a resource that is none": JSON.stringify({ ...handle, resource: { id } })
      }
      for (const [what, stored] of Object.entries(garbage)) refused(`${what} of ${name}`, operation(stored), badId)
      refused(
        `JSON of a handle of no job of ${name}`,
        operation(JSON.stringify({ kind: "modelDeployment", id })),
        noJob
      )
      refused(`a kind that there is not of ${name}`, operation(untyped({ kind: "job", id: "s1" })), badId)
      refused(
        `an id of a handle that can't be sent of ${name} (S-1)`,
        operation({ kind: "status", id: "../x" }),
        badId
      )
    }
  })
})

describe("the end of a job", () => {
  interface Row {
    readonly answer: MockHttpClient.MockAnswer
    readonly of?: Job.JobRef
    readonly answers: Job.Resource | undefined
  }
  const table: Readonly<Record<string, Row>> = {
    "a 303 tells what it made": { answer: finished, answers: resource },
    "a 303 may have any collection": {
      answer: finishedAt("modelPackages/p1/"),
      answers: { collection: "modelPackages", id: "p1" }
    },
    "a 303 may have a path alone": {
      answer: empty({ status: 303, headers: { location: "/api/v2/deployments/d1/" } }),
      answers: { collection: "deployments", id: "d1" }
    },
    "a 303 without Location tells nothing": { answer: empty({ status: 303 }), answers: undefined },
    "a 303 without Location is of what the handle knows": {
      answer: empty({ status: 303 }),
      of: handle,
      answers: resource
    },
    "a 303 that points elsewhere is of what the handle knows": {
      answer: finishedAt("projects/p1/"),
      of: handle,
      answers: resource
    },
    "a 303 with a Location that can't be read is of what the handle knows": {
      answer: empty({ status: 303, headers: { location: "ftp://dr.example.com/" } }),
      of: handle,
      answers: resource
    },
    "a 303 to another one of these says which one it is": {
      answer: finishedAt("deployments/d2/"),
      of: handle,
      answers: { collection: "deployments", id: "d2" }
    },
    "COMPLETED tells nothing": { answer: state("COMPLETED"), answers: undefined },
    "COMPLETED is of what the handle knows": { answer: state("completed"), of: handle, answers: resource },
    "COMPLETED may be all there is": { answer: json({ status: "Completed" }), answers: undefined }
  }
  for (const [name, { answer, answers, of = "s1" }] of Object.entries(table)) {
    it.effect(name, () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* Job.await(of), answers)
        assert.deepStrictEqual(yield* sent, [asks])
      }).pipe(Effect.provide(serving({ [route]: answer }))))
  }

  it.effect("was before it began where no job was needed", () =>
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
    it.effect(`a 303 to ${bad} can't be read (S-2)`, () =>
      unreadable(
        Job.await("s1"),
        { [route]: empty({ status: 303, headers: { location: bad } }) },
        "Location must be a URL of this API that the SDK knows how to read"
      ))
  }

  it.effect("is told also where what it made can't be", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(Job.await("s1"), isValidationError)
      assert.match(error.message, /knows how to read\. The job itself is done\.$/)
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
    it.effect(`${status} is a failure`, () =>
      Effect.gen(function*() {
        const error = yield* failsWith(Job.await(handle), isJobError)
        assert.strictEqual(error.reason, "Failed")
        assert.strictEqual(error.status, status)
        assert.deepStrictEqual(error.handle, handle)
        assert.strictEqual(
          error.message,
          `Job.await failed: DataRobot's job s1 (deployments/${id}) ended with ${status}: ${told}`
        )
        assert.deepStrictEqual(yield* sent, [asks])
      }).pipe(Effect.provide(serving({ [route]: state(status, { message }) }))))
  }

  it.effect("names no resource where none is known", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(Job.await("s1"), isJobError)
      assert.strictEqual(error.message, "Job.await failed: DataRobot's job s1 ended with ERROR: Out of memory")
    }).pipe(Effect.provide(serving({ [route]: state("ERROR", { message: "Out of memory" }) }))))

  for (const word of ["REPLICATING", "", "UNCOMPLETED", "NO ERROR", "PENDING"]) {
    it.effect(`${JSON.stringify(word)} is not the end`, () =>
      Effect.gen(function*() {
        yield* timeLapse(Job.await("s1"))
        assert.strictEqual((yield* sent).length, 3)
      }).pipe(Effect.provide(serving({ [route]: [state(word), state(word), finished] }))))
  }

  it.effect("is there though its times and texts are null, or can't be read", () =>
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

  it.effect("is not asked for without a pause, whatever the server says of one", () =>
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
    it.effect(`with ${JSON.stringify(wait)}, it is asked for again after ${pause} ms when the server says ${asked} s`, () =>
      Effect.gen(function*() {
        const running = { headers: { "retry-after": asked }, body: JSON.stringify({ status: "RUNNING" }) }
        const { attempts, layer } = script(running, { body: JSON.stringify({ status: "COMPLETED" }) })
        yield* timeLapse(Job.await("s1", wait)).pipe(
          Effect.provide(Layer.merge(layer, connection())),
          // the least that chance makes of a pause
          Effect.withRandom(Random.fixed([0]))
        )
        const [first, second] = attempts.map(({ at }) => at)
        assert.strictEqual((second ?? 0) - (first ?? 0), pause)
      }))
  }

  it.effect("is not asked for with a time for the request that can't work", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(Job.await("s1", {}, { timeout: -1 }), isValidationError)
      assert.deepStrictEqual(error.issues.map(({ path }) => path), ["timeout"])
      assert.deepStrictEqual(yield* sent, [])
    }).pipe(Effect.provide(serving({ [route]: finished }))))

  it.effect("can't hold up the wait by never answering", () =>
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
      // the last look has a second of its own
      assert.strictEqual(at - begun, 11_000)
    }))

  it.effect("may take its time where there is some, but no longer than a request may", () =>
    Effect.gen(function*() {
      const { layer } = script("stall")
      const begun = yield* Clock.currentTimeMillis
      const wait = Job.await("s1", {}, { timeout: "2 seconds" }).pipe(
        Effect.either,
        Effect.zip(Clock.currentTimeMillis),
        Effect.provide(Layer.merge(layer, connection()))
      )
      const [ended, at] = yield* timeLapse(wait)
      // five looks of two seconds that fail, and the pauses between them
      assert.strictEqual(endOf(ended), "DataRobotNetworkError Timeout unknown")
      assert.isTrue(at - begun > 10_000 && at - begun < 30_000)
    }))

  it.effect("needs a status", () =>
    unreadable(Job.await("s1"), { [route]: json({ message: "RUNNING" }) }, "status is missing"))

  it.effect("can't be told from an empty answer, or a web page", () =>
    Effect.all([
      unreadable(Job.await("s1"), { [route]: empty({ status: 200 }) }, "the body is empty"),
      unreadable(
        Job.await("s1"),
        { [route]: text("<html>") },
        "the body is a web page, not JSON (a login page, a proxy, or an endpoint without /api/v2?)"
      )
    ]))

  it.effect("can't be told from an answer of more than 64 KiB (S-5)", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(Job.await("s1"), DataRobotError.isNetworkError)
      assert.strictEqual(error.reason, "BodyTooLarge")
    }).pipe(Effect.provide(serving({ [route]: state("COMPLETED", { message: "x".repeat(65_536) }) }))))
})

describe("a job that is not there", () => {
  it.effect("may come to be known", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* timeLapse(Job.await("s1")), resource)
      assert.strictEqual((yield* sent).length, 5)
    }).pipe(Effect.provide(serving({ [route]: [notFound, notFound, notFound, state("RUNNING"), finished] }))))

  it.effect("is lost ten seconds after it was asked for first, and not sooner", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(timeLapse(Job.await("s1", { interval: "10 seconds" })), isJobError)
      assert.strictEqual(error.reason, "Lost")
      assert.strictEqual(error.attempts, 3)
    }).pipe(Effect.provide(serving({ [route]: notFound }))))

  it.effect("is lost when it is never known", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(timeLapse(Job.await(handle)), isJobError)
      assert.strictEqual(error.reason, "Lost")
      assert.strictEqual(error.attempts, 4)
      assert.deepStrictEqual(error.handle, handle)
      assert.notProperty(error, "status")
      assert.strictEqual(
        error.message,
        "Job.await failed: DataRobot does not know the job s1 any more. Look at what it was to make."
      )
    }).pipe(Effect.provide(serving({ [route]: notFound }))))
})

describe("failures on the way", () => {
  const down = json({ message: "down" }, { status: 500 })

  it.effect("four in a row are waited out, each sent once, and any answer ends the row (J-1)", () =>
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
      assert.include(error.message, "The job goes on in DataRobot; Job.await waits for it again (status id s1).")
      assert.strictEqual((yield* sent).length, 5)
    }).pipe(Effect.provide(serving({ [route]: down }))))

  for (const status of [401, 403, 409, 410]) {
    it.effect(`a ${status} ends it at once`, () =>
      Effect.gen(function*() {
        const error = yield* failsWith(timeLapse(Job.await("s1")), isApiError)
        assert.strictEqual(error.status, status)
        assert.strictEqual((yield* sent).length, 1)
      }).pipe(Effect.provide(serving({ [route]: json({ message: "No" }, { status }) }))))
  }

  it.effect("a 429 is asked again when it says, and not sooner", () =>
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

describe("the deadline", () => {
  it.effect("tells the state that was seen, and the handle goes on from there in another process (J-2)", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(
        timeLapse(Job.await(handle, { timeout: "25 seconds", interval: "10 seconds" })),
        isJobError
      )
      assert.strictEqual(error.reason, "Deadline")
      assert.strictEqual(error.status, "INITIALIZED")
      assert.strictEqual(
        error.message,
        "Job.await failed: the job is still INITIALIZED after 4 questions. " +
          "The job goes on in DataRobot; Job.await waits for it again (status id s1)."
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

  it.effect("is ten minutes away unless it is said otherwise", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(Effect.flip(Job.await("s1", { interval: "5 minutes" })))
      yield* TestClock.adjust("599 seconds")
      assert.strictEqual((yield* sent).length, 2)
      yield* TestClock.adjust("1 seconds")
      assert.strictEqual((yield* Fiber.join(fiber))._tag, "DataRobotJobError")
      assert.strictEqual((yield* sent).length, 3)
    }).pipe(Effect.provide(serving({ [route]: state("RUNNING") }))))

  it.effect("is that of resume too, and names it", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(
        timeLapse(Job.resume(handle, { timeout: "25 seconds", interval: "10 seconds" })),
        isJobError
      )
      assert.strictEqual(error.operation, "Job.resume")
    }).pipe(Effect.provide(serving({ [route]: state("RUNNING") }))))
})

describe("progress", () => {
  it.effect("gives each state once, and at last COMPLETED with what the job made", () =>
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

  it.effect("tells what a job says of itself", () =>
    Effect.gen(function*() {
      const { states } = yield* told(Job.progress(handle))
      const [running, completed] = states
      // Boundary: optional values, which the sample has.
      assert.strictEqual(DateTime.formatIso(running?.created as DateTime.Utc), "2020-01-01T00:00:00.000Z")
      assert.strictEqual(running?.description, "Deployment creation")
      assert.strictEqual(running?.code, 0)
      assert.strictEqual(running?.resource, undefined)
      assert.strictEqual(completed?.status, "COMPLETED")
      assert.strictEqual(completed?.message, "Done")
      assert.deepStrictEqual(completed?.resource, resource)
    }).pipe(Effect.provide(serving({ [route]: [state("RUNNING"), state("completed", { message: "Done" })] }))))

  it.effect("says nothing of failures and missing answers on the way", () =>
    Effect.gen(function*() {
      const { states } = yield* told(Job.progress("s1"))
      assert.deepStrictEqual(states.map(({ status }) => status), ["RUNNING", "COMPLETED"])
    }).pipe(Effect.provide(serving({
      [route]: [notFound, state("RUNNING"), networkFailure("ECONNRESET"), state("RUNNING"), finished]
    }))))

  it.effect("asks only when the next state is asked for", () =>
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

  it.effect("can be run twice, and asks anew", () =>
    Effect.gen(function*() {
      const progress = Job.progress("s1")
      yield* told(progress)
      const { states } = yield* told(progress)
      assert.deepStrictEqual(states.map(({ status }) => status), ["RUNNING", "COMPLETED"])
    }).pipe(Effect.provide(serving({ [route]: [state("INITIALIZED"), finished, state("RUNNING"), finished] }))))

  it.effect("ends as await does, after what it has told", () =>
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

  it.effect("leaves the job alone when nobody listens any more (J-2)", () =>
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

describe("an interrupted wait", () => {
  it.effect("asks no more, and cancels nothing (J-2)", () =>
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

describe("cancel", () => {
  const deletes = "DELETE status/:id/"

  it.effect("is a success when a repeat finds nothing, since the lost answer was a success", () =>
    Effect.gen(function*() {
      yield* timeLapse(Job.cancel("s1"))
      assert.strictEqual((yield* sent).length, 2)
    }).pipe(Effect.provide(serving({ [deletes]: [json({ message: "down" }, { status: 500 }), notFound] }))))

  it.effect("is a success also when the repeat finds a web page that says so", () =>
    Effect.gen(function*() {
      yield* timeLapse(Job.cancel("s1"))
    }).pipe(Effect.provide(serving({ [deletes]: [networkFailure("ECONNRESET"), text("<html>", { status: 404 })] }))))

  it.effect("fails when a repeat finds nothing, but the attempt before surely did not take place", () =>
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

  it.effect("fails when there was nothing in the first place", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(Job.cancel("s1"), isApiError)
      assert.strictEqual(error.reason, "NotFound")
    }).pipe(Effect.provide(serving({ [deletes]: notFound }))))
})

describe("list", () => {
  const lists = "GET status/"

  it.effect("tells the jobs by their status ids", () =>
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
      assert.deepStrictEqual(yield* sent, ["GET status/", "GET status/?offset=1&limit=1"])
    }).pipe(Effect.provide(serving({
      [lists]: [
        envelope([{ statusId: "s1", status: "RUNNING", message: "" }], "status/?offset=1&limit=1"),
        envelope([{ statusId: "s2", status: "odd" }])
      ]
    }))))

  it.effect("needs the ids", () =>
    unreadable(Job.list(), { [lists]: envelope([{ status: "RUNNING" }]) }, "data[0].statusId is missing"))
})

failsOnFailures({
  list: [Job.list(), "GET status/"],
  cancel: [Job.cancel("s1"), "DELETE status/:id/"]
})

repeats("safe", {
  list: Job.list(),
  cancel: Job.cancel("s1")
})
