/** Every way in which an error comes before somebody's eyes. */
import { DataRobotError } from "effect-datarobot"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Tracer from "effect/Tracer"
import { format, inspect } from "node:util"

const deep = (value: unknown, showHidden = false) => inspect(value, { depth: 10, showHidden, maxStringLength: null })

// Anything may throw where it meets a cycle; then it shows nothing.
const json = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? ""
  } catch {
    return ""
  }
}

const error = (name: string, value: unknown): Readonly<Record<string, string>> => ({
  [`${name}: inspect`]: deep(value),
  [`${name}: inspect, hidden properties too`]: deep(value, true),
  [`${name}: JSON.stringify`]: json(value),
  [`${name}: String`]: String(value),
  ...(value instanceof Error ? { [`${name}: message, stack`]: `${value.message} ${value.stack}` } : {})
})

/** All that was logged, by each of Effect's loggers, and all that was traced. */
const recorder = () => {
  const lines = new Map<string, string>()
  const add = (name: string, text: string) => {
    lines.set(name, `${lines.get(name) ?? ""}${text}\n`)
  }
  const pretty = Logger.prettyLogger({ colors: false, mode: "tty" })
  const logger = Logger.make((options) => {
    add("Logger.stringLogger", Logger.stringLogger.log(options))
    add("Logger.logfmtLogger", Logger.logfmtLogger.log(options))
    add("Logger.jsonLogger", Logger.jsonLogger.log(options))
    add("Logger.structuredLogger", deep(Logger.structuredLogger.log(options)))
    pretty.log(options)
  })
  const tracer = Tracer.make({
    context: (run) => run(),
    span: (name, parent, context, links, startTime, kind) => {
      const attributes = new Map<string, unknown>()
      const record = (...what: ReadonlyArray<unknown>) => add("spans", what.map((part) => deep(part)).join(" "))
      record(name)
      return {
        _tag: "Span",
        name,
        spanId: "1",
        traceId: "1",
        parent,
        context,
        status: { _tag: "Started", startTime },
        attributes,
        links,
        sampled: true,
        kind,
        end: (_, exit) => {
          record(attributes, exit)
          if (Exit.isFailure(exit)) record(Cause.pretty(exit.cause), json(exit))
        },
        attribute: (key, value) => {
          attributes.set(key, value)
        },
        event: (event, _, eventAttributes) => record(event, eventAttributes),
        addLinks: (more) => record(more)
      }
    }
  })
  const write = (...args: ReadonlyArray<unknown>) => add("Logger.prettyLogger", format(...args))
  const withConsole = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.flatMap(Effect.console, (console) =>
      Effect.withConsole(effect, {
        ...console,
        unsafe: { ...console.unsafe, log: write, error: write, group: write, groupCollapsed: write, groupEnd: () => {} }
      }))
  const record = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    effect.pipe(
      Effect.withSpan("around"),
      Effect.withTracer(tracer),
      Effect.provide(Layer.merge(
        Logger.replace(Logger.defaultLogger, logger),
        Logger.minimumLogLevel(LogLevel.All)
      )),
      withConsole
    )
  return { record, lines: (): Readonly<Record<string, string>> => Object.fromEntries(lines) }
}

/** How an operation failed. */
export interface Rendered {
  /** The error; none when the operation died. */
  readonly error: DataRobotError.DataRobotError | undefined
  /** By the renderer's name, what it shows. */
  readonly texts: Readonly<Record<string, string>>
}

/** Runs an operation that fails, and renders all there is to see of it. */
export const render = <R>(
  operation: Effect.Effect<unknown, DataRobotError.DataRobotError, R>
): Effect.Effect<Rendered, unknown, R> =>
  Effect.gen(function*() {
    const { lines, record } = recorder()
    const logged = Effect.tapErrorCause(operation, (cause) => {
      const failure = Option.getOrUndefined(Cause.failureOption(cause))
      return Effect.logError("it failed", failure, cause).pipe(Effect.annotateLogs({ failure, cause }))
    })
    const cause = yield* Effect.flip(Effect.sandbox(record(logged)))
    const failure = Option.getOrUndefined(Cause.failureOption(cause))
    const rejected = yield* Effect.promise(() => Effect.runPromise(Effect.failCause(cause)).catch((reason) => reason))
    return {
      error: failure,
      texts: {
        ...lines(),
        ...error("error", failure),
        ...error("cause", cause),
        ...error("exit", Exit.failCause(cause)),
        ...error("unhandled FiberFailure", rejected),
        "Cause.pretty": Cause.pretty(cause),
        "Cause.pretty, rendered causes": Cause.pretty(cause, { renderErrorCause: true }),
        "Schema.encode": failure === undefined ? "" : json(Schema.encodeSync(DataRobotError.DataRobotError)(failure))
      }
    }
  })
