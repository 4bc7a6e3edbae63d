/** The times of batch predictions, in virtual time. The faults on sockets: test/wire/batch. */
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { assert, describe, it } from "@effect/vitest"
import { BatchPrediction, type DataRobot, DataRobotError, Deployment, Job } from "effect-datarobot"
import * as Cause from "effect/Cause"
import * as Chunk from "effect/Chunk"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import { connection, endpoint, failsWith, id, logged } from "./support.js"

const jobId = "5b00000000000000000000e1"
const csv = Stream.make(new TextEncoder().encode("age\n31\n"))
const rows = "churned_PREDICTION\n0.25\n"

interface State {
  status: string
  isReady: boolean
}

/** A request: its method and the end of its path, such as `GET download/`. */
type Responses = Readonly<Record<string, (state: State, times: number) => Effect.Effect<Response>>>

const reply = (status: number, body?: unknown, headers: Readonly<Record<string, string>> = {}) =>
  Effect.sync(() => new Response(body === undefined ? null : JSON.stringify(body), { status, headers }))

const jobOf = ({ isReady, status }: State) => ({
  id: jobId,
  status,
  statusDetails: `It is ${status}`,
  logs: ["created"],
  jobSpec: { intakeSettings: { type: "localFile" } },
  links: isReady ? { download: `${endpoint}/batchPredictions/${jobId}/download/` } : {}
})

const createJob = (state: State) => reply(202, jobOf(state), { location: `${endpoint}/batchPredictions/${jobId}/` })

const honest: Responses = {
  "POST": createJob,
  "GET": (state) => reply(200, jobOf(state)),
  "PUT csvUpload/": (state) =>
    Effect.suspend(() => {
      state.status = "RUNNING"
      state.isReady = true
      return reply(202)
    }),
  "GET download/": (state) =>
    Effect.sync(() => {
      state.status = "COMPLETED"
      return new Response(rows, { headers: { "content-type": "text/csv" } })
    }),
  "DELETE": (state) =>
    Effect.suspend(() => {
      state.status = "ABORTED"
      return reply(202)
    })
}

/** A server with one job in virtual time, and the times of the requests in seconds. */
const server = (responses: Responses = {}) => {
  const state: State = { status: "INITIALIZING", isReady: false }
  const requests: Array<string> = []
  const at: Array<readonly [name: string, seconds: number]> = []
  const table: Responses = { ...honest, ...responses }
  const client = HttpClient.make((request, url) =>
    Effect.gen(function*() {
      const end = url.pathname.split("/").slice(5).join("/")
      const name = `${request.method} ${end}`.trim()
      at.push([name, (yield* Clock.currentTimeMillis) / 1000])
      requests.push(name)
      // As an HTTP client does, read the request to its end.
      if (request.body._tag === "Stream") yield* Effect.ignore(Stream.runDrain(request.body.stream))
      const times = requests.filter((one) => one === name).length - 1
      const response = yield* (table[name] ?? (() => reply(404, { message: "Not found" })))(state, times)
      return HttpClientResponse.fromWeb(request, response)
    })
  )
  const layer = Layer.merge(Layer.succeed(HttpClient.HttpClient, client), connection())
  const count = (name: string) => requests.filter((one) => one === name).length
  const timesOf = (name: string) => at.filter(([one]) => one === name).map(([, seconds]) => seconds)
  return { state, requests, layer, count, timesOf }
}

const text = (
  stream: Stream.Stream<Uint8Array, DataRobotError.DataRobotError, DataRobot | HttpClient.HttpClient>
) => Stream.runFold(stream, "", (all, bytes) => all + new TextDecoder().decode(bytes))

const score = (options: BatchPrediction.ScoreOptions = {}, source: BatchPrediction.Csv<never, never> = csv) =>
  text(BatchPrediction.score(id, source, options))

describe("BatchPrediction.score in virtual time", () => {
  it.effect("a job that is queued for half an hour is waited for, unless the caller sets a limit of time", () =>
    Effect.gen(function*() {
      const { count, layer, state } = server({ "PUT csvUpload/": () => reply(202) })
      const fiber = yield* Effect.fork(Effect.provide(score(), layer))
      yield* TestClock.adjust("30 minutes")
      assert.isTrue(Option.isNone(yield* Fiber.poll(fiber)))
      assert.isAbove(count("GET"), 150)
      state.status = "RUNNING"
      state.isReady = true
      yield* TestClock.adjust("15 seconds")
      assert.strictEqual(yield* Fiber.join(fiber), rows)
      assert.strictEqual(count("DELETE"), 0)
    }))

  it.effect("J-3: a job that is queued for longer than wait.timeout is cancelled, and the error says so", () =>
    Effect.gen(function*() {
      const { count, layer, timesOf } = server({ "PUT csvUpload/": () => reply(202) })
      const fiber = yield* Effect.fork(
        failsWith(score({ wait: { timeout: "5 minutes" } }), DataRobotError.isJobError).pipe(Effect.provide(layer))
      )
      yield* TestClock.adjust("6 minutes")
      const error = yield* Fiber.join(fiber)
      assert.strictEqual(error.reason, "Deadline")
      assert.include(error.message, "The job is cancelled.")
      assert.strictEqual(count("DELETE"), 1)
      assert.closeTo(timesOf("DELETE")[0] ?? 0, 300, 1)
    }))

  it.effect("wait.timeout also ends the wait for results that are not found, and for nothing else", () =>
    Effect.gen(function*() {
      const clock = yield* Effect.clock
      const never = server({ "GET download/": () => reply(404, { message: "Not yet" }) })
      const wait = { timeout: "1 minutes" } as const
      const waiting = yield* Effect.fork(
        failsWith(score({ wait }), DataRobotError.isJobError).pipe(Effect.provide(never.layer))
      )
      yield* TestClock.adjust("2 minutes")
      const error = yield* Fiber.join(waiting)
      assert.strictEqual(error.reason, "Deadline")
      assert.closeTo(never.timesOf("DELETE")[0] ?? 0, 60, 1)

      const slow = server({
        "GET download/": (state) =>
          Effect.sync(() => {
            const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
              await Effect.runPromise(clock.sleep(Duration.minutes(10)))
              controller.enqueue(new TextEncoder().encode(rows))
              state.status = "COMPLETED"
              controller.close()
            }
            return new Response(new ReadableStream({ pull }), { headers: { "content-type": "text/csv" } })
          })
      })
      const reading = yield* Effect.fork(Effect.provide(score({ wait }), slow.layer))
      yield* TestClock.adjust("11 minutes")
      assert.strictEqual(yield* Fiber.join(reading), rows)
    }))

  it.effect("an outage of the API of five minutes does not end a transfer", () =>
    Effect.gen(function*() {
      const finish = yield* Effect.makeLatch()
      const clock = yield* Effect.clock
      const { count, layer } = server({
        "GET": (state) =>
          Effect.suspend(() => {
            const now = clock.unsafeCurrentTimeMillis()
            return now > 5_000 && now < 300_000 ? reply(503, { message: "Down" }) : reply(200, jobOf(state))
          }),
        "PUT csvUpload/": (state) =>
          Effect.suspend(() => {
            state.status = "RUNNING"
            state.isReady = true
            return finish.await.pipe(Effect.zipRight(reply(202)))
          }),
        "GET download/": (state) =>
          Effect.sync(() => {
            const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
              await Effect.runPromise(finish.await)
              controller.enqueue(new TextEncoder().encode(rows))
              state.status = "COMPLETED"
              controller.close()
            }
            return new Response(new ReadableStream({ pull }), { headers: { "content-type": "text/csv" } })
          })
      })
      const fiber = yield* Effect.fork(Effect.provide(score(), layer))
      yield* TestClock.adjust("6 minutes")
      assert.isTrue(Option.isNone(yield* Fiber.poll(fiber)))
      yield* finish.open
      yield* TestClock.adjust("1 minutes")
      assert.strictEqual(yield* Fiber.join(fiber), rows)
      assert.deepStrictEqual([count("POST"), count("DELETE")], [1, 0])
    }))

  it.effect("J-3: the request that cancels the job takes at most 10 seconds, also in an uninterruptible region", () =>
    Effect.gen(function*() {
      const { layer: logging, lines } = logged()
      const { count, layer } = server({
        "PUT csvUpload/": () => reply(406, { message: "No" }),
        "DELETE": () => Effect.never
      })
      const fiber = yield* Effect.fork(
        Effect.uninterruptible(score()).pipe(Effect.provide(Layer.merge(layer, logging)))
      )
      yield* TestClock.adjust("9 seconds")
      assert.isTrue(Option.isNone(yield* Fiber.poll(fiber)))
      yield* TestClock.adjust("1 seconds")
      const exit = yield* Fiber.await(fiber)
      assert.isTrue(Exit.isFailure(exit))
      assert.isAtLeast(count("DELETE"), 1)
      assert.isTrue(lines.some(({ level, message }) => level === "WARN" && message.includes(jobId)))
    }))

  it.effect("J-3: an interrupted caller waits at most 5 seconds for the job that is being created", () =>
    Effect.gen(function*() {
      const { layer, requests } = server({ "POST": () => Effect.never })
      const fiber = yield* Effect.fork(Effect.provide(score(), layer))
      yield* TestClock.adjust("1 seconds")
      yield* Fiber.interruptFork(fiber)
      yield* TestClock.adjust("4900 millis")
      assert.isTrue(Option.isNone(yield* Fiber.poll(fiber)))
      yield* TestClock.adjust("100 millis")
      assert.isTrue(Exit.isInterrupted(yield* Fiber.await(fiber)))
      assert.deepStrictEqual(requests, ["POST"])
    }))

  it.effect("J-3: a job that is created 4 seconds after the interruption is cancelled", () =>
    Effect.gen(function*() {
      const { layer, requests } = server({
        "POST": (state) => Effect.delay(createJob(state), 5_000)
      })
      const fiber = yield* Effect.fork(Effect.provide(score(), layer))
      yield* TestClock.adjust("1 seconds")
      yield* Fiber.interruptFork(fiber)
      yield* TestClock.adjust("5 seconds")
      assert.isTrue(Exit.isInterrupted(yield* Fiber.await(fiber)))
      assert.deepStrictEqual(requests, ["POST", "DELETE"])
    }))

  it.effect("a job that completes, but whose upload has no response, is an error after the limit of the transfer", () =>
    Effect.gen(function*() {
      const { layer } = server({
        "PUT csvUpload/": (state) =>
          Effect.suspend(() => {
            state.status = "RUNNING"
            state.isReady = true
            return Effect.never
          })
      })
      const fiber = yield* Effect.fork(failsWith(score(), DataRobotError.isNetworkError).pipe(Effect.provide(layer)))
      yield* TestClock.adjust("659 seconds")
      assert.isTrue(Option.isNone(yield* Fiber.poll(fiber)))
      yield* TestClock.adjust("30 seconds")
      assert.strictEqual((yield* Fiber.join(fiber)).reason, "Timeout")
    }))
})

describe("the limits of the requests of BatchPrediction.score", () => {
  it.effect("a source that is slow for half an hour ends nothing", () =>
    Effect.gen(function*() {
      const { count, layer } = server()
      const slow = Stream.concat(
        csv,
        Stream.fromEffect(Effect.delay(Effect.succeed(new Uint8Array([52, 10])), "30 minutes"))
      )
      const fiber = yield* Effect.fork(
        Effect.provide(score({ timeout: "20 seconds", attemptTimeout: "5 seconds" }, slow), layer)
      )
      yield* TestClock.adjust("31 minutes")
      assert.strictEqual(yield* Fiber.join(fiber), rows)
      assert.strictEqual(count("PUT csvUpload/"), 1)
    }))
})

describe("the handle of a batch prediction", () => {
  const deadline = (wait: BatchPrediction.WaitOptions) =>
    Effect.gen(function*() {
      const { layer, state } = server()
      const fiber = yield* Effect.fork(
        failsWith(BatchPrediction.await(jobId, wait), DataRobotError.isJobError).pipe(Effect.provide(layer))
      )
      yield* TestClock.adjust("1 hours")
      return { error: yield* Fiber.join(fiber), layer, state }
    })

  it.effect("of a deadline error survives JSON, and continues in another process", () =>
    Effect.gen(function*() {
      const { error, layer, state } = yield* deadline({ timeout: "30 seconds" })
      assert.strictEqual(error.reason, "Deadline")
      assert.deepStrictEqual(error.handle, { kind: "batchPrediction", id: jobId })
      const stored = JSON.stringify(error.handle)
      const parsed: unknown = JSON.parse(stored)
      const handle = Schema.decodeUnknownSync(BatchPrediction.Handle)(parsed)
      state.status = "COMPLETED"
      for (const ref of [stored, handle, jobId, { id: jobId }, JSON.stringify({ id: jobId, status: "RUNNING" })]) {
        const job = yield* Effect.provide(BatchPrediction.await(ref), layer)
        assert.strictEqual(job.status, "COMPLETED")
        const states = yield* Effect.provide(Stream.runCollect(BatchPrediction.progress(ref)), layer)
        assert.strictEqual(Chunk.size(states), 1)
      }
    }))

  it.effect("of a whole job as JSON continues too", () =>
    Effect.gen(function*() {
      const { layer } = server()
      const job = yield* Effect.provide(BatchPrediction.create({ deploymentId: id }), layer)
      const fiber = yield* Effect.fork(
        Effect.provide(BatchPrediction.upload(JSON.stringify(job), "age\n31\n"), layer)
      )
      yield* Fiber.join(fiber)
      const stored: unknown = JSON.parse(JSON.stringify(job))
      assert.deepStrictEqual(stored, { ...job })
    }))

  const refusing = {
    "Job.await": (handle: BatchPrediction.Handle) => Job.await(handle),
    "Job.progress": (handle: BatchPrediction.Handle) => Stream.runDrain(Job.progress(handle)),
    "Job.resume": (handle: BatchPrediction.Handle) => Job.resume(handle),
    "Job.cancel": (handle: BatchPrediction.Handle) => Job.cancel(handle),
    "Deployment.resume": (handle: BatchPrediction.Handle) => Deployment.resume(handle)
  }
  for (const [name, call] of Object.entries(refusing)) {
    it.effect(`is refused by ${name}, which names BatchPrediction.await`, () =>
      Effect.gen(function*() {
        const { layer, requests } = server()
        for (const handle of [{ kind: "batchPrediction", id: jobId } as const]) {
          const error = yield* failsWith(Effect.provide(call(handle), layer), DataRobotError.isValidationError)
          assert.strictEqual(error.phase, "request")
          assert.include(error.message, "BatchPrediction.await")
        }
        assert.deepStrictEqual(requests, [])
      }))
  }

  const strangers: ReadonlyArray<unknown> = [
    { kind: "status", id: jobId },
    { kind: "done", id: jobId },
    JSON.stringify({ kind: "status", id: jobId }),
    { kind: "batchPrediction", id: "../deployments/1" },
    { id: "" },
    "{",
    "",
    null
  ]
  for (const ref of strangers) {
    it.effect(`BatchPrediction.await refuses ${JSON.stringify(ref)} without a request`, () =>
      Effect.gen(function*() {
        const { layer, requests } = server()
        // Boundary: JavaScript can pass anything.
        const call = BatchPrediction.await(ref as BatchPrediction.BatchRef)
        const error = yield* failsWith(Effect.provide(call, layer), DataRobotError.isValidationError)
        assert.strictEqual(error.phase, "request")
        assert.deepStrictEqual(requests, [])
      }))
  }
})

describe("BatchPrediction.progress", () => {
  it.effect("emits one state per change, and ends with the complete job", () =>
    Effect.gen(function*() {
      const states = [
        { status: "INITIALIZING", queuePosition: 2 },
        { status: "INITIALIZING", queuePosition: 2 },
        { status: "INITIALIZING", queuePosition: 1 },
        { status: "RUNNING", scoredRows: 10 },
        { status: "RUNNING", scoredRows: 10 },
        { status: "COMPLETED", scoredRows: 20 }
      ]
      const { layer } = server({ "GET": (state, times) => reply(200, { ...jobOf(state), ...states[times] }) })
      const fiber = yield* Effect.fork(
        Effect.provide(Stream.runCollect(BatchPrediction.progress(jobId)), layer)
      )
      yield* TestClock.adjust("5 minutes")
      const seen = Chunk.toReadonlyArray(yield* Fiber.join(fiber))
      assert.deepStrictEqual(
        seen.map(({ queuePosition, scoredRows, status }) => [status, queuePosition ?? scoredRows]),
        [
          ["INITIALIZING", 2],
          ["INITIALIZING", 1],
          ["RUNNING", 10],
          ["COMPLETED", 20]
        ]
      )
    }))

  it.effect("fails with the details and the log of a job that is aborted, after the states before it", () =>
    Effect.gen(function*() {
      const { count, layer } = server({
        "GET": (state, times) => reply(200, jobOf({ ...state, status: times < 2 ? "RUNNING" : "ABORTED" }))
      })
      const seen: Array<string> = []
      const following = Stream.runForEach(
        BatchPrediction.progress(jobId),
        ({ status }) => Effect.sync(() => seen.push(status))
      )
      const fiber = yield* Effect.fork(failsWith(Effect.provide(following, layer), DataRobotError.isJobError))
      yield* TestClock.adjust("5 minutes")
      const error = yield* Fiber.join(fiber)
      assert.deepStrictEqual(seen, ["RUNNING"])
      assert.deepInclude(error, {
        reason: "Failed",
        status: "ABORTED",
        statusDetails: "It is ABORTED",
        logs: ["created"]
      })
      assert.strictEqual(count("DELETE"), 0)
    }))

  it.effect("J-2: an interruption leaves the job alone", () =>
    Effect.gen(function*() {
      const { count, layer } = server()
      const fiber = yield* Effect.fork(Effect.provide(BatchPrediction.await(jobId), layer))
      yield* TestClock.adjust("1 minutes")
      const exit = yield* Fiber.interrupt(fiber)
      assert.isTrue(Exit.isFailure(exit) && Cause.isInterruptedOnly(exit.cause))
      assert.strictEqual(count("DELETE"), 0)
    }))
})
