/** The error of everything that concerns the data file. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

/**
 * The data file cannot be used: it cannot be read or written, another emulator uses it, or its content is not a
 * snapshot.
 *
 * @since 0.1.0
 */
export class EmulatorDataError extends Schema.TaggedError<EmulatorDataError>()("EmulatorDataError", {
  /** The data file. */
  file: Schema.String,
  /** What is wrong with it. */
  problem: Schema.String
}) {
  /** One line: which file it is, and what is wrong with it. */
  override get message() {
    return `The emulator cannot keep its data in ${this.file}: ${this.problem}`
  }
}

/** Runs an action on the files of a data file. */
export const attempt = <A>(file: string, action: () => Promise<A>): Effect.Effect<A, EmulatorDataError> =>
  Effect.tryPromise({
    try: action,
    catch: (error) => new EmulatorDataError({ file, problem: error instanceof Error ? error.message : String(error) })
  })

/** The code of a system error, such as `ENOENT`. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined

/** Handles a system error with one of some codes: returns undefined in its place. */
export const ignore = (...codes: ReadonlyArray<string>) => (error: unknown): undefined => {
  if (!codes.includes(codeOf(error) ?? "")) throw error
}
