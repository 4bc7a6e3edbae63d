/** The handlers of `modelPackages/`. */
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { ModelPackage, type PageInput } from "../../wire/modelPackage.js"
import { defaultPageSize, paginate, requestUrl } from "../protocol/paging.js"
import type { Request } from "../protocol/request.js"
import { type Environment, similarTo } from "../state/registry.js"
import type { KnownPackage, NewPackage } from "../state/registryStore.js"
import { toModelPackage } from "../state/registryView.js"
import type { World } from "../World.js"
import { type Handlers, locationOf } from "./handler.js"

const encode = Schema.encode(ModelPackage)

const create = (input: NewPackage, request: Request, { state }: World) =>
  Effect.gen(function*() {
    const created = toModelPackage(yield* state.createPackage(input))
    const headers = locationOf(`modelPackages/${created.id}`, request)
    return HttpServerResponse.unsafeJson(yield* Effect.orDie(encode(created)), { status: 201, headers })
  })

/** Returns the packages that match all filters, in the order of creation. */
const select = (
  all: ReadonlyArray<KnownPackage>,
  environments: ReadonlyArray<Environment>,
  wanted: Schema.Schema.Type<typeof PageInput>
): ReadonlyArray<ModelPackage> => {
  const similar = new Set(similarTo(all, ({ id }) => id === wanted.similarTo).map(({ id }) => id))
  const environment = environments.find(({ id }) => id === wanted.predictionEnvironmentId)
  const format = (one: KnownPackage) => one.isCustom ? "customModel" : "datarobot"
  return all.filter((one) =>
    one.name.toLowerCase().includes((wanted.search ?? "").toLowerCase()) &&
    (wanted.modelId === undefined || one.modelId === wanted.modelId) &&
    (wanted.similarTo === undefined || similar.has(one.id)) &&
    (wanted.predictionThreshold === undefined || one.predictionThreshold === wanted.predictionThreshold) &&
    // No package of the emulator was imported, and none is of a special kind.
    wanted.imported !== true &&
    wanted.modelKind === undefined &&
    (wanted.predictionEnvironmentId === undefined ||
      environment?.supportedModelFormats.includes(format(one)) === true)
  ).map(toModelPackage).filter(({ buildStatus }) =>
    wanted.buildStatus === undefined || buildStatus === wanted.buildStatus
  )
}

export const modelPackages: Handlers<"modelPackages"> = {
  list: ({ request, urlParams: { limit = defaultPageSize, offset, ...wanted } }, { state }) =>
    Effect.map(Effect.all([state.packages, state.registry]), ([packages, { environments }]) => {
      const selected = select(packages, environments, wanted)
      return { ...paginate(selected, { limit, offset }, requestUrl(request)), totalCount: selected.length }
    }),
  get: ({ path }, { state }) => Effect.map(state.package(path.id), toModelPackage),
  createFromLearningModel: ({ payload, request }, world) => create({ ...payload, isCustom: false }, request, world),
  createFromCustomModelVersion: ({ payload: { customModelVersionId, ...payload }, request }, world) =>
    create({ ...payload, modelId: customModelVersionId, isCustom: true }, request, world),
  archive: ({ path }, { state }) => state.archivePackage(path.id)
}
