/** The `emulator` command: serves until it receives a signal, or until the command given by `--exec` ends. */
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import { serve } from "../emulator/node.js"
import { run } from "./exec.js"
import type { Command } from "./options.js"

/** Returns a queue of the signals that ask this process to end. They no longer end it by themselves. */
const signals = Effect.gen(function*() {
  const received = yield* Queue.unbounded<NodeJS.Signals>()
  const receive = (signal: NodeJS.Signals) => void Queue.unsafeOffer(received, signal)
  const names = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const
  yield* Effect.acquireRelease(
    Effect.sync(() => names.forEach((name) => process.on(name, receive))),
    () => Effect.sync(() => names.forEach((name) => process.off(name, receive)))
  )
  return received
})

const print = (text: string) => Effect.sync(() => process.stdout.write(text))

/** Runs the command and returns the exit status. */
export const emulator = ({ exec, json, serve: options }: Extract<Command, { readonly _tag: "Emulator" }>) =>
  Effect.scoped(Effect.gen(function*() {
    // Before any output: a parent process may send a signal as soon as it reads the first line.
    const received = yield* signals
    const { token, url } = yield* serve(options)
    if (json) yield* print(`${JSON.stringify({ url, token })}\n`)
    if (exec !== undefined) {
      return yield* run(exec, { DATAROBOT_ENDPOINT: url, DATAROBOT_API_TOKEN: token }, received)
    }
    if (!json) {
      yield* print(
        `The DataRobot emulator is running. It keeps its data in ${options.dataFile ?? "memory until it stops"}.\n\n` +
          `  DATAROBOT_ENDPOINT=${url}\n  DATAROBOT_API_TOKEN=${token}\n\n` +
          `Documentation: ${new URL("/__emulator/docs", url).href}\nPress Ctrl-C to stop.\n`
      )
    }
    yield* Queue.take(received)
    return 0
  }))
