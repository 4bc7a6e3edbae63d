/** The handlers of `batchPredictionJobDefinitions/`. */
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Effect from "effect/Effect"
import { changedSpec, settingsOf } from "../batch/creation.js"
import { toJson } from "../batch/definition.js"
import type { KnownDefinition } from "../batch/definitionStore.js"
import { startDefined } from "../batch/starting.js"
import { startedJob } from "../batch/view.js"
import { ofRequest as planOfRequest } from "../faults/batchPlan.js"
import { invalidFields } from "../protocol/errors.js"
import { defaultPageSize, paginate, requestUrl } from "../protocol/paging.js"
import type { Request } from "../protocol/request.js"
import { type Handlers, locationOf } from "./handler.js"

const shown = ({ definition, jobs, now }: KnownDefinition) => toJson(definition, jobs, now)

const respond = (known: KnownDefinition) => HttpServerResponse.unsafeJson(shown(known))

const created = (known: KnownDefinition, request: Request) =>
  HttpServerResponse.unsafeJson(shown(known), {
    status: 202,
    headers: locationOf(`batchPredictionJobDefinitions/${known.definition.id}`, request)
  })

export const batchPredictionDefinitions: Handlers<"batchPredictionDefinitions"> = {
  list: ({ request, urlParams: { deploymentId, limit = defaultPageSize, offset, searchName = "" } }, { state }) =>
    Effect.map(state.definitions, (all) => {
      const text = searchName.toLowerCase()
      const selected = all.filter(({ definition: { name, spec } }) =>
        name.toLowerCase().includes(text) && (deploymentId === undefined || spec["deploymentId"] === deploymentId)
      )
      const page = paginate(selected, { limit, offset }, requestUrl(request))
      return HttpServerResponse.unsafeJson({ ...page, data: page.data.map(shown), totalCount: selected.length })
    }),
  create: ({ payload: { enabled, name, schedule, ...job }, request }, { state }) =>
    Effect.gen(function*() {
      const spec = yield* settingsOf(state, job)
      return created(yield* state.createDefinition({ enabled, name, schedule: schedule ?? null, spec }), request)
    }),
  get: ({ path }, { state }) => Effect.map(state.definition(path.id), respond),
  update: ({ path, payload: { enabled, name, schedule, ...changes } }, { state }) =>
    Effect.gen(function*() {
      const { definition } = yield* state.definition(path.id)
      const settings = {
        enabled: enabled ?? definition.enabled,
        schedule: schedule ?? definition.schedule,
        spec: yield* changedSpec(state, definition.spec, changes),
        name
      }
      if (settings.enabled && settings.schedule === null) {
        return yield* invalidFields({ schedule: "A definition that is enabled has a schedule" })
      }
      return respond(yield* state.updateDefinition(path.id, settings))
    }),
  delete: ({ path }, { state }) => state.deleteDefinition(path.id),
  run: ({ payload: { jobDefinitionId }, request }, { state }) =>
    Effect.gen(function*() {
      const known = yield* Effect.orElse(
        state.definition(jobDefinitionId),
        () => invalidFields({ jobDefinitionId: "There is no such definition" })
      )
      return startedJob(yield* startDefined(state, known.definition, yield* planOfRequest), request)
    })
}
