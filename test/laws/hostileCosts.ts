/**
 * Measures what hostile responses cost: the processor time of an operation that reads one, and that of `JSON.parse` for
 * the same bytes. It runs in a process of its own, so that nothing else uses the processor or the memory of its process.
 * It prints one line of JSON per body.
 */
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import { DataRobotError, ModelDeployment } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import { once } from "node:events"
import { createServer } from "node:http"
import { gzipSync } from "node:zlib"
import { isProof, runs } from "../effort.js"
import { connection, endOf } from "../support.js"
import { type Hostile, hostileBodies, hostileFailures } from "./hostileBodies.js"
import { type Operation, operations, routeOf } from "./operations.js"
import { type Answer, run, sampleOf, success } from "./server.js"

/** What one hostile response cost. Times are milliseconds of the processor. */
export interface Cost {
  readonly operation: string
  readonly body: string
  readonly end: string
  readonly issues: number
  readonly message: number
  readonly millis: number
  readonly allowed: number
}

const length = runs(300_000, 1_000_000)
/** The number of bodies per schema, besides lists of empty records, if not all of them are tried. */
const some = 2

const millisOf = async (work: () => unknown): Promise<number> => {
  const before = process.cpuUsage()
  await work()
  const { system, user } = process.cpuUsage(before)
  return (user + system) / 1000
}

const parse = (bytes: Uint8Array) => {
  try {
    JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    // Malformed JSON is also parsed up to its end.
  }
}

/** Reading a body may take 15 times as long as `JSON.parse`, and 60 ms for everything else. */
const allowedFor = (parseMillis: number) => 15 * parseMillis + 60

type End = Either.Either<unknown, DataRobotError.DataRobotError>

/** Measures a call. A result above the limit is measured again, because the machine may be busy. */
const measure = async (operation: string, { body, name }: Hostile, call: () => Promise<End>): Promise<void> => {
  const bytes = new TextEncoder().encode(body)
  let [millis, allowed] = [Infinity, 0]
  let last: End | undefined
  for (let tries = 0; tries < 4 && millis > allowed; tries++) {
    allowed = Math.max(allowed, allowedFor(await millisOf(() => parse(bytes))))
    millis = Math.min(millis, await millisOf(async () => last = await call()))
  }
  const error = last !== undefined && Either.isLeft(last) ? last.left : undefined
  const cost: Cost = {
    operation,
    body: name,
    end: last === undefined ? "none" : endOf(last),
    issues: DataRobotError.isValidationError(error) ? error.issues.length : 0,
    message: error?.message.length ?? 0,
    millis,
    allowed
  }
  console.log(JSON.stringify(cost))
}

/** Runs an operation. The request at a position gets this response. */
const reading = ({ call }: Operation, position: number, answer: Answer) =>
  Effect.runPromise(
    Effect.map(
      run(call({ retry: false, wait: { timeout: "1 second" } }), (_, index) => index === position ? answer : undefined),
      ({ end }) => end
    )
  )

const measured = new Set<unknown>()
let turn = 0
for (const operation of operations) {
  for (const [position, line] of operation.requests.entries()) {
    const route = routeOf(line)
    if (route.success === undefined || measured.has(route.success)) continue
    measured.add(route.success)
    const bodies = hostileBodies(sampleOf(route), Math.min(length, route.maxBody ?? length) - 2000)
    // Every schema has its lists of empty records. All schemas together try every kind of body.
    const isDue = (index: number) => (index + turn) % Math.ceil(bodies.length / some) === 0
    const chosen = bodies.filter(({ name }, index) => isProof || isDue(index) || name.startsWith("a list of {}"))
    turn++
    for (const hostile of chosen) {
      const { headers = {}, status = 200 } = success(line, {}, operation.requests[0])
      await measure(
        `${operation.name}, ${line}`,
        hostile,
        () => reading(operation, position, { status, headers, body: hostile.body })
      )
    }
  }
}

for (const [name, status] of [["ModelDeployment.update", 422], ["DeploymentModel.replaceModel", 409]] as const) {
  const operation = operations.find((one) => one.name === name)
  if (operation === undefined) throw new Error(`no operation is ${name}`)
  for (const hostile of hostileFailures(length)) {
    await measure(`${name} with ${status}`, hostile, () => reading(operation, 0, { status, body: hostile.body }))
  }
}

// 10 KB on the wire, and 10 MiB after decompression.
const page = `{"data":[${"{},".repeat(3_495_000)}{}]}`
const zipped = gzipSync(page)
const server = createServer((_, response) => {
  response.writeHead(200, { "content-encoding": "gzip", "content-type": "application/json" }).end(zipped)
})
server.listen(0, "127.0.0.1")
await once(server, "listening")
const address = server.address()
const port = typeof address === "object" ? address?.port : undefined
const sdk = Layer.merge(connection({ endpoint: `http://127.0.0.1:${port}/api/v2` }), FetchHttpClient.layer)
await measure(
  "ModelDeployment.list through fetch",
  { name: `${zipped.length} bytes of gzip`, body: page },
  () => Effect.runPromise(Effect.either(ModelDeployment.list()).pipe(Effect.provide(sdk)))
)
server.close()
server.closeAllConnections()
