/** Presets: named sets of deployments and their traffic. */
import * as DateTime from "effect/DateTime"
import { lastDay } from "../monitoring/statistics.js"
import type { Traffic } from "../monitoring/traffic.js"
import type { DeploymentFixture } from "./fixtures.js"
import {
  dedicated,
  demoPackages,
  demoRegistry,
  fleetPackage,
  fleetRegistry,
  serverless,
  topics
} from "./presetRegistry.js"
import { initialContent, type RegistryContent } from "./registry.js"

/** The names of the presets. */
export const presets = ["empty", "demo", "fleet"] as const
/**
 * The deployments of an emulator at the start.
 *
 * - `empty`: none.
 * - `demo`: eight deployments with different targets, statuses and health, and eight days of traffic.
 * - `fleet`: 250 deployments, for listings of many pages.
 *
 * The last two also have prediction servers, a dedicated and a serverless prediction environment with deployments in
 * each, registered models with model packages, and a credential.
 *
 * @since 0.1.0
 */
export type Preset = typeof presets[number]

/** A deployment of a preset, and its traffic. */
export interface Planned {
  readonly fixture: DeploymentFixture & { readonly id: string }
  readonly traffic: ReadonlyArray<Omit<Traffic, "deploymentId">>
}

const hour = 3_600_000
const day = 24 * hour

const id = (number: number) => `5b00000000000000000000${number.toString(16).padStart(2, "0")}`

/** The metric of each type of target. */
const metrics = { Binary: "LogLoss", Regression: "RMSE", TextGeneration: null, Unstructured: null }

const target = (projectName: string, name: string, targetType: keyof typeof metrics) => ({
  id: "5b00000000000000000000b1",
  projectName,
  fileName: `${name}.csv`,
  stage: "modeling",
  created: "2018-01-01T00:00:00.000000Z",
  target: name,
  targetType,
  metric: metrics[targetType]
})

/**
 * The traffic of the last eight days. `perDay` is the number of requests per day; `errors` are the shares of errors on
 * the last day.
 */
const week = (
  now: number,
  perDay: ReadonlyArray<number>,
  errors: { readonly user?: number; readonly server?: number } = {}
): Planned["traffic"] =>
  perDay.map((requests, index) => {
    const last = index === perDay.length - 1
    const end = lastDay(now).end - (perDay.length - 1 - index) * day
    return {
      start: DateTime.unsafeMake(end - day),
      end: DateTime.unsafeMake(end),
      requests,
      userErrors: last ? Math.round(requests * (errors.user ?? 0)) : 0,
      serverErrors: last ? Math.round(requests * (errors.server ?? 0)) : 0,
      consumers: Math.min(3, Math.max(1, requests)),
      rows: 10,
      executionTime: 0.031
    }
  })

const demo = (now: number): ReadonlyArray<Planned> => [...tabular(now), ...unstructured(now)]

/** The deployments of the demo that do not predict rows. */
const unstructured = (now: number): ReadonlyArray<Planned> => {
  const createdAt = DateTime.unsafeMake(now - 7 * day)
  const base = { createdAt, updatedAt: createdAt }
  return [
    {
      fixture: {
        ...base,
        id: id(0x16),
        label: "Support assistant",
        description: "Answers questions of customers in a chat",
        project: target("Support", "resultText", "TextGeneration"),
        predictionEnvironmentId: serverless
      },
      traffic: []
    },
    {
      fixture: {
        ...base,
        id: id(0x17),
        label: "Document reader",
        description: "Reads scanned documents",
        project: target("Documents", "document", "Unstructured")
      },
      traffic: []
    }
  ]
}

/** The deployments of the demo that predict rows. */
const tabular = (now: number): ReadonlyArray<Planned> => {
  const createdAt = DateTime.unsafeMake(now - 30 * day)
  const base = { createdAt, updatedAt: createdAt }
  return [
    {
      fixture: {
        ...base,
        id: id(0x10),
        label: "Churn scorer",
        description: "Scores customers for churn",
        project: target("Churn", "churned", "Binary"),
        modelPackageId: demoPackages.churn2,
        predictionEnvironmentId: dedicated
      },
      traffic: week(now, [310, 290, 350, 340, 410, 515, 480, 640])
    },
    {
      fixture: {
        ...base,
        id: id(0x11),
        label: "Fraud detector",
        description: "Scores card payments",
        project: target("Fraud", "is_fraud", "Binary"),
        modelPackageId: demoPackages.fraud,
        predictionEnvironmentId: dedicated
      },
      traffic: week(now, [900, 920, 880, 950, 1010, 990, 1040, 1100], { user: 0.08 })
    },
    {
      fixture: {
        ...base,
        id: id(0x12),
        label: "House prices",
        description: "Estimates selling prices",
        project: target("Houses", "price", "Regression"),
        modelPackageId: demoPackages.houses,
        predictionEnvironmentId: serverless
      },
      traffic: week(now, [60, 75, 58, 80, 66, 71, 90, 84], { server: 0.25, user: 0.05 })
    },
    {
      fixture: {
        ...base,
        id: id(0x13),
        label: "Demand forecast",
        description: null,
        predictionEnvironmentId: serverless
      },
      traffic: []
    },
    { fixture: { ...base, id: id(0x14), label: "Lead scoring (paused)", status: "inactive" }, traffic: [] },
    {
      fixture: {
        ...base,
        id: id(0x15),
        label: "Churn scorer 2017",
        status: "archived",
        modelId: id(0xa2),
        modelPackageId: demoPackages.churn1,
        predictionEnvironmentId: dedicated
      },
      traffic: []
    }
  ]
}

const regions = ["north", "south", "east", "west", "central"]
const statuses = ["active", "active", "active", "inactive", "archived"] as const

const fleet = (now: number): ReadonlyArray<Planned> =>
  Array.from({ length: 250 }, (_, index) => {
    const topic = topics[index % topics.length] ?? ""
    const region = regions[Math.floor(index / topics.length) % regions.length] ?? ""
    const generation = Math.floor(index / (topics.length * regions.length)) + 1
    const createdAt = DateTime.unsafeMake(now - (250 - index) * 6 * hour)
    // The status also depends on the topic, so that each region has all statuses.
    const status = statuses[(index + Math.floor(index / topics.length)) % statuses.length] ?? "active"
    return {
      fixture: {
        id: id(0x10).slice(0, 20) + (0x1000 + index).toString(16),
        label: `${topic} ${region} ${generation}`,
        description: `${topic} for the ${region}, generation ${generation}`,
        status,
        modelPackageId: fleetPackage(index % topics.length, generation),
        // One in five is serverless.
        predictionEnvironmentId: generation % 5 === 0 ? serverless : dedicated,
        createdAt,
        updatedAt: createdAt
      },
      traffic: status === "active" ? week(now, [index % 7, 0, index % 5, 1, index % 11, 0, 2, index % 13]) : []
    }
  })

/** Returns the deployments and the traffic of a preset, at a time in epoch milliseconds. */
export const planned = (preset: Preset, now: number): ReadonlyArray<Planned> =>
  preset === "demo" ? demo(now) : preset === "fleet" ? fleet(now) : []

/** Returns the registry of a preset, at a time in epoch milliseconds. */
export const plannedRegistry = (preset: Preset, now: number): RegistryContent =>
  preset === "demo" ? demoRegistry(now) : preset === "fleet" ? fleetRegistry(now) : initialContent
