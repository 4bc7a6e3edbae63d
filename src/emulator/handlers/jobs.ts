/** The handlers of `status/`. */
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Effect from "effect/Effect"
import { paginate, requestUrl } from "../protocol/paging.js"
import { type Handlers, locationOf } from "./handler.js"

export const jobs: Handlers<"status"> = {
  list: ({ request, urlParams }, { state }) =>
    Effect.map(
      state.jobs,
      (all) => paginate(all.map(({ statusId: id, ...job }) => ({ ...job, id })), urlParams, requestUrl(request))
    ),
  get: ({ path, request }, { state }) =>
    Effect.map(state.job(path.id), ({ resource, state }) =>
      state.status === "COMPLETED" && resource !== null
        ? HttpServerResponse.empty({ status: 303, headers: locationOf(resource, request) })
        : state),
  cancel: ({ path }, { state }) => state.cancelJob(path.id)
}
