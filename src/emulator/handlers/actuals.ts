/** The handlers of actual values. */
import * as Effect from "effect/Effect"
import { maxActuals } from "../../wire/actuals.js"
import { millisOf } from "../../wire/fields.js"
import * as Errors from "../protocol/errors.js"
import { targetTypeOf } from "../state/stored.js"
import { accepted, type Handlers } from "./handler.js"

export const actuals = {
  submitActuals: ({ path, payload, request }, { state }) =>
    Effect.gen(function*() {
      const { length } = payload.data
      if (length < 1 || length > maxActuals) {
        return yield* Errors.invalidFields({ data: `must hold 1 to ${maxActuals} actual values` })
      }
      const { deployment } = yield* state.known(path.id)
      const isNumber = targetTypeOf(deployment) !== "Binary"
      const wrong = payload.data.findIndex(({ actualValue }) =>
        isNumber && (actualValue === "" || !Number.isFinite(Number(actualValue)))
      )
      if (wrong >= 0) return yield* Errors.invalidFields({ [`data.${wrong}.actualValue`]: "must be a number" })
      const submitted = payload.data.map(({ associationId, actualValue, timestamp, wasActedOn = null }) => ({
        associationId,
        actualValue,
        wasActedOn,
        timestamp: timestamp === undefined ? null : millisOf(timestamp)
      }))
      const job = yield* state.addActuals(path.id, submitted, payload.keepActualsWithoutPredictions ?? true)
      return accepted(job, request)
    }),
  submitActualsFromDataset: ({ path }, { state }) =>
    Effect.andThen(
      state.known(path.id),
      Errors.invalidFields({ datasetId: "The emulator reads no actual values from datasets" })
    )
} satisfies Partial<Handlers<"deployments">>
