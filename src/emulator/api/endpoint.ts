/** Builds the endpoints of an `HttpApi` from the routes of DataRobot's API. */
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import * as HttpApiSchema from "@effect/platform/HttpApiSchema"
import * as OpenApi from "@effect/platform/OpenApi"
import * as JSONSchema from "effect/JSONSchema"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"
import type { Failure, Params, Route, Value } from "../../wire/route.js"
import * as Errors from "../protocol/errors.js"
import { fullPath, readsItself } from "./operations.js"

/** The errors that an endpoint adds to the API, by their statuses. */
const failures = {
  400: Errors.Malformed,
  403: Errors.Forbidden,
  406: Errors.NotAcceptable,
  409: Errors.Conflict,
  413: Errors.TooLarge,
  422: Errors.Unprocessable,
  501: Errors.UnknownRoute
} satisfies Record<Failure, Schema.Schema.AnyNoContext>

type NameOf<R extends Route> = R["id"] extends `${string}.${infer Name}` ? Name : never

type PathOf<R extends Route> = [Params<R["path"]>] extends [never] ? never
  : { readonly [Name in Params<R["path"]>]: string }

/** The type of a decoded part of a request. There is none if the handler reads the request itself. */
type PartOf<R extends Route, Part extends "query" | "body"> = R["id"] extends `predictions.${string}` ? never
  : Value<R, Part>

type SuccessOf<R extends Route> = R extends { readonly success: Schema.Schema.AnyNoContext } ? Value<R, "success">
  : void

/** Every endpoint can fail with 401. */
type ErrorOf<R extends Route> =
  | Errors.Unauthorized
  | (R extends { readonly failures: ReadonlyArray<infer Status extends Failure> }
    ? Schema.Schema.Type<typeof failures[Status]>
    : never)
  | ("id" extends Params<R["path"]> ? Errors.NotFound : never)

/** The type of a route's endpoint. */
export type EndpointOf<R extends Route> = HttpApiEndpoint.HttpApiEndpoint<
  NameOf<R>,
  R["method"],
  PathOf<R>,
  PartOf<R, "query">,
  PartOf<R, "body">,
  never,
  SuccessOf<R>,
  ErrorOf<R>
>

/** Reports every wrong field, not only the first one. */
const allErrors = { parseOptions: { errors: "all" } } as const

/**
 * Removes from a query the rules that compare several fields, such as "start before end". The SDK checks these rules
 * before it sends anything. In the emulator, the handler checks the period and reports it by the names in the URL.
 */
const fieldsOf = ({ ast }: Schema.Schema.AnyNoContext): Schema.Schema.AnyNoContext =>
  Schema.make(AST.isRefinement(ast) ? ast.from : ast)

/** A query for the document only. It accepts everything, because the handler checks it. */
const documented = (query: Schema.Schema.AnyNoContext) =>
  Schema.Record({ key: Schema.String, value: Schema.Unknown }).annotations({
    jsonSchema: JSONSchema.make(fieldsOf(query))
  })

/** CSV in place of a JSON body. */
const Csv = HttpApiSchema.Text({ contentType: "text/csv" })

/** A form with a file. */
const Form = HttpApiSchema.Multipart(Schema.Struct({
  file: Schema.Unknown.annotations({ jsonSchema: { type: "string", format: "binary" } })
}))

/** A body of any type. */
const Bytes = HttpApiSchema.Uint8Array()

type AnyEndpoint = HttpApiEndpoint.HttpApiEndpoint.AnyWithProps
type AnyGroup = HttpApiGroup.HttpApiGroup.AnyWithProps

/** The endpoint of a route, which requires the token. */
const endpoint = (route: Route): AnyEndpoint => {
  const { accept = [], anyBody, body, bytes, csv, job, method, multipart, query, status, success, summary } = route
  const [, name = ""] = route.id.split(".")
  const params = Array.from(route.path.matchAll(/:(\w+)/g), ([, param = ""]) => param)

  // Boundary: the type of an endpoint changes with every call below. `group` gives the result its type.
  let made = HttpApiEndpoint.make(method)(name, fullPath(route)) as unknown as AnyEndpoint
  made = made.annotate(OpenApi.Summary, summary)
  if (params.length > 0) {
    made = made.setPath(Schema.Struct(Object.fromEntries(params.map((param) => [param, Schema.String]))))
  }
  const unread = readsItself(route)
  if (query !== undefined) made = made.setUrlParams(unread ? documented(query) : fieldsOf(query).annotations(allErrors))
  if (anyBody === true) made = made.setPayload(Bytes)
  if (multipart === true) made = made.setPayload(Form)
  if (body === undefined && csv === true) made = made.setPayload(Csv)
  if (body !== undefined) made = made.setPayload(csv === true ? Schema.Union(body, Csv) : body.annotations(allErrors))
  if (success !== undefined) made = made.addSuccess(success, status === undefined ? {} : { status })
  else if (bytes === true) made = made.addSuccess(Bytes)
  else made = made.addSuccess(job === true ? HttpApiSchema.Empty(202) : HttpApiSchema.Empty(status ?? 204))
  for (const other of accept) made = made.addSuccess(HttpApiSchema.Empty(other))
  if (params.includes("id")) made = made.addError(Errors.NotFound)
  for (const failure of route.failures ?? []) made = made.addError(failures[failure])
  if (body !== undefined && !unread) made = made.addError(Errors.Malformed).addError(Errors.TooLarge)
  return made.addError(Errors.Unauthorized)
}

type EndpointsOf<Routes> = {
  [Name in keyof Routes]: Routes[Name] extends Route ? EndpointOf<Routes[Name]> : never
}[keyof Routes]

/** Builds the group of some routes, whose ids all begin with the name of the group. */
export const group = <const Name extends string, Routes extends Readonly<Record<string, Route>>>(
  name: Name,
  routes: Routes
): HttpApiGroup.HttpApiGroup<Name, EndpointsOf<Routes>> => {
  const endpoints = Object.values(routes).map(endpoint)
  const made = endpoints.reduce<AnyGroup>((all, one) => all.add(one), HttpApiGroup.make(name) as unknown as AnyGroup)
  // Boundary: `endpoint` follows the same parts of a route as `EndpointOf` does.
  return made as unknown as HttpApiGroup.HttpApiGroup<Name, EndpointsOf<Routes>>
}
