/** What the handlers of the routes have in common. */
import type * as HttpApi from "@effect/platform/HttpApi"
import type * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import type * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import type * as Effect from "effect/Effect"
import type { Api } from "../api/Api.js"
import { requestUrl } from "../protocol/paging.js"
import type { Request } from "../protocol/request.js"
import type { World } from "../World.js"

type Groups = typeof Api extends HttpApi.HttpApi<string, infer All, infer _E, infer _R> ? All : never
type ApiError = typeof Api extends HttpApi.HttpApi<string, infer _G, infer E, infer _R> ? E : never

/** The names of the groups of endpoints. */
export type GroupName = HttpApiGroup.HttpApiGroup.Name<Groups>

/** The parts of a request that the endpoint declares, and the request itself. */
type Asked<Endpoint extends HttpApiEndpoint.HttpApiEndpoint.Any> =
  & Omit<Parameters<HttpApiEndpoint.HttpApiEndpoint.Handler<Endpoint, never, never>>[0], "request">
  & { readonly request: Request }

/** Makes the response to a request: the body of a success, or a whole response. */
type Handler<Endpoint extends HttpApiEndpoint.HttpApiEndpoint.Any> = (
  asked: Asked<Endpoint>,
  world: World
) => Effect.Effect<
  HttpApiEndpoint.HttpApiEndpoint.Success<Endpoint> | HttpServerResponse.HttpServerResponse,
  HttpApiEndpoint.HttpApiEndpoint.Error<Endpoint> | ApiError
>

type HandlersOf<Endpoints extends HttpApiEndpoint.HttpApiEndpoint.Any> = {
  readonly [Endpoint in Endpoints as Endpoint["name"]]: Handler<Endpoint>
}

/** One handler for each endpoint of a group, by its name. */
export type Handlers<Name extends GroupName> = HandlersOf<
  HttpApiGroup.HttpApiGroup.EndpointsWithName<Groups, Name>
>

/** Returns the `Location` header of a resource, from its path below `/api/v2/`. */
export const locationOf = (path: string, request: Request) => ({
  location: new URL(`/api/v2/${path}/`, requestUrl(request)).href
})

/** Returns the response to a change that is made in a job: 202 with the `Location` of the job. */
export const accepted = (job: string, request: Request) =>
  HttpServerResponse.empty({ status: 202, headers: locationOf(`status/${job}`, request) })
