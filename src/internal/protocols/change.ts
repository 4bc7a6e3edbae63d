/** What the operations on `deployments/` share: reading one, changing one, and the jobs that do so. */
import * as Effect from "effect/Effect"
import type * as Schema from "effect/Schema"
import type { DataRobotError, Handle } from "../../DataRobotError.js"
import { Deployment } from "../../wire/deployment.js"
import type { RequestOptions, UpdateOptions } from "../request/options.js"
import { idOf, type Path, path, type Ref } from "../request/path.js"
import { type Call, decode, operation, type Requirements, send } from "../request/send.js"
import { jobOf } from "./createdResource.js"
import { awaitJob } from "./job.js"
import { beforeWait, type WaitOptions } from "./poll.js"

/** Options of a call that waits for a job. */
export interface JobOptions extends RequestOptions {
  /** How long to wait for the job, and how often to ask; 10 minutes without it. */
  readonly wait?: WaitOptions | undefined
}

/** Options of an update that waits for a job. */
export interface JobUpdateOptions extends UpdateOptions, JobOptions {}

/** `deployments/`, and how its items are read. */
export const deployments = { name: "deployments", item: Deployment }

const whenUnknown = "It may have been changed all the same: read the deployment before you repeat it."

/** What is to be changed, as which operation, and what there is to say of it. */
export type Change = Pick<Call, "operation" | "method" | "path" | "body" | "attemptTimeout" | "whenUnknown" | "note">

/** A request that changes a deployment. */
export const changeCall = (
  call: Change,
  { idempotent = false, ...options }: UpdateOptions
): Call => ({ whenUnknown, ...call, idempotent, options })

/** Sends a change that DataRobot makes in a job, and gives the job; within an operation. */
export const begin = (
  deployment: Ref,
  call: Change,
  options: UpdateOptions
): Effect.Effect<Handle, DataRobotError, Requirements> =>
  Effect.flatMap(send(changeCall(call, options)), (answer) => jobOf(answer, deployments.name, idOf(deployment)))

/** Sends a change that DataRobot makes in a job, and gives the job. */
export const startChange = (
  deployment: Ref,
  call: Change,
  options: UpdateOptions = {}
): Effect.Effect<Handle, DataRobotError, Requirements> => operation(call.operation, begin(deployment, call, options))

/** A request that reads something of a deployment. */
export const readCall = (
  operation: string,
  deployment: Ref,
  route: `${string}/` | "",
  options: RequestOptions | undefined
): Call => {
  const below = path`deployments/${deployment}/`
  return { operation, method: "GET", path: { ...below, path: below.path + route }, idempotent: true, options }
}

/** Has DataRobot do something in a job, and waits for it; within an operation. */
export const beginAndWait = (
  deployment: Ref,
  call: Change,
  { wait, ...options }: JobUpdateOptions
): Effect.Effect<void, DataRobotError, Requirements> =>
  begin(deployment, { ...call, path: beforeWait(call.path, wait) }, options).pipe(
    Effect.flatMap((job) => awaitJob(call.operation, job, wait ?? {}, options)),
    Effect.asVoid
  )

/** Has DataRobot do something in a job, and waits for it. */
export const runJob = (
  deployment: Ref,
  call: Change,
  options: JobUpdateOptions = {}
): Effect.Effect<void, DataRobotError, Requirements> =>
  operation(call.operation, beginAndWait(deployment, call, options))

/** Makes a change, in a job where DataRobot needs one, and reads what it is about: at its own path, or another. */
export const changeAndRead = <A, I>(
  deployment: Ref,
  call: Change,
  { path = call.path, response }: { readonly path?: Path; readonly response: Schema.Schema<A, I> },
  options: JobUpdateOptions = {}
): Effect.Effect<A, DataRobotError, Requirements> =>
  operation(
    call.operation,
    beginAndWait(deployment, call, options).pipe(
      Effect.zipRight(send({
        operation: call.operation,
        method: "GET",
        path,
        idempotent: true,
        note: "The change itself was made.",
        options
      })),
      Effect.flatMap((answer) => decode(answer, response))
    )
  )

/** Makes a change, in a job where DataRobot needs one, and reads the deployment. */
export const changeDeployment = (
  deployment: Ref,
  call: Change,
  options?: JobUpdateOptions
): Effect.Effect<Deployment, DataRobotError, Requirements> =>
  changeAndRead(deployment, call, { path: path`deployments/${deployment}/`, response: Deployment }, options)
