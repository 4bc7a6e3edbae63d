/** The options of a test kit, checked, with all defaults. */
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import type * as Emulator from "../../emulator/Emulator.js"
import { DurationInput, Fault } from "../../emulator/faults/faults.js"
import { isoDate } from "../../emulator/monitoring/traffic.js"
import { isTime, outOfRange } from "../../emulator/state/clock.js"
import { DeploymentFixture } from "../../emulator/state/fixtures.js"
import { presets } from "../../emulator/state/presets.js"
import type { EmulatorOptions } from "./Emulator.js"
import { read, withTexts } from "./validation.js"

const says = (text: string) => ({ message: () => ({ message: text, override: true }) })

const portMessage = says("must be false, or a port: a whole number from 0 to 65535")
const Port = Schema.Union(Schema.Literal(false), Schema.Int.pipe(Schema.between(0, 65_535))).annotations(portMessage)

const Token = Schema.String.pipe(Schema.pattern(/^[\x21-\x7E]{8,4096}$/)).annotations(
  says("must be 8 to 4096 printable ASCII characters without spaces")
)

const Start = isoDate.pipe(Schema.filter((date) => isTime(DateTime.toEpochMillis(date)) || outOfRange))
const StoppedClock = Schema.Struct({ start: Start })
const Clock = Schema.Union(Schema.Literal("system"), StoppedClock)

const Speed = Schema.Number.pipe(Schema.greaterThan(0)).annotations(says("must be a number of rows above 0"))

const optional = <A, I>(schema: Schema.Schema<A, I>) => Schema.optional(schema)

const Settings = Schema.Struct({
  port: optional(Port),
  token: optional(Token),
  seed: optional(Schema.Union(Schema.String, Schema.Number).annotations(says("must be a text or a number"))),
  clock: optional(Clock),
  deployDelay: optional(DurationInput),
  batchDelay: optional(DurationInput),
  batchSpeed: optional(Speed),
  preset: optional(Schema.Literal(...presets)),
  deployments: optional(Schema.Array(DeploymentFixture)),
  faults: optional(Schema.Array(Fault))
})

const Fixtures = Schema.Array(DeploymentFixture)

/** The dates of a fixture may be `Date`s. */
const fixtureTexts = (given: unknown): unknown =>
  Array.isArray(given) ? given.map((fixture) => withTexts(fixture, "createdAt", "updatedAt")) : given

/** Reads deployments to add. Throws a `TypeError` if they are not valid. */
export const readFixtures = (called: string, given: unknown) => read(called, Fixtures, fixtureTexts(given))

/** Reads the options. Throws a `TypeError` if they are not valid. Jobs take no time by default. */
export const readOptions = (
  called: string,
  options: EmulatorOptions
): { readonly port: number | false; readonly options: Emulator.EmulatorOptions } => {
  const given: unknown = typeof options === "object" && options !== null && !Array.isArray(options)
    ? { ...options, clock: withTexts(options.clock, "start"), deployments: fixtureTexts(options.deployments) }
    : options
  const { clock = "system", port = false, ...settings } = read(called, Settings, given)
  return {
    port,
    options: { deployDelay: 0, batchDelay: 0, ...settings, clock: clock === "system" ? clock : clock.start }
  }
}
