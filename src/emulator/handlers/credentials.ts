/** The handler of `credentials/`. */
import * as Effect from "effect/Effect"
import { defaultPageSize, paginate, requestUrl } from "../protocol/paging.js"
import { toCredential } from "../state/registryView.js"
import type { Handlers } from "./handler.js"

export const credentials: Handlers<"credentials"> = {
  list: ({ request, urlParams: { limit = defaultPageSize, offset } }, { state }) =>
    Effect.map(state.registry, ({ credentials: all }) => ({
      ...paginate(all.map(toCredential), { limit, offset }, requestUrl(request)),
      totalCount: all.length
    }))
}
