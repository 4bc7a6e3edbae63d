/** The command `emulator`: serves until it is told to stop, or as long as a command runs. */
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import { spawn } from "node:child_process"
import { constants } from "node:os"
import { type EmulatorServer, serve } from "../emulator/node.js"
import type { Command } from "./options.js"

/** The signals that this process gets, which by themselves end nothing any more. */
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

/** Runs a command in a shell, passes signals on to it, and gives the status that it ends with. */
const run = (command: string, { token, url }: EmulatorServer, received: Queue.Dequeue<NodeJS.Signals>) =>
  Effect.gen(function*() {
    const ended = yield* Deferred.make<number>()
    const child = yield* Effect.sync(() => {
      const env = { ...process.env, DATAROBOT_ENDPOINT: url, DATAROBOT_API_TOKEN: token }
      const child = spawn(command, { shell: true, stdio: "inherit", env })
      const end = (status: number) => Deferred.unsafeDone(ended, Effect.succeed(status))
      // as a shell has it: 127 for what cannot be run, 128 and its number for what a signal ended
      child.on("error", () => end(127))
      child.on("exit", (status, signal) => end(status ?? 128 + (signal === null ? 0 : constants.signals[signal])))
      return child
    })
    const pass = (signal: NodeJS.Signals) => {
      // Ctrl-C reaches the command by itself, and twice may mean to it what once does not.
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal)
    }
    yield* Effect.forkScoped(Effect.forever(Effect.map(Queue.take(received), pass)))
    return yield* Deferred.await(ended)
  })

const print = (text: string) => Effect.sync(() => process.stdout.write(text))

/** Serves as the command line has it; gives the status to end with. */
export const emulator = ({ exec, json, serve: options }: Extract<Command, { readonly _tag: "Emulator" }>) =>
  Effect.scoped(Effect.gen(function*() {
    // First of all: who reads the first line of output may send one at once.
    const received = yield* signals
    const server = yield* serve(options)
    const { token, url } = server
    if (json) yield* print(`${JSON.stringify({ url, token })}\n`)
    if (exec !== undefined) return yield* run(exec, server, received)
    if (!json) {
      yield* print(
        `A local DataRobot is running. Its data is kept in ${options.dataFile ?? "memory, until it ends"}.\n\n` +
          `  DATAROBOT_ENDPOINT=${url}\n  DATAROBOT_API_TOKEN=${token}\n\n` +
          `What it can do is described at ${new URL("/__emulator/docs", url).href}\nCtrl-C ends it.\n`
      )
    }
    yield* Queue.take(received)
    return 0
  }))
