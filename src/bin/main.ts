#!/usr/bin/env node
/** `effect-datarobot`: the command line. */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Logger from "effect/Logger"
import { version } from "../internal/version.js"
import { emulator } from "./emulator.js"
import { parse, usage } from "./options.js"

const complain = (message: string) => Effect.sync(() => process.stderr.write(`effect-datarobot: ${message}\n`))

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
      return yield* Effect.catchAll(emulator(command), (error) => Effect.as(complain(error.message), 1))
  }
})

// What the emulator logs is not among what it prints.
const logger = Logger.replace(Logger.defaultLogger, Logger.withConsoleError(Logger.logfmtLogger))

process.exitCode = await main.pipe(
  Effect.catchAllDefect((defect) => Effect.as(complain(defect instanceof Error ? defect.message : String(defect)), 1)),
  Effect.provide(logger),
  Effect.runPromise
)
