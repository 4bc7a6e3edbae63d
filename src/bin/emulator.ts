/** The `emulator` command: serves until it receives a signal, or until the command given by `--exec` ends. */
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import { spawn } from "node:child_process"
import { constants } from "node:os"
import { type EmulatorServer, serve } from "../emulator/node.js"
import type { Command } from "./options.js"

/** Returns a queue of the SIGINT and SIGTERM signals that this process receives. They no longer end the process. */
const signals = Effect.gen(function*() {
  const received = yield* Queue.unbounded<NodeJS.Signals>()
  const receive = (signal: NodeJS.Signals) => void Queue.unsafeOffer(received, signal)
  const names = ["SIGINT", "SIGTERM"] as const
  yield* Effect.acquireRelease(
    Effect.sync(() => names.forEach((name) => process.on(name, receive))),
    () => Effect.sync(() => names.forEach((name) => process.off(name, receive)))
  )
  return received
})

/** Runs a command in a shell, forwards signals to it, and returns its exit status. */
const run = (command: string, { token, url }: EmulatorServer, received: Queue.Dequeue<NodeJS.Signals>) =>
  Effect.gen(function*() {
    const ended = yield* Deferred.make<number>()
    const child = yield* Effect.sync(() => {
      const env = { ...process.env, DATAROBOT_ENDPOINT: url, DATAROBOT_API_TOKEN: token }
      const child = spawn(command, { shell: true, stdio: "inherit", env })
      const end = (status: number) => Deferred.unsafeDone(ended, Effect.succeed(status))
      // As in a shell: 127 if the command cannot be run, 128 plus the signal number if a signal ended it.
      child.on("error", () => end(127))
      child.on("exit", (status, signal) => end(status ?? 128 + (signal === null ? 0 : constants.signals[signal])))
      return child
    })
    const forward = (signal: NodeJS.Signals) => {
      // On a terminal, Ctrl-C reaches the command directly. A second SIGINT may make it quit at once.
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal)
    }
    yield* Effect.forkScoped(Effect.forever(Effect.map(Queue.take(received), forward)))
    return yield* Deferred.await(ended)
  })

const print = (text: string) => Effect.sync(() => process.stdout.write(text))

/** Runs the command and returns the exit status. */
export const emulator = ({ exec, json, serve: options }: Extract<Command, { readonly _tag: "Emulator" }>) =>
  Effect.scoped(Effect.gen(function*() {
    // Before any output: a parent process may send a signal as soon as it reads the first line.
    const received = yield* signals
    const server = yield* serve(options)
    const { token, url } = server
    if (json) yield* print(`${JSON.stringify({ url, token })}\n`)
    if (exec !== undefined) return yield* run(exec, server, received)
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
