/** The handlers of `registeredModels/`. */
import * as Arr from "effect/Array"
import * as Effect from "effect/Effect"
import * as Order from "effect/Order"
import type * as Schema from "effect/Schema"
import type { Any } from "../../wire/fields.js"
import type { PageInput, RegisteredModel } from "../../wire/registeredModel.js"
import * as Errors from "../protocol/errors.js"
import { byCodePoints, defaultPageSize, paginate, requestUrl } from "../protocol/paging.js"
import { user } from "../state/fixtures.js"
import { similarTo } from "../state/registry.js"
import type { KnownPackage } from "../state/registryStore.js"
import { toModelPackage, toRegisteredModel } from "../state/registryView.js"
import type { State } from "../state/State.js"
import type { Handlers } from "./handler.js"

type Wanted = Schema.Schema.Type<typeof PageInput>

/** A registered model as a listing shows it, with its versions, oldest first. */
interface Listed {
  readonly shown: RegisteredModel
  readonly versions: ReadonlyArray<KnownPackage>
}

const listedOf = (state: State) =>
  Effect.map(
    Effect.all([state.registry, state.packages]),
    ([{ registeredModels }, packages]) =>
      registeredModels.map((model): Listed => {
        const versions = packages.filter(({ registeredModelId }) => registeredModelId === model.id)
        return { shown: toRegisteredModel(model, versions), versions }
      })
  )

/** Finds a registered model, and fails if there is none. */
const listed = (state: State, id: string) =>
  Effect.flatMap(listedOf(state), (all): Effect.Effect<Listed, Errors.NotFound> => {
    const found = all.find(({ shown }) => shown.id === id)
    return found === undefined ? Errors.notFound : Effect.succeed(found)
  })

const among = (wanted: Any<string> | undefined, values: ReadonlyArray<string>) =>
  wanted === undefined || [wanted].flat().some((one) => values.includes(one))

const fits = (wanted: Wanted, all: ReadonlyArray<Listed>) => {
  const packages = all.flatMap(({ versions }) => versions)
  const compatible = (isOne: (candidate: KnownPackage) => boolean) => {
    const ids = new Set(similarTo(packages, isOne).map(({ id }) => id))
    return ({ versions }: Listed) => versions.some(({ id }) => ids.has(id))
  }
  const withPackage = compatible(({ id }) => id === wanted.compatibleWithModelPackageId)
  const withModel = compatible(({ modelId }) => modelId === wanted.compatibleWithLeaderboardModelId)
  return (one: Listed): boolean => {
    const { shown, versions } = one
    const tags = versions.flatMap((version) => version.tags)
    return (shown.name ?? "").toLowerCase().includes((wanted.search ?? "").toLowerCase()) &&
      (wanted.targetName === undefined || shown.target?.name === wanted.targetName) &&
      (wanted.targetType === undefined || shown.target?.type === wanted.targetType) &&
      among(wanted.createdBy, [user.id, user.username]) &&
      (wanted.stage === undefined || versions.some((version) => toModelPackage(version).stage === wanted.stage)) &&
      // No registered model of the emulator is global.
      wanted.isGlobal !== true &&
      among(wanted.tagKeys, tags.map(({ name }) => name)) &&
      among(wanted.tagValues, tags.map(({ value }) => value)) &&
      (wanted.compatibleWithModelPackageId === undefined || withPackage(one)) &&
      (wanted.compatibleWithLeaderboardModelId === undefined || withModel(one))
  }
}

const orders = {
  createdAt: Order.mapInput(Order.number, ({ shown }: Listed) => shown.createdAt?.epochMillis ?? 0),
  modifiedAt: Order.mapInput(Order.number, ({ shown }: Listed) => shown.modifiedAt?.epochMillis ?? 0),
  name: Order.mapInput(byCodePoints, ({ shown }: Listed) => shown.name ?? null)
}

/** Returns the registered models that match all filters. Default: in the order of creation. */
const select = (all: ReadonlyArray<Listed>, wanted: Wanted): ReadonlyArray<RegisteredModel> => {
  const order = orders[wanted.sortKey ?? "createdAt"]
  const selected = all.filter(fits(wanted, all))
  return Arr.sort(selected, wanted.sortDirection === "desc" ? Order.reverse(order) : order).map(({ shown }) => shown)
}

export const registeredModels: Handlers<"registeredModels"> = {
  list: ({ request, urlParams: { limit = defaultPageSize, offset, ...wanted } }, { state }) =>
    Effect.map(listedOf(state), (all) => {
      const selected = select(all, wanted)
      return { ...paginate(selected, { limit, offset }, requestUrl(request)), totalCount: selected.length }
    }),
  get: ({ path }, { state }) => Effect.map(listed(state, path.id), ({ shown }) => shown),
  versions: ({ path, request, urlParams: { limit = defaultPageSize, offset } }, { state }) =>
    Effect.map(listed(state, path.id), ({ versions }) => ({
      ...paginate(versions.map(toModelPackage), { limit, offset }, requestUrl(request)),
      totalCount: versions.length
    })),
  version: ({ path }, { state }) =>
    Effect.flatMap(listed(state, path.id), ({ versions }) => {
      const found = versions.find(({ id }) => id === path.versionId)
      return found === undefined ? Errors.notFound : Effect.succeed(toModelPackage(found))
    })
}
