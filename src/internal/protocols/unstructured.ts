/** The bodies of requests to unstructured models, and of their responses. */
import type { Issue } from "../../DataRobotError.js"
import { maxPredictionBody } from "../../wire/prediction.js"
import { isRecord, oneLine } from "../../wire/text.js"
import type { ApiResponse, Payload } from "../request/operation.js"
import { tooLarge } from "./predictionRows.js"

const mediaType = /^[A-Za-z0-9!#$&^_.+-]{1,100}\/[A-Za-z0-9!#$&^_.+-]{1,100}(?: *;[\x20-\x7E]{1,200})?$/
const encoder = new TextEncoder()

/** Checks the body of a request. */
export const payloadOf = (input: unknown): Payload => {
  const { body, contentType } = isRecord(input) ? input : { body: undefined, contentType: undefined }
  const issues: Array<Issue> = []
  const content = typeof body === "string" ? encoder.encode(body) : body
  if (!(content instanceof Uint8Array)) issues.push({ path: "body", message: "must be a string or a Uint8Array" })
  else if (content.length > maxPredictionBody) issues.push(tooLarge("body", content.length, "send less at a time"))
  const isType = typeof contentType === "string" && mediaType.test(contentType)
  if (!isType) issues.push({ path: "contentType", message: "must be a media type, such as application/json" })
  return {
    content: content instanceof Uint8Array ? content : new Uint8Array(),
    contentType: isType ? contentType : "",
    issues
  }
}

/** Returns the body of a response, and its media type. */
export const bytesOf = (
  { body, connection: { redactor }, headers }: ApiResponse
): { readonly body: Uint8Array; readonly contentType: string } => ({
  body: body instanceof Uint8Array ? body : new Uint8Array(),
  contentType: oneLine(redactor.text(headers["content-type"] ?? "application/octet-stream"), 200)
})
