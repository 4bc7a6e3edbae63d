/** The emulator, and the history of its state, against which the results of clients are checked. */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { make as makeEmulator } from "../../src/emulator/Emulator.js"
import type { Fault } from "../../src/emulator/index.js"
import { inProcess } from "../../src/emulator/server/inProcess.js"
import type { Chance } from "./chance.js"

/** The parts of a deployment that clients can change, and whether it is deployed. */
export interface Seen {
  readonly label: string
  readonly status: string
  /** The id of its model package. */
  readonly model: string
  /** The association ids of its actual values, each between two spaces. */
  readonly actuals: string
  readonly deployed: boolean
}

/** All deployments at one moment, by id. */
export type Moment = ReadonlyMap<string, Seen>

export interface World {
  readonly server: HttpClient.HttpClient
  /** One moment for each change; the last one is the present. */
  readonly history: ReadonlyArray<Moment>
  /** Adds the present moment to the history if it differs from the last one. */
  readonly look: Effect.Effect<void>
  /** How often each kind of emulator fault has occurred so far. */
  readonly struck: Effect.Effect<ReadonlyMap<Fault["fault"], number>>
}

export const origin = "http://localhost:8080"

/** Faults of the emulator: jobs that fail or never end, and misleading responses. */
const faults = (chance: Chance): ReadonlyArray<Fault> => {
  const rule = (fault: Fault): ReadonlyArray<Fault> => chance.happens(0.3) ? [fault] : []
  const job = { fault: "job", ends: chance.oneOf(["failed", "never"] as const), chance: 0.3 } as const
  return [
    ...rule(job),
    ...rule({ ...job, method: "POST", path: "deployments/fromLearningModel/" }),
    ...rule({ ...job, method: "PATCH", path: "deployments/*/status/" }),
    ...rule({ ...job, method: "PATCH", path: "deployments/*/model/" }),
    ...rule({ ...job, method: "POST", path: "deployments/*/actuals/fromJSON/" }),
    ...rule({ fault: "location", location: "https://evil.example/api/v2/modelDeployments/x/", chance: 0.3 }),
    ...rule({ fault: "location", location: "/api/v2/projects/1/", chance: 0.3 }),
    ...rule({ fault: "nextLoop", chance: 0.3 }),
    ...rule({ fault: "nextLoop", operation: "deployments.list", chance: 0.3 }),
    ...rule({ fault: "badJson", chance: 0.1 })
  ]
}

export const make = (seed: number, token: string, chance: Chance): Effect.Effect<World, never, Scope.Scope> =>
  Effect.gen(function*() {
    const deployments = Array.from({ length: chance.between(0, 5) }, (_, index) => ({
      id: `d${index}`,
      label: `first ${index}`
    }))
    const deployDelay = chance.oneOf([0, 2_000, 30_000, 300_000])
    const { app, emulator, world } = yield* makeEmulator(
      { seed, token, deployDelay, deployments, faults: faults(chance) },
      origin
    )
    const history: Array<Moment> = []
    const look = Effect.map(world.state.allKnown, (all) => {
      const moment: Moment = new Map(
        all.map(({ actuals, deployment: { deployed, id, label, status }, details }) => [id, {
          label: label ?? "",
          status: status ?? "",
          model: details.models.at(-1)?.modelPackageId ?? "",
          actuals: ` ${[...actuals.keys()].join("  ")} `,
          deployed: deployed === true
        }])
      )
      if (textOf(history.at(-1)) !== textOf(moment)) history.push(moment)
    })
    yield* look
    const struck = Effect.map(emulator.faults, (reports) => {
      const counts = new Map<Fault["fault"], number>()
      for (const { fault: { fault }, fired } of reports) counts.set(fault, (counts.get(fault) ?? 0) + fired)
      return counts
    })
    return { server: inProcess(app), history, look, struck }
  })

const textOf = (moment: Moment | undefined) => moment && JSON.stringify([...moment])
