/** The handlers of `deployments/` for deployments themselves. */
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Effect from "effect/Effect"
import * as Errors from "../protocol/errors.js"
import { defaultPageSize, paginate, requestUrl } from "../protocol/paging.js"
import type { Request } from "../protocol/request.js"
import type { NewDeployment } from "../state/deploymentStore.js"
import { capabilities, toDeployment } from "../state/deploymentView.js"
import { targetTypeOf } from "../state/stored.js"
import type { World } from "../World.js"
import { accepted, type Handlers, locationOf } from "./handler.js"
import { selectDeployments } from "./selection.js"

interface Create {
  readonly payload: NewDeployment
  readonly request: Request
}

const create = ({ payload, request }: Create, { state }: World) =>
  Effect.map(
    state.deploy(payload),
    ({ id, job }) =>
      HttpServerResponse.unsafeJson({ id }, { status: 202, headers: locationOf(`status/${job}`, request) })
  )

export const deployments = {
  createFromLearningModel: create,
  createFromLeaderboard: create,
  createFromModelPackage: create,
  list: ({ request, urlParams }, { state }) =>
    Effect.map(state.allKnown, (all) => {
      const selected = selectDeployments(all, urlParams, requestUrl(request).origin)
      const { limit = defaultPageSize, offset } = urlParams
      return { ...paginate(selected, { limit, offset }, requestUrl(request)), totalCount: selected.length }
    }),
  get: ({ path, request }, { state }) =>
    Effect.map(state.known(path.id), (known) => toDeployment(known, requestUrl(request).origin)),
  update: ({ path, payload }, { state }) => state.update(path.id, payload),
  delete: ({ path }, { state }) => state.remove(path.id),
  updateStatus: ({ path, payload: { status }, request }, { state }) =>
    Effect.map(
      state.startChange(path.id, `Deployment status change: ${status}`, ({ deployment, pending }) => {
        const next = pending.flatMap((change) => change.change === "status" ? [change.status] : []).at(-1)
        if (next !== undefined) return Errors.conflict(`The deployment is already becoming ${next}`)
        if (deployment.deployed !== true) return Errors.notDeployed
        return deployment.status === status
          ? Errors.conflict(`The deployment is already ${status}`)
          : { change: "status", status }
      }),
      (job) => accepted(job, request)
    ),
  capabilities: ({ path }, { state }) =>
    Effect.map(state.known(path.id), ({ deployment }) => ({
      data: [
        ...capabilities,
        { name: "supports_chat_api", supported: targetTypeOf(deployment) === "TextGeneration", messages: [] }
      ]
    }))
} satisfies Partial<Handlers<"deployments">>
