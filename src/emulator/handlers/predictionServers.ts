/** The handler of `predictionServers/`. */
import * as Effect from "effect/Effect"
import { paginate, requestUrl } from "../protocol/paging.js"
import { toPredictionServer } from "../state/registryView.js"
import type { Handlers } from "./handler.js"

export const predictionServers: Handlers<"predictionServers"> = {
  list: ({ request, urlParams }, { state }) =>
    Effect.map(state.registry, ({ servers }) => {
      const url = requestUrl(request)
      const shown = servers.map((server) => toPredictionServer(server, url.origin))
      return { ...paginate(shown, urlParams, url), totalCount: shown.length }
    })
}
