/** The handlers of `modelDeployments/`. */
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { ModelDeployment } from "../../wire/modelDeployment.js"
import { range } from "../monitoring/period.js"
import { lastDay } from "../monitoring/statistics.js"
import { paginate, requestUrl, select } from "../protocol/paging.js"
import { type Handlers, locationOf } from "./handler.js"

const encode = Schema.encode(ModelDeployment)

/** In a listing, the service leaves out the health messages, and `deployed` while it is false. */
const asListed = (deployment: ModelDeployment): ModelDeployment => {
  if (deployment.deployed === true) return { ...deployment, serviceHealthMessages: [] }
  const { deployed: _, ...rest } = deployment
  return { ...rest, serviceHealthMessages: [] }
}

export const modelDeployments: Handlers<"modelDeployments"> = {
  create: ({ payload, request }, { state }) =>
    Effect.gen(function*() {
      const deployment = yield* state.create(payload)
      const headers = locationOf(`modelDeployments/${deployment.id}`, request)
      return HttpServerResponse.unsafeJson(yield* Effect.orDie(encode(deployment)), { status: 201, headers })
    }),
  list: ({ request, urlParams }, { state }) =>
    state.list((all, show) => {
      const page = paginate(select(all, urlParams), urlParams, requestUrl(request))
      return { ...page, data: page.data.map((stored) => asListed(show(stored))) }
    }),
  get: ({ path }, { state }) => state.get(path.id),
  update: ({ path, payload }, { state }) => state.update(path.id, payload),
  serviceStats: ({ path, urlParams: { endDate, startDate } }, { state }) =>
    Effect.gen(function*() {
      const last = lastDay(yield* state.clock.now)
      const { end, start } = yield* range({ start: startDate, end: endDate }, last.end, last.end - last.start)
      return yield* state.statistics(path.id, start, end)
    }),
  actionLog: ({ path, request, urlParams }, { state }) =>
    Effect.map(state.actionLog(path.id), (entries) => paginate(entries, urlParams, requestUrl(request)))
}
