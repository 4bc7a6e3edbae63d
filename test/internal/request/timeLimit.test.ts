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
import { callbackWithin, within } from "../../../src/internal/request/timeLimit.js"
import { traced } from "../../support.js"
import { within as eventually } from "../../wire/support.js"

const late = () => "late"
const timers = () => getActiveResourcesInfo().filter((name) => name === "Timeout").length

/** An effect that never ends by itself, and notes what happens to it. Its finalizer takes a while. */
const endless = (cleanup: Effect.Effect<unknown>) => {
  const seen: Array<string> = []
  const note = (word: string) => Effect.sync(() => seen.push(word))
  const effect = Effect.andThen(note("started"), Effect.never).pipe(
    Effect.onInterrupt(() => note("interrupted").pipe(Effect.andThen(cleanup), Effect.andThen(note("cleaned up"))))
  )
  return { effect, seen }
}

const all = ["started", "interrupted", "cleaned up"]

describe("within, on the clock of the process", () => {
  it.live("gives what an effect gives in time, at once or later", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* within(Effect.succeed(1), 60_000, late), 1)
      assert.strictEqual(yield* within(Effect.delay(Effect.succeed(2), 20), 60_000, late), 2)
    }))

  it.live("gives onTimeout's value when the time is over, after the finalizers", () =>
    Effect.gen(function*() {
      const { effect, seen } = endless(Effect.sleep(50))
      const began = performance.now()
      assert.strictEqual(yield* within(effect, 30, late), "late")
      assert.deepStrictEqual(seen, all)
      const elapsed = performance.now() - began
      assert.isAtLeast(elapsed, 75)
      assert.isBelow(elapsed, 20_000)
    }))

  it.live("waits for what can't be interrupted, and is late then", () =>
    Effect.gen(function*() {
      let done = false
      const slow = Effect.uninterruptible(Effect.delay(Effect.sync(() => done = true), 60))
      assert.strictEqual(yield* within(slow, 10, late), "late")
      assert.isTrue(done)
    }))

  it.live("a defect stays one", () =>
    Effect.gen(function*() {
      const exit = yield* Effect.exit(within(Effect.delay(Effect.die("broken"), 5), 60_000, late))
      assert.deepStrictEqual(exit, Exit.die("broken"))
    }))

  it.live("what a finalizer dies of after the time is over is not told, as Effect.timeout does not", () =>
    Effect.gen(function*() {
      const dies = Effect.ensuring(Effect.never, Effect.die("broken"))
      assert.strictEqual(yield* within(dies, 10, late), "late")
      assert.strictEqual(
        yield* Effect.timeoutTo(dies, { duration: 10, onSuccess: () => "in time", onTimeout: late }),
        "late"
      )
    }))

  it.live("an effect that interrupts itself is interrupted, and not late", () =>
    Effect.gen(function*() {
      const exit = yield* Effect.exit(within(Effect.interrupt, 60_000, late))
      assert.isTrue(Exit.isInterrupted(exit))
    }))

  it.live("interruption from outside interrupts the effect, and waits for its finalizers", () =>
    Effect.gen(function*() {
      const { effect, seen } = endless(Effect.sleep(50))
      const running = yield* Effect.fork(within(effect, 60_000, late))
      yield* Effect.sleep(10)
      const exit = yield* Fiber.interrupt(running)
      assert.isTrue(Exit.isInterrupted(exit))
      assert.deepStrictEqual(seen, all)
    }))

  it.live("leaves no timer behind, however it ends", () =>
    Effect.gen(function*() {
      const before = timers()
      yield* within(Effect.succeed(1), 60_000, late)
      yield* within(Effect.yieldNow(), 60_000, late)
      yield* Effect.exit(within(Effect.die("broken"), 60_000, late))
      const running = yield* Effect.fork(within(Effect.never, 60_000, late))
      yield* Effect.sleep(5)
      assert.isAbove(timers(), before, "the time of one that runs")
      yield* Fiber.interrupt(running)
      // Effect's scheduler has timers too, which do not last
      assert.isTrue(yield* eventually(500, () => timers() <= before), "a timer is left")
    }))

  it.live("onTimeout is not asked when there is time", () =>
    Effect.gen(function*() {
      let asked = 0
      yield* within(Effect.sleep(5), 20, () => asked++)
      yield* Effect.sleep(40)
      assert.strictEqual(asked, 0)
    }))
})

describe("within, on another clock", () => {
  it.effect("is late exactly when that clock says so", () =>
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

  it.effect("gives what an effect gives in time", () =>
    Effect.gen(function*() {
      const running = yield* Effect.fork(within(Effect.delay(Effect.succeed(1), 500), 1_000, late))
      yield* TestClock.adjust(500)
      assert.strictEqual(yield* Fiber.join(running), 1)
    }))

  it.effect("leaves nobody asleep, however it ends", () =>
    Effect.gen(function*() {
      // a TestClock also wakes those who no longer wait, and counts them
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

  it.effect("waits for finalizers on that clock too", () =>
    Effect.gen(function*() {
      const { effect, seen } = endless(Effect.sleep(300))
      const running = yield* Effect.fork(within(effect, 1_000, late))
      yield* TestClock.adjust(1_000)
      assert.deepStrictEqual(seen, ["started", "interrupted"])
      yield* TestClock.adjust(300)
      assert.strictEqual(yield* Fiber.join(running), "late")
      assert.deepStrictEqual(seen, all)
    }))

  it.effect("interruption from outside interrupts the effect", () =>
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

  it.effect("the effect sees the caller's services, fiber refs, log level, span and clock", () =>
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

  it.effect("what the effect changes of fiber refs is not seen after it: it is a fiber of its own", () =>
    Effect.gen(function*() {
      yield* within(FiberRef.set(ref, "inside"), 1_000, late)
      assert.strictEqual(yield* FiberRef.get(ref), "default")
      // who needs them takes them along
      const refs = yield* within(Effect.andThen(FiberRef.set(ref, "inside"), Effect.getFiberRefs), 1_000, late)
      assert.strictEqual(typeof refs === "string" ? refs : FiberRefs.getOrDefault(refs, ref), "inside")
    }))

  it.live("what the effect forks ends with it", () =>
    Effect.gen(function*() {
      const { effect, seen } = endless(Effect.void)
      const forks = Effect.andThen(Effect.fork(effect), Effect.sleep(10))
      yield* within(forks, 60_000, late)
      assert.deepStrictEqual(seen, all)
    }))

  it.live("many at once do not disturb each other", () =>
    Effect.gen(function*() {
      const results = yield* Effect.forEach(
        Array.from({ length: 50 }, (_, index) => index),
        (index) => within(Effect.delay(Effect.succeed(index), index % 2 === 0 ? 5 : 60_000), 500, late),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual(results, Array.from({ length: 50 }, (_, index) => index % 2 === 0 ? index : "late"))
    }))

  it.live("is interrupted before it has begun", () =>
    Effect.gen(function*() {
      const gate = yield* Deferred.make<void>()
      const { effect, seen } = endless(Effect.void)
      const running = yield* Effect.fork(Effect.andThen(Deferred.await(gate), within(effect, 60_000, late)))
      yield* Fiber.interrupt(running)
      assert.deepStrictEqual(seen, [])
    }))
})

/** Something that calls back with 1 after a time, at once, or never, and counts how often it was ended. */
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
  Effect.flatMap(Effect.clock, (clock) => callbackWithin(clock, begin, millis, late))

/** Whether the timer of so many milliseconds that is set from now on was cleared. */
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

describe("callbackWithin, on the clock of the process", () => {
  for (const after of [0, 20]) {
    it.live(`gives what is called back with after ${after} ms, ends nothing and leaves no timer behind`, () =>
      Effect.gen(function*() {
        const isOver = timerOf(60_000)
        const { begin, told } = calling(after)
        assert.strictEqual(yield* called(begin, 60_000), 1)
        assert.deepStrictEqual(told, { begun: 1, ended: 0 })
        assert.isTrue(isOver(), "a timer is left")
      }))
  }

  it.live("ends it, and gives onTimeout's value, when the time is over", () =>
    Effect.gen(function*() {
      const { begin, told } = calling(undefined)
      assert.strictEqual(yield* called(begin, 20), "late")
      assert.deepStrictEqual(told, { begun: 1, ended: 1 })
    }))

  it.live("interruption ends it, and leaves no timer behind", () =>
    Effect.gen(function*() {
      const isOver = timerOf(60_000)
      const { begin, told } = calling(undefined)
      const fiber = yield* Effect.fork(called(begin, 60_000))
      yield* Effect.yieldNow()
      yield* Fiber.interrupt(fiber)
      assert.deepStrictEqual(told, { begun: 1, ended: 1 })
      assert.isTrue(isOver(), "a timer is left")
    }))

  it.live("begins anew each time that it runs", () =>
    Effect.gen(function*() {
      const { begin, told } = calling(0)
      const effect = called(begin, 60_000)
      yield* Effect.all([effect, effect])
      assert.strictEqual(told.begun, 2)
    }))
})

describe("callbackWithin, on another clock", () => {
  it.effect("is late exactly when that clock says so, and is ended then", () =>
    Effect.gen(function*() {
      const { begin, told } = calling(undefined)
      const fiber = yield* Effect.fork(called(begin, 3_600_000))
      yield* TestClock.adjust(3_599_999)
      assert.deepStrictEqual(told, { begun: 1, ended: 0 })
      yield* TestClock.adjust(1)
      assert.strictEqual(yield* Fiber.join(fiber), "late")
      assert.deepStrictEqual(told, { begun: 1, ended: 1 })
    }))

  it.effect("gives what is called back with in time, and ends nothing", () =>
    Effect.gen(function*() {
      const { begin, told } = calling(0)
      assert.strictEqual(yield* called(begin, 60_000), 1)
      assert.deepStrictEqual(told, { begun: 1, ended: 0 })
    }))
})

describe("a time that no timer can take", () => {
  const endlessly = 2 ** 31

  it.live("is not over at once", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* within(Effect.delay(Effect.succeed(1), 20), endlessly, late), 1)
      assert.strictEqual(yield* called(calling(20).begin, endlessly), 1)
    }))
})
