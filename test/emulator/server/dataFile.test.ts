/** The data file of an emulator: its lock, links, temporary files, and saves that fail or take long. */
import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Logger from "effect/Logger"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import * as TestClock from "effect/TestClock"
import { spawn } from "node:child_process"
import { writeFileSync } from "node:fs"
import * as Fs from "node:fs/promises"
import { hostname, tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { vi } from "vitest"
import type { PredictedRow } from "../../../src/emulator/monitoring/rows.js"
import { serve } from "../../../src/emulator/node.js"
import * as DataFile from "../../../src/emulator/server/dataFile.js"
import { lock } from "../../../src/emulator/server/dataLock.js"
import { startOf } from "../../../src/emulator/server/otherProcess.js"
import { Snapshot } from "../../../src/emulator/state/snapshot.js"
import * as State from "../../../src/emulator/state/State.js"

const folder = Effect.acquireRelease(
  Effect.promise(async () => Fs.realpath(await Fs.mkdtemp(join(tmpdir(), "effect-datarobot-data-")))),
  (path) => Effect.promise(() => Fs.rm(path, { recursive: true }))
)
const inFile = Effect.map(folder, (path) => join(path, "data.json"))
const contents = (file: string) => Effect.promise(() => Fs.readFile(file, "utf8"))
const write = (file: string, text: string) => Effect.promise(() => Fs.writeFile(file, text))
const names = (path: string) => Effect.promise(async () => (await Fs.readdir(path)).sort())
/** The message of the error with which an emulator does not start. */
const refusal = (dataFile: string) =>
  Effect.match(Effect.scoped(serve({ dataFile })), {
    onSuccess: () => assert.fail("the emulator started"),
    onFailure: (error) => {
      assert.strictEqual(error._tag, "EmulatorDataError")
      return error.message
    }
  })

/** The id of a process that has ended. */
const ended = Effect.promise(() =>
  new Promise<number>((resolve) => {
    const child = spawn(process.execPath, ["-e", ""])
    child.on("close", () => resolve(child.pid ?? 0))
  })
)

const lockOf = (file: string, holder: object) =>
  write(`${file}.lock`, JSON.stringify({ pid: process.pid, host: hostname(), ...holder }))

describe("The lock of a data file", () => {
  it.scoped("makes a second emulator fail with the process and the URL of the first", () =>
    Effect.gen(function*() {
      const dataFile = yield* inFile
      const first = yield* Scope.make()
      const { seed, url } = yield* Scope.extend(serve({ dataFile }), first)
      yield* seed([{ label: "First" }])
      assert.strictEqual(
        yield* refusal(dataFile),
        `The emulator cannot keep its data in ${dataFile}: the emulator at ${url} (process ${process.pid}) uses it. ` +
          `Stop that emulator, or use another data file. If there is no such emulator, delete ${dataFile}.lock.`
      )
      yield* Scope.close(first, Exit.void)
      assert.include(yield* contents(dataFile), "First")
      yield* Effect.scoped(serve({ dataFile }))
      assert.deepStrictEqual(yield* names(dirname(dataFile)), ["data.json"])
    }))

  it.scoped("is released if the emulator does not start", () =>
    Effect.gen(function*() {
      const dataFile = yield* inFile
      yield* write(dataFile, "damaged")
      yield* refusal(dataFile)
      assert.deepStrictEqual(yield* names(dirname(dataFile)), ["data.json"])
    }))

  it.scoped("is not removed by an emulator that has lost it", () =>
    Effect.gen(function*() {
      const dataFile = yield* inFile
      yield* Effect.scoped(Effect.zipRight(serve({ dataFile }), lockOf(dataFile, { url: "other" })))
      assert.include(yield* contents(`${dataFile}.lock`), "other")
    }))

  it.scoped("is taken over from a process that has ended", () =>
    Effect.gen(function*() {
      const dataFile = yield* inFile
      yield* lockOf(dataFile, { pid: yield* ended })
      yield* serve({ dataFile })
      assert.include(yield* contents(`${dataFile}.lock`), `"pid":${process.pid},`)
      assert.deepStrictEqual(yield* names(dirname(dataFile)), ["data.json", "data.json.lock"])
    }))

  it.scoped.skipIf(process.platform !== "linux")(
    "is taken over if its process id now belongs to another process",
    () =>
      Effect.gen(function*() {
        const dataFile = yield* inFile
        const start = yield* Effect.promise(() => startOf(process.pid))
        yield* lockOf(dataFile, { start })
        assert.include(yield* refusal(dataFile), `another emulator (process ${process.pid}) uses it`)
        yield* lockOf(dataFile, { start: `${start}0` })
        yield* serve({ dataFile })
      })
  )

  it.scoped("of another machine is never taken over", () =>
    Effect.gen(function*() {
      const dataFile = yield* inFile
      const pid = yield* ended
      yield* lockOf(dataFile, { pid, host: "elsewhere" })
      assert.include(yield* refusal(dataFile), `another emulator (process ${pid} on elsewhere) uses it`)
    }))

  it.scoped.each(["", "no lock", "{\"pid\":0,\"host\":\"\"}"])(
    "with the content %j is refused and left unchanged",
    (text) =>
      Effect.gen(function*() {
        const dataFile = yield* inFile
        yield* write(`${dataFile}.lock`, text)
        assert.include(yield* refusal(dataFile), `If no emulator uses the file, delete ${dataFile}.lock`)
        assert.strictEqual(yield* contents(`${dataFile}.lock`), text)
      })
  )

  it.scoped("is not taken over while another emulator takes it over", () =>
    Effect.gen(function*() {
      const dataFile = yield* inFile
      yield* lockOf(dataFile, { pid: yield* ended })
      const held = yield* contents(`${dataFile}.lock`)
      yield* write(`${dataFile}.lock.takeover`, "")
      assert.include(yield* refusal(dataFile), `delete ${dataFile}.lock and ${dataFile}.lock.takeover`)
      assert.strictEqual(yield* contents(`${dataFile}.lock`), held)
    }))

  it.scoped("is not removed if another emulator has taken it over meanwhile", () =>
    Effect.gen(function*() {
      const dataFile = yield* inFile
      const pid = yield* ended
      yield* lockOf(dataFile, { pid })
      const kill = vi.spyOn(process, "kill").mockImplementation((asked) => {
        if (asked !== pid) return true
        // Between the look at the process and the takeover.
        writeFileSync(`${dataFile}.lock`, JSON.stringify({ pid: process.pid, host: hostname(), url: "other" }))
        throw Object.assign(new Error("no such process"), { code: "ESRCH" })
      })
      yield* Effect.addFinalizer(() => Effect.sync(() => kill.mockRestore()))
      assert.include(yield* refusal(dataFile), `the emulator at other (process ${process.pid}) uses it`)
      assert.include(yield* contents(`${dataFile}.lock`), "other")
    }))

  it.scoped("is given to one of several emulators that start at the same moment", () =>
    Effect.gen(function*() {
      const path = yield* folder
      const pid = yield* ended
      for (let round = 0; round < 30; round++) {
        const file = join(path, `data${round}.json`)
        // In every other round, they also have to take it over.
        if (round % 2 === 1) yield* lockOf(file, { pid })
        yield* Effect.scoped(Effect.gen(function*() {
          const exits = yield* Effect.all(Array.from({ length: 8 }, () => Effect.exit(lock(file, file))), {
            concurrency: "unbounded"
          })
          assert.strictEqual(exits.filter(Exit.isSuccess).length, 1)
        }))
        assert.deepStrictEqual(yield* names(path), [])
      }
    }))
})

describe("A data file that is a symbolic link", () => {
  it.scoped.each(["to a file", "to a file that does not exist yet"])(
    "%s stays a link, and the file is written",
    (to) =>
      Effect.gen(function*() {
        const link = yield* inFile
        const path = dirname(link)
        const target = join(path, "real", "target.json")
        yield* Effect.promise(async () => {
          await Fs.mkdir(dirname(target))
          await Fs.symlink("step.json", link)
          await Fs.symlink(join("real", "target.json"), join(path, "step.json"))
        })
        if (to === "to a file") {
          yield* Effect.scoped(serve({ dataFile: target, deployments: [{ label: "Kept" }] }))
        }
        yield* Effect.scoped(Effect.flatMap(serve({ dataFile: link }), ({ seed }) => seed([{ label: "New" }])))
        assert.isTrue(yield* Effect.promise(async () => (await Fs.lstat(link)).isSymbolicLink()))
        assert.include(yield* contents(target), "New")
        assert.strictEqual((yield* contents(target)).includes("Kept"), to === "to a file")
        assert.deepStrictEqual(yield* names(dirname(target)), ["target.json"])
      })
  )

  it.scoped("shares its lock with the file", () =>
    Effect.gen(function*() {
      const file = yield* inFile
      const link = `${file}.link`
      yield* Effect.promise(() => Fs.symlink(file, link))
      const { url } = yield* serve({ dataFile: link })
      assert.include(yield* refusal(file), url)
    }))
})

it.scoped("Temporary files of processes that have ended are removed from the folder of the data file", () =>
  Effect.gen(function*() {
    const dataFile = yield* inFile
    const pid = yield* ended
    const file = (end: string) => `${dataFile}${end}`
    for (const end of [`.${pid}.tmp`, `.lock.${pid}.tmp`]) yield* write(file(end), "{")
    const others = [`.${process.ppid}.tmp`, ".tmp", ".x.tmp", `.${pid}.tmp2`, `.old.${pid}.tmp`, `s.${pid}.tmp`]
    for (const end of others) yield* write(file(end), "kept")
    yield* Effect.scoped(serve({ dataFile }))
    const expected = ["", ...others].map((end) => basename(file(end))).sort()
    assert.deepStrictEqual(yield* names(dirname(dataFile)), expected)
  }))

/** A logger, and a function that waits for a message. */
const logged = () => {
  const messages: Array<string> = []
  const waiting = new Map<string, Deferred.Deferred<void>>()
  const layer = Logger.replace(
    Logger.defaultLogger,
    Logger.make(({ cause, message }) => {
      messages.push(`${String(message)} ${String(cause)}`)
      for (const [text, deferred] of waiting) {
        if (String(message).includes(text)) Deferred.unsafeDone(deferred, Effect.void)
      }
    })
  )
  const message = (text: string) =>
    Effect.gen(function*() {
      const deferred = yield* Deferred.make<void>()
      waiting.set(text, deferred)
      return Deferred.await(deferred)
    })
  return { layer, message, messages }
}

describe("A failed save", () => {
  it.scoped("is repeated without another change, and logged once", () => {
    const { layer, message, messages } = logged()
    return Effect.gen(function*() {
      const path = yield* folder
      const dataFile = join(path, "inner", "data.json")
      yield* Effect.promise(() => Fs.mkdir(join(path, "inner")))
      const { seed } = yield* serve({ dataFile })
      const failed = yield* message("could not save")
      const saved = yield* message("has saved")
      // As if the disk were gone for a moment.
      yield* Effect.promise(() => Fs.rename(join(path, "inner"), join(path, "gone")))
      yield* seed([{ label: "Kept" }])
      yield* TestClock.adjust("1 second")
      yield* failed
      assert.deepStrictEqual(yield* names(join(path, "gone")), ["data.json", "data.json.lock"])
      yield* Effect.promise(() => Fs.rename(join(path, "gone"), join(path, "inner")))
      // The fiber may not sleep yet when the clock moves.
      yield* TestClock.adjust("1 second").pipe(
        Effect.zipRight(Effect.yieldNow()),
        Effect.forever,
        Effect.race(saved)
      )
      assert.include(yield* contents(dataFile), "Kept")
      assert.strictEqual(messages.filter((text) => text.includes("could not save")).length, 1)
      assert.include(messages[0], `The emulator cannot keep its data in ${dataFile}: ENOENT`)
    }).pipe(Effect.provide(layer))
  })
})

/** A state with one deployment, whose stored rows call a function when they are read. */
const stateOf = (count: number, read: (index: number) => void) =>
  Effect.gen(function*() {
    const state = yield* State.make({
      seed: 0,
      clock: "frozen",
      deployDelay: 0,
      batchDelay: 0,
      batchSpeed: Infinity,
      predictionHost: "h"
    })
    yield* state.seed([{ id: "a", label: "A" }, { id: "b", label: "B" }])
    const snapshot = yield* state.snapshot
    const rows = Array.from({ length: count }, (_, index): PredictedRow => ({
      get time() {
        read(index)
        return index
      },
      modelId: "m",
      associationId: null,
      features: { name: `row ${index}` },
      score: 0
    }))
    yield* state.restore({
      ...snapshot,
      deployments: snapshot.deployments.map((one) => one.deployment.id === "a" ? { ...one, rows } : one)
    })
    return state
  })

describe("The last save", () => {
  const close = (failures: number) =>
    Effect.gen(function*() {
      const file = yield* inFile
      let left = 0
      const state = yield* stateOf(1, () => {
        if (left-- > 0) throw new Error("no space left on device")
      })
      const scope = yield* Scope.make()
      yield* Scope.extend(Effect.flatMap(DataFile.open(file), (keep) => keep(state, "u")), scope)
      yield* state.seed([{ label: "Last" }])
      left = failures
      const exit = yield* Effect.exit(Scope.close(scope, Exit.void))
      assert.deepStrictEqual(yield* names(dirname(file)), ["data.json"])
      return { exit, file, text: yield* contents(file) }
    })

  it.scoped("is repeated if it fails", () =>
    Effect.gen(function*() {
      const { exit, text } = yield* close(2)
      assert.isTrue(Exit.isSuccess(exit))
      assert.include(text, "Last")
    }))

  it.scoped("reports that the changes are lost if it still fails", () =>
    Effect.gen(function*() {
      const { exit, file, text } = yield* close(1_000)
      const message = `The emulator cannot keep its data in ${file}: the last changes could not be saved ` +
        "(no space left on device) and are lost. The file has the state before them. " +
        "Check that its folder exists, can be written and has free space."
      assert.isTrue(Exit.isFailure(exit) && String(exit.cause).includes(message), String(exit))
      assert.notInclude(text, "Last")
    }))
})

describe("A save of a large state", () => {
  const rows = 20_000

  it.scoped("is divided over many turns of the event loop", () =>
    Effect.gen(function*() {
      const file = yield* inFile
      let turn = 0
      const turns = new Map<number, number>()
      const state = yield* stateOf(rows, (index) => turns.has(index) || turns.set(index, turn))
      yield* Effect.acquireRelease(
        Effect.sync(() => {
          const next = () => {
            turn++
            immediate = setImmediate(next)
          }
          let immediate = setImmediate(next)
          return () => clearImmediate(immediate)
        }),
        Effect.sync
      )
      yield* Effect.flatMap(DataFile.open(file), (keep) => keep(state, "u"))
      const perTurn = new Map<number, number>()
      for (const one of turns.values()) perTurn.set(one, (perTurn.get(one) ?? 0) + 1)
      assert.strictEqual(turns.size, rows)
      assert.isAtMost(Math.max(...perTurn.values()), rows / 10)
    }))

  it.scoped("writes the state of one moment, whatever changes meanwhile", () =>
    Effect.gen(function*() {
      const file = yield* inFile
      let change = Effect.void
      const state = yield* stateOf(rows, (index) => {
        if (index !== rows / 2) return
        const once = change
        change = Effect.void
        Effect.runSync(once)
      })
      const traffic = { deploymentId: "b", userErrors: 0, serverErrors: 0, consumers: 2, rows: 1 }
      const record = (start: string, end: string, requests: number) =>
        Effect.orDie(
          state.recordTraffic({
            ...traffic,
            requests,
            executionTime: 0.1,
            start: DateTime.unsafeMake(start),
            end: DateTime.unsafeMake(end)
          })
        )
      yield* record("2018-05-02", "2018-05-03", 5_000)
      // Leaves room, so that the next requests need no new memory.
      yield* record("2018-05-03", "2018-05-04", 10)
      const expected = JSON.stringify(yield* Effect.flatMap(state.snapshot, Schema.encode(Snapshot)))
      const request = { user: "u", rows: 1, executionTime: 1, status: 200 }
      change = Effect.gen(function*() {
        yield* record("2018-05-01", "2018-05-02", 10)
        yield* record("2018-05-04", "2018-05-05", 10)
        yield* Effect.orDie(state.record("a", request))
        yield* Effect.orDie(state.update("b", { label: "Changed" }))
        yield* state.seed([{ label: "New" }])
        yield* state.startJob("done")
        yield* Effect.orDie(state.remove("a"))
      })
      yield* Effect.flatMap(DataFile.open(file), (keep) => keep(state, "u"))
      assert.strictEqual(change, Effect.void)
      assert.isTrue((yield* contents(file)) === expected)
      assert.strictEqual(yield* state.list((all) => all.length), 2)
    }))
})
