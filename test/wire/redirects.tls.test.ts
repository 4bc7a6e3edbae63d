/**
 * An https endpoint that points to plain http or to another https server: the token stays on its own connection (S-2,
 * S-3).
 */
import { assert, describe, it } from "@effect/vitest"
import { Deployment, Job, ModelDeployment } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import { deployment as todays } from "../deployments.js"
import {
  type Behaviour,
  deployment,
  deploymentId,
  http,
  json,
  newDeployment,
  on,
  serve,
  type Server,
  token
} from "./support.js"
import { key, pem, trusting } from "./trust.js"

const tls = { key, cert: pem("trusted") }
const answersEverybody: Behaviour = (socket) => socket.write(json(200, deployment()))
const api = "/api/v2/"
const item = `modelDeployments/${deploymentId}/`

/** The endpoint over https, and two other servers that must not receive a connection. */
const servers = (
  behaviour: (at: { readonly own: Server; readonly plain: Server; readonly secure: Server }) => Behaviour
) =>
  Effect.gen(function*() {
    const plain = yield* serve(answersEverybody)
    const secure = yield* serve(answersEverybody, { tls })
    const own: Server = yield* serve((...exchange) => behaviour({ own, plain, secure })(...exchange), { tls })
    return { own, plain, secure }
  })

type At = Parameters<Parameters<typeof servers>[0]>[0]

/** The places that a response may point to. */
const targets: Readonly<Record<string, (at: At) => string>> = {
  "plain http, another port": ({ plain }) => plain.endpoint,
  "plain http, the endpoint's own port": ({ own }) => own.endpoint.replace("https:", "http:"),
  "another https server": ({ secure }) => secure.endpoint
}

for (const client of trusting) {
  describe(`S-2, S-3: an https endpoint that points elsewhere, ${client.name}`, () => {
    for (const [title, target] of Object.entries(targets)) {
      for (const redirect of [301, 302, 303, 307, 308]) {
        it.scopedLive(`a ${redirect} to ${title} is not followed`, () =>
          Effect.gen(function*() {
            const { own, plain, secure } = yield* servers((at) => (socket) =>
              socket.write(http(redirect, { location: `${target(at)}/${item}` }))
            )
            for (const operation of [ModelDeployment.get(deploymentId), ModelDeployment.create(newDeployment)]) {
              const error = yield* Effect.flip(on(own, client)<unknown>(operation))
              assert.include(error, { _tag: "DataRobotApiError", reason: "Unexpected", attempts: 1 })
            }
            assert.deepStrictEqual([own.requests.length, plain.connections(), secure.connections()], [2, 0, 0])
          }))
      }

      it.scopedLive(`${title} in Location and next is requested at the endpoint over https`, () =>
        Effect.gen(function*() {
          const { own, plain, secure } = yield* servers((at) => (socket, { method, path }) => {
            const to = target(at)
            if (method === "POST" && path.includes("fromLearningModel")) {
              socket.write(http(202, { location: `${to}/status/abc/` }))
            } else if (method === "POST") socket.write(http(201, { location: `${to}/${item}` }))
            else if (path === `${api}status/abc/`) {
              socket.write(http(303, { location: `${to}/deployments/${deploymentId}/` }))
            } else if (path === `${api}deployments/?limit=100`) {
              socket.write(json(200, { next: `${to}/deployments/?offset=1`, previous: null, data: [todays()] }))
            } else if (path === `${api}deployments/?limit=100&offset=1`) {
              socket.write(json(200, { next: null, previous: null, data: [todays()] }))
            } else socket.write(json(200, path.startsWith(`${api}deployments/`) ? todays() : deployment()))
          })
          const run = on(own, client)
          assert.strictEqual((yield* run(ModelDeployment.create(newDeployment))).id, deploymentId)
          const created = Deployment.createFromLearningModel({ modelId: "5b00000000000000000000a1", label: "Churn" })
          assert.strictEqual((yield* run(created)).id, deploymentId)
          assert.deepStrictEqual(yield* run(Job.await("abc")), { collection: "deployments", id: deploymentId })
          assert.strictEqual((yield* run(Deployment.list())).length, 2)
          assert.strictEqual(own.requests.length, 8)
          assert.isTrue(own.requests.every(({ headers }) => headers.includes(token.toLowerCase())))
          assert.deepStrictEqual([plain.connections(), secure.connections()], [0, 0])
        }).pipe(Logger.withMinimumLogLevel(LogLevel.Error)))
    }
  })
}
