/** The calls of clients: SDK operations, the change that each intends to make, and a check of its result. */
import type * as HttpClient from "@effect/platform/HttpClient"
import {
  type DataRobot,
  DataRobotError,
  Deployment,
  DeploymentActuals,
  DeploymentModel,
  Job,
  ModelDeployment
} from "effect-datarobot"
import type { JobUpdateOptions } from "effect-datarobot/Deployment"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import { identity } from "effect/Function"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { Chance } from "./chance.js"
import type { Moment, Seen } from "./world.js"

/** The change that a call intends to make. No two calls write the same label, model or actual value. */
export type Change =
  | { readonly kind: "create"; readonly label: string }
  | { readonly kind: "label" | "status" | "model" | "actuals"; readonly id: string; readonly value: string }
  | { readonly kind: "delete"; readonly id: string }

/** The limits of a call's retries and waits; milliseconds. */
export interface Limits {
  readonly maxAttempts: number
  readonly attemptTimeout: number
  /** The limit of each request with all its attempts. */
  readonly timeout: number
  /** The limit of all waits for jobs and deployments together. */
  readonly wait: number
}

/** Checks a result against the history during the call; returns the problem, or undefined. */
export type Check = (meanwhile: ReadonlyArray<Moment>) => string | undefined

/** A call to be made. */
export interface Call {
  /** The client and the number of its call: `c1.3`. Its requests carry the id in the header `x-call`. */
  readonly id: string
  /** A description: `ModelDeployment.get d0`. */
  readonly what: string
  readonly limits: Limits
  readonly change: Change | undefined
  /** Whether the change may be sent again after an unknown outcome. */
  readonly idempotent: boolean
  /** How often the client calls each operation, at most: again if it fails and the error is retryable. */
  readonly times: number
  /** Whether the client calls it in an uninterruptible region. */
  readonly uninterruptible: boolean
  readonly run: Effect.Effect<Check, DataRobotError.DataRobotError, Requirements>
}

type Errors = DataRobotError.DataRobotError

/** The longest that a client waits before it calls an operation again; milliseconds. */
export const longestPause = 61_000

/** Calls an operation again if its error is retryable, and waits before that as long as the server asks. */
const persistent = (times: number) => <A>(operation: Effect.Effect<A, Errors, Requirements>) =>
  Effect.retry(operation, {
    times: times - 1,
    while: (error) =>
      DataRobotError.isRetryable(error)
        ? Effect.as(Effect.sleep("retryAfter" in error && error.retryAfter || 1_000), true)
        : false
  })

export type Requirements = DataRobot | HttpClient.HttpClient

/** The ids that clients know. */
export interface Known {
  readonly ids: Array<string>
}

/** Returns the problem unless a deployment was in the state at some moment. */
const once = (id: string, is: (seen: Seen | undefined) => boolean, problem: string): Check => (meanwhile) =>
  meanwhile.some((moment) => is(moment.get(id))) ? undefined : problem

interface Shown {
  readonly id: string
  readonly label?: string | null
}

/** A result that shows a deployment must show it as it was at one moment of the call. */
const agrees = ({ id, label }: Shown): Check =>
  once(id, (seen) => seen !== undefined && seen.label === label, `${id} was never called ${label} meanwhile`)

/**
 * Checks that a listing shows all deployments. It must be exact if nothing changed meanwhile or if it fits on one page.
 */
const listed = (all: ReadonlyArray<Shown>, pageSize: number): Check => (meanwhile) => {
  const text = (shown: ReadonlyArray<Shown>) => JSON.stringify(shown.map(({ id, label }) => [id, label]).sort())
  const atOnce = meanwhile.some((moment) =>
    text(all) === text(Array.from(moment, ([id, { label }]) => ({ id, label })))
  )
  if (atOnce) return undefined
  if (meanwhile.length === 1 || all.length < pageSize) return `${text(all)} does not match the deployments`
  return all.map((one) => agrees(one)(meanwhile)).find((problem) => problem !== undefined)
}

const nothing: Check = () => undefined
const defaults = {
  attemptTimeout: 30_000,
  createTimeout: 60_000,
  timeout: 120_000,
  wait: 600_000,
  maxAttempts: 3,
  pageSize: 100
}

/** Draws the next call of a client. */
export const next = (chance: Chance, callId: string, known: Known): Call => {
  const id = known.ids.length > 0 ? chance.oneOf([known.ids[0] ?? "", ...known.ids]) : "unknown"
  const label = `${callId} was here`
  const value = callId.replace(".", "-")
  const attemptTimeout = chance.oneOf([undefined, undefined, 1_000, 10_000])
  const timeout = chance.oneOf([undefined, undefined, 5_000, 60_000])
  const maxAttempts = chance.oneOf([undefined, undefined, 1, 5])
  const idempotent = chance.happens(0.3)
  const wait = {
    ...(chance.happens(0.5) ? { timeout: chance.oneOf([3_000, 40_000]) } : {}),
    ...(chance.happens(0.3) ? { interval: chance.oneOf([500, 5_000]) } : {})
  }
  const options: JobUpdateOptions = {
    headers: { "x-call": callId },
    attemptTimeout,
    timeout,
    ...(maxAttempts === undefined ? {} : maxAttempts === 1 ? { retry: false } : { retry: { maxAttempts } })
  }
  const pageSize = chance.oneOf([1, 2, 100])
  const times = chance.oneOf([1, 1, 3])
  const again = persistent(times)
  const uninterruptible = chance.happens(0.2)

  const call = (
    what: string,
    run: Call["run"],
    change?: Change,
    more: Partial<Limits> & { readonly idempotent?: boolean; readonly isComposed?: true } = {}
  ): Call => ({
    id: callId,
    what,
    run: (uninterruptible ? Effect.uninterruptible : identity)(more.isComposed ? run : again(run)),
    change,
    idempotent: more.idempotent ?? true,
    times,
    uninterruptible,
    limits: {
      attemptTimeout: attemptTimeout ?? more.attemptTimeout ?? defaults.attemptTimeout,
      timeout: timeout ?? defaults.timeout,
      wait: more.wait ?? wait.timeout ?? defaults.wait,
      maxAttempts: maxAttempts ?? defaults.maxAttempts
    }
  })

  const learn = <A extends Shown>(effect: Effect.Effect<A, DataRobotError.DataRobotError, Requirements>) =>
    Effect.tap(effect, (made) => Effect.sync(() => known.ids.push(made.id)))
  const created = (made: Shown): Check => made.label === label ? agrees(made) : () => `its label is ${made.label}`
  const updated = (made: Shown): Check => (meanwhile) =>
    once(id, (seen) => seen?.label === label, "it was never changed")(meanwhile) ?? agrees(made)(meanwhile)
  const became = (status: string) => once(id, (seen) => seen?.status === status, `it never became ${status}`)
  const isGone = once(id, (seen) => seen === undefined, `${id} existed all the time`)
  const create = { modelId: "m1", projectId: "p1", label }
  const deploy = { modelId: "m1", label, defaultPredictionServerId: "s1" }
  const update = { ...options, idempotent }
  const jobUpdate = { ...update, wait }
  const status = chance.oneOf(["active", "inactive"] as const)

  const calls = {
    create: () =>
      call("ModelDeployment.create", Effect.map(learn(ModelDeployment.create(create, options)), created), {
        kind: "create",
        label
      }, { idempotent: false, attemptTimeout: defaults.createTimeout, wait: defaults.wait }),
    deploy: () =>
      call(
        "Deployment.createFromLearningModel",
        Effect.map(learn(Deployment.createFromLearningModel(deploy, { ...options, wait })), created),
        { kind: "create", label },
        { idempotent: false, attemptTimeout: defaults.createTimeout }
      ),
    // The job's handle is stored as JSON and resumed as in another process.
    deployLater: () =>
      call(
        "Deployment.startCreateFromLearningModel, Deployment.resume",
        again(Deployment.startCreateFromLearningModel(deploy, options)).pipe(
          Effect.flatMap((handle) => learn(again(Deployment.resume(JSON.stringify(handle), wait, options)))),
          Effect.map(created)
        ),
        { kind: "create", label },
        // Two operations, and each is called again on its own.
        { idempotent: false, attemptTimeout: defaults.createTimeout, isComposed: true }
      ),
    get: () => call(`ModelDeployment.get ${id}`, Effect.map(ModelDeployment.get(id, options), agrees)),
    getToday: () => call(`Deployment.get ${id}`, Effect.map(Deployment.get(id, options), agrees)),
    getOption: () =>
      call(
        `Deployment.getOption ${id}`,
        Effect.map(
          Deployment.getOption(id, options),
          Option.match({
            onNone: () => isGone,
            onSome: agrees
          })
        )
      ),
    list: () =>
      call(
        "ModelDeployment.list",
        Effect.map(ModelDeployment.list({}, options), (all) => listed(all, defaults.pageSize))
      ),
    listToday: () =>
      call(
        "Deployment.list",
        Effect.map(Deployment.list({}, options), (all) => listed(all, defaults.pageSize))
      ),
    stream: () =>
      call(
        `ModelDeployment.stream by ${pageSize}`,
        Effect.map(
          Stream.runCollect(ModelDeployment.stream({ pageSize }, options)),
          (all) => listed(Chunk.toReadonlyArray(all), pageSize)
        )
      ),
    streamToday: () =>
      call(
        `Deployment.stream by ${pageSize}`,
        Effect.map(
          Stream.runCollect(Deployment.stream({ pageSize }, options)),
          (all) => listed(Chunk.toReadonlyArray(all), pageSize)
        )
      ),
    update: () =>
      call(`ModelDeployment.update ${id}`, Effect.map(ModelDeployment.update(id, { label }, update), updated), {
        kind: "label",
        id,
        value: label
      }, { idempotent }),
    updateToday: () =>
      call(`Deployment.update ${id}`, Effect.map(Deployment.update(id, { label }, update), updated), {
        kind: "label",
        id,
        value: label
      }, { idempotent }),
    status: () => {
      const change = status === "active" ? ModelDeployment.activate : ModelDeployment.deactivate
      return call(`ModelDeployment ${id} ${status}`, Effect.as(change(id, update), became(status)), {
        kind: "status",
        id,
        value: status
      }, { idempotent })
    },
    statusToday: () => {
      const change = status === "active" ? Deployment.activate : Deployment.deactivate
      return call(`Deployment ${id} ${status}`, Effect.as(change(id, jobUpdate), became(status)), {
        kind: "status",
        id,
        value: status
      }, { idempotent })
    },
    replaceModel: () =>
      call(
        `DeploymentModel.replaceModel ${id}`,
        Effect.as(
          DeploymentModel.replaceModel(id, { modelPackageId: value, reason: "OTHER" }, jobUpdate),
          once(id, (seen) => seen?.model === value, "it never got the model")
        ),
        { kind: "model", id, value },
        { idempotent }
      ),
    actuals: () =>
      call(
        `DeploymentActuals.submit ${id}`,
        Effect.as(
          DeploymentActuals.submit(id, [{ associationId: value, actualValue: 1 }], {
            ...jobUpdate,
            keepActualsWithoutPredictions: true
          }),
          once(id, (seen) => seen?.actuals.includes(` ${value} `) === true, "it never got the actual value")
        ),
        { kind: "actuals", id, value },
        { idempotent, attemptTimeout: defaults.createTimeout }
      ),
    delete: () =>
      call(
        `Deployment.delete ${id}`,
        Effect.as(Deployment.delete(id, {}, options), isGone),
        { kind: "delete", id }
      ),
    awaitDeployed: () =>
      call(
        `ModelDeployment.awaitDeployed ${id}`,
        Effect.as(
          ModelDeployment.awaitDeployed(id, wait, options),
          once(id, (seen) => seen?.deployed === true, "it was never deployed")
        )
      ),
    actionLog: () =>
      call(`ModelDeployment.actionLog ${id}`, Effect.as(ModelDeployment.actionLog(id, {}, options), nothing)),
    jobs: () => call("Job.list", Effect.as(Job.list({}, options), nothing))
  }
  const names = Object.keys(calls) as [keyof typeof calls, ...ReadonlyArray<keyof typeof calls>]
  return calls[chance.oneOf(names)]()
}
