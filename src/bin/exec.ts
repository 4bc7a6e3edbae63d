/** Runs the command of `--exec`. No process of the command outlives it. */
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import * as Schedule from "effect/Schedule"
import { spawn } from "node:child_process"
import { constants } from "node:os"
import { isatty } from "node:tty"
import { commandProcesses, processes } from "./processes.js"

/** The processes of a running command. */
interface Job {
  /** Whether the terminal sends Ctrl-C to the command itself. */
  readonly isForeground: boolean
  readonly signal: (signal: NodeJS.Signals) => void
  readonly received: ReadonlySet<NodeJS.Signals>
  readonly isRunning: () => boolean
}

/** How long the processes have to end after a signal, before they are killed. In seconds. */
const grace = 5

const send = (pid: number, signal: NodeJS.Signals) => {
  try {
    process.kill(pid, signal)
  } catch {
    // The process has just ended, or belongs to another user.
  }
}

/** Starts a command in a shell. Calls `end` with its exit status. */
const start = (command: string, env: NodeJS.ProcessEnv, end: (status: number) => void): Job => {
  const isWindows = process.platform === "win32"
  // Only the process group in the foreground may read from the terminal, and gets Ctrl-C. Without a terminal, the command
  // gets a group of its own, which can be signalled as a whole.
  const isForeground = isatty(0)
  const before = isWindows || !isForeground ? [] : processes()
  const own = before.find(({ pid }) => pid === process.pid)?.group ?? 0
  const earlier = new Set(before.filter(({ group }) => group === own).map(({ pid }) => pid))

  const child = spawn(command, { shell: true, stdio: "inherit", env, detached: !isWindows && !isForeground })
  // As in a shell: 127 if the command cannot be run, 128 plus the signal number if a signal ended it.
  child.on("error", () => end(127))
  child.on("exit", (status, signal) => end(status ?? 128 + (signal === null ? 0 : constants.signals[signal])))

  const { pid } = child
  const left = () => {
    if (pid === undefined || isWindows) return []
    return isForeground
      ? commandProcesses(processes(), pid, own, earlier)
      : processes().filter(({ group }) => group === pid)
  }
  const received = new Set<NodeJS.Signals>()
  return {
    isForeground,
    received,
    isRunning: () => left().length > 0,
    signal: (signal) => {
      received.add(signal)
      // Windows has no process groups, and no signals but the end of a process.
      if (isWindows) child.kill(signal)
      else if (isForeground) { for (const one of left()) send(one.pid, signal) }
      else if (pid !== undefined) send(-pid, signal)
    }
  }
}

/** Ends the processes that the command has left behind. */
const endJob = (job: Job) =>
  Effect.gen(function*() {
    if (!job.isRunning()) return
    // A second SIGTERM could stop them from cleaning up. But a shell makes its background processes ignore SIGINT.
    if (!job.received.has("SIGTERM")) job.signal("SIGTERM")
    const looks = Schedule.intersect(Schedule.spaced("50 millis"), Schedule.recurs(grace * 20))
    yield* Effect.repeat(Effect.sync(job.isRunning), { while: (isRunning) => isRunning, schedule: looks })
    if (job.isRunning()) job.signal("SIGKILL")
  })

/**
 * Runs a command with these environment variables, and returns its exit status. Forwards the signals that are
 * `received`. At the end, and if it is interrupted, it ends all processes of the command.
 */
export const run = (
  command: string,
  env: Readonly<Record<string, string>>,
  received: Queue.Dequeue<NodeJS.Signals>
): Effect.Effect<number> =>
  Effect.scoped(Effect.gen(function*() {
    const ended = yield* Deferred.make<number>()
    const end = (status: number) => Deferred.unsafeDone(ended, Effect.succeed(status))
    const job = yield* Effect.acquireRelease(Effect.sync(() => start(command, { ...process.env, ...env }, end)), endJob)
    const forward = Effect.gen(function*() {
      const signal = yield* Queue.take(received)
      // Ctrl-C has reached the command. A second SIGINT may make it quit at once.
      if (signal === "SIGINT" && job.isForeground) return
      job.signal(signal)
      yield* Effect.forkScoped(Effect.delay(Effect.sync(() => job.signal("SIGKILL")), `${grace} seconds`))
    })
    yield* Effect.forkScoped(Effect.forever(forward))
    return yield* Deferred.await(ended)
  }))
