/** How a fault makes a batch prediction end. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { Plan } from "../batch/job.js"
import type { Fault } from "./faults.js"

class BatchPlan extends Context.Tag("effect-datarobot/emulator/BatchPlan")<BatchPlan, Plan>() {}

/** Handles a request to create a job with a fault. */
export const withPlan = (fault: Extract<Fault, { readonly fault: "batch" }>) =>
  Effect.provideService(BatchPlan, {
    status: fault.ends === "failed" ? "FAILED" : fault.ends === "aborted" ? "ABORTED" : "INITIALIZING",
    rows: fault.rows ?? 0,
    details: fault.ends === "aborted"
      ? "Aborted by a fault of the emulator"
      : "A fault of the emulator made the job fail"
  })

/** How the job that the current request creates ends, if a fault says so. The router's types do not include it. */
export const ofRequest: Effect.Effect<Plan | null> = Effect.map(
  Effect.context<never>(),
  (context) => Option.getOrNull(Context.getOption(context, BatchPlan))
)
