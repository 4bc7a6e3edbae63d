/**
 * S-4 in other processes: the output of Node, Effect and vitest for an unhandled error. The server repeats the token in
 * every response.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { execFile } from "node:child_process"
import { isProof } from "../effort.js"
import { everyEcho } from "./echoes.js"
import { faults } from "./faultServers.js"
import { assertHidden } from "./hidden.js"
import { json, serve, token } from "./support.js"

const marker = "a-word-of-the-server"

const echoing = serve((socket) =>
  socket.write(json(401, { message: `${marker} ${everyEcho(token)}`, [token]: [everyEcho(token)] }))
)

/** Runs a program, and returns its output and exit code. */
const printed = (args: ReadonlyArray<string>, env: Readonly<Record<string, string>> = {}) =>
  Effect.async<{ readonly code: unknown; readonly output: string }>((resume) => {
    const child = execFile(
      process.execPath,
      [...args],
      { env: { ...process.env, ...env }, timeout: 120_000, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => resume(Effect.succeed({ code: error?.code ?? 0, output: `${stdout}\n${stderr}` }))
    )
    return Effect.sync(() => child.kill())
  })

const ways: Readonly<Record<string, readonly [code: number, flags?: ReadonlyArray<string>]>> = {
  "a rejection of Effect.runPromise": [1],
  "a rejection of the Promise API": [1],
  "a rejection of the Promise API's streams": [1, ["--trace-uncaught", "--trace-warnings"]],
  "a fiber that is not observed": [0],
  "a child fiber": [0],
  "NodeRuntime.runMain": [1],
  "NodeRuntime.runMain, in JSON": [1],
  "an exception of Effect.runSync": [1],
  "an exception": [1],
  "an exception with the error as its cause": [1],
  "a warning": [0],
  "the console": [0]
}

/** The ways that `npm test` tests. Each needs a process; the others are tested in the proof. */
const quick = ["a rejection of the Promise API", "NodeRuntime.runMain", "the console"]

describe("S-4: an unhandled error", () => {
  for (const [way, [code, flags = []]] of Object.entries(ways)) {
    it.scopedLive.skipIf(!isProof && !quick.includes(way))(
      `printed by ${way} shows the server's message and no token`,
      () =>
        Effect.gen(function*() {
          const { endpoint } = yield* echoing
          const fixture = "test/wire/fixtures/unhandled.ts"
          const ended = yield* printed([...flags, "--import", "tsx", fixture, way, endpoint, token])
          assert.strictEqual(ended.code, code, ended.output)
          assert.include(ended.output, marker)
          assertHidden({ output: ended.output }, token)
        }),
      120_000
    )
  }

  // Here the error of the HTTP client itself holds the request.
  for (const way of ["a rejection of Effect.runPromise", "NodeRuntime.runMain", "the console"]) {
    it.scopedLive.skipIf(!isProof && way !== "a rejection of Effect.runPromise")(
      `${way}, after a broken connection: shows what happened, and no token`,
      () =>
        Effect.gen(function*() {
          const { endpoint } = yield* serve(faults.resetBeforeHeaders)
          const ended = yield* printed(["--import", "tsx", "test/wire/fixtures/unhandled.ts", way, endpoint, token])
          assert.include(ended.output, "ModelDeployment.get failed: the connection broke")
          assertHidden({ output: ended.output }, token)
        }),
      120_000
    )
  }

  it.scopedLive.skipIf(!isProof)(
    "a rejection with only a warning: shows the server's message, and no token",
    () =>
      Effect.gen(function*() {
        const { endpoint } = yield* echoing
        const flags = ["--unhandled-rejections=warn", "--trace-warnings", "--import", "tsx"]
        const way = "a rejection of the Promise API"
        const ended = yield* printed([...flags, "test/wire/fixtures/unhandled.ts", way, endpoint, token])
        assert.strictEqual(ended.code, 0)
        assert.include(ended.output, marker)
        assertHidden({ output: ended.output }, token)
      }),
    120_000
  )

  it.scopedLive.skipIf(!isProof)(
    "tests that fail because of it: vitest shows the server's message, and no token",
    () =>
      Effect.gen(function*() {
        const { endpoint } = yield* echoing
        const vitest = ["node_modules/vitest/vitest.mjs", "run", "--config", "test/wire/fixtures/vitest.config.ts"]
        const ended = yield* printed(vitest, { FAILING_ENDPOINT: endpoint, FAILING_TOKEN: token })
        assert.strictEqual(ended.code, 1)
        assert.match(ended.output, /7 failed/)
        assert.include(ended.output, marker)
        assertHidden({ output: ended.output }, token)
      }),
    120_000
  )
})
