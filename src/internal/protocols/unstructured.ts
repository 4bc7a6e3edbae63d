/** The bodies of requests to unstructured models, and of their responses. */
import { UnstructuredInput } from "../../wire/prediction.js"
import { oneLine } from "../../wire/text.js"
import { input } from "../request/input.js"
import type { ApiResponse, Payload } from "../request/operation.js"
import { maxPredictionBody, tooLarge } from "./predictionLimit.js"

const encoder = new TextEncoder()

/** Checks the body of a request. */
export const payloadOf = (given: UnstructuredInput): Payload => {
  const { issues } = input(UnstructuredInput, given)
  if (issues.length > 0) return { content: "", contentType: "", issues }
  const { body, contentType } = given
  const content = typeof body === "string" ? encoder.encode(body) : body
  const { length } = content
  return {
    content,
    contentType,
    issues: length > maxPredictionBody ? [tooLarge("body", length, "send less at a time")] : []
  }
}

/** Returns the body of a response, and its media type. */
export const bytesOf = (
  { body, connection: { redactor }, headers }: ApiResponse
): { readonly body: Uint8Array; readonly contentType: string } => ({
  body: body instanceof Uint8Array ? body : new Uint8Array(),
  contentType: oneLine(redactor.text(headers["content-type"] ?? "application/octet-stream"), 200)
})
