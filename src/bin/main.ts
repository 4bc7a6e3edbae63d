#!/usr/bin/env node
/** `effect-datarobot`: the command line. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Logger from "effect/Logger"
import { EmulatorDataError, EmulatorListenError } from "../emulator/node.js"
import { version } from "../wire/version.js"
import { emulator } from "./emulator.js"
import { parse, usage } from "./options.js"

const complain = (message: string) => Effect.sync(() => process.stderr.write(`effect-datarobot: ${message}\n`))

/** What stopped the command: an error of the emulator's is for the one who runs it, anything else for who mends it. */
const reason = (error: unknown) => {
  if (error instanceof EmulatorListenError || error instanceof EmulatorDataError) return error.message
  return error instanceof Error ? error.stack ?? error.message : String(error)
}

const main = Effect.gen(function*() {
  const parsed = parse(process.argv.slice(2))
  if (Either.isLeft(parsed)) {
    yield* complain(`${parsed.left}\nRun effect-datarobot --help to see what can be said.`)
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
        (cause) => Effect.as(complain(reason(Cause.squash(cause))), 1)
      )
  }
})

// What the emulator logs is not among what it prints.
const logger = Logger.replace(Logger.defaultLogger, Logger.withConsoleError(Logger.logfmtLogger))

process.exitCode = await Effect.runPromise(Effect.provide(main, logger))
