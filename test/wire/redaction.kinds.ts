/** Failures of an operation in which the server, the HTTP client or the caller expose the token. */
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import {
  DataRobot,
  type DataRobotError,
  Deployment,
  DeploymentActuals,
  DeploymentModel,
  DeploymentMonitoring,
  DeploymentSettings,
  Job,
  ModelDeployment
} from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { untyped } from "../support.js"
import { everyEcho, hex } from "./echoes.js"
import { deployment, deploymentId, newDeployment } from "./support.js"

/** The response of an HTTP client. */
export type Answer = (
  request: HttpClientRequest.HttpClientRequest
) => Effect.Effect<HttpClientResponse.HttpClientResponse, HttpClientError.HttpClientError>

export const responds =
  (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer => (request) =>
    Effect.succeed(HttpClientResponse.fromWeb(request, new Response(body, { status, headers })))

export const respondsJson = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer =>
  responds(status, JSON.stringify(body), headers)

/** The SDK with this token, on an HTTP client with this response. */
export const through = (token: string, answer: Answer) =>
  Effect.provide(Layer.merge(
    DataRobot.layer({ endpoint: "https://dr.example.com/api/v2", token, retry: false }),
    Layer.succeed(HttpClient.HttpClient, HttpClient.make(answer))
  ))

/** Makes an operation fail when this is the token. */
export type Failing = (token: string) => Effect.Effect<unknown, DataRobotError.DataRobotError>

const get = ModelDeployment.get(deploymentId)
const create = ModelDeployment.create(newDeployment)
const job = Job.await("abc")

const deploying = Deployment.createFromLearningModel({ modelId: "60a0000000000000000000a1", label: "Churn" })
const actuals = [{ associationId: "r1", actualValue: 1 }]

const accepted = responds(202, "", { location: "/api/v2/status/abc/" })

/** A server whose job status has this response. */
const jobs = (answer: Answer): Answer => (request) => request.method === "GET" ? answer(request) : accepted(request)

/** Errors of every kind: the error's tag (undefined for a defect), and how to provoke it. */
export const kinds: Readonly<Record<string, readonly [tag: string | undefined, failing: Failing]>> = {
  "a 401 that repeats the token": [
    "DataRobotApiError",
    (token) => through(token, respondsJson(401, { message: `Invalid token ${everyEcho(token)}` }))(get)
  ],
  "a 401 whose JSON escapes the token": [
    "DataRobotApiError",
    (token) => {
      const spelled = [...token].map((char) => `\\u00${hex(char)}`).join("")
      return through(token, responds(401, `{"message":"${spelled}","${spelled}":["${spelled}"]}`))(get)
    }
  ],
  "a 401 in plain text": [
    "DataRobotApiError",
    (token) => through(token, responds(401, `Invalid token ${everyEcho(token)}`))(get)
  ],
  "a 401 with truncated JSON": [
    "DataRobotApiError",
    (token) => through(token, responds(401, `{"message":${JSON.stringify(`Invalid token ${token}`)},"trace":"`))(get)
  ],
  "a 422 with the token in keys and values": [
    "DataRobotApiError",
    (token) =>
      through(
        token,
        respondsJson(422, {
          message: "Invalid field data",
          errors: { [everyEcho(token)]: token, nested: { [token]: [{ [token]: everyEcho(token) }] } }
        })
      )(create)
  ],
  "a 500 with a web page": [
    "DataRobotApiError",
    (token) =>
      through(token, responds(500, `<h1>Oops</h1><pre>Authorization: Bearer ${everyEcho(token)}</pre>`))(create)
  ],
  "response headers with the token": [
    "DataRobotApiError",
    (token) =>
      through(
        token,
        respondsJson(404, { message: "no" }, {
          "x-request-id": token,
          "retry-after": token,
          deprecation: token,
          "x-echo": token
        })
      )(get)
  ],
  "a network error that contains the token": [
    "DataRobotNetworkError",
    (token) =>
      through(token, (request) =>
        Effect.fail(
          new HttpClientError.RequestError({
            request,
            reason: "Transport",
            cause: Object.assign(new Error(`bad header: Bearer ${everyEcho(token)}`), { code: token, name: token })
          })
        ))(create)
  ],
  "an HTTP client whose errors hold the request": [
    "DataRobotNetworkError",
    (token) =>
      through(token, (request) => {
        const headers = { ...request.headers }
        const inner = Object.assign(new Error(JSON.stringify(headers)), { request, headers, config: { headers } })
        const cause = Object.assign(new AggregateError([inner], inspectable(request)), { request, cause: inner })
        return Effect.fail(new HttpClientError.RequestError({ request, reason: "Encode", cause, description: token }))
      })(get)
  ],
  "an HTTP client whose body fails with the request": [
    "DataRobotNetworkError",
    (token) =>
      through(token, (request) => {
        const response = HttpClientResponse.fromWeb(request, new Response("{}"))
        const stream = Stream.fail(
          new HttpClientError.ResponseError({ request, response, reason: "Decode", cause: new Error(token) })
        )
        return Effect.succeed(Object.create(response, { stream: { value: stream } }))
      })(get)
  ],
  "an HTTP client that dies with the request": [
    undefined,
    (token) =>
      through(token, (request) => Effect.die(Object.assign(new Error(inspectable(request)), { request, token })))(
        create
      )
  ],
  "an HTTP client that throws the token": [
    undefined,
    (token) =>
      through(token, () => {
        throw token
      })(get)
  ],
  "an HTTP client that dies in the body": [
    undefined,
    (token) =>
      through(token, (request) => {
        const response = HttpClientResponse.fromWeb(request, new Response("{}"))
        return Effect.succeed(Object.create(response, { stream: { value: Stream.die(new Error(token)) } }))
      })(get)
  ],
  "a web page instead of JSON": [
    "DataRobotValidationError",
    (token) => through(token, responds(200, `<p>${everyEcho(token)}</p>`))(create)
  ],
  "a response of another shape": [
    "DataRobotValidationError",
    (token) =>
      through(
        token,
        respondsJson(200, {
          ...deployment(),
          status: [token],
          label: { [token]: token },
          createdAt: token,
          serviceHealth: { [token]: 1 },
          requestRates: [token],
          [token]: token
        })
      )(get)
  ],
  "a `next` that is rejected": [
    "DataRobotValidationError",
    (token) =>
      through(token, respondsJson(200, { next: `ftp://ana:${token}@dr.example.com/`, data: [] }))(
        ModelDeployment.list()
      )
  ],
  "a `Location` that is rejected": [
    "DataRobotValidationError",
    (token) => through(token, responds(201, "", { location: `https://dr.example.com/?token=${token}` }))(create)
  ],
  "a failed job": [
    "DataRobotJobError",
    (token) =>
      through(
        token,
        respondsJson(200, { status: `ERROR ${everyEcho(token)}`, message: `Bad token ${everyEcho(token)}` })
      )(job)
  ],
  "an id that contains the token": [
    "DataRobotValidationError",
    (token) => through(token, responds(500, ""))(ModelDeployment.get(`../${token}`))
  ],
  "a header that contains the token": [
    "DataRobotValidationError",
    (token) =>
      through(token, responds(500, ""))(ModelDeployment.get(deploymentId, { headers: { "x-note": `\u0000${token}` } }))
  ],
  "a change whose job failed": [
    "DataRobotJobError",
    (token) =>
      through(token, jobs(respondsJson(200, { status: "ERROR", message: everyEcho(token), description: token })))(
        Deployment.activate(deploymentId)
      )
  ],
  "a create whose job failed": [
    "DataRobotJobError",
    (token) => through(token, jobs(respondsJson(200, { status: `ABORTED: ${everyEcho(token)}` })))(deploying)
  ],
  "the progress of a job": [
    "DataRobotJobError",
    (token) =>
      through(token, respondsJson(200, { status: "ERROR", message: `${token} ${everyEcho(token)}`, type: token }))(
        Stream.runDrain(Job.progress("abc"))
      )
  ],
  "a job status of another shape": [
    "DataRobotValidationError",
    (token) => through(token, respondsJson(200, { status: { [token]: token }, message: token, [token]: [token] }))(job)
  ],
  "a finished job with a rejected Location": [
    "DataRobotValidationError",
    (token) => through(token, responds(303, "", { location: `https://${encodeURIComponent(token)}@x/${token}` }))(job)
  ],
  "a job given as the JSON of a handle": [
    "DataRobotValidationError",
    (token) =>
      through(token, respondsJson(500, { message: token }))(
        Deployment.resume(JSON.stringify({
          kind: "status",
          id: `${token}/`,
          resource: { collection: token, id: token }
        }))
      )
  ],
  "the id of a stream with another invalid argument": [
    "DataRobotValidationError",
    (token) => through(token, responds(200, "{}"))(Stream.runDrain(ModelDeployment.watch(token, { interval: -1 })))
  ],
  "the id of a submission with other invalid arguments": [
    "DataRobotValidationError",
    (token) =>
      through(token, responds(200, "{}"))(DeploymentActuals.submit(token, [{ associationId: "", actualValue: 1 }]))
  ],
  "a key of an argument": [
    "DataRobotValidationError",
    (token) => through(token, responds(200, "{}"))(Deployment.list(untyped({ [token]: 1 })))
  ],
  "a header's name": [
    "DataRobotValidationError",
    (token) => through(token, responds(200, "{}"))(ModelDeployment.get(deploymentId, { headers: { [token]: "1" } }))
  ],
  "a resource given in the JSON of a handle": [
    "DataRobotJobError",
    (token) =>
      through(token, respondsJson(200, { status: "ERROR" }))(
        Job.await(JSON.stringify({ kind: "status", id: "abc", resource: { collection: token, id: token } }))
      )
  ],
  "actual values that the server rejects": [
    "DataRobotJobError",
    (token) =>
      through(token, jobs(respondsJson(200, { status: "ERROR", message: `row 1: ${everyEcho(token)}` })))(
        DeploymentActuals.submit(deploymentId, actuals)
      )
  ],
  "invalid actual values": [
    "DataRobotApiError",
    (token) =>
      through(token, respondsJson(422, { message: "no", errors: { data: [{ [token]: everyEcho(token) }] } }))(
        DeploymentActuals.submit(deploymentId, actuals)
      )
  ],
  "actual values that contain the token": [
    "DataRobotValidationError",
    (token) =>
      through(token, responds(500, ""))(
        DeploymentActuals.submit(deploymentId, [{
          associationId: token.repeat(20),
          actualValue: Number.NaN,
          timestamp: token
        }])
      )
  ],
  "a replacement whose checks failed": [
    "DataRobotApiError",
    (token) =>
      through(
        token,
        respondsJson(409, {
          message: everyEcho(token),
          status: "failing",
          checks: {
            [token]: { status: "failing", message: everyEcho(token) },
            permission: { status: "failing", message: token, [token]: token }
          }
        })
      )(DeploymentModel.replaceModel(deploymentId, { modelPackageId: "p2", reason: "OTHER" }))
  ],
  "failed checks of another shape": [
    "DataRobotValidationError",
    (token) =>
      through(token, respondsJson(200, { status: [token], checks: { [token]: token, permission: [token] } }))(
        DeploymentModel.validateReplacementModel(deploymentId, { modelPackageId: "p2" })
      )
  ],
  "settings of another shape": [
    "DataRobotValidationError",
    (token) =>
      through(
        token,
        respondsJson(200, { [token]: { [token]: token }, associationId: { columnNames: token, [token]: 1 } })
      )(DeploymentSettings.get(deploymentId))
  ],
  "statistics of another shape": [
    "DataRobotValidationError",
    (token) =>
      through(token, respondsJson(200, { period: token, metrics: { [token]: token }, [token]: [token] }))(
        DeploymentMonitoring.getAccuracy(deploymentId)
      )
  ],
  "settings that contain the token twice": [
    "DataRobotValidationError",
    (token) =>
      Effect.provide(
        DataRobot,
        DataRobot.layer({ endpoint: `https://ana:${token}@dr.example.com/?${token}#${token}`, token: `${token} ` })
      )
  ]
}

/** Failures with a token that could be an id. */
export const idKinds: Readonly<Record<string, Failing>> = {
  "is requested as an id": (token) => through(token, respondsJson(404, { message: "no" }))(ModelDeployment.get(token)),
  "is the id of a created resource": (token) =>
    through(token, (request) =>
      request.method === "POST"
        ? responds(201, "", { location: `/api/v2/modelDeployments/${token}/` })(request)
        : respondsJson(404, { message: "no" })(request))(create),
  "is the job of a change": (token) =>
    through(token, responds(202, "", { location: `/api/v2/status/${token}/` }))(Deployment.activate(deploymentId)),
  "is the job of a create": (token) =>
    through(token, responds(202, "", { location: `/api/v2/status/${token}/` }))(deploying),
  "is in the body of a create's response": (token) =>
    through(token, respondsJson(202, { id: token }, { location: "/api/v2/status/abc/" }))(
      Deployment.startCreateFromLearningModel({ modelId: "60a0000000000000000000a1", label: "Churn" })
    ),
  "is the job of actual values": (token) =>
    through(token, responds(202, "", { location: `/api/v2/status/${token}/` }))(
      DeploymentActuals.submit(deploymentId, actuals)
    ),
  "is a job given by the caller": (token) => through(token, respondsJson(401, { message: "No" }))(Job.await(token)),
  "is a failed job given by the caller": (token) =>
    through(token, respondsJson(200, { status: "ERROR", message: "No" }))(Job.await(token)),
  "is the resource of a job": (token) =>
    through(token, respondsJson(200, { status: "ERROR", message: "No" }))(
      Job.await({ kind: "status", id: "abc", resource: { collection: "deployments", id: token } })
    ),
  "is the id of a changed deployment": (token) =>
    through(token, jobs(respondsJson(200, { status: "ERROR", message: "No" })))(Deployment.activate(token)),
  "is the id of an awaited deployment": (token) =>
    through(
      token,
      // The Retry-After exceeds the timeout, so the wait ends at once.
      respondsJson(200, { ...deployment(), id: token, deployed: false }, { "retry-after": "3600" })
    )(
      ModelDeployment.awaitDeployed(token, { timeout: 1 })
    )
}

const inspectable = (request: HttpClientRequest.HttpClientRequest) =>
  Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`).join("\n")
