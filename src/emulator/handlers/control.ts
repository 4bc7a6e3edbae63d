/** What each of the emulator's own routes does. */
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as OpenApi from "@effect/platform/OpenApi"
import * as DateTime from "effect/DateTime"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { Api } from "../api/Api.js"
import { World } from "../World.js"

export const control = HttpApiBuilder.group(Api, "control", (handlers) =>
  Effect.gen(function*() {
    const { faults, journal, reset, state } = yield* World
    const now = Effect.map(state.clock.now, (time) => ({ now: DateTime.formatIso(DateTime.unsafeMake(time)) }))
    return handlers
      .handle("health", () => Effect.succeed({ status: "ok" as const }))
      .handle("reset", () => reset)
      .handle("getState", () => state.snapshot)
      .handle("putState", ({ payload }) => state.restore(payload))
      .handle("seed", ({ payload }) => state.seed(payload))
      .handle("traffic", ({ payload }) => state.recordTraffic(payload))
      .handle("requests", () => journal.entries)
      .handle("getFaults", () => faults.reports)
      .handle("addFault", ({ payload }) => faults.add(payload))
      .handle("clearFaults", () => faults.clear)
      .handle("clock", () => now)
      .handle("advanceClock", ({ payload }) =>
        Effect.zipRight(state.clock.advance(Duration.decode(payload.duration)), now))
      .handle("openapi", () =>
        Effect.sync(() => OpenApi.fromApi(Api)))
  }))
