/** Keeps what an emulator stores in a file, from one run to the next. Needs Node. */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import * as Fs from "node:fs/promises"
import { isRecord } from "../../wire/text.js"
import { Snapshot } from "../state/snapshot.js"
import type { State } from "../state/State.js"

/**
 * The data file cannot be used: it cannot be read or written, or its content is not a snapshot.
 *
 * @since 0.1.0
 */
export class EmulatorDataError extends Schema.TaggedError<EmulatorDataError>()("EmulatorDataError", {
  file: Schema.String,
  problem: Schema.String
}) {
  override get message() {
    return `The emulator cannot keep its data in ${this.file}: ${this.problem}`
  }
}

/** How often changes are written. */
const interval = "1 second"

const decode = Schema.decodeEither(Schema.parseJson(Snapshot), { onExcessProperty: "error" })
const encode = Schema.encode(Snapshot)

/**
 * Reads the file if it exists. Returns a function that restores a state from it and then keeps the file up to date: it
 * writes the file at once, after every change, and at the end. It writes to a temporary file, which only its owner can
 * read, and renames it.
 */
export const open = (
  file: string
): Effect.Effect<
  (state: State) => Effect.Effect<void, EmulatorDataError, Scope.Scope>,
  EmulatorDataError,
  Scope.Scope
> =>
  Effect.gen(function*() {
    const snapshot = yield* read(file)
    let close: Effect.Effect<void> = Effect.void
    // Finalizers run in reverse order: this one runs after the server, which is added later, has stopped.
    yield* Effect.addFinalizer(() => close)
    return (state) =>
      Effect.gen(function*() {
        if (snapshot !== undefined) {
          yield* Effect.mapError(state.restore(snapshot), ({ errors }) =>
            notASnapshot(file, Object.entries(errors ?? {})))
        }
        let written = -1
        const save = Effect.gen(function*() {
          const revision = yield* state.revision
          if (revision === written) {
            return
          }
          yield* write(file, state)
          written = revision
        }).pipe(Effect.uninterruptible)
        yield* save
        // If the last write fails, closing must fail.
        close = Effect.orDie(save)
        yield* Effect.sleep(interval).pipe(
          Effect.andThen(
            Effect.catchAllCause(save, (cause) =>
              Effect.logError("The data file could not be written", cause))
          ),
          Effect.forever,
          Effect.forkScoped
        )
      })
  })

const read = (file: string) =>
  Effect.gen(function*() {
    const text = yield* attempt(file, () => Fs.readFile(file, "utf8")).pipe(
      Effect.catchIf((error) => error.problem.startsWith("ENOENT"), () => Effect.succeed(undefined))
    )
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

const write = (file: string, state: State) =>
  Effect.gen(function*() {
    const snapshot = yield* Effect.orDie(Effect.flatMap(state.snapshot, encode))
    const aside = `${file}.${process.pid}.tmp`
    yield* attempt(file, async () => {
      await Fs.rm(aside, { force: true })
      await Fs.writeFile(aside, blocks(pieces(snapshot)), { mode: 0o600, flag: "wx" })
      await Fs.rename(aside, file)
    })
  })

/** Writes JSON in pieces: the JSON of a million requests has 30 MB, which do not have to be in memory at once. */
function* pieces(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    const size = typeof value[0] === "object" ? 1 : 10_000
    yield "["
    for (let from = 0; from < value.length; from += size) {
      if (from > 0) yield ","
      if (size === 1) yield* pieces(value[from])
      else yield JSON.stringify(value.slice(from, from + size)).slice(1, -1)
    }
    yield "]"
  } else if (isRecord(value)) {
    let separator = "{"
    for (const [key, member] of Object.entries(value)) {
      if (member === undefined) continue
      yield `${separator}${JSON.stringify(key)}:`
      yield* pieces(member)
      separator = ","
    }
    yield separator === "{" ? "{}" : "}"
  } else {
    yield JSON.stringify(value) ?? "null"
  }
}

/** Joins pieces into blocks of at least 64 KiB, because each write is a system call. */
function* blocks(texts: Iterable<string>): Generator<string> {
  let block = ""
  for (const text of texts) {
    block += text
    if (block.length < 65_536) continue
    yield block
    block = ""
  }
  yield block
}

const attempt = <A>(file: string, action: () => Promise<A>) =>
  Effect.tryPromise({
    try: action,
    catch: (error) => new EmulatorDataError({ file, problem: error instanceof Error ? error.message : String(error) })
  })
