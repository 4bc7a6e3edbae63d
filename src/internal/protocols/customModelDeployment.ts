/**
 * Deploys a version of a custom model in several steps: checks where it is to run, finds or creates its model package,
 * waits for the build of the package, and deploys the package.
 */
import * as Effect from "effect/Effect"
import type { DataRobotError, Handle, Made } from "../../DataRobotError.js"
import { CreateFromCustomModelVersionInput, type Deployment } from "../../wire/deployment.js"
import type { ModelPackage } from "../../wire/modelPackage.js"
import * as Routes from "../../wire/routes/deployments.js"
import * as Packages from "../../wire/routes/modelPackages.js"
import * as Environments from "../../wire/routes/predictionEnvironments.js"
import * as Servers from "../../wire/routes/predictionServers.js"
import { withoutUndefined } from "../../wire/withoutUndefined.js"
import { afterChange, afterMaking } from "../request/errorChanges.js"
import { input } from "../request/input.js"
import { monotonicMillis } from "../request/monotonic.js"
import { type Operation, type Requirements, withNote } from "../request/operation.js"
import { isId } from "../request/path.js"
import { readResult } from "../request/read.js"
import { decode, refuse, refuseArguments, send } from "../request/send.js"
import { run } from "../request/tracing.js"
import { deployments, whenUnknownCreate } from "./createdDeployment.js"
import { accepted, jobOf, readMade } from "./createdResource.js"
import { awaitJob } from "./job.js"
import { collect } from "./listing.js"
import { done, ended, pending, poll, waitIssues, waitMillis } from "./poll.js"

type Given = CreateFromCustomModelVersionInput
type Step<A> = Effect.Effect<A, DataRobotError, Requirements>

const nothingYet = "Nothing was created."

const listed = (ids: ReadonlyArray<string>) => ids.filter(isId).slice(0, 5).join(", ")

/** Fails if the server or the environment that the deployment is to use does not exist. */
const checkTarget = (operation: Operation, given: Given): Step<unknown> => {
  const { defaultPredictionServerId: server, predictionEnvironmentId: environment } = given
  const refused = (path: string, message: string) =>
    refuseArguments(operation, { route: Routes.createFromModelPackage }, [{ path, message }])
  if (environment !== undefined) {
    return readResult(operation, { route: Environments.get, ids: { id: environment }, note: nothingYet }).pipe(
      Effect.filterOrElse(
        ({ isDeleted }) => isDeleted !== true,
        () => refused("predictionEnvironmentId", "is the id of a prediction environment that was deleted")
      )
    )
  }
  return Effect.flatMap(collect(operation, Servers.list, {}, {}), (servers): Step<unknown> => {
    const ids = servers.map(({ id }) => id)
    // A self-managed installation without prediction servers needs neither.
    if (server === undefined && ids.length === 0) return Effect.void
    if (server === undefined) {
      return refused(
        "",
        `must have a defaultPredictionServerId, such as ${listed(ids)}, or a predictionEnvironmentId`
      )
    }
    return ids.includes(server)
      ? Effect.void
      : refused("defaultPredictionServerId", `must be the id of a prediction server: ${listed(ids) || "there is none"}`)
  })
}

/** Returns a package of the version that can be deployed, or is being built. */
const findPackage = (operation: Operation, given: Given): Step<ModelPackage | undefined> => {
  const query = input(Packages.list.query, { modelId: given.customModelVersionId, limit: 100 })
  return Effect.map(
    readResult(operation, { route: Packages.list, query, note: nothingYet }),
    ({ data }) =>
      data.find(({ buildStatus, isArchived, registeredModelId }) =>
        isArchived !== true && buildStatus !== "failed" &&
        (given.registeredModelId === undefined || registeredModelId === given.registeredModelId)
      )
  )
}

/** Creates a package of the version, and returns its id. */
const createPackage = (operation: Operation, given: Given): Step<string> =>
  send(operation, {
    route: Packages.createFromCustomModelVersion,
    body: input(
      Packages.createFromCustomModelVersion.body,
      withoutUndefined({
        customModelVersionId: given.customModelVersionId,
        name: given.modelPackageName,
        registeredModelId: given.registeredModelId,
        registeredModelName: given.registeredModelName,
        tags: given.tags
      })
    ),
    whenUnknown: `A model package may have been created: ${operation.name} finds it if you call it again.`
  }).pipe(Effect.flatMap((response) =>
    afterChange(Effect.gen(function*() {
      const handle = yield* jobOf(withNote(response, accepted), "modelPackages")
      const resource = yield* awaitJob(operation, handle, operation.options.wait)
      return resource?.collection === "modelPackages"
        ? resource.id
        : yield* refuse(withNote(response, accepted), "Location", "must point to an item of modelPackages/")
    }))
  ))

/** Null or missing: it needs no build. A status that a newer server adds must not end the wait too early. */
const isBuilt = (status: ModelPackage["buildStatus"]): status is "complete" | null | undefined =>
  status == null || status === "complete"

/** Waits until a package is built. */
const awaitBuild = (operation: Operation, id: string, timeout: number): Step<unknown> => {
  const handle: Handle = { kind: "done", id, resource: { collection: "modelPackages", id } }
  const again = `To keep waiting, call ${operation.name} again: it finds the package.`
  return poll({
    operation,
    call: { route: Packages.get, ids: { id } },
    handle,
    options: { ...operation.options.wait, timeout },
    read: (response) =>
      Effect.map(decode(response, Packages.get.success), ({ buildStatus }) => {
        if (buildStatus === "failed") {
          return ended(
            "Failed",
            buildStatus,
            `the build of model package ${id} failed. Its log is in DataRobot's registry.`
          )
        }
        return isBuilt(buildStatus) ? done(id) : pending(buildStatus, response.retryAfter)
      }),
    onDeadline: (status, polls) =>
      `the build of model package ${id} is still ${status ?? "running"} after ${polls} polls. ${again}`
  })
}

/** Deploys a version of a custom model, waits until it is deployed, and returns the deployment. */
export const deployCustomModelVersion = (operation: Operation, given: Given): Step<Deployment> =>
  run(
    operation,
    Effect.gen(function*() {
      const { wait = {} } = operation.options
      const issues = [...input(CreateFromCustomModelVersionInput, given).issues, ...waitIssues(wait, "wait.")]
      if (issues.length > 0) {
        return yield* refuseArguments(operation, { route: Routes.createFromModelPackage }, issues)
      }
      yield* checkTarget(operation, given)
      const found = yield* findPackage(operation, given)

      // The timeout applies to both waits together.
      const clock = yield* Effect.clock
      const begun = monotonicMillis(clock)
      const remaining = () => Math.max(1, waitMillis(wait) - (monotonicMillis(clock) - begun))

      const id = found?.id ?? (yield* createPackage(operation, given))
      const made: ReadonlyArray<Made> = found === undefined ? [{ collection: "modelPackages", id }] : []
      if (found === undefined || !isBuilt(found.buildStatus)) {
        yield* afterMaking(made, awaitBuild(operation, id, remaining()))
      }

      const response = yield* afterMaking(
        made,
        send(operation, {
          route: Routes.createFromModelPackage,
          body: input(
            Routes.createFromModelPackage.body,
            withoutUndefined({
              modelPackageId: id,
              label: given.label,
              description: given.description,
              importance: given.importance,
              defaultPredictionServerId: given.defaultPredictionServerId,
              predictionEnvironmentId: given.predictionEnvironmentId,
              userProvidedId: given.userProvidedId,
              additionalMetadata: given.additionalMetadata,
              runtimeParameterValues: given.runtimeParameterValues
            })
          ),
          whenUnknown: whenUnknownCreate
        })
      )
      const job = yield* afterMaking(made, jobOf(withNote(response, accepted), deployments.name))
      // Also if nothing is known to have been created, because the server has accepted the deployment.
      return yield* afterChange(readMade(operation, job, {
        collection: deployments,
        made: "created",
        before: made,
        wait: { ...wait, timeout: remaining() }
      }))
    })
  )
