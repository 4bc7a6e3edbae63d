import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as FiberRef from "effect/FiberRef"
import * as FiberRefs from "effect/FiberRefs"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import * as TestClock from "effect/TestClock"
import { getActiveResourcesInfo } from "node:process"
import { vi } from "vitest"
import { runLimited } from "../../../src/internal/request/limitedTask.js"
import { within } from "../../../src/internal/request/timeLimit.js"
import { traced } from "../../support.js"
import { within as eventually } from "../../wire/support.js"

const late = () => "late"
const timers = () => getActiveResourcesInfo().filter((name) => name === "Timeout").length

/** An effect that runs until it is interrupted, and records its events. Its finalizer takes a while. */
const endless = (cleanup: Effect.Effect<unknown>) => {
  const seen: Array<string> = []
  const note = (word: string) => Effect.sync(() => seen.push(word))
  const effect = Effect.andThen(note("started"), Effect.never).pipe(
    Effect.onInterrupt(() => note("interrupted").pipe(Effect.andThen(cleanup), Effect.andThen(note("cleaned up"))))
  )
  return { effect, seen }
}

const all = ["started", "interrupted", "cleaned up"]

describe("within, with the default clock", () => {
  it.live("returns the effect's value if it is in time", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* within(Effect.succeed(1), 60_000, late), 1)
      assert.strictEqual(yield* within(Effect.delay(Effect.succeed(2), 20), 60_000, late), 2)
    }))

  it.live("returns onTimeout's value after the timeout and the finalizers", () =>
    Effect.gen(function*() {
      const { effect, seen } = endless(Effect.sleep(50))
      const began = performance.now()
      assert.strictEqual(yield* within(effect, 30, late), "late")
      assert.deepStrictEqual(seen, all)
      const elapsed = performance.now() - began
      assert.isAtLeast(elapsed, 75)
      assert.isBelow(elapsed, 20_000)
    }))

  it.live("waits for an uninterruptible effect and then times out", () =>
    Effect.gen(function*() {
      let done = false
      const slow = Effect.uninterruptible(Effect.delay(Effect.sync(() => done = true), 60))
      assert.strictEqual(yield* within(slow, 10, late), "late")
      assert.isTrue(done)
    }))

  it.live("keeps a defect", () =>
    Effect.gen(function*() {
      const exit = yield* Effect.exit(within(Effect.delay(Effect.die("broken"), 5), 60_000, late))
      assert.deepStrictEqual(exit, Exit.die("broken"))
    }))

  it.live("ignores a defect of a finalizer after the timeout, like Effect.timeout", () =>
    Effect.gen(function*() {
      const dies = Effect.ensuring(Effect.never, Effect.die("broken"))
      assert.strictEqual(yield* within(dies, 10, late), "late")
      assert.strictEqual(
        yield* Effect.timeoutTo(dies, { duration: 10, onSuccess: () => "in time", onTimeout: late }),
        "late"
      )
    }))

  it.live("does not treat a self-interruption as a timeout", () =>
    Effect.gen(function*() {
      const exit = yield* Effect.exit(within(Effect.interrupt, 60_000, late))
      assert.isTrue(Exit.isInterrupted(exit))
    }))

  it.live("interrupts the effect and waits for its finalizers when it is interrupted", () =>
    Effect.gen(function*() {
      const { effect, seen } = endless(Effect.sleep(50))
      const running = yield* Effect.fork(within(effect, 60_000, late))
      yield* Effect.sleep(10)
      const exit = yield* Fiber.interrupt(running)
      assert.isTrue(Exit.isInterrupted(exit))
      assert.deepStrictEqual(seen, all)
    }))

  it.live("leaves no timer, however it ends", () =>
    Effect.gen(function*() {
      const before = timers()
      yield* within(Effect.succeed(1), 60_000, late)
      yield* within(Effect.yieldNow(), 60_000, late)
      yield* Effect.exit(within(Effect.die("broken"), 60_000, late))
      const running = yield* Effect.fork(within(Effect.never, 60_000, late))
      yield* Effect.sleep(5)
      assert.isAbove(timers(), before, "the time of one that runs")
      yield* Fiber.interrupt(running)
      // Effect's scheduler also has timers, which are short.
      assert.isTrue(yield* eventually(500, () => timers() <= before), "a timer is left")
    }))

  it.live("does not call onTimeout if the effect is in time", () =>
    Effect.gen(function*() {
      let asked = 0
      yield* within(Effect.sleep(5), 20, () => asked++)
      yield* Effect.sleep(40)
      assert.strictEqual(asked, 0)
    }))
})

describe("within, with another clock", () => {
  it.effect("times out exactly when that clock says so", () =>
    Effect.gen(function*() {
      const { effect, seen } = endless(Effect.void)
      const running = yield* Effect.fork(within(effect, 1_000, late))
      yield* TestClock.adjust(999)
      assert.deepStrictEqual(seen, ["started"])
      assert.isTrue((yield* Fiber.poll(running))._tag === "None")
      yield* TestClock.adjust(1)
      assert.strictEqual(yield* Fiber.join(running), "late")
      assert.deepStrictEqual(seen, all)
    }))

  it.effect("returns the effect's value if it is in time", () =>
    Effect.gen(function*() {
      const running = yield* Effect.fork(within(Effect.delay(Effect.succeed(1), 500), 1_000, late))
      yield* TestClock.adjust(500)
      assert.strictEqual(yield* Fiber.join(running), 1)
    }))

  it.effect("leaves no sleeping fiber, however it ends", () =>
    Effect.gen(function*() {
      // A TestClock also wakes cancelled sleeps, and counts them.
      const clock = yield* Effect.clock
      let asleep = 0
      const counting: Clock.Clock = Object.create(clock, {
        sleep: {
          value: (duration: Duration.Duration) =>
            Effect.suspend(() => {
              asleep++
              return Effect.ensuring(clock.sleep(duration), Effect.sync(() => asleep--))
            })
        }
      })
      yield* Effect.gen(function*() {
        yield* within(Effect.succeed(1), 60_000, late)
        yield* within(Effect.yieldNow(), 1_000, late)
        yield* Effect.exit(within(Effect.andThen(Effect.yieldNow(), Effect.die("broken")), 1_000, late))
        const running = yield* Effect.fork(within(Effect.never, 1_000, late))
        yield* TestClock.adjust(1)
        assert.isAbove(asleep, 0, "the time of one that runs")
        yield* Fiber.interrupt(running)
        yield* TestClock.adjust(1)
        assert.strictEqual(asleep, 0)
      }).pipe(Effect.withClock(counting))
    }))

  it.effect("waits for finalizers on that clock", () =>
    Effect.gen(function*() {
      const { effect, seen } = endless(Effect.sleep(300))
      const running = yield* Effect.fork(within(effect, 1_000, late))
      yield* TestClock.adjust(1_000)
      assert.deepStrictEqual(seen, ["started", "interrupted"])
      yield* TestClock.adjust(300)
      assert.strictEqual(yield* Fiber.join(running), "late")
      assert.deepStrictEqual(seen, all)
    }))

  it.effect("interrupts the effect when it is interrupted", () =>
    Effect.gen(function*() {
      const { effect, seen } = endless(Effect.void)
      const running = yield* Effect.fork(within(effect, 1_000, late))
      yield* TestClock.adjust(1)
      yield* Fiber.interrupt(running)
      assert.deepStrictEqual(seen, all)
    }))
})

describe("within", () => {
  const ref = FiberRef.unsafeMake("default")

  it.effect("runs the effect with the caller's services, fiber refs, log level, span and clock", () =>
    Effect.gen(function*() {
      const Service = Context.GenericTag<"Service", string>("Service")
      const inside = Effect.all({
        service: Service,
        ref: FiberRef.get(ref),
        level: FiberRef.get(FiberRef.currentMinimumLogLevel),
        span: Effect.map(Effect.currentSpan, ({ name }) => name),
        clock: Effect.clock
      })
      const outside = inside.pipe((effect) => Effect.zip(effect, within(Effect.orDie(effect), 1_000, late)))
      const [direct, through] = yield* outside.pipe(
        Effect.withSpan("outer"),
        Effect.locally(ref, "changed"),
        Effect.provideService(Service, "given"),
        Effect.provide(Layer.merge(Logger.minimumLogLevel(LogLevel.Fatal), traced().layer))
      )
      assert.deepStrictEqual(through, direct)
      assert.include(direct, { service: "given", ref: "changed", level: LogLevel.Fatal, span: "outer" })
      assert.strictEqual(direct.clock, yield* Clock.clockWith(Effect.succeed))
    }))

  it.effect("does not pass the effect's changes of fiber refs to the caller", () =>
    Effect.gen(function*() {
      yield* within(FiberRef.set(ref, "inside"), 1_000, late)
      assert.strictEqual(yield* FiberRef.get(ref), "default")
      // The effect can return its fiber refs.
      const refs = yield* within(Effect.andThen(FiberRef.set(ref, "inside"), Effect.getFiberRefs), 1_000, late)
      assert.strictEqual(typeof refs === "string" ? refs : FiberRefs.getOrDefault(refs, ref), "inside")
    }))

  it.live("ends the fibers that the effect forked", () =>
    Effect.gen(function*() {
      const { effect, seen } = endless(Effect.void)
      const forks = Effect.andThen(Effect.fork(effect), Effect.sleep(10))
      yield* within(forks, 60_000, late)
      assert.deepStrictEqual(seen, all)
    }))

  it.live("can run many times concurrently", () =>
    Effect.gen(function*() {
      const results = yield* Effect.forEach(
        Array.from({ length: 50 }, (_, index) => index),
        (index) => within(Effect.delay(Effect.succeed(index), index % 2 === 0 ? 5 : 60_000), 500, late),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual(results, Array.from({ length: 50 }, (_, index) => index % 2 === 0 ? index : "late"))
    }))

  it.live("does not start the effect if it was interrupted before", () =>
    Effect.gen(function*() {
      const gate = yield* Deferred.make<void>()
      const { effect, seen } = endless(Effect.void)
      const running = yield* Effect.fork(Effect.andThen(Deferred.await(gate), within(effect, 60_000, late)))
      yield* Fiber.interrupt(running)
      assert.deepStrictEqual(seen, [])
    }))
})

/** Calls back with 1 after a time, immediately or never, and counts how often it was cancelled. */
const calling = (after: number | undefined) => {
  const told = { begun: 0, ended: 0 }
  const begin = (done: (value: number) => void) => {
    told.begun++
    if (after === 0) done(1)
    const timer = after === undefined || after === 0 ? undefined : setTimeout(() => done(1), after)
    return () => {
      told.ended++
      clearTimeout(timer)
    }
  }
  return { begin, told }
}

const called = (begin: ReturnType<typeof calling>["begin"], millis: number) =>
  Effect.flatMap(Effect.clock, (clock) =>
    runLimited<number, string, number | string, never, never>({
      clock,
      start: begin,
      millis,
      onTimeout: late,
      proceed: Effect.succeed
    }))

/** Whether the only timer of this length set from now on was cleared. */
const timerOf = (millis: number) => {
  const set = vi.spyOn(globalThis, "setTimeout")
  const clear = vi.spyOn(globalThis, "clearTimeout")
  return () => {
    const [timer, ...more] = set.mock.results.filter((_, index) => set.mock.calls[index]?.[1] === millis)
    const cleared = clear.mock.calls.map(([id]) => id)
    vi.restoreAllMocks()
    return timer !== undefined && more.length === 0 && cleared.includes(timer.value)
  }
}

describe("runLimited, with the default clock", () => {
  for (const after of [0, 20]) {
    it.live(`returns the value called back after ${after} ms, cancels nothing and leaves no timer`, () =>
      Effect.gen(function*() {
        const isOver = timerOf(60_000)
        const { begin, told } = calling(after)
        assert.strictEqual(yield* called(begin, 60_000), 1)
        assert.deepStrictEqual(told, { begun: 1, ended: 0 })
        assert.isTrue(isOver(), "a timer is left")
      }))
  }

  it.live("cancels and returns onTimeout's value after the timeout", () =>
    Effect.gen(function*() {
      const { begin, told } = calling(undefined)
      assert.strictEqual(yield* called(begin, 20), "late")
      assert.deepStrictEqual(told, { begun: 1, ended: 1 })
    }))

  it.live("cancels and leaves no timer when it is interrupted", () =>
    Effect.gen(function*() {
      const isOver = timerOf(60_000)
      const { begin, told } = calling(undefined)
      const fiber = yield* Effect.fork(called(begin, 60_000))
      yield* Effect.yieldNow()
      yield* Fiber.interrupt(fiber)
      assert.deepStrictEqual(told, { begun: 1, ended: 1 })
      assert.isTrue(isOver(), "a timer is left")
    }))

  it.live("starts again each time it runs", () =>
    Effect.gen(function*() {
      const { begin, told } = calling(0)
      const effect = called(begin, 60_000)
      yield* Effect.all([effect, effect])
      assert.strictEqual(told.begun, 2)
    }))
})

describe("runLimited, with another clock", () => {
  it.effect("times out and cancels exactly when that clock says so", () =>
    Effect.gen(function*() {
      const { begin, told } = calling(undefined)
      const fiber = yield* Effect.fork(called(begin, 3_600_000))
      yield* TestClock.adjust(3_599_999)
      assert.deepStrictEqual(told, { begun: 1, ended: 0 })
      yield* TestClock.adjust(1)
      assert.strictEqual(yield* Fiber.join(fiber), "late")
      assert.deepStrictEqual(told, { begun: 1, ended: 1 })
    }))

  it.effect("returns the value called back in time, and cancels nothing", () =>
    Effect.gen(function*() {
      const { begin, told } = calling(0)
      assert.strictEqual(yield* called(begin, 60_000), 1)
      assert.deepStrictEqual(told, { begun: 1, ended: 0 })
    }))
})

describe("A timeout too long for a timer", () => {
  const endlessly = 2 ** 31

  it.live("does not expire immediately", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* within(Effect.delay(Effect.succeed(1), 20), endlessly, late), 1)
      assert.strictEqual(yield* called(calling(20).begin, endlessly), 1)
    }))
})
