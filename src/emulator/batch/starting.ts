/** Starts batch predictions: of a client, of a definition, and of a schedule. */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { CreateInput } from "../../wire/batchPrediction.js"
import type { NotFound, Unprocessable } from "../protocol/errors.js"
import type { State } from "../state/State.js"
import type { Shown } from "./batchStore.js"
import { newBatch, scoringOf } from "./creation.js"
import { datasetBytes } from "./datasets.js"
import type { Definition } from "./definition.js"
import type { ScheduledRun } from "./definitionStore.js"
import { readCsv } from "./intake.js"
import type { NewBatch, Plan } from "./job.js"

/** Reads the CSV of a job whose intake is a dataset. The job tells if it cannot be scored. */
const readDataset = (state: State, id: string, bytes: Uint8Array, time: number | undefined) =>
  Effect.gen(function*() {
    const { job } = yield* state.batch(id)
    const upload = yield* state.beginIntake(id, bytes.length, time)
    yield* readCsv(state, upload, yield* scoringOf(state, job), Stream.make(bytes))
  }).pipe(Effect.ignore)

/** What started a job, and when, if that is not now. */
type Origin = Pick<NewBatch, "definitionId" | "source"> & { readonly time?: number }

/** Starts a job. Fails, and starts nothing, if it cannot be scored. `plan` decides how it ends. */
export const startBatch = (
  state: State,
  input: CreateInput,
  plan: Plan | null,
  { time, ...origin }: Origin = {}
): Effect.Effect<Shown, Unprocessable> =>
  Effect.gen(function*() {
    const job = yield* newBatch(state, input, plan)
    const intake = input.intakeSettings
    const bytes = intake?.type === "dataset"
      ? yield* datasetBytes(state, intake.datasetId, intake.datasetVersionId)
      : undefined
    const { job: { id } } = yield* state.createBatch({ ...job, ...origin }, time)
    if (bytes !== undefined) yield* readDataset(state, id, bytes, time)
    return yield* Effect.orDie(state.batch(id))
  })

const decode = Schema.decodeUnknownSync(CreateInput)

/** Starts a job with the settings of a definition. */
export const startDefined = (
  state: State,
  { id, spec }: Definition,
  plan: Plan | null
): Effect.Effect<Shown, Unprocessable> => startBatch(state, decode(spec), plan, { definitionId: id })

/** Starts the job of a schedule. If its settings are not valid any more, the job fails. */
const startScheduled = (state: State, { definition: { id, spec }, time }: ScheduledRun): Effect.Effect<void> => {
  const origin = { definitionId: id, source: "scheduled", time } as const
  const failed = ({ errors = {}, message }: Unprocessable | (NotFound & { readonly errors?: undefined })) => {
    const details = [message, ...Object.entries(errors).map(([field, problem]) => `${field}: ${problem}`)].join(". ")
    const { deploymentId = null, modelId = null } = decode(spec)
    const plan = { status: "FAILED", rows: 0, details } as const
    return state.createBatch({ spec, deploymentId, modelId, server: "", hostName: null, plan, ...origin }, time)
  }
  return Effect.flatMap(
    Effect.either(startBatch(state, decode(spec), null, origin)),
    (started): Effect.Effect<unknown> => Either.isLeft(started) ? failed(started.left) : Effect.void
  )
}

/** Starts the jobs of all schedules up to now. Every request to the emulator begins with it. */
export const startDue = (state: State): Effect.Effect<void> =>
  Effect.flatMap(state.takeRuns, (runs) => Effect.forEach(runs, (run) => startScheduled(state, run), { discard: true }))
