/** The options of a test kit, checked, with all defaults. */
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import type * as Emulator from "../../emulator/Emulator.js"
import { DurationInput, Fault } from "../../emulator/faults/faults.js"
import { isoDate } from "../../emulator/monitoring/traffic.js"
import { isTime, outOfRange } from "../../emulator/state/clock.js"
import { DeploymentFixture } from "../../emulator/state/fixtures.js"
import { presets } from "../../emulator/state/presets.js"
import { withoutUndefined } from "../../wire/withoutUndefined.js"
import type { EmulatorOptions } from "./Emulator.js"
import { invalidArgument, isObject, read, withTexts } from "./validation.js"

const says = (text: string) => ({ message: () => ({ message: text, override: true }) })

const portMessage = says("must be false, or a port: a whole number from 0 to 65535")
const Port = Schema.Union(Schema.Literal(false), Schema.Int.pipe(Schema.between(0, 65_535))).annotations(portMessage)

const Token = Schema.String.pipe(Schema.pattern(/^[\x21-\x7E]{8,4096}$/)).annotations(
  says("must be 8 to 4096 printable ASCII characters without spaces")
)

const Start = isoDate.pipe(Schema.filter((date) => isTime(DateTime.toEpochMillis(date)) || outOfRange))
const StoppedClock = Schema.Struct({ start: Start })

const Speed = Schema.Number.pipe(Schema.greaterThan(0)).annotations(says("must be a number of rows above 0"))

const optional = <A, I>(schema: Schema.Schema<A, I>) => Schema.optional(schema)

const Settings = Schema.Struct({
  port: optional(Port),
  token: optional(Token),
  seed: optional(Schema.Union(Schema.String, Schema.Number).annotations(says("must be a text or a number"))),
  clock: optional(StoppedClock),
  deployDelay: optional(DurationInput),
  batchDelay: optional(DurationInput),
  batchSpeed: optional(Speed),
  preset: optional(Schema.Literal(...presets)),
  deployments: optional(Schema.Array(DeploymentFixture)),
  faults: optional(Schema.Array(Fault))
})

const Deployments = Schema.Struct({ deployments: Schema.Array(DeploymentFixture) })

/** The dates of a fixture may be `Date`s. */
const fixtureTexts = (given: unknown): unknown =>
  Array.isArray(given) ? given.map((fixture) => withTexts(fixture, "createdAt", "updatedAt")) : given

/** Reads deployments to add. Throws a `TypeError` if they are not valid. */
export const readDeployments = (called: string, deployments: unknown) =>
  read(called, Deployments, { deployments: fixtureTexts(deployments) }).deployments

/** Reads the options. Throws a `TypeError` if they are not valid. Jobs take no time by default. */
export const readOptions = (
  called: string,
  options: EmulatorOptions
): { readonly port: number | false; readonly options: Emulator.EmulatorOptions } => {
  // Boundary: plain JavaScript may pass anything.
  const given: unknown = options
  if (!isObject(given)) throw invalidArgument(called, "the options must be an object")
  const { clock: system, ...others } = given
  if (system !== undefined && system !== "system" && !isObject(system)) {
    throw invalidArgument(called, "clock must be \"system\", or an object with the start of a clock that stands still")
  }
  const { clock, port = false, ...settings } = read(called, Settings, {
    ...others,
    clock: system === "system" ? undefined : withTexts(system, "start"),
    deployments: fixtureTexts(others["deployments"])
  })
  return {
    port,
    options: { deployDelay: 0, batchDelay: 0, ...withoutUndefined(settings), clock: clock?.start ?? "system" }
  }
}
