#!/usr/bin/env node
/** The entry point of the `effect-datarobot` command. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Logger from "effect/Logger"
import { EmulatorDataError, EmulatorListenError } from "../emulator/node.js"
import { version } from "../wire/version.js"
import { emulator } from "./emulator.js"
import { parse, usage } from "./options.js"

const printError = (message: string) => Effect.sync(() => process.stderr.write(`effect-datarobot: ${message}\n`))

/** The text to print for an error. An expected error needs only its message; a bug needs its stack trace. */
const describeError = (error: unknown) => {
  if (error instanceof EmulatorListenError || error instanceof EmulatorDataError) return error.message
  return error instanceof Error ? error.stack ?? error.message : String(error)
}

const main = Effect.gen(function*() {
  const parsed = parse(process.argv.slice(2))
  if (Either.isLeft(parsed)) {
    yield* printError(`${parsed.left}\nRun effect-datarobot --help for usage.`)
    return 2
  }
  const command = parsed.right
  switch (command._tag) {
    case "Help":
      process.stdout.write(usage)
      return 0
    case "Version":
      process.stdout.write(`${version}\n`)
      return 0
    case "Emulator":
      return yield* Effect.catchAllCause(
        emulator(command),
        (cause) => Effect.as(printError(describeError(Cause.squash(cause))), 1)
      )
  }
})

// Logs go to stderr: stdout is for output that scripts read.
const logger = Logger.replace(Logger.defaultLogger, Logger.withConsoleError(Logger.logfmtLogger))

process.exitCode = await Effect.runPromise(Effect.provide(main, logger))
