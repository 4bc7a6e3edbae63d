/** The handlers of the roles that a deployment is shared with. */
import * as Effect from "effect/Effect"
import type { Grant, SharedRole } from "../../wire/deployment.js"
import * as Errors from "../protocol/errors.js"
import { paginate, requestUrl } from "../protocol/paging.js"
import type { Handlers } from "./handler.js"

/** Returns the roles after some grants. Each grant adds, changes or removes one role. */
const granted = (roles: ReadonlyArray<SharedRole>, grants: ReadonlyArray<Grant>): ReadonlyArray<SharedRole> =>
  grants.reduce((before, grant) => {
    const recipient = "id" in grant ? grant.id : grant.username
    const former = before.find(({ id, name }) => id === recipient || name === recipient)
    const others = before.filter((role) => role !== former)
    if (grant.role === "NO_ROLE") return others
    const { role, shareRecipientType } = grant
    return [...others, { id: former?.id ?? recipient, name: former?.name ?? recipient, role, shareRecipientType }]
  }, roles)

export const sharing = {
  sharedRoles: ({ path, request, urlParams: { id, name, shareRecipientType, ...paging } }, { state }) =>
    Effect.map(state.known(path.id), ({ details }) => {
      const found = details.roles.filter((role) =>
        (id === undefined || role.id === id) && (name === undefined || role.name === name) &&
        (shareRecipientType === undefined || role.shareRecipientType === shareRecipientType)
      )
      return { ...paginate(found, paging, requestUrl(request)), totalCount: found.length }
    }),
  updateSharedRoles: ({ path, payload }, { state }) =>
    state.changeDetails(path.id, (details) => {
      const roles = granted(details.roles, payload.roles)
      return roles.some(({ role }) => role === "OWNER")
        ? { ...details, roles }
        : Errors.conflict("A deployment must have an owner")
    })
} satisfies Partial<Handlers<"deployments">>
