/** The datasets that batch predictions read. */
import * as Effect from "effect/Effect"
import { invalidFields, type Unprocessable } from "../protocol/errors.js"
import type { State } from "../state/State.js"

/** Returns the CSV of a dataset. Fails if there is none, or if it cannot be used. It has only one version. */
export const datasetBytes = (
  state: State,
  datasetId: string,
  versionId: string | undefined
): Effect.Effect<Uint8Array, Unprocessable> => {
  const refused = (name: string, problem: string) => invalidFields({ [`intakeSettings.${name}`]: problem })
  return Effect.flatMap(
    Effect.either(state.dataset(datasetId)),
    (found): Effect.Effect<Uint8Array, Unprocessable> => {
      if (found._tag === "Left") return refused("datasetId", "The emulator has no such dataset")
      const { content, state: processing, versionId: version } = found.right
      if (versionId !== undefined && versionId !== version) {
        return refused("datasetVersionId", "The dataset has no such version")
      }
      return processing === "COMPLETED"
        ? Effect.succeed(new TextEncoder().encode(content))
        : refused("datasetId", `The dataset has the processing state ${processing}`)
    }
  )
}
