/** The handlers of the emulator's own routes. */
import * as OpenApi from "@effect/platform/OpenApi"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { Api } from "../api/Api.js"
import type { State } from "../state/State.js"
import type { Handlers } from "./handler.js"

const now = ({ clock }: State) =>
  Effect.map(clock.now, (time) => ({ now: DateTime.formatIso(DateTime.unsafeMake(time)) }))

export const control: Handlers<"control"> = {
  health: () => Effect.succeed({ status: "ok" }),
  reset: (_, { reset }) => reset,
  getState: (_, { state }) => state.snapshot,
  putState: ({ payload }, { state }) => state.restore(payload),
  seed: ({ payload }, { state }) => state.seed(payload),
  traffic: ({ payload }, { state }) => state.recordTraffic(payload),
  requests: (_, { journal }) => journal.entries,
  getFaults: (_, { faults }) => faults.reports,
  addFault: ({ payload }, { faults }) => faults.add(payload),
  clearFaults: (_, { faults }) => faults.clear,
  clock: (_, { state }) => now(state),
  advanceClock: ({ payload }, { state }) => Effect.andThen(state.clock.advance(payload.duration), now(state)),
  openapi: () => Effect.sync(() => OpenApi.fromApi(Api))
}
