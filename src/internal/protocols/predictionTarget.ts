/**
 * Where the predictions of a deployment are requested: from its dedicated prediction server, or, if it is serverless,
 * from the endpoint. The deployment decides. With only its id, the deployment is read once per connection.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Redacted from "effect/Redacted"
import * as Runtime from "effect/Runtime"
import { type DataRobotError, isApiError, isNetworkError, type Issue } from "../../DataRobotError.js"
import type { Redactor } from "../../wire/redaction.js"
import { bases, read, type Route } from "../../wire/route.js"
import { oneDeployment, Serving } from "../../wire/serving.js"
import { isRecord, oneLine } from "../../wire/text.js"
import type { Connection } from "../request/connection.js"
import type { Operation, Requirements, Server } from "../request/operation.js"
import { isHeaderValue } from "../request/options.js"
import { idOf, pathOf, type Ref } from "../request/path.js"
import { readResult } from "../request/read.js"
import { refuseArguments } from "../request/send.js"
import { DataRobot } from "../request/service.js"
import { interruptibleRuntime } from "../request/timeLimit.js"
import { isTrusted } from "../request/trust.js"

/**
 * A deployment: its id, or a deployment that was read. A deployment that was read needs no request to find out where
 * its predictions are requested.
 *
 * @since 0.1.0
 */
export type DeploymentRef =
  | Ref
  | ({
    /** Id of the deployment. */
    readonly id: string
  } & Serving)

/** The target of a prediction request. `undefined`: the endpoint. */
export type Target = Server | undefined

/** `deployments.get` with a small schema, so that a prediction loads only what it needs of a deployment. */
export const getServing = read({ ...oneDeployment, success: Serving })

// ---------------------------------------------------------------------------------------------------------------
// From a deployment to its target.

// Checked on the raw text, because the URL parser resolves dot segments and removes tabs.
const plainUrl =
  /^https?:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*\/*$|^https?:\/\/\[::1\](?::\d{1,5})?\/*$/i

const serverUrl = (text: string): URL | undefined =>
  text.length <= 2048 && plainUrl.test(text) && URL.canParse(text) ? new URL(text) : undefined

const deploymentIssue = (message: string): Issue => ({ path: "deployment", message })

const untrusted = (connection: Connection, url: URL): Issue => ({
  path: "predictionServers",
  message: `must contain ${url.origin} to send requests to the deployment's prediction server, because it ${
    url.protocol === "http:" ? "does not use https" : `is not below ${connection.base.host}`
  }. Nothing was sent to it`
})

const isText = (value: unknown): boolean => value == null || typeof value === "string"

/** The problem of a deployment that the caller made, or that lost its types, for example as JSON. */
const problemOf = (serving: { readonly [Key in keyof Serving]?: unknown }): string | undefined => {
  const { defaultPredictionServer: server = null, predictionEnvironment: environment = null } = serving
  const parts = [server, environment].filter((part) => part !== null)
  if (!parts.every(isRecord) || !parts.every(({ platform, url }) => isText(platform) && isText(url))) {
    return "must be a deployment as it was read, or its id"
  }
  const key = isRecord(server) ? server["datarobotKey"] : undefined
  return key === undefined || (Redacted.isRedacted(key) && typeof Redacted.value(key) === "string")
    ? undefined
    : "has a prediction server whose datarobotKey is not Redacted, as after JSON: read the deployment again, or pass its id"
}

/** Returns the target of a deployment, or the reason why there is none. */
export const targetOf = (connection: Connection, serving: Serving): { readonly target: Target } | Issue => {
  const problem = problemOf(serving)
  if (problem !== undefined) return deploymentIssue(problem)
  const { defaultPredictionServer: server, predictionEnvironment } = serving
  const platform = predictionEnvironment?.platform ?? undefined
  if (platform === "datarobotServerless") return { target: undefined }
  if (platform !== undefined && platform !== "datarobot") {
    const shown = oneLine(platform, 40)
    return deploymentIssue(`runs outside of DataRobot (${shown}): request its predictions from that platform`)
  }
  if (server == null) {
    return deploymentIssue("has no prediction server and is not serverless, so DataRobot cannot serve its predictions")
  }
  const url = serverUrl(server.url ?? "")
  if (url === undefined) {
    return deploymentIssue("has a prediction server whose URL is not an http or https URL with a plain path")
  }
  if (!isTrusted(connection, url)) return untrusted(connection, url)
  const { datarobotKey: key } = server
  if (key !== undefined && !(Redacted.value(key).trim() !== "" && isHeaderValue(Redacted.value(key)))) {
    return deploymentIssue("has a prediction server whose datarobot-key cannot be sent in a header")
  }
  const prefix = bases.prediction.slice(1)
  return { target: { base: new URL(`${url.origin}${url.pathname.replace(/\/+$/, "")}/${prefix}`), prefix, key } }
}

const redactorFor = (connection: Connection, { defaultPredictionServer: server }: Serving): Redactor => {
  const key: unknown = Redacted.isRedacted(server?.datarobotKey) ? Redacted.value(server.datarobotKey) : undefined
  return typeof key === "string" ? connection.redactor.and([key]) : connection.redactor
}

const isSame = (one: Target, other: Target): boolean =>
  one?.base.href === other?.base.href &&
  (one?.key && Redacted.value(one.key)) === (other?.key && Redacted.value(other.key))

// ---------------------------------------------------------------------------------------------------------------
// The deployments that were read by their ids.

const maxKnown = 1000

/** A read in flight, and the number of callers that wait for it. */
interface Reading {
  readonly fiber: Fiber.RuntimeFiber<Serving, DataRobotError>
  waiting: number
}

class Known {
  /** The deployments by id, the one that was used last at the end. */
  readonly servings = new Map<string, Serving>()
  readonly readings = new Map<string, Reading>()

  use(id: string): Serving | undefined {
    const serving = this.servings.get(id)
    if (serving !== undefined) this.keep(id, serving)
    return serving
  }

  keep(id: string, serving: Serving): void {
    this.servings.delete(id)
    this.servings.set(id, serving)
    const [oldest] = this.servings.keys()
    if (this.servings.size > maxKnown && oldest !== undefined) this.servings.delete(oldest)
  }
}

const knownOf = ({ memory }: Connection): Known => {
  const known = memory.get(Known)
  if (known instanceof Known) return known
  const created = new Known()
  memory.set(Known, created)
  return created
}

/**
 * Reads a deployment. Callers that need the same one at the same time share one request, which has the options of the
 * first of them. It ends early only if all of them are interrupted. If it fails, the others share a second request,
 * because the first caller may have allowed less time.
 */
const readShared = (
  operation: Operation,
  id: string,
  known: Known,
  isFirst = true
): Effect.Effect<Serving, DataRobotError, Requirements> =>
  Effect.gen(function*() {
    const pending = known.readings.get(id)
    const reading = pending ?? (yield* startReading(operation, id, known))
    reading.waiting++
    const exit = yield* Fiber.await(reading.fiber).pipe(
      Effect.ensuring(Effect.suspend(() => {
        reading.waiting--
        if (reading.waiting > 0 || known.readings.get(id) !== reading) return Effect.void
        known.readings.delete(id)
        return Fiber.interrupt(reading.fiber)
      }))
    )
    const isForeign = Exit.isFailure(exit) && pending !== undefined && isFirst
    return isForeign ? yield* readShared(operation, id, known, false) : yield* exit
  })

const startReading = (
  operation: Operation,
  id: string,
  known: Known
): Effect.Effect<Reading, never, Requirements> =>
  Effect.map(interruptibleRuntime<Requirements>(), (runtime) => {
    const read = readResult(operation, { route: getServing, ids: { id } }).pipe(
      // Plain values have no key.
      Effect.updateService(DataRobot, (connection) => ({ ...connection, values: "effect" as const })),
      Effect.withSpan("Deployment.get", { kind: "client", captureStackTrace: false }),
      Effect.tap((serving) => Effect.sync(() => known.keep(id, serving)))
    )
    const reading = { fiber: Runtime.runFork(runtime)(read), waiting: 0 }
    known.readings.set(id, reading)
    reading.fiber.addObserver(() => {
      if (known.readings.get(id) === reading) known.readings.delete(id)
    })
    return reading
  })

// ---------------------------------------------------------------------------------------------------------------

/** Whether the failure may mean that the deployment moved to another target. Nothing was predicted. */
const mayHaveMoved = (error: unknown): boolean =>
  isApiError(error)
    ? error.reason === "NotFound" || error.reason === "Unauthorized" || error.reason === "Forbidden"
    : isNetworkError(error) && error.reason === "Connect" && error.outcome === "not-sent"

/** The routes of a request for predictions: on a dedicated prediction server, and on the endpoint. */
export interface Routes {
  readonly dedicated: Route
  readonly serverless: Route
}

/** The part of a call that depends on the target. */
export interface Targeted {
  readonly route: Route
  readonly ids: { readonly id: string }
  readonly server: Target
}

const isServing = (deployment: DeploymentRef): deployment is { readonly id: string } & Serving =>
  isRecord(deployment) && ("defaultPredictionServer" in deployment || "predictionEnvironment" in deployment)

/**
 * Sends a request to the target of a deployment. If the target was remembered and the deployment may have moved since
 * then, reads the deployment again. If it has moved, sends the request to the new target, unless its body can be sent
 * only once.
 */
export const withTarget = <A, E, R>(
  operation: Operation,
  deployment: DeploymentRef,
  routes: Routes,
  send: (targeted: Targeted) => Effect.Effect<A, E, R>,
  { canRepeat }: { readonly canRepeat: boolean } = { canRepeat: true }
): Effect.Effect<A, E | DataRobotError, R | Requirements> =>
  Effect.flatMap(DataRobot, (connection) => {
    const id = idOf(deployment)
    const call = { route: routes.serverless, ids: { id: deployment } }
    if (id === undefined) return refuseArguments(operation, call, pathOf(call.route.path, call.ids).issues)
    const fail = (issue: Issue) => refuseArguments(operation, call, [issue])
    const resolve = (serving: Serving): Effect.Effect<Target, DataRobotError, DataRobot> => {
      const found = targetOf(connection, serving)
      if ("target" in found) return Effect.succeed(found.target)
      // A name from the server may contain the key.
      return fail({ ...found, message: redactorFor(connection, serving).text(found.message) })
    }
    const sendTo = (server: Target) =>
      send({ route: server === undefined ? routes.serverless : routes.dedicated, ids: { id }, server })
    if (isServing(deployment)) return Effect.flatMap(resolve(deployment), sendTo)

    const known = knownOf(connection)
    const remembered = known.use(id)
    const first = remembered === undefined ? readShared(operation, id, known) : Effect.succeed(remembered)
    return Effect.flatMap(Effect.flatMap(first, resolve), (target) =>
      Effect.catchIf(sendTo(target), mayHaveMoved, (error) => {
        known.servings.delete(id)
        if (remembered === undefined || !canRepeat) {
          return Effect.fail(error)
        }
        // If the deployment cannot be read, the first error says more.
        const again = Effect.mapError(readShared(operation, id, known), () =>
          error)
        return Effect.flatMap(
          Effect.flatMap(again, resolve),
          (moved) => isSame(moved, target) ? Effect.fail(error) : sendTo(moved)
        )
      }))
  })
