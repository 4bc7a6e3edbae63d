/** The handlers of `predictionEnvironments/`. */
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { PredictionEnvironment } from "../../wire/predictionEnvironment.js"
import { defaultPageSize, paginate, requestUrl } from "../protocol/paging.js"
import { toPredictionEnvironment } from "../state/registryView.js"
import { type Handlers, locationOf } from "./handler.js"

const encode = Schema.encode(PredictionEnvironment)

export const predictionEnvironments: Handlers<"predictionEnvironments"> = {
  list: ({ request, urlParams: { limit = defaultPageSize, offset, supportedModelFormats } }, { state }) =>
    Effect.map(state.registry, ({ environments }) => {
      const wanted = supportedModelFormats === undefined ? undefined : [supportedModelFormats].flat()
      const selected = environments.filter((one) =>
        wanted === undefined || wanted.some((format) => one.supportedModelFormats.includes(format))
      )
      return {
        ...paginate(selected.map(toPredictionEnvironment), { limit, offset }, requestUrl(request)),
        totalCount: selected.length
      }
    }),
  create: ({ payload, request }, { state }) =>
    Effect.gen(function*() {
      const created = toPredictionEnvironment(yield* state.createEnvironment(payload))
      const headers = locationOf(`predictionEnvironments/${created.id}`, request)
      return HttpServerResponse.unsafeJson(yield* Effect.orDie(encode(created)), { status: 201, headers })
    }),
  get: ({ path }, { state }) => Effect.map(state.environment(path.id), toPredictionEnvironment),
  update: ({ path, payload }, { state }) => state.updateEnvironment(path.id, payload),
  delete: ({ path }, { state }) => state.deleteEnvironment(path.id)
}
