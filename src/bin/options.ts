/** Parses the command line. */
import * as Duration from "effect/Duration"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import { parseArgs } from "node:util"
import type { ServeOptions } from "../emulator/node.js"
import { isTime, outOfRange } from "../emulator/state/clock.js"
import { type Preset, presets } from "../emulator/state/presets.js"
import { millisOf } from "../wire/fields.js"

export const usage = `Usage: effect-datarobot emulator [options]

Runs a local DataRobot on 127.0.0.1 for development and tests, until it is interrupted.

Options:
  --port N              port to listen on (default 0: any free port)
  --preset NAME         initial deployments: empty, demo (a handful, with traffic) or fleet (250)
  --data FILE           keep the data in FILE from one run to the next
  --seed TEXT           make ids and random values reproducible
  --clock TIME          stop the clock at TIME (ISO 8601, or "frozen" for the start time) until it is advanced
  --deploy-delay TIME   duration of a deployment or job: "30 seconds", or milliseconds (default 2 seconds)
  --batch-delay TIME    shortest time of a batch prediction in the queue (default 1 second)
  --batch-speed N       maximum number of rows per second of a batch prediction (default: no limit)
  --exec COMMAND        run COMMAND with DATAROBOT_ENDPOINT and DATAROBOT_API_TOKEN set, and exit with its status
  --json                print one line of JSON: {"url":...,"token":...}
  --version             print the version
  --help                print this
`

/** The parsed command line. */
export type Command =
  | { readonly _tag: "Help" }
  | { readonly _tag: "Version" }
  | {
    readonly _tag: "Emulator"
    readonly serve: ServeOptions
    readonly exec: string | undefined
    readonly json: boolean
  }

const flags = {
  port: { type: "string" },
  preset: { type: "string" },
  data: { type: "string" },
  seed: { type: "string" },
  clock: { type: "string" },
  "deploy-delay": { type: "string" },
  "batch-delay": { type: "string" },
  "batch-speed": { type: "string" },
  exec: { type: "string" },
  json: { type: "boolean" },
  version: { type: "boolean", short: "v" },
  help: { type: "boolean", short: "h" }
} as const

/** Parses the arguments. Returns a message if they are invalid. */
export const parse = (args: ReadonlyArray<string>): Either.Either<Command, string> =>
  Either.gen(function*() {
    const { positionals, values } = yield* Either.try({
      try: () => parseArgs({ args: [...args], options: flags, allowPositionals: true, strict: true }),
      // Node appends advice that is longer than the message itself.
      catch: (error) => error instanceof Error ? error.message.replace(/\. To specify .*/s, "") : String(error)
    })
    if (values.help === true) return { _tag: "Help" }
    if (values.version === true) return { _tag: "Version" }
    const [command, ...more] = positionals
    if (command === undefined) return yield* Either.left("no command given; available: emulator")
    if (command !== "emulator") return yield* Either.left(`unknown command "${command}"; available: emulator`)
    if (more.length > 0) return yield* Either.left(`unexpected argument "${more.join(" ")}"`)
    const { clock, data, exec, preset, seed } = values
    return {
      _tag: "Emulator",
      serve: {
        port: yield* parsePort(values.port),
        preset: yield* preset === undefined || isPreset(preset)
          ? Either.right(preset)
          : Either.left(`--preset must be one of ${presets.join(", ")}`),
        clock: yield* parseClock(clock),
        deployDelay: yield* parseDelay("deploy-delay", values["deploy-delay"]),
        batchDelay: yield* parseDelay("batch-delay", values["batch-delay"]),
        batchSpeed: yield* parseSpeed(values["batch-speed"]),
        dataFile: yield* data === "" ? Either.left("--data must name a file") : Either.right(data),
        seed
      },
      exec: yield* exec?.trim() === "" ? Either.left("--exec must be a command") : Either.right(exec),
      json: values.json === true
    }
  })

const parsePort = (text: string | undefined) => {
  if (text === undefined) return Either.right(undefined)
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535
    ? Either.right(Number(text))
    : Either.left("--port must be a whole number from 0 to 65535")
}

const isPreset = (name: string): name is Preset => presets.some((preset) => preset === name)

const parseClock = (text: string | undefined) => {
  if (text === undefined || text === "frozen") return Either.right(text)
  const time = millisOf(text)
  if (Number.isNaN(time)) {
    return Either.left("--clock must be an ISO 8601 date such as 2018-05-03T12:00:00Z, or \"frozen\"")
  }
  return isTime(time) ? Either.right(text) : Either.left(`--clock ${outOfRange}`)
}

const parseSpeed = (text: string | undefined) => {
  if (text === undefined) return Either.right(undefined)
  const speed = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : 0
  return speed > 0 && Number.isFinite(speed)
    ? Either.right(speed)
    : Either.left("--batch-speed must be a number of rows above 0")
}

const parseDelay = (name: string, text: string | undefined) => {
  if (text === undefined) return Either.right(undefined)
  const delay = Duration.decodeUnknown(/^\d+$/.test(text) ? Number(text) : text)
  return Option.isSome(delay)
    ? Either.right(delay.value)
    : Either.left(`--${name} must be milliseconds or a duration such as "30 seconds"`)
}
