/**
 * An HTTP client with a table of responses. It records the requests it receives.
 *
 * @since 0.1.0
 */
import * as HttpClient from "@effect/platform/HttpClient"
import { RequestError } from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import { flow } from "effect/Function"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { Deployment } from "../Deployment.js"
import {
  deployment as deploymentFixture,
  type DeploymentFixture,
  modelDeployment as modelDeploymentFixture
} from "../emulator/index.js"
import { ModelDeployment } from "../ModelDeployment.js"

/**
 * A request that the mock received.
 *
 * @since 0.1.0
 */
export interface MockRequest {
  /** The HTTP method. */
  readonly method: string
  /** The path with its leading slash, without the query. */
  readonly path: string
  /** The parameters of the query, by name. */
  readonly query: Readonly<Record<string, string>>
  /** All headers except `authorization`. */
  readonly headers: Readonly<Record<string, string>>
  /** The body: parsed if it is JSON, otherwise text. `undefined` if there is none. */
  readonly body: unknown
  /** The path segments that match `:name` in the route. */
  readonly params: Readonly<Record<string, string>>
}

/**
 * A response of the mock. Create it with `json`, `empty`, `text` or `networkFailure`.
 *
 * @since 0.1.0
 */
export type MockAnswer =
  | {
    readonly _tag: "Response"
    /** The HTTP status. */
    readonly status: number
    /** The headers, by name. */
    readonly headers: Readonly<Record<string, string>>
    /** The body. Null for none. */
    readonly body: string | null
  }
  | {
    readonly _tag: "NetworkFailure"
    /** The code of the error, such as `ECONNREFUSED`. */
    readonly code: string
  }

/**
 * How the mock responds to a route: a fixed response, a list of responses (one per request, in order), or a function of
 * the request.
 *
 * @since 0.1.0
 */
export type Handler =
  | MockAnswer
  | ReadonlyArray<MockAnswer>
  | ((request: MockRequest) => MockAnswer | Effect.Effect<MockAnswer>)

/**
 * Handlers by route. A route is a method and the end of a path. `:name` matches any one segment. Example:
 * `"GET modelDeployments/:id/"`.
 *
 * @since 0.1.0
 */
export type Routes = Readonly<Record<string, Handler>>

/**
 * The record of the requests that the mock received.
 *
 * @since 0.1.0
 */
export class MockHttpClient extends Context.Tag("effect-datarobot/testing/MockHttpClient")<
  MockHttpClient,
  {
    /** All requests that matched a route, oldest first. */
    readonly requests: Effect.Effect<ReadonlyArray<MockRequest>>
  }
>() {}

interface MockResponseInit {
  /** The HTTP status. Default: 200. */
  readonly status?: number
  /** More headers, by name. */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * A response with a JSON body. Default status: 200.
 *
 * @since 0.1.0
 */
export const json = (body: unknown, { headers = {}, status = 200 }: MockResponseInit = {}): MockAnswer => ({
  _tag: "Response",
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body)
})

/**
 * A response with a text body, such as the web page of a gateway. Default status: 200.
 *
 * @since 0.1.0
 */
export const text = (body: string, { headers = {}, status = 200 }: MockResponseInit = {}): MockAnswer => ({
  _tag: "Response",
  status,
  headers,
  body
})

/**
 * A response without a body, such as 201 with a `location` header. Default status: 204.
 *
 * @since 0.1.0
 */
export const empty = ({ headers = {}, status = 204 }: MockResponseInit = {}): MockAnswer => ({
  _tag: "Response",
  status,
  headers,
  body: null
})

/**
 * A complete model deployment as JSON, as the server sends it, from the few fields that matter to a test.
 *
 * @since 0.1.0
 */
export const modelDeployment: (fixture?: DeploymentFixture) => typeof ModelDeployment.Encoded = flow(
  modelDeploymentFixture,
  Schema.encodeSync(ModelDeployment)
)

/**
 * A complete deployment of the deployments API as JSON, as the server sends it, from the few fields that matter to a
 * test.
 *
 * @since 0.1.0
 */
export const deployment: (fixture?: Partial<Deployment>) => typeof Deployment.Encoded = flow(
  deploymentFixture,
  Schema.encodeSync(Deployment)
)

/**
 * No response: the connection fails with a system error code, such as `ECONNREFUSED` or `ECONNRESET`.
 *
 * @since 0.1.0
 */
export const networkFailure = (code: string): MockAnswer => ({ _tag: "NetworkFailure", code })

const segments = (path: string) => path.split("/").filter((segment) => segment !== "")

interface Route {
  readonly name: string
  readonly method: string
  readonly parts: ReadonlyArray<string>
  readonly handler: Handler
  used: number
}

const parseRoute = ([name, handler]: [string, Handler]): Route => {
  const [method = "", path = "", ...rest] = name.trim().split(/\s+/)
  if (!/^[A-Z]+$/.test(method) || path === "" || rest.length > 0) {
    throw new Error(`MockHttpClient: ${JSON.stringify(name)} is not a route; write it like "GET modelDeployments/:id/"`)
  }
  return { name, method, parts: segments(path), handler, used: 0 }
}

const match = (route: Route, method: string, path: string): Readonly<Record<string, string>> | undefined => {
  const tail = segments(path).slice(-route.parts.length)
  if (route.method !== method || tail.length !== route.parts.length) return undefined
  const params: Record<string, string> = {}
  const fits = route.parts.every((part, i) => {
    const segment = tail[i] ?? ""
    if (!part.startsWith(":")) return part === segment
    params[part.slice(1)] = segment
    return true
  })
  return fits ? params : undefined
}

const bodyOf = (request: HttpClientRequest.HttpClientRequest): unknown => {
  if (request.body._tag !== "Uint8Array") return undefined
  const content = new TextDecoder().decode(request.body.body)
  try {
    const value: unknown = JSON.parse(content)
    return value
  } catch {
    return content
  }
}

const fail = (message: string) => Effect.die(new Error(`MockHttpClient: ${message}`))

const responseOf = (route: Route, request: MockRequest): Effect.Effect<MockAnswer> => {
  const { handler } = route
  if (typeof handler === "function") {
    const response = handler(request)
    return Effect.isEffect(response) ? response : Effect.succeed(response)
  }
  if (!("length" in handler)) return Effect.succeed(handler)
  const response = handler[route.used++]
  return response === undefined
    ? fail(`"${route.name}" received more requests than its ${handler.length} responses`)
    : Effect.succeed(response)
}

/**
 * Provides an HTTP client that responds from a table, and the record of its requests. A request without a matching
 * route, or beyond the end of a list of responses, dies with a defect. The defect fails the test and can't be mistaken
 * for a server error.
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { DataRobot, DataRobotError, ModelDeployment } from "effect-datarobot"
 * import { MockHttpClient } from "effect-datarobot/testing"
 *
 * const program = ModelDeployment.getOption("5b0000000000000000000001").pipe(
 *   Effect.provide(MockHttpClient.layer({
 *     "GET modelDeployments/:id/": MockHttpClient.json({ message: "Not Found" }, { status: 404 })
 *   })),
 *   Effect.provide(DataRobot.layer({ token: "a-token-for-tests" }))
 * )
 */
export const layer = (routes: Routes): Layer.Layer<MockHttpClient | HttpClient.HttpClient> =>
  Layer.effectContext(Effect.sync(() => {
    const table = Object.entries(routes).map(parseRoute)
    const requests: Array<MockRequest> = []
    const client = HttpClient.make((request, url) =>
      Effect.suspend(() => {
        const { authorization: _, ...headers } = request.headers
        const seen = {
          method: request.method,
          path: url.pathname,
          query: Object.fromEntries(url.searchParams),
          headers,
          body: bodyOf(request)
        }
        for (const route of table) {
          const params = match(route, seen.method, seen.path)
          if (params === undefined) continue
          const matched = { ...seen, params }
          requests.push(matched)
          return Effect.flatMap(responseOf(route, matched), (response) =>
            response._tag === "Response"
              ? Effect.succeed(HttpClientResponse.fromWeb(
                request,
                new Response(response.body, { status: response.status, headers: response.headers })
              ))
              : Effect.fail(
                new RequestError({
                  request,
                  reason: "Transport",
                  cause: Object.assign(new Error(`mocked ${response.code}`), { code: response.code })
                })
              ))
        }
        const known = table.map((route) => `"${route.name}"`).join(", ")
        return fail(
          `no route matches ${seen.method} ${seen.path}; the routes are: ${known === "" ? "none" : known}`
        )
      })
    )
    return Context.make(MockHttpClient, { requests: Effect.sync(() => [...requests]) }).pipe(
      Context.add(HttpClient.HttpClient, client)
    )
  }))
