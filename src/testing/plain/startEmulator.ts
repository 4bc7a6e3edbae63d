/** Starts an emulator for tests without Effect. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Predicate from "effect/Predicate"
import * as Scope from "effect/Scope"
import type { Server } from "node:http"
import { operationOf } from "../../emulator/api/operations.js"
import * as EmulatorParts from "../../emulator/Emulator.js"
import { Fault } from "../../emulator/faults/faults.js"
import { Traffic } from "../../emulator/monitoring/traffic.js"
import { pathOf } from "../../emulator/protocol/routePath.js"
import { open } from "../../emulator/server/nodeServer.js"
import { type Client, createClient } from "../../promise.js"
import { makeWaker, withWaker } from "../../wire/waker.js"
import { withoutUndefined } from "../../wire/withoutUndefined.js"
import type { Emulator, EmulatorOptions } from "./Emulator.js"
import { emulatorFetch } from "./emulatorFetch.js"
import { readDeployments, readOptions } from "./settings.js"
import { describe, invalidArgument, read, withTexts } from "./validation.js"

/** The origin of an emulator without a port. */
const localOrigin = "http://localhost"

/** How long clients may take to end their calls, in milliseconds. */
const patience = 500

/**
 * Starts an emulator: a local DataRobot that keeps state, for tests in jest, vitest, node:test and others. It needs no
 * account, no network and no further package. Rejects with a `TypeError` if an option is misspelled or invalid, and with
 * an error that has a `code` such as `EADDRINUSE` if it cannot listen on its port.
 *
 * Without `close`, an emulator keeps no process alive.
 *
 * @since 0.1.0
 * @example
 * import { startEmulator } from "effect-datarobot/testing/promise"
 *
 * const emulator = await startEmulator({ deployments: [{ id: "churn", label: "Churn" }] })
 * const client = emulator.client()
 * await emulator.addFault({ fault: "status", status: 503, operation: "modelDeployments.get", times: 1 })
 * const deployment = await client.ModelDeployment.get("churn") // The client has retried.
 * await emulator.close()
 */
export const startEmulator = async (options: EmulatorOptions = {}): Promise<Emulator> => {
  const { options: settings, port } = readOptions("startEmulator", options)
  const scope = Effect.runSync(Scope.make())
  const parts = await (port === false ? inProcess(settings) : listening(settings, port, scope))
  const { emulator: { endpoint, token }, fetching, world } = parts
  const { clock, ...state } = world.state
  const fetch = port === false ? fetching.fetch : globalThis.fetch
  const clients = new Set<Client>()
  const [waker, wake] = makeWaker()

  let closing: Promise<void> | undefined
  const closeAll = async () => {
    await within(patience, Promise.all(Array.from(clients, (client) => client.close())))
    fetching.close()
    await Effect.runPromise(Scope.close(scope, Exit.void))
  }
  const close = () => closing ??= closeAll()

  const now = async () => new Date(await Effect.runPromise(clock.now))
  return {
    endpoint,
    url: endpoint,
    token,
    fetch,
    client: (given = {}) => {
      if (closing !== undefined) throw new Error("client: the emulator is closed")
      if (Predicate.hasProperty(given, "endpoint")) throw invalidArgument("client", "the emulator sets the endpoint")
      if (port === false && Predicate.hasProperty(given, "dispatcher") && given.dispatcher !== undefined) {
        throw invalidArgument("client", "a dispatcher sends requests to a port. Start the emulator with port: 0")
      }
      const client = createClient(withWaker({
        token,
        // The other options may include another `fetch`, such as one that wraps that of the emulator.
        ...(port === false ? { fetch } : {}),
        ...withoutUndefined(given),
        endpoint
      }, waker))
      clients.add(client)
      return client
    },
    addDeployments: async (deployments) => {
      const added = await Effect.runPromise(state.seed(readDeployments("addDeployments", deployments)))
      return added.map(({ id }) => id)
    },
    addFault: async (fault) => Effect.runPromise(world.faults.add(read("addFault", Fault, fault))),
    // The types of a fault with and without Effect are the same.
    faults: () => Effect.runPromise(world.faults.reports),
    clearFaults: () => Effect.runPromise(world.faults.clear),
    recordTraffic: async (given) => {
      const traffic = read("recordTraffic", Traffic, withTexts(given, "start", "end"))
      const exit = await Effect.runPromiseExit(state.recordTraffic(traffic))
      if (Exit.isFailure(exit)) {
        throw invalidArgument("recordTraffic", `there is no deployment with the id ${traffic.deploymentId}`)
      }
    },
    now,
    advanceClock: async (duration) => {
      const problem = await Effect.runPromise(Effect.match(clock.advance(duration), {
        onFailure: ({ errors, message }) => errors === undefined ? message : describe(errors),
        onSuccess: () => undefined
      }))
      if (problem !== undefined) throw invalidArgument("advanceClock", problem)
      wake()
      return now()
    },
    requests: async () =>
      (await Effect.runPromise(world.journal.entries)).map(({ method, path, status, time }) => ({
        time: new Date(time),
        method,
        path,
        operation: operationOf(method, pathOf(path)),
        status: status ?? undefined
      })),
    reset: () => Effect.runPromise(world.reset),
    close,
    [Symbol.asyncDispose]: close
  }
}

const withFetch = (parts: EmulatorParts.EmulatorParts) => ({ ...parts, fetching: emulatorFetch(parts.app) })

const inProcess = (settings: EmulatorParts.EmulatorOptions) => {
  for (const name of ["Request", "Response", "ReadableStream", "TransformStream"]) {
    if (Predicate.hasProperty(globalThis, name)) continue
    throw new Error(
      `startEmulator: there is no global ${name}, which fetch needs. If you use jest, run the test in its environment "node": ` +
        "add the comment /** @jest-environment node */ to the file."
    )
  }
  return run(Effect.map(EmulatorParts.make(settings, localOrigin), withFetch))
}

const listening = (settings: EmulatorParts.EmulatorOptions, port: number, scope: Scope.CloseableScope) => {
  const node = createServer()
  // Neither the server nor its connections keep the process alive.
  node.unref().on("connection", (socket) => socket.unref())
  return run(Scope.extend(
    open(
      node,
      port,
      (origin) => Effect.map(EmulatorParts.make(settings, origin), (parts) => [parts.app, withFetch(parts)] as const)
    ),
    scope
  ))
}

/** Loads `node:http` only now, because other runtimes do not have it. In the sandbox of jest, `import()` is missing. */
const createServer = (): Server => {
  const load = Predicate.hasProperty(globalThis, "process") ? globalThis.process.getBuiltinModule : undefined
  if (load === undefined) throw new Error("startEmulator: a port needs Node 20.16 or later. Use port: false")
  return load("node:http").createServer()
}

/** Runs an effect. Its failure becomes a plain error. */
const run = async <A, E>(effect: Effect.Effect<A, E>): Promise<A> => {
  const exit = await Effect.runPromiseExit(effect)
  if (Exit.isSuccess(exit)) return exit.value
  const problem: unknown = Cause.squash(exit.cause)
  const message = Predicate.hasProperty(problem, "message") ? String(problem.message) : String(problem)
  const code = Predicate.hasProperty(problem, "code") ? { code: problem.code } : {}
  throw Object.assign(new Error(`startEmulator: ${message}`), code)
}

/** Waits for a promise, but not longer than this. */
const within = async (milliseconds: number, promise: Promise<unknown>) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const elapsed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([promise, elapsed])
  clearTimeout(timer)
}
