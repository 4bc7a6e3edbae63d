/** Passes the lines of the SDK to the logger of the caller. */
import * as HashMap from "effect/HashMap"
import * as Layer from "effect/Layer"
import * as EffectLogger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import * as Option from "effect/Option"
import { isRecord } from "../wire/text.js"
import type { Logger } from "./Logger.js"

type Method = keyof Logger

const methods: ReadonlyArray<Method> = ["debug", "info", "warn", "error"]

/** Whether a value has the methods of a logger. */
export const isLogger = (value: unknown): value is Logger =>
  isRecord(value) && methods.every((method) => typeof value[method] === "function")

const named = (message: string) => `effect-datarobot: ${message}`

// The console of the moment, because tests and other tools replace its methods.
const consoleLogger: Logger = {
  debug: (message) => console.debug(named(message)),
  info: (message) => console.info(named(message)),
  warn: (message) => console.warn(named(message)),
  error: (message) => console.error(named(message))
}

const methodOf = ({ ordinal }: LogLevel.LogLevel): Method => {
  if (ordinal >= LogLevel.Error.ordinal) return "error"
  if (ordinal >= LogLevel.Warning.ordinal) return "warn"
  return ordinal >= LogLevel.Info.ordinal ? "info" : "debug"
}

/** Calls a method of a logger. Whatever the logger does, it has no effect on the call that writes the line. */
const write = (logger: Logger, method: Method, message: string, details: Readonly<Record<string, unknown>>) => {
  try {
    // Without details there is one argument: `console` would take a "%" of the message for a placeholder.
    const returned: unknown = Object.keys(details).length === 0
      ? logger[method](message)
      : logger[method](message, details)
    Promise.resolve(returned).catch(() => {})
  } catch {
    // The line is lost.
  }
}

/** Replaces Effect's logger, which prints to the standard output. */
export const logging = (logger: Logger = consoleLogger, debug = false): Layer.Layer<never> => {
  const own = EffectLogger.make<unknown, void>(({ annotations, logLevel, message }) => {
    // The cause is left out, because only the SDK's own messages are known not to have the token.
    const line = (Array.isArray(message) ? message : [message]).map(String).join(" ")
    write(logger, methodOf(logLevel), line, Object.fromEntries(HashMap.toEntries(annotations)))
  })
  return Layer.mergeAll(
    EffectLogger.replace(EffectLogger.defaultLogger, own),
    EffectLogger.minimumLogLevel(debug ? LogLevel.Debug : LogLevel.Info),
    // The caller gets each error, so it is not logged.
    Layer.setUnhandledErrorLogLevel(Option.none())
  )
}
