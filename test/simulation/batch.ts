/**
 * A simulated world of callers that score CSV with batch predictions, a network that loses requests and cuts bodies, and
 * an emulator with faults, in virtual time. One seed decides everything.
 */
import * as HttpBody from "@effect/platform/HttpBody"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { BatchPrediction, DataRobot, DataRobotError } from "effect-datarobot"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Random from "effect/Random"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as Supervisor from "effect/Supervisor"
import { make as makeEmulator } from "../../src/emulator/Emulator.js"
import type { Fault } from "../../src/emulator/index.js"
import { inProcess } from "../../src/emulator/server/inProcess.js"
import { endOf } from "../support.js"
import * as Chance from "./chance.js"
import * as VirtualClock from "./VirtualClock.js"

/** What can happen to a request. */
export const fates = [
  "answered",
  "refused",
  "resetBefore",
  "resetAfter",
  "gateway",
  "throttled",
  "silent",
  "cutUpload",
  "cutDownload"
] as const
type Fate = typeof fates[number]

type Kind = "create" | "get" | "cancel" | "upload" | "part" | "finish" | "download"

/** A request that was sent. */
interface Sent {
  readonly call: string
  readonly kind: Kind
  /** The id of the job in the path. */
  readonly job: string
  readonly at: number
  readonly fate: Fate
  /** The status with which the emulator has executed the request. */
  status: number | undefined
  /** Whether the client received a response of the emulator. */
  isReceived: boolean
}

/** A call that has ended. */
interface Made {
  readonly call: string
  readonly exit: Exit.Exit<unknown, unknown>
  readonly rowCount: number
  readonly received: string
  readonly isInterrupted: boolean
  /** Whether the consumer reads to the end. */
  readonly isWhole: boolean
  readonly sourceFails: boolean
  readonly hasLimit: boolean
}

export interface Simulated {
  readonly problems: ReadonlyArray<string>
  readonly trace: ReadonlyArray<string>
  readonly ends: ReadonlyArray<string>
  readonly fates: ReadonlyArray<Fate>
}

const start = Date.UTC(2030, 0, 1)
const hour = 3_600_000
const origin = "http://localhost:8080"
const token = "t0ken-of-the-simulation"
const column = "row_number"

const kindOf = (method: string, path: string): Kind => {
  if (path.includes("/part/")) return "part"
  if (path.endsWith("/csvUpload/")) return "upload"
  if (path.endsWith("/finalizeMultipart/")) return "finish"
  if (path.endsWith("/download/")) return "download"
  return method === "POST" ? "create" : method === "DELETE" ? "cancel" : "get"
}

const coded = (code: string, syscall: string) => Object.assign(new Error(`${syscall} ${code}`), { code, syscall })

/** Lets a number of bytes through, and then fails. */
const cut = <E>(stream: Stream.Stream<Uint8Array, E>, size: number, error: E): Stream.Stream<Uint8Array, E> =>
  Stream.suspend(() => {
    let left = size
    return Stream.mapEffect(stream, (bytes) => {
      left -= bytes.length
      return left < 0 ? Effect.fail(error) : Effect.succeed(bytes)
    })
  })

/** The rows of results: the numbers in the passthrough column. A last line that is not complete does not count. */
const numbersOf = (csv: string): ReadonlyArray<number> => {
  const [header = "", ...lines] = csv.split("\n")
  const index = header.split(",").indexOf(column)
  return lines.slice(0, -1).map((line) => Number(line.split(",")[index]))
}

/** Runs the world of a seed to its end. */
export const simulateBatch = async (seed: number): Promise<Simulated> => {
  const chance = Chance.make(seed, 0)
  const clock = VirtualClock.make(start, Chance.make(seed, 1).draw)
  const trace: Array<string> = []
  const log = (line: string) => trace.push(`${String(clock.unsafeCurrentTimeMillis() - start).padStart(8)} ${line}`)
  const sent: Array<Sent> = []
  const made: Array<Made> = []
  /** The call that created each job. */
  const callOf = new Map<string, string>()
  const problems: Array<string> = []
  const supervisor = Effect.runSync(Supervisor.track)
  const scope = Effect.runSync(Scope.make())
  let busy = 0
  let travelling = 0

  const surroundings = <A, E>(effect: Effect.Effect<A, E>) =>
    effect.pipe(
      Effect.provide(Logger.remove(Logger.defaultLogger)),
      Effect.withClock(clock),
      Effect.withRandom(Random.make(seed))
    )

  const fault = { fault: "batch", chance: 0.4 } as const
  const faults: ReadonlyArray<Fault> = [
    ...(chance.happens(0.3) ? [{ ...fault, ends: chance.oneOf(["failed", "aborted"] as const), rows: 50 }] : []),
    ...(chance.happens(0.15) ? [{ ...fault, ends: "never" as const }] : [])
  ]
  const { app, world } = await Effect.runPromise(surroundings(makeEmulator({
    seed,
    token,
    deployments: [{ id: "d0" }],
    batchDelay: chance.oneOf([0, 1_000, 300_000]),
    ...(chance.happens(0.6) ? { batchSpeed: chance.oneOf([1, 20, 500]) } : {}),
    faults
  }, origin)))
  const server = inProcess(app)

  const badShare = chance.oneOf([0, 0, 0.05, 0.2])
  const bad = fates.filter((fate) => fate !== "answered" && !fate.startsWith("cut") && chance.happens(0.6))
  const weights = Object.fromEntries(bad.map((fate) => [fate, badShare / bad.length]))
  const way = chance.oneOf([1, 200, 1_500])
  const net = Chance.make(seed, 2)
  const isClear = badShare === 0 || bad.length === 0

  const travel = Effect.suspend(() => {
    travelling++
    return Effect.ensuring(Effect.sleep(net.between(0, way)), Effect.sync(() => travelling--))
  })

  const client = HttpClient.make((request, url) =>
    Effect.gen(function*() {
      const kind = kindOf(request.method, url.pathname)
      const drawn = net.weighted<string>({ ...weights, answered: isClear ? 1 : 1 - badShare })
      const cuts = kind === "upload" ? "cutUpload" : kind === "download" ? "cutDownload" : undefined
      // Boundary: the weights are those of fates.
      const fate = cuts !== undefined && !isClear && net.happens(0.15) ? cuts : drawn as Fate
      const one: Sent = {
        call: request.headers["x-call"] ?? "nobody",
        kind,
        job: url.pathname.split("/")[4] ?? "",
        at: clock.unsafeCurrentTimeMillis(),
        fate,
        status: undefined,
        isReceived: false
      }
      sent.push(one)
      log(`  ${one.call} sends ${kind} ${one.job}: ${fate}`)
      const fails = (code: string, syscall: string) =>
        Effect.fail(new HttpClientError.RequestError({ request, reason: "Transport", cause: coded(code, syscall) }))
      const gateway = (status: number, headers: Record<string, string> = {}) =>
        HttpClientResponse.fromWeb(request, new Response("<h1>Gateway</h1>", { status, headers }))
      yield* travel
      if (fate === "refused") return yield* fails("ECONNREFUSED", "connect")
      if (fate === "resetBefore") return yield* fails("ECONNRESET", "read")
      if (fate === "gateway") return gateway(net.oneOf([500, 502, 503]))
      if (fate === "throttled") return gateway(429, { "retry-after": "2" })
      if (fate === "silent") return yield* Effect.never

      const isTransfer = kind === "upload" || kind === "download"
      const body = request.body
      const outgoing = fate === "cutUpload" && body._tag === "Stream"
        ? HttpClientRequest.setBody(
          request,
          HttpBody.stream(cut(body.stream, net.between(1, 60_000), coded("ECONNRESET", "write")), "text/csv")
        )
        // A copy of the request, so that it does not end with the client's request.
        : HttpClientRequest.setHeaders(request, {})
      const executed = Effect.tap(server.execute(outgoing), ({ status }) =>
        Effect.sync(() => {
          one.status = status
          log(`    ${one.call} ${kind} ${one.job} is executed: ${status}`)
        }))
      /** Executes a short request while no time passes, also if its client no longer waits. */
      const atOnce = Effect.flatMap(executed, (response) =>
        Effect.map(response.text, (text) => {
          if (kind === "create" && response.status === 202) callOf.set(String(JSON.parse(text).id), one.call)
          return HttpClientResponse.fromWeb(
            request,
            new Response(text, { status: response.status, headers: { ...response.headers } })
          )
        })).pipe(
          (work) => Effect.acquireUseRelease(Effect.sync(() => busy++), () => work, () => Effect.sync(() => busy--)),
          Effect.uninterruptible
        )
      const arrived = isTransfer
        ? executed
        : Effect.flatMap(Effect.forkIn(Effect.withClock(atOnce, clock), scope), Fiber.join)
      const response = yield* arrived
      if (!isTransfer) yield* travel
      if (fate === "resetAfter") return yield* fails("ECONNRESET", "read")
      one.isReceived = true
      if (fate !== "cutDownload") return response
      const breaks = new HttpClientError.ResponseError({
        request,
        response,
        reason: "Decode",
        cause: coded("ECONNRESET", "read")
      })
      // Boundary: the type of the platform's response.
      return Object.create(response, {
        stream: { value: cut(response.stream, net.between(0, 20_000), breaks) }
      }) as HttpClientResponse.HttpClientResponse
    })
  )

  const caller = (number: number) =>
    Effect.gen(function*() {
      const own = Chance.make(seed, 10 + number)
      for (let step = 1, steps = own.between(1, 3); step <= steps; step++) {
        yield* Effect.sleep(own.between(0, 20_000))
        const call = `c${number}.${step}`
        const rowCount = own.oneOf([1, 30, 400])
        const multipart = own.happens(0.3)
        const sourceFails = own.happens(0.1)
        const lines = [
          `${column},text\n`,
          ...Array.from({ length: rowCount }, (_, row) => `${row},"${"x".repeat(own.between(0, 600))}"\n`)
        ]
        const slow = own.oneOf([0, 0, 50, 5_000])
        const rows = Stream.mapEffect(Stream.zipWithIndex(Stream.fromIterable(lines)), ([line, index]) => {
          const bytes = Effect.succeed(new TextEncoder().encode(line))
          return slow > 0 && index % 50 === 49 ? Effect.delay(bytes, slow) : bytes
        })
        const csv = sourceFails ? Stream.concat(rows, Stream.fail("disk failure")) : rows
        const uninterruptible = own.happens(0.1)
        const limit = own.oneOf([uninterruptible ? 60_000 : undefined, undefined, 30_000, 600_000])
        const isWhole = !own.happens(0.1)
        const pause = own.oneOf([0, 0, 2_000])
        const patience = own.happens(0.3) ? own.between(1, 60_000) : hour / 3
        let received = ""
        const scoring = BatchPrediction.score("d0", csv, {
          headers: { "x-call": call },
          passthroughColumns: [column],
          multipart,
          partSize: 64 * 1024,
          wait: { timeout: limit },
          ...(own.happens(0.3) ? { retry: false as const } : {})
        })
        const reading = Stream.runForEach(isWhole ? scoring : Stream.take(scoring, 1), (bytes) => {
          received += new TextDecoder().decode(bytes)
          return pause > 0 ? Effect.sleep(pause) : Effect.void
        })
        log(`${call} scores ${rowCount} rows${multipart ? " in parts" : ""}`)
        const running = yield* Effect.fork(
          uninterruptible && limit !== undefined ? Effect.uninterruptible(reading) : reading
        )
        yield* Effect.raceFirst(Fiber.await(running), Effect.sleep(patience))
        const isInterrupted = (yield* Fiber.poll(running))._tag === "None"
        if (isInterrupted) {
          log(`${call} is interrupted`)
          // In an uninterruptible region, it goes on to its end.
          yield* Fiber.interruptFork(running)
        }
        const exit = yield* Effect.raceFirst(
          Fiber.await(running),
          Effect.delay(Effect.succeed(Exit.fail("it has not ended")), 2 * hour)
        )
        made.push({
          call,
          exit,
          rowCount,
          received,
          isInterrupted,
          isWhole,
          sourceFails,
          hasLimit: limit !== undefined
        })
        log(`${call} ends: ${wordOf(exit)}`)
      }
    })

  let isOver = false
  const callers = Effect.forEach([0, 1, 2].slice(0, chance.between(1, 3)), caller, {
    concurrency: "unbounded",
    discard: true
  }).pipe(
    Effect.provide(Layer.merge(
      DataRobot.layer({ endpoint: `${origin}/api/v2`, token }),
      Layer.succeed(HttpClient.HttpClient, client)
    )),
    Effect.orDie,
    Effect.supervised(supervisor),
    Effect.ensuring(Effect.sync(() => {
      isOver = true
    }))
  )
  const running = Effect.runFork(surroundings(callers))
  try {
    await clock.runUntil(() => isOver, start + 72 * hour, () => busy > 0)
    const exit = await Effect.runPromise(Fiber.await(running))
    if (Exit.isFailure(exit)) problems.push(`the callers failed: ${exit.cause}`)
    await clock.runUntil(() => travelling === 0, start + 96 * hour, () => busy > 0)
    clock.pass(2 * hour)
    const jobs = await Effect.runPromise(surroundings(world.state.batches))
    const states = new Map(jobs.map(({ job }) => [job.id, job.status]))
    problems.push(...brokenRules({ made, sent, states, callOf, isCalm: isClear && faults.length === 0 }))
  } catch (error) {
    problems.push(`${error}`)
  }
  await Effect.runPromise(Scope.close(scope, Exit.void))
  const fibers = Effect.runSync(supervisor.value)
  if (fibers.length > 0) problems.push(`${fibers.length} fibers are left`)
  return { problems, trace, ends: made.map(({ exit }) => wordOf(exit)), fates: sent.map(({ fate }) => fate) }
}

const wordOf = (exit: Exit.Exit<unknown, unknown>): string => {
  if (Exit.isSuccess(exit)) return "ok"
  if (Cause.isInterruptedOnly(exit.cause)) return "interrupted"
  const error = Cause.failureOption(exit.cause)
  if (error._tag === "None") return `died: ${Cause.pretty(exit.cause)}`
  return DataRobotError.isDataRobotError(error.value) ? endOf(Either.left(error.value)) : String(error.value)
}

interface History {
  readonly made: ReadonlyArray<Made>
  readonly sent: ReadonlyArray<Sent>
  /** The states at the end, of the jobs that were not cancelled. */
  readonly states: ReadonlyMap<string, string>
  readonly callOf: ReadonlyMap<string, string>
  /** Whether neither the network nor the emulator has faults. */
  readonly isCalm: boolean
}

const over = new Set(["COMPLETED", "ABORTED", "FAILED"])

/** The promises of `BatchPrediction.score`. Returns a description of each that was broken. */
const brokenRules = ({ callOf, isCalm, made, sent, states }: History): ReadonlyArray<string> =>
  made.flatMap((one) => {
    const { call, exit, hasLimit, isInterrupted, isWhole, received, rowCount, sourceFails } = one
    const own = sent.filter((request) => request.call === call)
    const of = (kind: Kind) => own.filter((request) => request.kind === kind)
    const jobs = [...callOf].filter(([, creator]) => creator === call).map(([id]) => id)
    const problems: Array<string> = []
    const expect = (holds: boolean, problem: string) => {
      if (!holds) problems.push(`${call}: ${problem}`)
    }
    const word = wordOf(exit)
    const isOk = word === "ok"
    const error = Exit.isFailure(exit) ? Cause.failureOption(exit.cause) : undefined

    expect(word !== "it has not ended" && !word.startsWith("died"), word)
    expect(jobs.length <= 1, `it created the jobs ${jobs.join()}`)
    const numbers = numbersOf(received)
    expect(numbers.every((number, index) => number === index), `rows are not in order: ${numbers.slice(0, 20).join()}`)
    if (isOk && isWhole) {
      expect(numbers.length === rowCount, `it reports success with ${numbers.length} of ${rowCount} rows`)
      expect(jobs.every((id) => states.get(id) === "COMPLETED"), "it reports success, but the job is not complete")
      expect(of("cancel").length === 0, "it reports success, but cancels the job")
      expect(!sourceFails, "it reports success, but its source has failed")
    }
    for (const id of jobs) {
      const state = states.get(id)
      const isKnown = of("create").some(({ isReceived }) => isReceived)
      const lost = of("cancel").length > 0 && of("cancel").every(({ status }) => status === undefined)
      expect(state === undefined || over.has(state) || !isKnown || lost, `its job is ${state ?? "gone"} at the end`)
    }
    for (const kind of ["upload", "create", "finish"] as const) {
      const executed = of(kind).filter(({ status }) => status === 202)
      expect(executed.length <= 1, `${kind} was executed ${executed.length} times`)
    }
    expect(of("upload").length <= 1, `it uploads ${of("upload").length} times`)
    const last = Math.max(...of("cancel").map(({ at }) => at), 0)
    expect(
      !own.some(({ at, kind }) => of("cancel").length > 0 && at > last && kind !== "cancel"),
      "it goes on after it has cancelled the job"
    )
    if (error?._tag === "Some" && DataRobotError.isDataRobotError(error.value)) {
      expect(jobs.length === 0 || !DataRobotError.isRetryable(error.value), "its error is retryable (R-7)")
    }
    if (isCalm && !isInterrupted && !hasLimit && !sourceFails) expect(isOk, `it ends as ${word} without faults`)
    return problems
  })
