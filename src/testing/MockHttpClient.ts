/** An HTTP client from a table of answers, which remembers what it was asked. */
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
  deployment as todaysFixtureOf,
  type DeploymentFixture,
  modelDeployment as fixtureOf
} from "../emulator/index.js"
import { ModelDeployment } from "../ModelDeployment.js"

/** A request as the mock saw it. */
export interface MockRequest {
  readonly method: string
  /** The path with its leading slash, without the query. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** The headers, all but the authorization. */
  readonly headers: Readonly<Record<string, string>>
  /** The body: JSON where it is JSON, otherwise text; `undefined` when there is none. */
  readonly body: unknown
  /** What the path has in place of `:name` in the route. */
  readonly params: Readonly<Record<string, string>>
}

/** An answer of the mock: made with `json`, `empty`, `text` or `networkFailure`. */
export type MockAnswer =
  | {
    readonly _tag: "Response"
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly body: string | null
  }
  | { readonly _tag: "NetworkFailure"; readonly code: string }

/** Answers a request: a fixed answer, a list of answers that are used up one by one, or a function. */
export type Handler =
  | MockAnswer
  | ReadonlyArray<MockAnswer>
  | ((request: MockRequest) => MockAnswer | Effect.Effect<MockAnswer>)

/**
 * Handlers by route: a method and the end of a path, with `:name` for a part that varies, such as
 * `"GET modelDeployments/:id/"`.
 */
export type Routes = Readonly<Record<string, Handler>>

/** What the mock was asked so far. */
export class MockHttpClient extends Context.Tag("effect-datarobot/testing/MockHttpClient")<
  MockHttpClient,
  {
    /** All requests, oldest first. */
    readonly requests: Effect.Effect<ReadonlyArray<MockRequest>>
  }
>() {}

interface AnswerInit {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
}

/** An answer with a JSON body; status 200 unless it is set. */
export const json = (body: unknown, { headers = {}, status = 200 }: AnswerInit = {}): MockAnswer => ({
  _tag: "Response",
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body)
})

/** An answer with a body of text, such as the web page of a gateway. */
export const text = (body: string, { headers = {}, status = 200 }: AnswerInit = {}): MockAnswer => ({
  _tag: "Response",
  status,
  headers,
  body
})

/** An answer without a body, such as 204, or 201 with a `location`. */
export const empty = ({ headers = {}, status = 204 }: AnswerInit = {}): MockAnswer => ({
  _tag: "Response",
  status,
  headers,
  body: null
})

/** A whole model deployment as a server writes it, from the few fields that matter to a test. */
export const modelDeployment: (fixture?: DeploymentFixture) => typeof ModelDeployment.Encoded = flow(
  fixtureOf,
  Schema.encodeSync(ModelDeployment)
)

/** A whole deployment of today's platform as a server writes it, from the few fields that matter to a test. */
export const deployment: (fixture?: Partial<Deployment>) => typeof Deployment.Encoded = flow(
  todaysFixtureOf,
  Schema.encodeSync(Deployment)
)

/** No answer: the connection fails with a system code, such as `ECONNREFUSED` or `ECONNRESET`. */
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
    throw new Error(`MockHttpClient: ${JSON.stringify(name)} is no route; write "GET modelDeployments/:id/"`)
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

const answerOf = (route: Route, request: MockRequest): Effect.Effect<MockAnswer> => {
  const { handler } = route
  if (typeof handler === "function") {
    const answer = handler(request)
    return Effect.isEffect(answer) ? answer : Effect.succeed(answer)
  }
  if (!("length" in handler)) return Effect.succeed(handler)
  const answer = handler[route.used++]
  return answer === undefined
    ? fail(`"${route.name}" has ${handler.length} answers and was asked once more`)
    : Effect.succeed(answer)
}

/**
 * An HTTP client that answers from a table, and the record of what it was asked. A request that no route fits, and one
 * more than a list has answers for, is a defect: it fails the test and can't be mistaken for a failure of the server.
 *
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
          const asked = { ...seen, params }
          requests.push(asked)
          return Effect.flatMap(answerOf(route, asked), (answer) =>
            answer._tag === "Response"
              ? Effect.succeed(HttpClientResponse.fromWeb(
                request,
                new Response(answer.body, { status: answer.status, headers: answer.headers })
              ))
              : Effect.fail(
                new RequestError({
                  request,
                  reason: "Transport",
                  cause: Object.assign(new Error(`mocked ${answer.code}`), { code: answer.code })
                })
              ))
        }
        const known = table.map((route) => `"${route.name}"`).join(", ")
        return fail(
          `nothing is planned for ${seen.method} ${seen.path}; the routes are ${known === "" ? "none" : known}`
        )
      })
    )
    return Context.make(MockHttpClient, { requests: Effect.sync(() => [...requests]) }).pipe(
      Context.add(HttpClient.HttpClient, client)
    )
  }))
