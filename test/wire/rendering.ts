/** The ways in which an error can be displayed. */
import { processError } from "@vitest/utils/error"
import { DataRobotError } from "effect-datarobot"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as LogLevel from "effect/LogLevel"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as NodeAssert from "node:assert"
import { Console } from "node:console"
import { Writable } from "node:stream"
import { format, inspect } from "node:util"
import { serialize } from "node:v8"
import { assert as chai, expect } from "vitest"
import { recorded, type Texts } from "./recording.js"

const deep = (value: unknown, showHidden = false) => inspect(value, { depth: 10, showHidden, maxStringLength: null })

// A renderer may throw on a cycle or a function. In that case the text is the thrown error.
const attempted = (show: () => string): string => {
  try {
    return show()
  } catch (thrown) {
    return String(thrown)
  }
}

const json = (value: unknown): string => attempted(() => JSON.stringify(value) ?? "")

const printed = (print: (console: Console) => void): string => {
  const chunks: Array<string> = []
  const stream = new Writable({
    write: (chunk, _, done) => {
      chunks.push(String(chunk))
      done()
    }
  })
  print(new Console({ stdout: stream, stderr: stream }))
  return chunks.join("")
}

/** Returns what a value shows if it is printed by Node, or copied to another thread or process. */
export const shown = (name: string, value: unknown): Texts => ({
  [`${name}: inspect`]: deep(value),
  [`${name}: inspect, hidden properties too`]: deep(value, true),
  [`${name}: JSON.stringify`]: json(value),
  [`${name}: String`]: String(value),
  [`${name}: format`]: `${format("%O", value)} ${format("%o", value)} ${format("%j", value)}`,
  [`${name}: console`]: printed((console) => {
    console.log(value)
    console.error("failed: %O", value)
    console.dir(value, { depth: null, showHidden: true })
    console.table([value])
    console.trace(value)
  }),
  [`${name}: structuredClone`]: attempted(() => deep(structuredClone(value), true)),
  [`${name}: v8.serialize`]: attempted(() => serialize(value).toString("latin1")),
  ...(value instanceof Error
    ? {
      [`${name}: message, stack`]: `${value.message} ${value.stack}`,
      [`${name}: causes`]: causesOf(value).map((cause) => deep(cause, true)).join("\n")
    }
    : {})
})

const causesOf = (error: Error): ReadonlyArray<unknown> => {
  const causes: Array<unknown> = []
  for (let link: unknown = error; link instanceof Error && causes.length < 10;) {
    causes.push(link)
    link = link.cause
  }
  return causes
}

const other = { _tag: "DataRobotApiError", message: "something else", status: 418, body: "something else" }

/** Failing assertions with the value on one side, as in a test that meets the error unexpectedly. */
const assertions: Readonly<Record<string, (value: unknown) => void>> = {
  "toEqual": (value) => expect(value).toEqual(other),
  "toEqual, on the other side": (value) => expect(other).toEqual(value),
  "toStrictEqual": (value) => expect({ value }).toStrictEqual({ value: other }),
  "toMatchObject": (value) => expect(value).toMatchObject(other),
  "toBe": (value) => expect(value).toBe(other),
  "toContain": (value) => expect([value]).toContain(other),
  "toBeUndefined": (value) => expect(value).toBeUndefined(),
  "toThrow": (value) =>
    expect(() => {
      throw value
    }).toThrow("something else"),
  "assert.deepStrictEqual": (value) => chai.deepStrictEqual(value, other),
  "assert.include": (value) => chai.include([value], other),
  "node:assert": (value) => NodeAssert.deepStrictEqual(value, other)
}

/** What vitest prints for a failed assertion: it prepares the error like this for its reporters. */
export const asserted = (name: string, value: unknown): Texts =>
  Object.fromEntries(
    Object.entries(assertions).map(([assertion, run]) => {
      try {
        run(value)
      } catch (thrown) {
        const before = deep(thrown, true)
        return [`${name} in a test, ${assertion}`, `${before} ${deep(processError(thrown), true)}`]
      }
      throw new Error(`${assertion} holds`)
    })
  )

/** Renders everything, or only the fast renderings. */
export interface RenderOptions {
  readonly quick?: boolean
}

const levels = [LogLevel.Trace, LogLevel.Debug, LogLevel.Info, LogLevel.Warning, LogLevel.Error, LogLevel.Fatal]

/** A failed operation. */
export interface Rendered {
  /** The error; undefined if the operation died. */
  readonly error: DataRobotError.DataRobotError | undefined
  /** The rendered texts by the name of the renderer. */
  readonly texts: Texts
}

/** Runs an operation that fails, and renders everything it shows. */
export const render = <R>(
  operation: Effect.Effect<unknown, DataRobotError.DataRobotError, R>,
  { quick = false }: RenderOptions = {}
): Effect.Effect<Rendered, unknown, R> =>
  Effect.gen(function*() {
    const logged = Effect.tapErrorCause(operation, (cause) => {
      const failure = Option.getOrUndefined(Cause.failureOption(cause))
      return Effect.forEach(quick ? [LogLevel.Error] : levels, (level) =>
        Effect.logWithLevel(level, "it failed", failure, cause)).pipe(
          Effect.annotateLogs({ failure, cause }),
          Effect.withLogSpan("the operation")
        )
    })
    const { exit, texts } = yield* recorded(logged)
    if (Exit.isSuccess(exit)) {
      return yield* Effect.die(new Error("succeeded, but should have failed"))
    }
    const { cause } = exit
    const failure = Option.getOrUndefined(Cause.failureOption(cause))
    const rejected = yield* Effect.promise(() =>
      Effect.runPromise(Effect.failCause(cause)).catch((reason) => reason)
    )
    const subject = failure ?? Cause.squash(cause)
    return {
      error: failure,
      texts: {
        ...texts,
        ...shown("error", subject),
        // Without Effect's wrapper, which keeps the span and which no assertion can print.
        ...(quick ? {} : asserted("error", Cause.originalError(subject))),
        ...shown("cause", cause),
        ...shown("exit", exit),
        ...shown("FiberFailure", rejected),
        ...shown("what runSync throws", thrownBy(() => Effect.runSync(Effect.failCause(cause)))),
        "Cause.pretty": Cause.pretty(cause),
        "Cause.pretty, rendered causes": Cause.pretty(cause, { renderErrorCause: true }),
        "Schema.encode": failure === undefined ? "" : json(Schema.encodeSync(DataRobotError.DataRobotError)(failure))
      }
    }
  })

const thrownBy = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (thrown) {
    return thrown
  }
}
