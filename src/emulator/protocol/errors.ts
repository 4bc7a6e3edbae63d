/**
 * The error bodies of DataRobot: always a `message`, and for invalid data the `errors` by field. In the emulator, each
 * also has a `_tag` that determines its status. The tag is not sent.
 */
import * as HttpApiSchema from "@effect/platform/HttpApiSchema"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

/** The problem of each field. */
export const FieldErrors = Schema.Record({ key: Schema.String, value: Schema.String })
export type FieldErrors = typeof FieldErrors.Type

/** The statuses of the errors. */
export const statuses = {
  Malformed: 400,
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  NotAcceptable: 406,
  Conflict: 409,
  TooLarge: 413,
  Unprocessable: 422,
  UnknownRoute: 501
} as const

const error = <const Tag extends keyof typeof statuses, Fields extends Schema.Struct.Fields>(
  tag: Tag,
  fields: Fields
) =>
  Schema.Struct(fields).pipe(
    Schema.attachPropertySignature("_tag", tag),
    Schema.annotations(HttpApiSchema.annotations({ status: statuses[tag], identifier: tag }))
  )

/** 400: the body cannot be read at all. */
export const Malformed = error("Malformed", { message: Schema.String })
export type Malformed = typeof Malformed.Type
/** Fails with 400 and a message. */
export const malformed = (message: string) => Effect.fail({ _tag: "Malformed" as const, message })

/** 401: no token or key, or a wrong one. */
export const Unauthorized = error("Unauthorized", { message: Schema.String })
export type Unauthorized = typeof Unauthorized.Type
/** Fails with 401 and a message. */
export const unauthorized = (message: string) => Effect.fail({ _tag: "Unauthorized" as const, message })

/** 403: a web page must not control the emulator. */
export const Forbidden = error("Forbidden", { message: Schema.String })
export type Forbidden = typeof Forbidden.Type
/** Fails with 403 and a message. */
export const forbidden = (message: string) => Effect.fail({ _tag: "Forbidden" as const, message })

/** 404: the route exists, the item does not. */
export const NotFound = error("NotFound", { message: Schema.String })
export type NotFound = typeof NotFound.Type
/** Fails with 404. */
export const notFound = Effect.fail<NotFound>({ _tag: "NotFound", message: "Not Found" })
/** Fails with 404 and a message about where the item is instead. */
export const notHere = (message: string) => Effect.fail({ _tag: "NotFound" as const, message })

/** 406: the body, or the requested response, has the wrong media type. */
export const NotAcceptable = error("NotAcceptable", { message: Schema.String })
export type NotAcceptable = typeof NotAcceptable.Type
/** Fails with 406 and a message. */
export const notAcceptable = (message: string) => Effect.fail({ _tag: "NotAcceptable" as const, message })

/**
 * 409: the state of the item does not allow the change. If the checks of a replacement model fail, they are included.
 */
export const Conflict = error("Conflict", {
  status: Schema.optionalWith(Schema.String, { exact: true }),
  message: Schema.String,
  checks: Schema.optionalWith(Schema.Record({ key: Schema.String, value: Schema.Unknown }), { exact: true })
})
export type Conflict = typeof Conflict.Type
/** Fails with 409 and a message. */
export const conflict = (message: string) => Effect.fail({ _tag: "Conflict" as const, message })

/** Fails with 409 because the change needs a deployment that is deployed. */
export const notDeployed = conflict("The deployment is not deployed yet")

/** Maximum size of a request body in bytes, the same as that of the prediction service. */
export const maxBody = 50 * 1024 * 1024

/** 413: the body is too long. */
export const TooLarge = error("TooLarge", { message: Schema.String })
export type TooLarge = typeof TooLarge.Type
/** Fails with 413. */
export const tooLarge = Effect.fail<TooLarge>({ _tag: "TooLarge", message: `The body is longer than ${maxBody} bytes` })

/** 422: the data can be read, but is not valid. */
export const Unprocessable = error("Unprocessable", {
  message: Schema.String,
  errors: Schema.optionalWith(FieldErrors, { exact: true })
})
export type Unprocessable = typeof Unprocessable.Type
/** Fails with 422 and a message for each wrong field. */
export const invalidFields = (errors: FieldErrors) =>
  Effect.fail({ _tag: "Unprocessable" as const, message: "Invalid field data", errors })
/** Fails with 422 and a message about the data as a whole. */
export const invalidData = (message: string) => Effect.fail({ _tag: "Unprocessable" as const, message })

/** 501: the emulator has no such route. The message names the nearest one. */
export const UnknownRoute = error("UnknownRoute", { message: Schema.String })
export type UnknownRoute = typeof UnknownRoute.Type
/** Fails with 501 and a message. */
export const unknownRoute = (message: string) => Effect.fail({ _tag: "UnknownRoute" as const, message })

/** Any error. */
export type Failure =
  | Malformed
  | Unauthorized
  | Forbidden
  | NotFound
  | typeof NotAcceptable.Type
  | Conflict
  | TooLarge
  | Unprocessable
  | typeof UnknownRoute.Type

/** Returns the response of an error. */
export const toResponse = ({ _tag, ...body }: Failure) =>
  HttpServerResponse.unsafeJson(body, { status: statuses[_tag] })
