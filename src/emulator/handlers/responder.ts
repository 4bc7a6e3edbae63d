/** Makes the responses of an endpoint: reads a request, runs the handler, and encodes what it returns. */
import * as HttpApiSchema from "@effect/platform/HttpApiSchema"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import { readsItself, routeOf } from "../api/operations.js"
import { startDue } from "../batch/starting.js"
import { checkOrigin, checkToken, jsonBody } from "../protocol/access.js"
import { encodeBody } from "../protocol/encoder.js"
import * as Errors from "../protocol/errors.js"
import { invalid, wrongFields } from "../protocol/invalidFields.js"
import { queryOf } from "../protocol/query.js"
import type { Request } from "../protocol/request.js"
import type { Params } from "../protocol/routeTree.js"
import type { World } from "../World.js"

type Here = World
type Response = HttpServerResponse.HttpServerResponse

/** A handler, with a general type for all endpoints. */
export type AnyHandler = (request: never, world: Here) => Effect.Effect<unknown, Errors.Failure>

/** Makes the response to a request to an endpoint. `params` are those of the path. */
export type Respond = (
  request: Request,
  params: Params,
  world: Here
) => Effect.Effect<Response, Errors.Failure>

/** A schema of an endpoint. The types of the schemas differ between endpoints. */
type AnySchema = Pick<Schema.Schema.All, "ast">

/** The schema with a general type. The schemas of the emulator need no services. */
const general = ({ ast }: AnySchema) => Schema.make<unknown, unknown, never>(ast)

/** Encodes what a handler returns, unless it is a whole response. A response without a value has no body. */
const encoder = (success: AnySchema): (result: unknown) => Response => {
  const members = new Set<Schema.Schema.Any>()
  HttpApiSchema.deunionize(members, general(success))
  const statusOf = (isVoid: boolean) =>
    Array.from(members, ({ ast }) => ast).filter((ast) => HttpApiSchema.isVoid(ast) === isVoid)
      .map(HttpApiSchema.getStatusSuccessAST)[0]
  const empty = HttpServerResponse.empty({ status: statusOf(true) })
  const status = statusOf(false)
  return (result) => {
    if (HttpServerResponse.isServerResponse(result)) return result
    return result === undefined ? empty : HttpServerResponse.unsafeJson(encodeBody(success, result), { status })
  }
}

type Decode = (part: unknown) => Either.Either<unknown, ParseResult.ParseIssue>

/** Returns the decoder of a part of a request. It is compiled on first use. */
const decoder = (schema: AnySchema): Decode => {
  let decode: Decode | undefined
  return (part) => (decode ??= ParseResult.decodeUnknownEither(general(schema)))(part)
}

/** The parts of an endpoint that matter here, with a general type. */
interface Endpoint {
  readonly name: string
  readonly payloadSchema: Option.Option<AnySchema>
  readonly urlParamsSchema: Option.Option<AnySchema>
  readonly successSchema: AnySchema
}

/** Returns the function that makes the responses of an endpoint with its handler. */
export const responder = (
  group: string,
  { name, payloadSchema, successSchema, urlParamsSchema }: Endpoint,
  handler: AnyHandler
): Respond => {
  const route = routeOf(`${group}.${name}`)
  const partOf = (schema: Option.Option<AnySchema>) =>
    route !== undefined && readsItself(route) ? undefined : Option.getOrUndefined(Option.map(schema, decoder))
  const [query, body] = [partOf(urlParamsSchema), partOf(payloadSchema)]
  const encode = encoder(successSchema)

  /** The response to data that does not match its schema: 422, but 400 for a listing of the deployments API. */
  const refused = (issue: ParseResult.ParseIssue): Effect.Effect<Response, Errors.Failure> => {
    const issues = ParseResult.ArrayFormatter.formatIssueSync(issue)
    if (route?.id !== "deployments.list") return invalid(issues)
    return Errors.malformed(Object.entries(wrongFields(issues)).map(([field, text]) => `${field} ${text}`).join("; "))
  }

  const respond = (request: Request, path: Params, world: Here, json: unknown) => {
    const payload = body?.(json)
    if (payload !== undefined && Either.isLeft(payload)) return refused(payload.left)
    const urlParams = query?.(queryOf(request.url))
    if (urlParams !== undefined && Either.isLeft(urlParams)) return refused(urlParams.left)
    // Boundary: the type of the handlers matches each handler with its endpoint. Here it has a general type.
    const asked = { request, path, payload: payload?.right, urlParams: urlParams?.right } as never
    return Effect.map(Effect.zipRight(startDue(world.state), handler(asked, world)), encode)
  }

  return (request, path, world) => {
    // A body is read only if the request is accepted.
    const refusal = group === "control"
      ? checkOrigin(request)
      : checkToken(request, world.token, group === "predictions")
    if (refusal !== undefined) return refusal
    if (body === undefined) return respond(request, path, world, undefined)
    return Effect.flatMap(jsonBody(request), (json) => respond(request, path, world, json))
  }
}
