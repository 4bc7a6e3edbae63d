/** The command `emulator`: serves until it is told to stop, or as long as a command runs. */
import * as Effect from "effect/Effect"
import { spawn } from "node:child_process"
import { constants } from "node:os"
import { type EmulatorServer, serve } from "../emulator/node.js"
import type { Command } from "./options.js"

const signals = ["SIGINT", "SIGTERM"] as const

/** Ends when the process is told to. */
const toldToStop = Effect.async<void>((resume) => {
  const stop = () => resume(Effect.void)
  for (const signal of signals) process.on(signal, stop)
  return Effect.sync(() => {
    for (const signal of signals) process.off(signal, stop)
  })
})

/** Runs a command in a shell, passes signals on to it, and gives the status that it ends with. */
const run = (command: string, { token, url }: EmulatorServer) =>
  Effect.async<number>((resume) => {
    const env = { ...process.env, DATAROBOT_ENDPOINT: url, DATAROBOT_API_TOKEN: token }
    const child = spawn(command, { shell: true, stdio: "inherit", env })
    const pass = (signal: NodeJS.Signals) => {
      // Ctrl-C reaches the command by itself, and twice may mean to it what once does not.
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal)
    }
    for (const signal of signals) process.on(signal, pass)
    const end = (status: number) => {
      for (const signal of signals) process.off(signal, pass)
      resume(Effect.succeed(status))
    }
    // as a shell has it: 127 for what cannot be run, 128 and its number for what a signal ended
    child.on("error", () => end(127))
    child.on("exit", (status, signal) => end(status ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  })

const print = (text: string) => Effect.sync(() => process.stdout.write(text))

/** Serves as the command line has it; gives the status to end with. */
export const emulator = ({ exec, json, serve: options }: Extract<Command, { readonly _tag: "Emulator" }>) =>
  Effect.scoped(Effect.gen(function*() {
    const server = yield* serve(options)
    const { token, url } = server
    if (json) yield* print(`${JSON.stringify({ url, token })}\n`)
    if (exec !== undefined) return yield* run(exec, server)
    if (!json) {
      yield* print(
        `A local DataRobot is running. Its data is kept in ${options.dataFile ?? "memory, until it ends"}.\n\n` +
          `  DATAROBOT_ENDPOINT=${url}\n  DATAROBOT_API_TOKEN=${token}\n\n` +
          `What it can do is described at ${new URL("/__emulator/docs", url).href}\nCtrl-C ends it.\n`
      )
    }
    yield* toldToStop
    return 0
  }))
