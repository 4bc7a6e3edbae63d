/**
 * The command line in its own process, bundled once for all tests, since a bundle starts eight times as fast.
 * `npm run test:package` tests the packed one.
 */
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process"
import * as Fs from "node:fs/promises"
import * as Net from "node:net"
import { constants, tmpdir } from "node:os"
import { join } from "node:path"
import { build } from "tsdown"
import manifest from "../../package.json" with { type: "json" }

let bin = ""

beforeAll(async () => {
  bin = await Fs.mkdtemp(join(tmpdir(), "effect-datarobot-bin-"))
  await build({
    config: false,
    entry: { main: "src/bin/main.ts" },
    outDir: bin,
    format: "esm",
    platform: "node",
    target: "node20",
    deps: { alwaysBundle: [/./], onlyBundle: false },
    dts: false,
    report: false,
    logLevel: "silent",
    outputOptions: { codeSplitting: false }
  })
}, 120_000)

afterAll(() => Fs.rm(bin, { recursive: true }))

interface Ended {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

interface Running {
  readonly child: ChildProcessWithoutNullStreams
  /** All output so far, once a line of it contains the text. */
  readonly printed: (text: string) => Promise<string>
  readonly ended: Promise<Ended>
}

/** Starts the command line. It is killed at the end of the scope if it is still running. */
const start = (...args: ReadonlyArray<string>) => launch(process.execPath, [join(bin, "main.mjs"), ...args])

/** How to run a shell command in a new terminal with the tools of this machine. */
const terminal = ([
  ["script", ["--version"], (command: string) => ["--quiet", "--return", "--flush", "--command", command, "/dev/null"]],
  ["python3", ["-c", "import pty"], (command: string) => ["-c", pythonTerminal, command]]
] as const).find(([tool, args]) => spawnSync(tool, args).status === 0)

const pythonTerminal = `
import os, pty, sys
status = pty.spawn(["sh", "-c", sys.argv[1]])
sys.exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))`

/**
 * Runs the command line in a terminal, from a script that prints `ended` with its exit status and then reads a line: the
 * terminal would end all its processes at the end of the script. What is written to the stdin is typed there.
 */
const startInTerminal = (...args: ReadonlyArray<string>) => {
  const [tool, , argumentsOf] = terminal ?? assert.fail("there is no tool for a terminal")
  const quoted = [process.execPath, join(bin, "main.mjs"), ...args].map((one) => `'${one.replaceAll("'", "'\\''")}'`)
  return launch(tool, argumentsOf(`trap : INT; ${quoted.join(" ")}; echo "ended $?"; read end`))
}

const launch = (file: string, args: ReadonlyArray<string>) =>
  Effect.acquireRelease(
    Effect.sync((): Running => {
      const child = spawn(file, args)
      let stdout = ""
      let stderr = ""
      child.stdout.setEncoding("utf8").on("data", (text: string) => stdout += text)
      child.stderr.setEncoding("utf8").on("data", (text: string) => stderr += text)
      const ended = new Promise<Ended>((resolve) =>
        child.on("close", (status, signal) => resolve({ status, signal, stdout, stderr }))
      )
      const printed = (text: string) =>
        new Promise<string>((resolve, reject) => {
          const look = () => {
            const seen = stdout + stderr
            if (seen.split("\n").slice(0, -1).some((line) => line.includes(text))) resolve(seen)
          }
          child.stdout.on("data", look)
          child.stderr.on("data", look)
          look()
          void ended.then((end) => reject(new Error(`It ended without ${text}: ${JSON.stringify(end)}`)))
        })
      return { child, printed, ended }
    }),
    ({ child }) => Effect.sync(() => child.kill("SIGKILL"))
  )

const run = (...args: ReadonlyArray<string>) =>
  Effect.flatMap(start(...args), ({ ended }) => Effect.promise(() => ended))

const started = (...args: ReadonlyArray<string>) =>
  Effect.flatMap(start("emulator", "--json", ...args), (running) =>
    Effect.promise(async () => {
      const line = await running.printed("\"url\"")
      const { token, url }: { readonly token: string; readonly url: string } = JSON.parse(line)
      return { ...running, line, token, url }
    }))

const stopped = ({ child, ended }: Running, signal: NodeJS.Signals) =>
  Effect.promise(async () => {
    child.kill(signal)
    return await ended
  })

/** Waits until none of these processes is left. */
const allEnded = (pids: ReadonlyArray<number>) =>
  Effect.repeat(Effect.sync(() => pids.some(isRunning)), {
    while: (isRunning) => isRunning,
    schedule: Schedule.spaced("20 millis")
  })

const isRunning = (pid: number) => {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  // A process that has ended stays as a zombie until its parent asks for its status.
  return !spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).stdout.startsWith("Z")
}

const folder = Effect.acquireRelease(
  Effect.promise(() => Fs.mkdtemp(join(tmpdir(), "effect-datarobot-bin-"))),
  (path) => Effect.promise(() => Fs.rm(path, { recursive: true }))
)

/** Guards against a process that never ends. Node itself would wait a minute for some of the connections below. */
const patient = 50_000

describe("effect-datarobot emulator", () => {
  it.scopedLive.each(["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const)(
    "--json prints one line, serves until %s, and exits with status 0 despite open connections",
    (signal) =>
      Effect.gen(function*() {
        const running = yield* started("--port", "0", "--preset", "demo")
        const { line, token, url } = running
        assert.match(line, /^\{"url":"http:\/\/127\.0\.0\.1:\d+\/api\/v2","token":"[^"]+"\}\n$/)
        const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" }
        yield* Effect.promise(async () => {
          const response = await fetch(`${url}/modelDeployments/?query=churn`, { headers })
          assert.include(await response.text(), "Churn scorer")
          for (const fault of [{ fault: "stall", path: "ping/" }, { fault: "stall", at: "body", path: "version/" }]) {
            const body = JSON.stringify(fault)
            await fetch(new URL("/__emulator/faults", url), { method: "POST", headers, body })
          }
        })
        // None of these connections ends by itself: one sends nothing, one waits for a response, one for the rest of
        // it, and one was aborted.
        const port = Number(new URL(url).port)
        const silent = Net.connect(port, "127.0.0.1").on("error", () => {})
        const waiting = fetch(`${url}/ping/`, { headers }).then(() => "answered", () => "broken off")
        const half = fetch(`${url}/version/`, { headers }).then((response) => response.text())
          .then(() => "answered", () => "broken off")
        const gone = new AbortController()
        const aborted = fetch(`${url}/ping/`, { headers, signal: gone.signal }).then(() => "answered", () => "aborted")
        yield* Effect.sleep("100 millis")
        gone.abort()
        const { signal: by, status, stderr, stdout } = yield* stopped(running, signal)
        assert.deepStrictEqual([status, by, stdout, stderr], [0, null, line, ""])
        const outcomes = yield* Effect.promise(() => Promise.all([waiting, half, aborted]))
        assert.deepStrictEqual(outcomes, ["broken off", "broken off", "aborted"])
        silent.destroy()
      }),
    patient
  )

  it.scopedLive("prints its endpoint, its token and the address of its documentation", () =>
    Effect.gen(function*() {
      const running = yield* start("emulator")
      const text = yield* Effect.promise(() => running.printed("Ctrl-C"))
      const [, url = ""] = /^ {2}DATAROBOT_ENDPOINT=(.+)$/m.exec(text) ?? []
      const [, token = ""] = /^ {2}DATAROBOT_API_TOKEN=(.+)$/m.exec(text) ?? []
      const [, docs = ""] = /Documentation: (\S+)/.exec(text) ?? []
      yield* Effect.promise(async () => {
        assert.strictEqual((await fetch(`${url}/ping/`, { headers: { authorization: `Bearer ${token}` } })).status, 200)
        assert.include(await (await fetch(docs)).text(), "swagger")
      })
      assert.strictEqual((yield* stopped(running, "SIGINT")).status, 0)
    }), patient)

  it.scopedLive("reports a port that is taken and exits with status 1", () =>
    Effect.gen(function*() {
      const { url } = yield* started()
      const { port } = new URL(url)
      const { status, stderr, stdout } = yield* run("emulator", "--port", port)
      assert.deepStrictEqual([status, stdout], [1, ""])
      assert.strictEqual(
        stderr,
        `effect-datarobot: The emulator cannot listen on port ${port} of 127.0.0.1: the port is in use. ` +
          "Use port 0 to get a free one.\n"
      )
    }), patient)

  it.scopedLive("returns the same bytes for the same seed, time and requests", () =>
    Effect.gen(function*() {
      const { port, text } = yield* answers()
      assert.isAbove(text.length, 1000)
      assert.strictEqual((yield* answers(port)).text, text)
    }), patient)

  const answers = (fixed = "0") =>
    Effect.gen(function*() {
      const args = ["--preset", "demo", "--seed", "7", "--clock", "2018-05-03T13:25:00Z", "--port", fixed]
      const running = yield* started(...args)
      const { port } = new URL(running.url)
      const headers = { authorization: `Bearer ${running.token}`, "content-type": "application/json" }
      const text = yield* Effect.promise(async () => {
        const body = JSON.stringify({ projectId: "p", modelId: "m", label: "New" })
        const created = await fetch(`${running.url}/modelDeployments/`, { method: "POST", headers, body })
        const listed = await fetch(`${running.url}/modelDeployments/`, { headers })
        return `${created.headers.get("location")}\n${await created.text()}\n${await listed.text()}`
      })
      yield* stopped(running, "SIGINT")
      return { port, text }
    })

  it.scopedLive(
    "--data keeps created deployments, and a damaged file is rejected and left unchanged",
    () =>
      Effect.gen(function*() {
        const file = join(yield* folder, "data.json")
        const running = yield* started("--data", file)
        yield* Effect.promise(() =>
          fetch(`${running.url}/modelDeployments/`, {
            method: "POST",
            headers: { authorization: `Bearer ${running.token}`, "content-type": "application/json" },
            body: JSON.stringify({ projectId: "p", modelId: "m", label: "Kept" })
          })
        )
        assert.strictEqual((yield* stopped(running, "SIGINT")).status, 0)
        const again = yield* started("--data", file)
        const text = yield* Effect.promise(() =>
          fetch(`${again.url}/modelDeployments/`, { headers: { authorization: `Bearer ${again.token}` } })
            .then((response) => response.text())
        )
        assert.include(text, "\"label\":\"Kept\"")
        yield* stopped(again, "SIGTERM")
        yield* Effect.promise(() => Fs.appendFile(file, "x"))
        const { status, stderr } = yield* run("emulator", "--data", file)
        assert.strictEqual(status, 1)
        assert.isTrue(stderr.startsWith(`effect-datarobot: The emulator cannot keep its data in ${file}: `), stderr)
        assert.isTrue((yield* Effect.promise(() => Fs.readFile(file, "utf8"))).endsWith("x"))
      }),
    patient
  )
})

describe("effect-datarobot emulator --data", () => {
  it.scopedLive(
    "is refused while another emulator uses the file, and works again after that one was killed",
    () =>
      Effect.gen(function*() {
        const file = join(yield* folder, "data.json")
        const first = yield* started("--data", file)
        const { status, stderr, stdout } = yield* run("emulator", "--data", file)
        assert.deepStrictEqual([status, stdout], [1, ""])
        assert.include(
          stderr,
          `effect-datarobot: The emulator cannot keep its data in ${file}: ` +
            `the emulator at ${first.url} (process ${first.child.pid}) uses it. Stop that emulator`
        )
        yield* stopped(first, "SIGKILL")
        const second = yield* started("--data", file)
        assert.strictEqual((yield* stopped(second, "SIGTERM")).status, 0)
        assert.deepStrictEqual(yield* Effect.promise(() => Fs.readdir(join(file, ".."))), ["data.json"])
      }),
    patient
  )

  it.scopedLive("is given to one of two emulators that start at the same moment", () =>
    Effect.gen(function*() {
      const file = join(yield* folder, "data.json")
      const both = yield* Effect.all([start("emulator", "--data", file), start("emulator", "--data", file)])
      const outcomes = both.map(({ ended, printed }) =>
        Promise.race([printed("Ctrl-C").then(() => "runs", () => "ended"), ended.then(({ status }) => status)])
      )
      const [one, two] = yield* Effect.promise(() => Promise.all(outcomes))
      assert.sameMembers([one, two].map((outcome) => outcome === "runs"), [true, false])
    }), patient)

  it.scopedLive("reports changes that could not be saved, and exits with status 1", () =>
    Effect.gen(function*() {
      const path = join(yield* folder, "inner")
      yield* Effect.promise(() => Fs.mkdir(path))
      const file = join(path, "data.json")
      const running = yield* started("--data", file)
      yield* Effect.promise(async () => {
        await Fs.rm(path, { recursive: true })
        await fetch(new URL("/__emulator/seed", running.url), {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: "[{}]"
        })
      })
      const { status, stderr } = yield* stopped(running, "SIGINT")
      assert.strictEqual(status, 1)
      assert.include(
        stderr,
        `effect-datarobot: The emulator cannot keep its data in ${file}: the last changes could not be saved (ENOENT`
      )
    }), patient)
})

describe("effect-datarobot emulator --exec", () => {
  const print = "node -e 'console.log(process.env.DATAROBOT_ENDPOINT, process.env.DATAROBOT_API_TOKEN)'"

  it.scopedLive(
    "runs a command with the connection in its environment, and prints nothing itself",
    () =>
      Effect.gen(function*() {
        const { status, stderr, stdout } = yield* run("emulator", "--exec", print)
        assert.deepStrictEqual([status, stderr], [0, ""])
        assert.match(stdout, /^http:\/\/127\.0\.0\.1:\d+\/api\/v2 emulator-token-0000\n$/)
      }),
    patient
  )

  it.scopedLive("serves the emulator while the command runs", () =>
    Effect.gen(function*() {
      const ask = "node -e 'fetch(`${process.env.DATAROBOT_ENDPOINT}/ping/`).then((r) => console.log(r.status))'"
      const { status, stdout } = yield* run("emulator", "--json", "--exec", ask)
      assert.strictEqual(status, 0)
      assert.match(stdout, /^\{"url":.+\}\n401\n$/)
    }), patient)

  it.scopedLive.each([["exit 7", 7], ["no-such-command-here", 127], ["kill -TERM $$", 143]] as const)(
    "%j: exits with the command's status %d",
    ([command, expected]) =>
      Effect.gen(function*() {
        assert.strictEqual((yield* run("emulator", "--exec", command)).status, expected)
      }),
    patient
  )

  // The command is a shell with a process in the background. It prints the pids of the emulator and of both.
  const waiting = "sleep 600 & echo pids $PPID $$ $!; wait"
  const pidsOf = (text: string) => (/^pids (\d+) (\d+) (\d+)/m.exec(text) ?? assert.fail(text)).slice(1).map(Number)
  const emulatorSignals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const

  it.scopedLive.each(emulatorSignals)(
    "ends the command and its child processes after %s",
    (signal) =>
      Effect.gen(function*() {
        const running = yield* start("emulator", "--exec", waiting)
        const [emulator, ...command] = pidsOf(yield* Effect.promise(() => running.printed("pids")))
        assert.strictEqual(emulator, running.child.pid)
        const { status } = yield* stopped(running, signal)
        assert.strictEqual(status, 128 + constants.signals[signal])
        yield* allEnded(command)
      }),
    patient
  )

  it.scopedLive("kills a command that ignores signals, and its child processes", () =>
    Effect.gen(function*() {
      const running = yield* start("emulator", "--exec", `trap '' TERM; ${waiting}; sleep 600`)
      const [, ...command] = pidsOf(yield* Effect.promise(() => running.printed("pids")))
      const { status } = yield* stopped(running, "SIGTERM")
      assert.strictEqual(status, 128 + constants.signals.SIGKILL)
      yield* allEnded(command)
    }), patient)

  it.scopedLive("ends what the command leaves behind, even if it ignores SIGTERM", () =>
    Effect.gen(function*() {
      const command = "(trap '' TERM; exec sleep 600) & echo pids $PPID $$ $!; exit 4"
      const { status, stdout } = yield* run("emulator", "--exec", command)
      assert.strictEqual(status, 4)
      yield* allEnded(pidsOf(stdout))
    }), patient)

  const inTerminal = (command: string, end: (running: Running, emulator: number) => void) =>
    Effect.gen(function*() {
      const running = yield* startInTerminal("emulator", "--exec", command)
      // Only a process in the foreground can read from the terminal.
      running.child.stdin.write("hello\n")
      const [emulator = 0, ...processes] = pidsOf(yield* Effect.promise(() => running.printed("pids")))
      end(running, emulator)
      const text = yield* Effect.promise(() => running.printed("ended"))
      yield* allEnded(processes)
      // The script that started the emulator is in the same process group, and still there.
      running.child.stdin.write("\n")
      assert.strictEqual((yield* Effect.promise(() => running.ended)).status, 0)
      return text
    })

  for (const signal of ["SIGTERM", "SIGHUP"] as const) {
    it.scopedLive.skipIf(terminal === undefined)(
      `lets the command read from a terminal, and ends it and its child processes after ${signal}`,
      () =>
        Effect.gen(function*() {
          const command = `read line; echo "read $line"; ${waiting}`
          const text = yield* inTerminal(command, (_, emulator) => process.kill(emulator, signal))
          assert.include(text, "read hello")
          assert.include(text, `ended ${128 + constants.signals[signal]}\r`)
        }),
      patient
    )
  }

  it.scopedLive.skipIf(terminal === undefined)(
    "lets Ctrl-C in a terminal reach the command once, and ends its child processes",
    () =>
      Effect.gen(function*() {
        const command = "trap 'echo interrupted; end=1' INT; read line; sleep 600 & echo pids $PPID $$ $!; " +
          "until [ \"$end\" ]; do sleep 0.05; done; sleep 0.5; exit 6"
        const text = yield* inTerminal(command, ({ child }) => child.stdin.write("\u0003"))
        assert.include(text, "ended 6\r")
        assert.strictEqual(text.split("interrupted").length, 2, text)
      }),
    patient
  )

  it.scopedLive("forwards a signal and waits for the command to end", () =>
    Effect.gen(function*() {
      const command = "trap 'echo cleaned up; exit 3' TERM; echo ready; while :; do sleep 0.05; done"
      const running = yield* start("emulator", "--exec", command)
      yield* Effect.promise(() => running.printed("ready"))
      const { status, stdout } = yield* stopped(running, "SIGTERM")
      assert.deepStrictEqual([status, stdout], [3, "ready\ncleaned up\n"])
    }), patient)
})

describe("effect-datarobot", () => {
  it.scopedLive("prints its usage and its version", () =>
    Effect.gen(function*() {
      const help = yield* run("--help")
      assert.deepStrictEqual([help.status, help.stderr], [0, ""])
      assert.include(help.stdout, "Usage: effect-datarobot emulator [options]")
      assert.strictEqual((yield* run("--version")).stdout, `${manifest.version}\n`)
    }), patient)

  it.scopedLive("reports invalid arguments and exits with status 2", () =>
    Effect.gen(function*() {
      const { status, stderr, stdout } = yield* run("emulator", "--port", "high")
      assert.deepStrictEqual([status, stdout], [2, ""])
      assert.strictEqual(
        stderr,
        "effect-datarobot: --port must be a whole number from 0 to 65535\n" +
          "Run effect-datarobot --help for usage.\n"
      )
    }), patient)
})
