/** The lock of a data file: a file next to it that names the emulator that uses it. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import * as Fs from "node:fs/promises"
import { hostname } from "node:os"
import { setTimeout } from "node:timers/promises"
import { attempt, EmulatorDataError, ignore } from "./dataError.js"
import { isRunning, startOf } from "./otherProcess.js"
import { replaceFile } from "./replaceFile.js"

/** The content of a lock: the process of the emulator, when that started, its machine, and its URL if it is known. */
const Holder = Schema.parseJson(Schema.Struct({
  pid: Schema.Int.pipe(Schema.positive()),
  start: Schema.optional(Schema.String),
  host: Schema.String,
  url: Schema.optional(Schema.String)
}))
type Holder = typeof Holder.Type

const decode = Schema.decodeOption(Holder)
const encode = Schema.encodeSync(Holder)

/** A lock that this emulator holds. */
export interface DataLock {
  /** Writes the URL of this emulator into the lock, for the error of another emulator. */
  readonly setUrl: (url: string) => Effect.Effect<void, EmulatorDataError>
}

/**
 * Locks a data file until the scope closes. `target` is the file that `file` leads to. Fails with an error that names
 * the other emulator if the file is in use. A lock of a process that is not running any more is taken over.
 */
export const lock = (file: string, target: string): Effect.Effect<DataLock, EmulatorDataError, Scope.Scope> => {
  const path = `${target}.lock`
  return Effect.gen(function*() {
    const start = yield* Effect.promise(() => startOf(process.pid))
    const own = { pid: process.pid, start, host: hostname() }
    let text = encode(own)
    yield* Effect.acquireRelease(
      Effect.flatMap(
        attempt(file, () => take(path, text)),
        (problem) => problem === undefined ? Effect.void : new EmulatorDataError({ file, problem })
      ),
      // If a user deleted the lock and started another emulator, the file is now the lock of that emulator.
      () =>
        attempt(file, async () => await contents(path) === text ? Fs.rm(path) : undefined).pipe(
          Effect.catchAll(({ problem }) =>
            Effect.logWarning(`The emulator could not delete its lock ${path} (${problem}). Delete it.`)
          )
        )
    )
    return {
      setUrl: (url) =>
        attempt(file, async () => {
          const named = encode({ ...own, url })
          await replaceFile(path, [named])
          text = named
        })
    }
  })
}

/** Another emulator holds its lock file for a moment without content, and a takeover lasts a moment. */
const attempts = 50
const pause = 20

/** Creates the lock. Returns the problem if that is not possible. */
const take = async (path: string, text: string): Promise<string | undefined> => {
  for (let time = 0; time < attempts; time++) {
    if (await create(path, text)) return undefined
    const found = await contents(path)
    const holder = Option.flatMap(Option.fromNullable(found), decode)
    if (Option.isSome(holder)) {
      if (await isHeld(holder.value)) return inUse(holder.value, path)
      if (await takeOver(path, found, text)) continue
    }
    await setTimeout(pause)
  }
  return `its lock ${path} is not a lock of an emulator, or its takeover was interrupted. ` +
    `If no emulator uses the file, delete ${path} and ${takeoverOf(path)}.`
}

const takeoverOf = (path: string) => `${path}.takeover`

/**
 * Removes the lock of a process that has ended. Only one emulator may do so at a time, and only if the lock is still
 * the same. Otherwise it could remove the lock that another emulator has created meanwhile.
 */
const takeOver = async (path: string, found: string | undefined, text: string): Promise<boolean> => {
  if (!await create(takeoverOf(path), text)) return false
  try {
    if (await contents(path) === found) await Fs.rm(path)
  } finally {
    await Fs.rm(takeoverOf(path))
  }
  return true
}

/** Whether the process of a lock may still be running. Processes of other machines can't be checked. */
const isHeld = async ({ host, pid, start }: Holder): Promise<boolean> => {
  if (host !== hostname()) return true
  if (!isRunning(pid)) return false
  const now = await startOf(pid)
  return start === undefined || now === undefined || start === now
}

const inUse = ({ host, pid, url }: Holder, path: string): string => {
  const where = host === hostname() ? "" : ` on ${host}`
  return `${url === undefined ? "another emulator" : `the emulator at ${url}`} (process ${pid}${where}) uses it. ` +
    `Stop that emulator, or use another data file. If there is no such emulator, delete ${path}.`
}

/** The content of a file; undefined if the file does not exist. */
const contents = (path: string): Promise<string | undefined> => Fs.readFile(path, "utf8").catch(ignore("ENOENT"))

/** Creates a file. Returns false if it exists. */
const create = async (path: string, text: string): Promise<boolean> => {
  const handle = await Fs.open(path, "wx", 0o600).catch(ignore("EEXIST"))
  if (handle === undefined) return false
  try {
    await handle.writeFile(text)
    return true
  } catch (error) {
    await Fs.rm(path)
    throw error
  } finally {
    await handle.close()
  }
}
