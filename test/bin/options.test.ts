import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Either from "effect/Either"
import { parse, usage } from "../../src/bin/options.js"

const emulator = (...args: ReadonlyArray<string>) => {
  const command = Either.getOrThrowWith(parse(["emulator", ...args]), (problem) => new Error(problem))
  return command._tag === "Emulator" ? command : assert.fail(command._tag)
}

describe("The command line options", () => {
  it("are all optional", () => {
    const { exec, json, serve } = emulator()
    assert.deepStrictEqual([exec, json], [undefined, false])
    assert.deepStrictEqual(Object.values(serve).filter((value) => value !== undefined), [])
  })

  it("are all parsed", () => {
    const said = "--port 8080 --preset=fleet --data data.json --seed 7 --clock 2018-05-03 --json"
    const { exec, json, serve } = emulator(...said.split(" "), "--deploy-delay", "1 minute", "--exec", "npm test")
    assert.deepStrictEqual([exec, json], ["npm test", true])
    const { deployDelay, ...rest } = serve
    assert.strictEqual(Duration.toMillis(deployDelay ?? 0), 60_000)
    assert.deepStrictEqual(rest, {
      port: 8080,
      preset: "fleet",
      dataFile: "data.json",
      seed: "7",
      clock: "2018-05-03",
      batchDelay: undefined,
      batchSpeed: undefined
    })
    assert.strictEqual(Duration.toMillis(emulator("--deploy-delay", "250").serve.deployDelay ?? 0), 250)
    const { batchDelay, batchSpeed } = emulator("--batch-delay", "3 seconds", "--batch-speed", "2.5").serve
    assert.deepStrictEqual([Duration.toMillis(batchDelay ?? 0), batchSpeed], [3000, 2.5])
    assert.strictEqual(emulator("--clock", "frozen").serve.clock, "frozen")
    assert.strictEqual(emulator("--port", "0").serve.port, 0)
  })

  it("include --help and --version, and the usage lists every option", () => {
    for (const args of [["--help"], ["-h"], ["emulator", "--help"]]) {
      assert.deepStrictEqual(parse(args), Either.right({ _tag: "Help" }))
    }
    assert.deepStrictEqual(parse(["--version"]), Either.right({ _tag: "Version" }))
    for (
      const flag of [
        "port",
        "preset",
        "data",
        "seed",
        "clock",
        "deploy-delay",
        "batch-delay",
        "batch-speed",
        "exec",
        "json"
      ]
    ) {
      assert.include(usage, `--${flag} `)
    }
    assert.isTrue(usage.split("\n").every((line) => line.length <= 120))
  })

  it.each([
    [[], "no command given; available: emulator"],
    [["emulate"], "unknown command \"emulate\"; available: emulator"],
    [["emulator", "now"], "unexpected argument \"now\""],
    [["emulator", "--prot", "1"], "Unknown option '--prot'"],
    [["emulator", "--port"], "Option '--port <value>' argument missing"],
    [["emulator", "--json=1"], "Option '--json' does not take an argument"],
    [["emulator", "--port", "x"], "--port must be a whole number from 0 to 65535"],
    [["emulator", "--port", "65536"], "--port must be a whole number from 0 to 65535"],
    [["emulator", "--preset", "small"], "--preset must be one of empty, demo, fleet"],
    [["emulator", "--clock", "noon"], "--clock must be an ISO 8601 date such as 2018-05-03T12:00:00Z, or \"frozen\""],
    [["emulator", "--clock", "9999-01-01"], "--clock must keep the emulator's time within the years 1 to 9998"],
    [["emulator", "--clock", "0000-12-31"], "--clock must keep the emulator's time within the years 1 to 9998"],
    [
      ["emulator", "--batch-delay", "soon"],
      "--batch-delay must be milliseconds or a duration such as \"30 seconds\""
    ],
    [["emulator", "--batch-speed", "0"], "--batch-speed must be a number of rows above 0"],
    [["emulator", "--batch-speed", "fast"], "--batch-speed must be a number of rows above 0"],
    [
      ["emulator", "--deploy-delay", "soon"],
      "--deploy-delay must be milliseconds or a duration such as \"30 seconds\""
    ],
    [["emulator", "--data", ""], "--data must name a file"],
    [["emulator", "--exec", " "], "--exec must be a command"]
  ])("%j are rejected", (args, problem) => {
    assert.deepStrictEqual(parse(args), Either.left(problem))
  })
})
