/**
 * One simulated world: clients that use the SDK, a network that loses and delays requests, and an emulator with faults,
 * all in one process and in virtual time. One seed decides everything: the same seed gives the same run, line by line.
 * With an odd seed, the HTTP client has a fast path.
 */
import * as HttpClient from "@effect/platform/HttpClient"
import { DataRobot } from "effect-datarobot"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import * as Option from "effect/Option"
import * as Random from "effect/Random"
import * as Scope from "effect/Scope"
import * as Supervisor from "effect/Supervisor"
import { inspect } from "node:util"
import { endOf, piecesOf, traced } from "../support.js"
import * as Calls from "./calls.js"
import * as Chance from "./chance.js"
import { withFastPath } from "./fastPath.js"
import { type Made, problems } from "./invariants.js"
import * as Network from "./network.js"
import * as VirtualClock from "./VirtualClock.js"
import * as World from "./world.js"

export interface Simulated {
  readonly seed: number
  /** The problems; empty if all invariants hold. */
  readonly problems: ReadonlyArray<string>
  /** What happened, line by line. */
  readonly trace: ReadonlyArray<string>
  /** How the calls ended, and the fates of the requests. */
  readonly ends: ReadonlyArray<string>
  readonly fates: ReadonlyArray<Network.Fate>
}

const start = Date.UTC(2030, 0, 1)
const hour = 3_600_000
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=:&%"

/** Runs the world of a seed to its end. */
export const simulate = async (seed: number): Promise<Simulated> => {
  const chance = Chance.make(seed, 0)
  // A fast path is not used at debug level.
  const isFast = seed % 2 === 1
  const token = Array.from({ length: chance.between(8, 40) }, () => letters[chance.between(0, letters.length - 1)])
    .join("")
  const clock = VirtualClock.make(start, Chance.make(seed, 1).draw)
  const trace: Array<string> = []
  const log = (line: string) => trace.push(`${String(clock.unsafeCurrentTimeMillis() - start).padStart(8)} ${line}`)
  /** All text that is shown to people. */
  const shown: Array<string> = []
  const found: Array<string> = []
  const made: Array<Made> = []
  const supervisor = Effect.runSync(Supervisor.track)
  const scope = Effect.runSync(Scope.make())
  const { layer: tracing, spans } = traced()

  const surroundings = <A, E>(effect: Effect.Effect<A, E>) =>
    effect.pipe(
      Effect.provide(Layer.mergeAll(
        tracing,
        Logger.replace(
          Logger.defaultLogger,
          Logger.make((options) => shown.push(Logger.stringLogger.log(options)))
        ),
        Logger.minimumLogLevel(isFast ? LogLevel.Info : LogLevel.All)
      )),
      Effect.withClock(clock),
      Effect.withRandom(Random.make(seed))
    )

  let isOver = false
  const world = await Effect.runPromise(
    surroundings(Scope.extend(World.make(seed, token, Chance.make(seed, 2)), scope))
  )
  const network = Network.make({
    chance: Chance.make(seed, 3),
    weather: Network.weather(chance),
    server: world.server,
    origin: World.origin,
    look: world.look,
    struck: world.struck,
    token,
    log,
    clock,
    scope
  })
  const look = Effect.withClock(world.look, clock)

  const known = { ids: [...world.history.at(-1)?.keys() ?? []] }
  const client = (number: number) =>
    Effect.gen(function*() {
      const own = Chance.make(seed, 10 + number)
      for (let step = 1, steps = own.between(2, 8); step <= steps; step++) {
        yield* Effect.sleep(own.between(0, 4_000))
        const call = Calls.next(own, `c${number}.${step}`, known)
        const patience = own.happens(0.15) ? own.between(1, 40_000) : undefined
        yield* look
        const from = world.history.length - 1
        const began = clock.unsafeCurrentTimeMillis()
        log(`${call.id} ${call.what}`)
        const running = yield* Effect.fork(call.run)
        let givenUp: number | undefined
        if (patience !== undefined) {
          yield* Effect.raceFirst(Fiber.await(running), Effect.sleep(patience))
          if ((yield* Fiber.poll(running))._tag === "None") {
            givenUp = clock.unsafeCurrentTimeMillis()
            yield* Fiber.interrupt(running)
          }
        }
        const exit = yield* Fiber.await(running)
        yield* look
        const to = world.history.length - 1
        made.push({ call, from, to, began, ended: clock.unsafeCurrentTimeMillis(), exit, givenUp })
        log(`${call.id} ends: ${wordOf(exit)}`)
        if (Exit.isFailure(exit)) shown.push(inspect(exit, { depth: 10 }), JSON.stringify(exit), String(exit.cause))
      }
    })

  const clients = Effect.forEach(Array.from({ length: chance.between(1, 4) }, (_, index) => index), client, {
    concurrency: "unbounded",
    discard: true
  }).pipe(
    Effect.provide(Layer.merge(
      DataRobot.layer({ endpoint: `${World.origin}/api/v2`, token }),
      Layer.succeed(HttpClient.HttpClient, isFast ? withFastPath(network.client, clock) : network.client)
    )),
    Effect.orDie,
    Effect.withClock(clock.withTimeOfDay(timeOfDay(Chance.make(seed, 4), clock))),
    Effect.supervised(supervisor),
    Effect.ensuring(Effect.sync(() => {
      isOver = true
    }))
  )

  const running = Effect.runFork(surroundings(clients))
  try {
    await clock.runUntil(() => isOver, start + 24 * hour, network.isBusy)
    const exit = await Effect.runPromise(Fiber.await(running))
    if (Exit.isFailure(exit)) found.push(`the clients failed: ${exit.cause}`)
    const waits = clock.waiting() - network.travelling()
    if (waits > 0) found.push(`${waits} of the clients' waits are left`)
    // Requests and responses in transit arrive, and jobs end.
    await clock.runUntil(() => network.travelling() === 0, start + 48 * hour, network.isBusy)
    clock.pass(24 * hour)
    await Effect.runPromise(surroundings(world.look))
  } catch (error) {
    found.push(`${error}`)
  }
  await Effect.runPromise(Scope.close(scope, Exit.void))
  const fibers = Effect.runSync(supervisor.value)
  if (fibers.length > 0) found.push(`${fibers.length} fibers are left`)

  found.push(...problems({ made, sent: network.sent, history: world.history }))
  shown.push(...spans.map((span) => inspect([span.name, span.status, span.attributes], { depth: 10 })))
  for (const text of shown) {
    const at = piecesOf(token).map((piece) => text.indexOf(piece)).find((place) => place >= 0)
    if (at !== undefined) found.push(`the token is shown (S-4): ${text.slice(Math.max(0, at - 100), at + 100)}`)
  }
  return {
    seed,
    problems: found,
    trace,
    ends: made.map(({ exit }) => wordOf(exit)),
    fates: network.sent.map(({ fate }) => fate)
  }
}

/** The clients' time of day is set forward and back a few times, by up to an hour. */
const timeOfDay = (chance: Chance.Chance, clock: VirtualClock.VirtualClock) => {
  const settings = Array.from({ length: chance.between(0, 4) }, () => ({
    from: start + chance.between(0, hour / 6),
    offset: chance.between(-hour, hour)
  }))
  return () => settings.filter(({ from }) => from <= clock.unsafeCurrentTimeMillis()).at(-1)?.offset ?? 0
}

const wordOf = (exit: Made["exit"]) =>
  Exit.match(exit, {
    onSuccess: () => "ok",
    onFailure: (cause) =>
      Option.match(Cause.failureOption(cause), {
        onNone: () => Cause.isInterruptedOnly(cause) ? "given up" : "died",
        onSome: (error) => endOf(Either.left(error))
      })
  })
