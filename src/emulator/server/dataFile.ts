/** Keeps what an emulator stores in a file, from one run to the next. Needs Node. */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import * as Fs from "node:fs/promises"
import { setTimeout } from "node:timers/promises"
import { Snapshot } from "../state/snapshot.js"
import type { State } from "../state/State.js"
import { attempt, EmulatorDataError, ignore } from "./dataError.js"
import { lock } from "./dataLock.js"
import { removeLeftovers, replaceFile, targetOf } from "./replaceFile.js"

/** How often changes are written, and how long after a failure they are written again. */
const interval = "1 second"

/** At the end there is less time: the pause in milliseconds after a failure. */
const lastPause = 100

const decode = Schema.decodeEither(Schema.parseJson(Snapshot), { onExcessProperty: "error" })

/**
 * Locks the file and reads it if it exists. Returns a function that restores a state from it and then keeps the file up
 * to date: it writes the file at once, after every change, and at the end. `url` names the emulator in the error of
 * another one that is to use the same file.
 */
export const open = (
  file: string
): Effect.Effect<
  (state: State, url: string) => Effect.Effect<void, EmulatorDataError, Scope.Scope>,
  EmulatorDataError,
  Scope.Scope
> =>
  Effect.gen(function*() {
    const target = yield* attempt(file, () => targetOf(file))
    const { setUrl } = yield* lock(file, target)
    yield* attempt(file, () => removeLeftovers(target))
    const snapshot = yield* read(file, target)
    let close: Effect.Effect<void> = Effect.void
    // Finalizers run in reverse order: this one runs after the server, which is added later, has stopped.
    yield* Effect.addFinalizer(() => close)
    return (state, url) =>
      Effect.gen(function*() {
        yield* setUrl(url)
        if (snapshot !== undefined) {
          yield* Effect.mapError(
            state.restore(snapshot),
            ({ errors }) => notASnapshot(file, Object.entries(errors ?? {}))
          )
        }
        const save = saving(file, target, state)
        yield* save
        close = atTheEnd(file, save)
        yield* Effect.forkScoped(Effect.forever(Effect.delay(reporting(file, save), interval)))
      })
  })

/** Writes the state to the file if it has changed since it was written. Requests are served meanwhile. */
const saving = (file: string, target: string, state: State): Effect.Effect<void, EmulatorDataError> => {
  let written = -1
  return Effect.gen(function*() {
    const revision = yield* state.revision
    if (revision === written) return
    const json = yield* state.json
    yield* attempt(file, () => replaceFile(target, json))
    // Only now: after a failure, the same changes must be written again.
    written = revision
  }).pipe(Effect.uninterruptible)
}

/** Saves, and logs the first failure in a row, and the success after it. */
const reporting = (file: string, save: Effect.Effect<void, EmulatorDataError>): Effect.Effect<void> => {
  let failing = false
  return save.pipe(
    Effect.zipRight(Effect.suspend(() => {
      if (!failing) return Effect.void
      failing = false
      return Effect.logInfo(`The emulator has saved its data in ${file} again`)
    })),
    Effect.catchAllCause((cause) => {
      if (failing) return Effect.void
      failing = true
      return Effect.logError("The emulator could not save its data and tries again every second", cause)
    })
  )
}

/** Saves at the end. Dies if that fails three times, because the changes are lost then. */
const atTheEnd = (file: string, save: Effect.Effect<void, EmulatorDataError>): Effect.Effect<void> =>
  save.pipe(
    // Not Effect's clock, which may stand still in a test.
    Effect.tapError(() => Effect.promise(() => setTimeout(lastPause))),
    Effect.retry({ times: 2 }),
    Effect.catchAll(({ problem }) =>
      Effect.die(
        new EmulatorDataError({
          file,
          problem:
            `the last changes could not be saved (${problem}) and are lost. The file has the state before them. ` +
            "Check that its folder exists, can be written and has free space."
        })
      )
    )
  )

const read = (file: string, target: string) =>
  Effect.gen(function*() {
    const text = yield* attempt(file, () => Fs.readFile(target, "utf8").catch(ignore("ENOENT")))
    if (text === undefined) return undefined
    const decoded = decode(text)
    if (Either.isRight(decoded)) return decoded.right
    const issues = ParseResult.ArrayFormatter.formatErrorSync(decoded.left)
    return yield* notASnapshot(file, issues.map(({ message, path }) => [path.join("."), message]))
  })

/** The error about a file whose content can't be restored. Describes the first issue: where it is, and what it is. */
const notASnapshot = (file: string, [issue]: ReadonlyArray<readonly [string, string]>) => {
  const description = issue?.filter((text) => text !== "").join(": ").slice(0, 300) ?? "no reason"
  const problem = `it does not contain a snapshot of an emulator (${description}). ` +
    "The file was not changed: move it away, or name another file."
  return new EmulatorDataError({ file, problem })
}
