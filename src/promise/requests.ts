/** Sends requests that the caller describes, and checks their responses with the schemas of other libraries. */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import type { Issue } from "../DataRobotError.js"
import { requestChecked, requestJob } from "../internal/request/rawRequest.js"
import { isRecord } from "../wire/text.js"
import type { ApiPromise } from "./ApiPromise.js"
import type { CallOptions } from "./CallOptions.js"
import type { ClientRequest, Requests } from "./ClientRequest.js"
import { checkRow, encodeChecked, isStandardSchema, standardSchema } from "./rowCheck.js"
import { callback, type Running } from "./running.js"
import type { StandardSchema } from "./StandardSchema.js"

/** Checks the JSON of a response. */
const checkWith = (schema: StandardSchema<unknown, unknown>) => (json: unknown) =>
  Effect.map(callback(() => checkRow(schema, json, "response")), (checked) => {
    const encoded = encodeChecked(checked, "", "response")
    return "columns" in encoded ? Either.right<unknown>(encoded.columns) : Either.left(encoded.issues)
  })

const unchecked = (json: unknown) => Effect.succeed(Either.right(json))

type Given = ClientRequest & { readonly response?: StandardSchema<unknown, unknown> | undefined }

/** Creates the functions. */
export const requests = ({ run }: Pick<Running, "run">): Requests => {
  const request = (given: Given, options?: CallOptions): ApiPromise<unknown> => {
    // JavaScript can pass anything, which is rejected with the other issues.
    const { response, ...request }: Given = isRecord(given) ? given : { method: "GET", path: "" }
    const check = response === undefined ? unchecked : checkWith(response)
    const issues: ReadonlyArray<Issue> = response === undefined || isStandardSchema(response)
      ? []
      : [{ path: "response", message: `must be ${standardSchema}` }]
    return run(requestChecked(isRecord(given) ? request : given, check, issues, options), options)
  }
  return {
    // Boundary: the result has the type of the schema's output.
    request: request as Requests["request"],
    requestJob: (request, options) => run(requestJob(request, options), options)
  }
}
