/** The definitions of batch predictions: checks their settings, and starts their jobs. */
import type * as Effect from "effect/Effect"
import type * as Schema from "effect/Schema"
import type { DataRobotError, Issue } from "../../DataRobotError.js"
import type { BatchPrediction } from "../../wire/batchPrediction.js"
import { RunInput } from "../../wire/batchPredictionDefinition.js"
import * as Routes from "../../wire/routes/batchPredictionDefinitions.js"
import { isRecord } from "../../wire/text.js"
import { type Input, input } from "../request/input.js"
import type { Operation, Requirements } from "../request/operation.js"
import { idOf, pathOf, type Ref } from "../request/path.js"
import { startJob } from "./batchJob.js"

const uploaded: Issue = {
  path: "intakeSettings.type",
  message: "must not be localFile, because a job that a definition starts has no upload. " +
    "Use BatchPrediction.score or BatchPrediction.create for a local file"
}

const isAt = ({ path }: Issue, key: string) => path === key || path.startsWith(`${key}.`)

/** Checks the settings of a definition, and encodes them. The intake cannot be a file that is uploaded. */
export const definitionInput = <A extends object, I extends object>(
  schema: Schema.Schema<A, I>,
  definition: NoInfer<A>
): Input => {
  const checked = input(schema, definition)
  const given: unknown = definition
  const intake = isRecord(given) ? given["intakeSettings"] : undefined
  return isRecord(intake) && intake["type"] === "localFile"
    ? { ...checked, issues: [uploaded, ...checked.issues.filter((issue) => !isAt(issue, "intakeSettings"))] }
    : checked
}

/** Starts a job with the settings of a definition, and returns it without waiting for it. */
export const runDefinition = (
  operation: Operation,
  definition: Ref
): Effect.Effect<BatchPrediction, DataRobotError, Requirements> => {
  const jobDefinitionId = idOf(definition)
  const body = jobDefinitionId === undefined
    ? { value: {}, issues: pathOf(":id/").issues }
    : input(RunInput, { jobDefinitionId })
  return startJob(operation, {
    route: Routes.run,
    body,
    whenUnknown:
      "It may have started: check with BatchPrediction.list({ batchPredictionJobDefinitionId }) before you " +
      "run it again."
  })
}
