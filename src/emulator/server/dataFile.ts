/** Keeps what an emulator knows in a file, from one run to the next. Needs Node. */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import * as Fs from "node:fs/promises"
import { isRecord } from "../../wire/text.js"
import { Snapshot } from "../state/snapshot.js"
import type { State } from "../state/State.js"

/** The file cannot hold what the emulator knows: it cannot be read or written, or holds something else. */
export class EmulatorDataError extends Schema.TaggedError<EmulatorDataError>()("EmulatorDataError", {
  file: Schema.String,
  problem: Schema.String
}) {
  override get message() {
    return `The emulator cannot keep its data in ${this.file}: ${this.problem}`
  }
}

/** How often what has changed is written. */
const interval = "1 second"

const decode = Schema.decodeEither(Schema.parseJson(Snapshot), { onExcessProperty: "error" })
const encode = Schema.encode(Snapshot)

/**
 * Reads the file, if it is there, and gives what ties it to a state: the state then knows what the file holds, and the
 * file is written now, after every change, and at the end. It is written aside and renamed, readable by its owner only.
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
    // Here, so that it runs when the server, which comes later, is down: nothing is written after that.
    yield* Effect.addFinalizer(() => close)
    return (state) =>
      Effect.gen(function*() {
        if (snapshot !== undefined) yield* state.restore(snapshot)
        let written = -1
        const save = Effect.gen(function*() {
          const revision = yield* state.revision
          if (revision === written) return
          yield* write(file, state)
          written = revision
        }).pipe(Effect.uninterruptible)
        yield* save
        // Lost data is not to go unnoticed.
        close = Effect.orDie(save)
        yield* Effect.sleep(interval).pipe(
          Effect.zipRight(Effect.catchAllCause(save, (cause) => Effect.logError("The data was not written", cause))),
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
    const [issue] = ParseResult.ArrayFormatter.formatErrorSync(decoded.left)
    const where = issue === undefined || issue.path.length === 0 ? "" : `${issue.path.join(".")}: `
    const problem = `it holds no snapshot of an emulator (${where}${issue?.message.slice(0, 200)}). ` +
      "It is left as it is; move it away, or name another file."
    return yield* new EmulatorDataError({ file, problem })
  })

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

/** JSON in pieces: that of a million requests is a text of 30 MB, which need not be in memory at once to be written. */
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

/** Pieces put together, as each that is written by itself costs a call of the system. */
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
