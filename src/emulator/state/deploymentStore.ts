/** The deployments of an emulator. Both APIs show the same ones. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import {
  type ActionLogEntry,
  type CreateInput,
  type Instance,
  ModelDeployment,
  type UpdateInput
} from "../../wire/modelDeployment.js"
import { withoutUndefined } from "../../wire/withoutUndefined.js"
import * as History from "../monitoring/history.js"
import { invalidFields, type NotFound, type Unprocessable } from "../protocol/errors.js"
import type { Details } from "./details.js"
import * as Fixtures from "./fixtures.js"
import { type Change, creation } from "./jobs.js"
import { isDeployed, type Known, toKnown, toModelDeployment } from "./known.js"
import type { Memory } from "./memory.js"
import { isBuilt, type Package } from "./registry.js"
import { detailsOf, type Stored } from "./stored.js"

/** A new deployment of the deployments API. */
export interface NewDeployment {
  readonly label: string
  readonly description?: string | undefined
  readonly status?: "active" | "inactive" | undefined
  readonly modelId?: string | undefined
  readonly modelPackageId?: string | undefined
  readonly importance?: string | undefined
  readonly defaultPredictionServerId?: string | undefined
  readonly predictionEnvironmentId?: string | undefined
  readonly userProvidedId?: string | undefined
}

/** The refusal of a change, with the reason. */
export type Refused<E> = Effect.Effect<never, E>

/** The deployments, and the functions that change them. */
export interface DeploymentStore {
  /** Adds deployments. A fixture with the id of an existing deployment replaces it. Dies if a fixture is invalid. */
  readonly seed: (
    fixtures: ReadonlyArray<Fixtures.DeploymentFixture>
  ) => Effect.Effect<ReadonlyArray<ModelDeployment>>
  readonly create: (input: CreateInput) => Effect.Effect<ModelDeployment>
  /**
   * Starts the job that creates a deployment of the deployments API. Returns both ids. Refuses a package that is
   * archived or not built yet, and an environment that was deleted. Ids that the emulator does not know are accepted.
   */
  readonly deploy: (
    input: NewDeployment
  ) => Effect.Effect<{ readonly id: string; readonly job: string }, Unprocessable>
  /** Makes a page of the deployments in one step. `show` adds to a deployment what is computed when it is read. */
  readonly list: <A>(
    page: (all: ReadonlyArray<Stored>, show: (stored: Stored) => ModelDeployment) => A
  ) => Effect.Effect<A>
  readonly get: (id: string) => Effect.Effect<ModelDeployment, NotFound>
  readonly known: (id: string) => Effect.Effect<Known, NotFound>
  readonly allKnown: Effect.Effect<ReadonlyArray<Known>>
  readonly actionLog: (id: string) => Effect.Effect<ReadonlyArray<ActionLogEntry>, NotFound>
  readonly update: (
    id: string,
    changes: UpdateInput & { readonly importance?: string | undefined }
  ) => Effect.Effect<void, NotFound>
  /** Changes the details of a deployment, unless the change is refused. */
  readonly changeDetails: <E = never>(
    id: string,
    change: (details: Details) => Details | Refused<E>
  ) => Effect.Effect<void, NotFound | E>
  /** Starts a job that makes a change when it ends, unless the change is refused. Returns the id of the job. */
  readonly startChange: <E = never>(
    id: string,
    description: string,
    plan: (known: Known, newId: () => string) => Change | Refused<E>
  ) => Effect.Effect<string, NotFound | E>
  readonly remove: (id: string) => Effect.Effect<void, NotFound>
}

/** A fixture from JSON or JavaScript may contain anything. This reports its problems before it is stored. */
const validate = Schema.validateSync(ModelDeployment)

/** Returns a deployment with the target of its model package. */
const withTarget = (deployment: ModelDeployment, { targetName, targetType }: Package): ModelDeployment => ({
  ...deployment,
  project: { ...deployment.project, target: targetName, targetType }
})

/** Returns the deployments of a memory. `predictionHost` is the host and port that makes predictions. */
export const make = (memory: Memory, predictionHost: string): DeploymentStore => {
  const { change, changeFound, deployments, find, jobs, nextId, read, registry, start } = memory
  const instance: Instance = { ...Fixtures.instance, hostName: predictionHost }

  const storedFrom = (fixture: Fixtures.DeploymentFixture, now: number): Stored => {
    const id = fixture.id ?? nextId()
    const createdAt = fixture.createdAt ?? DateTime.unsafeMake(now)
    const { hostName } = fixture.instance ?? instance
    const { modelPackageId, predictionEnvironmentId = null } = fixture
    const validated = validate(
      Fixtures.modelDeployment({
        instance,
        predictionEndpoint: hostName,
        ...withoutUndefined(fixture),
        id,
        createdAt
      })
    )
    const deployment = { ...validated }
    const details = { ...detailsOf(deployment), predictionEnvironmentId }
    const [model] = details.models
    return {
      deployment,
      deployedAt: deployment.deployed === false ? now + memory.jobTime : DateTime.toEpochMillis(createdAt),
      requests: History.make(),
      details: modelPackageId === undefined ? details : { ...details, models: [{ ...model, modelPackageId }] },
      rows: [],
      actuals: new Map()
    }
  }

  const put = (stored: Stored, now: number) => {
    deployments.set(stored.deployment.id, stored)
    return toModelDeployment(stored, now)
  }

  const known = (stored: Stored, now: number) => toKnown(memory, stored, now, predictionHost)

  /** Why a deployment cannot be created, by field. */
  const problemsOf = ({ modelPackageId = "", predictionEnvironmentId = "" }: NewDeployment, now: number) => {
    const found = registry.packages.get(modelPackageId)
    const problems: Record<string, string> = {}
    if (found?.isArchived === true) problems["modelPackageId"] = "The model package is archived"
    else if (found !== undefined && !isBuilt(found, now, memory.jobTime)) {
      problems["modelPackageId"] = "The model package is not built yet"
    }
    if (registry.gone.has(predictionEnvironmentId)) {
      problems["predictionEnvironmentId"] = "There is no such prediction environment"
    }
    return problems
  }

  return {
    // All deployments are built before the first one is stored. If one is invalid, none is added.
    seed: (fixtures) =>
      change((now) =>
        fixtures.map((fixture) => storedFrom(fixture, now)).map((stored) => {
          jobs.release(stored.deployment.id)
          return put(stored, now)
        })
      ),
    create: ({ description = null, instanceId, label, modelId, projectId, status = "active" }) =>
      change((now) => {
        const served = instanceId === undefined ? {} : { instance: { ...instance, id: instanceId } }
        return put(storedFrom({ projectId, modelId, label, description, status, deployed: false, ...served }, now), now)
      }),
    deploy: (input) =>
      Effect.flatten(read((now) => {
        const problems = problemsOf(input, now)
        if (Object.keys(problems).length > 0) return invalidFields(problems)
        memory.touch()
        const known = registry.packages.get(input.modelPackageId ?? "")
        const { description = null, label, modelId = known?.modelId ?? nextId(), status = "active" } = input
        const { modelPackageId = nextId() } = input
        const base = storedFrom({ modelId, label, description, status, deployed: false }, now)
        const stored = known === undefined ? base : { ...base, deployment: withTarget(base.deployment, known) }
        const [model] = stored.details.models
        const details: Details = {
          ...stored.details,
          models: [{ ...model, modelPackageId }],
          importance: input.importance ?? null,
          defaultPredictionServerId: input.defaultPredictionServerId ?? null,
          predictionEnvironmentId: input.predictionEnvironmentId ?? null,
          userProvidedId: input.userProvidedId ?? null
        }
        const { id } = put({ ...stored, details }, now)
        const job = start({ ...creation, startedAt: now, deploymentId: id, change: { change: "creation" } })
        return Effect.succeed({ id, job })
      })),
    list: (page) => read((now) => page([...deployments.values()], (stored) => toModelDeployment(stored, now))),
    get: (id) => find(id, toModelDeployment),
    known: (id) => find(id, known),
    allKnown: read((now) => Array.from(deployments.values(), (stored) => known(stored, now))),
    actionLog: (id) =>
      find(id, (stored, now) => {
        const { createdAt, user: performedBy } = stored.deployment
        const created: ActionLogEntry = { action: "created", performedAt: createdAt, performedBy }
        if (!isDeployed(stored, now)) return [created]
        return [created, { action: "deployed", performedAt: DateTime.unsafeMake(stored.deployedAt), performedBy }]
      }),
    update: (id, changes) =>
      changeFound(id, (stored, now) => {
        const { deployment, details } = stored
        const label = changes.label ?? deployment.label
        const description = changes.description ?? deployment.description ?? null
        const status = changes.status ?? deployment.status
        const importance = changes.importance ?? details.importance
        const updatedAt = DateTime.unsafeMake(now)
        deployments.set(id, {
          ...stored,
          deployment: { ...deployment, label, description, status, updatedAt },
          details: { ...details, importance }
        })
      }),
    changeDetails: (id, change) =>
      Effect.flatten(find(id, (stored) => {
        const details = change(stored.details)
        if (Effect.isEffect(details)) return details
        memory.touch()
        deployments.set(id, { ...stored, details })
        return Effect.void
      })),
    startChange: (id, description, plan) =>
      Effect.flatten(find(id, (stored, now) => {
        const planned = plan(known(stored, now), nextId)
        if (Effect.isEffect(planned)) return planned
        memory.touch()
        return Effect.succeed(
          start({ startedAt: now, ends: "done", description, deploymentId: id, change: planned })
        )
      })),
    remove: (id) =>
      changeFound(id, () => {
        jobs.release(id)
        deployments.delete(id)
      })
  }
}
