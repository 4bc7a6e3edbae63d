/** S-10: the secrets in a caller's headers appear in no error, log or span, if a server or a client repeats them. */
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import { assert, describe, it } from "@effect/vitest"
import { DataRobot, type DataRobotError, Deployment, Job, ModelDeployment } from "effect-datarobot"
import type { ConnectionOptions, RequestOptions } from "effect-datarobot/DataRobot"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { inTurns } from "../turnClock.js"
import { everyEcho } from "./echoes.js"
import { assertHidden } from "./hidden.js"
import { type Answer, responds, respondsJson } from "./redaction.kinds.js"
import { render } from "./rendering.js"
import { clients, deployment, deploymentId, http, json, newDeployment, on, serve } from "./support.js"

const secret = "hT7:mQ2/xR9vK+<p4Wz>&'="
// This secret could be an id.
const idSecret = "7cSECRET0000SECRET000042"
const headers = (value: string): RequestOptions => ({ headers: { "X-Api-Key": value } })

type Operation = Effect.Effect<unknown, DataRobotError.DataRobotError, DataRobot | HttpClient.HttpClient>

const through = (answer: Answer, options: Partial<ConnectionOptions> = {}) => (operation: Operation) =>
  Effect.provide(
    operation,
    Layer.merge(
      DataRobot.layer({
        endpoint: "https://dr.example.com/api/v2",
        token: "a-token-for-tests",
        retry: false,
        ...options
      }),
      Layer.succeed(HttpClient.HttpClient, HttpClient.make(answer))
    )
  )

const refused = respondsJson(401, { message: `Invalid key ${everyEcho(secret)}`, [secret]: [secret] })
const accepted = responds(202, "", { location: "/api/v2/status/abc/" })
const jobs = (answer: Answer): Answer => (request) => request.method === "GET" ? answer(request) : accepted(request)

describe("S-10: a secret in the headers", () => {
  const operations: Readonly<Record<string, Effect.Effect<unknown, DataRobotError.DataRobotError>>> = {
    "of a call": through(refused)(ModelDeployment.get(deploymentId, headers(secret))),
    "of a region": through(refused)(ModelDeployment.get(deploymentId).pipe(DataRobot.withOptions(headers(secret)))),
    "of a layer": through(refused, headers(secret))(ModelDeployment.get(deploymentId)),
    "of a call that overrides the one of the layer": through(refused, headers("another-value"))(
      ModelDeployment.get(deploymentId, headers(secret))
    ),
    "after its scheme": through(refused)(
      ModelDeployment.get(deploymentId, { headers: { "x-forwarded-authorization": `Basic ${secret}` } })
    ),
    "repeated as a request id": through(respondsJson(404, {}, { "x-request-id": secret }))(
      ModelDeployment.get(deploymentId, headers(secret))
    ),
    "repeated in a response of another shape": through(
      respondsJson(200, { ...deployment(), status: { [secret]: secret }, requestRates: [secret], [secret]: secret })
    )(ModelDeployment.get(deploymentId, headers(secret))),
    "repeated by a failed job": through(
      jobs(respondsJson(200, { status: `ERROR ${secret}`, message: everyEcho(secret) }))
    )(Deployment.activate(deploymentId, headers(secret))),
    "repeated by a job that is awaited in a region": through(
      respondsJson(200, { status: "ERROR", message: secret })
    )(Job.await("abc").pipe(DataRobot.withOptions(headers(secret)))),
    "repeated by an HTTP client that fails": through((request) =>
      Effect.fail(
        new HttpClientError.RequestError({
          request,
          reason: "Transport",
          cause: new Error(`bad header ${request.headers["x-api-key"]}`)
        })
      )
    )(ModelDeployment.create(newDeployment, headers(secret))),
    "repeated by an HTTP client that dies": through((request) =>
      Effect.die(new Error(`bad header ${request.headers["x-api-key"]}`))
    )(ModelDeployment.create(newDeployment, headers(secret)))
  }
  for (const [title, operation] of Object.entries(operations)) {
    it.effect(`${title} is not shown`, () =>
      Effect.gen(function*() {
        assertHidden((yield* render(operation)).texts, secret)
      }))
  }

  const pointing: Readonly<Record<string, Effect.Effect<unknown, DataRobotError.DataRobotError>>> = {
    "is the job of a change": through(responds(202, "", { location: `/api/v2/status/${idSecret}/` }))(
      Deployment.activate(deploymentId, headers(idSecret))
    ),
    "is the id of a created resource": through((request) =>
      (request.method === "POST"
        ? responds(201, "", { location: `/api/v2/modelDeployments/${idSecret}/` })
        : respondsJson(404, { message: "no" }))(request)
    )(ModelDeployment.create(newDeployment, headers(idSecret))),
    "is the id of a job that points to nothing": through(responds(303, "", { location: "/api/v2/projects/p1/" }))(
      Deployment.resume(idSecret, {}, headers(idSecret))
    )
  }
  for (const [title, operation] of Object.entries(pointing)) {
    it.effect(`that ${title} is not shown`, () =>
      Effect.gen(function*() {
        assertHidden((yield* render(operation)).texts, idSecret)
      }))
  }

  it.effect("hides no other header", () =>
    Effect.gen(function*() {
      const note = "a-note-that-is-no-secret"
      const operation = ModelDeployment.get(deploymentId, { headers: { "x-note": note, "x-api-key": "short" } })
      const { error } = yield* render(through(respondsJson(401, { message: `${note} is short` }))(operation))
      assert.include(error?.message, `${note} is short`)
    }))

  it.effect("is sent unchanged, and a success is returned unchanged", () =>
    Effect.gen(function*() {
      const answer: Answer = (request) =>
        respondsJson(200, deployment(), { "x-echo": secret })(request).pipe(
          Effect.tap(() => Effect.sync(() => assert.strictEqual(request.headers["x-api-key"], secret)))
        )
      const found = yield* through(answer)(ModelDeployment.get(deploymentId, headers(secret)))
      assert.include(found, { id: deploymentId })
    }))
})

describe("S-10: a secret in the headers, on real sockets", { concurrent: true }, () => {
  for (const client of clients) {
    it.scopedLive(`is not shown if the server repeats it, ${client.name}`, () =>
      Effect.gen(function*() {
        const server = yield* serve((socket, _, index) =>
          socket.write(index === 0 ? json(401, { message: everyEcho(secret) }) : http(200, {}, `<pre>${secret}</pre>`))
        )
        for (let index = 0; index < 2; index++) {
          const call = ModelDeployment.get(deploymentId, headers(secret))
          const rendered = yield* render(on(server, client, { retry: false })(call), { quick: true })
          assert.isTrue(server.requests[index]?.headers.includes(`x-api-key: ${secret.toLowerCase()}`), "it was sent")
          assertHidden(rendered.texts, secret)
        }
      }).pipe(inTurns))
  }

  it.effect("is not looked for in the caller's own id, which may be the value of a header", () =>
    Effect.gen(function*() {
      const own = { headers: { "idempotency-key": deploymentId, "x-session-id": deploymentId } }
      const handle = yield* through(accepted)(Deployment.startActivate(deploymentId, own))
      assert.deepStrictEqual(handle, {
        kind: "status",
        id: "abc",
        resource: { collection: "deployments", id: deploymentId }
      })
      const failed = yield* Effect.flip(
        through(jobs(respondsJson(200, { status: "ERROR" })))(Deployment.activate(deploymentId, own))
      )
      assert.deepStrictEqual("handle" in failed && failed.handle, handle)
    }))
})
