/** Requests to the batch predictions of an emulator. */
import * as HttpBody from "@effect/platform/HttpBody"
import * as Effect from "effect/Effect"
import { ask, at } from "../support.js"

/** Creates a job for the deployment `a`. Returns its id. */
export const create = (spec: object = {}) =>
  Effect.flatMap(
    ask("POST batchPredictions/", { json: { deploymentId: "a", ...spec } }),
    (answer) => answer.status === 202 ? Effect.succeed(String(at(answer.json, "id"))) : Effect.dieMessage(answer.text)
  )

/** The JSON of a job. */
export const get = (id: string) => Effect.map(ask(`GET batchPredictions/${id}/`), ({ json }) => json)

/** The values of some fields of a job. */
export const fields = (id: string, ...names: ReadonlyArray<string>) =>
  Effect.map(get(id), (json) => Object.fromEntries(names.map((name) => [name, at(json, name)])))

export const csv = (text: string) => ({ body: HttpBody.text(text, "text/csv") })

export const upload = (id: string, text: string) => ask(`PUT batchPredictions/${id}/csvUpload/`, csv(text))

export const uploadPart = (id: string, part: number | string, text: string) =>
  ask(`PUT batchPredictions/${id}/csvUpload/part/${part}/`, csv(text))

export const finish = (id: string) => ask(`POST batchPredictions/${id}/csvUpload/finalizeMultipart/`)

export const download = (id: string) => ask(`GET batchPredictions/${id}/download/`)
