/** The handlers of the settings of a deployment. */
import * as Effect from "effect/Effect"
import * as Errors from "../protocol/errors.js"
import { defaultHealthSettings, type Details, merge } from "../state/details.js"
import { user } from "../state/fixtures.js"
import type { State } from "../state/State.js"
import { accepted, type Handlers } from "./handler.js"

/** Reads a part of the details of a deployment. */
const read = <A>(state: State, id: string, part: (details: Details) => A) =>
  Effect.map(state.known(id), ({ details }) => part(details))

/** Changes the details of a deployment, and returns a part of them. */
const edit = <A>(
  state: State,
  id: string,
  change: (details: Details) => Partial<Details>,
  part: (details: Details) => A
) =>
  Effect.andThen(
    state.changeDetails(id, (details) => ({ ...details, ...change(details) })),
    read(state, id, part)
  )

const healthSettings = (details: Details) => details.healthSettings
const challengerReplaySettings = (details: Details) => details.challengerReplaySettings
const accuracyMetrics = ({ accuracyMetrics }: Details) => ({ data: accuracyMetrics })

/** Reads the retraining settings. Ids are sent, but objects are returned; only some of their names are known. */
const retrainingSettings = (state: State, id: string) =>
  Effect.map(Effect.all([state.known(id), state.registry]), ([{ details }, { environments }]) => {
    const idOf = (key: string) => {
      const value = details.retrainingSettings[key]
      return typeof value === "string" ? value : undefined
    }
    const named = <Name>(id: string | undefined, name: Name) => id === undefined ? null : { id, ...name }
    const environmentId = idOf("predictionEnvironmentId")
    const userId = idOf("retrainingUserId")
    return {
      dataset: named(idOf("datasetId"), { name: null }),
      predictionEnvironment: named(environmentId, {
        name: environments.find((one) => one.id === environmentId)?.name ?? null
      }),
      retrainingUser: named(userId, { username: userId === user.id ? user.username : null })
    }
  })

export const settings = {
  settings: ({ path }, { state }) => read(state, path.id, ({ settings }) => settings),
  updateSettings: ({ path, payload, request }, { state }) =>
    Effect.map(
      state.startChange(path.id, "Deployment settings update", ({ deployment }) =>
        deployment.deployed === true ? { change: "settings", settings: { ...payload } } : Errors.notDeployed),
      (job) =>
        accepted(job, request)
    ),
  healthSettings: ({ path }, { state }) => read(state, path.id, healthSettings),
  defaultHealthSettings: ({ path }, { state }) => Effect.as(state.known(path.id), defaultHealthSettings),
  updateHealthSettings: ({ path, payload }, { state }) =>
    edit(state, path.id, (before) => ({ healthSettings: merge(before.healthSettings, payload) }), healthSettings),
  challengerReplaySettings: ({ path }, { state }) => read(state, path.id, challengerReplaySettings),
  updateChallengerReplaySettings: ({ path, payload }, { state }) =>
    edit(
      state,
      path.id,
      (before) => ({ challengerReplaySettings: merge(before.challengerReplaySettings, payload) }),
      challengerReplaySettings
    ),
  retrainingSettings: ({ path }, { state }) => retrainingSettings(state, path.id),
  updateRetrainingSettings: ({ path, payload }, { state }) =>
    Effect.andThen(
      state.changeDetails(path.id, (details) => ({
        ...details,
        retrainingSettings: merge(details.retrainingSettings, payload)
      })),
      retrainingSettings(state, path.id)
    ),
  accuracyMetrics: ({ path }, { state }) => read(state, path.id, accuracyMetrics),
  updateAccuracyMetrics: ({ path, payload: { metrics } }, { state }) =>
    edit(state, path.id, () => ({ accuracyMetrics: metrics }), accuracyMetrics)
} satisfies Partial<Handlers<"deployments">>
