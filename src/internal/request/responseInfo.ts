/** The last HTTP response that an effect received, for callers that ask for it. Other callers pay for one look-up. */
import * as Headers from "@effect/platform/Headers"
import * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import * as FiberRef from "effect/FiberRef"
import * as FiberRefs from "effect/FiberRefs"
import { globalValue } from "effect/GlobalValue"
import type * as Runtime from "effect/Runtime"
import { DataRobotValidationError } from "../../DataRobotError.js"
import type { Redactor } from "../../wire/redaction.js"
import { defined } from "./defined.js"
import type { ReceivedHeaders } from "./directClient.js"
import { requestIdOf } from "./errors.js"

/**
 * An HTTP response, without its body.
 *
 * @since 0.1.0
 */
export interface ResponseInfo {
  /** The HTTP status. */
  readonly status: number
  /** The headers. Names are in lower case. Values that contain the token or another secret are redacted. */
  readonly headers: Readonly<Record<string, string>>
  /** The server's id of the request. DataRobot's support asks for it. */
  readonly requestId?: string
}

/**
 * The result of an effect, and its last HTTP response.
 *
 * @since 0.1.0
 */
export interface WithResponse<A> {
  /** The result. */
  readonly data: A
  /** The response of the last attempt of the last request. */
  readonly response: ResponseInfo
}

interface Received {
  readonly status: number
  readonly headers: ReceivedHeaders
  readonly redactor: Redactor
}

/** Keeps the last response of the fibers that have it. */
export interface ResponseRecorder {
  last?: Received
  /** The recorder of the effect around this one. */
  readonly outer?: ResponseRecorder | undefined
}

const current = globalValue(
  "effect-datarobot/responseRecorder",
  () => FiberRef.unsafeMake<ResponseRecorder | undefined>(undefined)
)

/** Passes a response to the recorders of a fiber. */
export const recordResponse = (
  fiber: Fiber.RuntimeFiber<unknown, unknown>,
  { status, headers }: Omit<Received, "redactor">,
  redactor: Redactor
): void => {
  let recorder = fiber.getFiberRef(current)
  if (recorder === undefined) return
  const received = { status, headers, redactor }
  for (; recorder !== undefined; recorder = recorder.outer) recorder.last = received
}

/** Returns the last response of a recorder, or `undefined` if there was none. */
export const responseInfoOf = ({ last }: ResponseRecorder): ResponseInfo | undefined => {
  if (last === undefined) return undefined
  const { redactor, status } = last
  const headers = Headers.fromInput(last.headers)
  return {
    status,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, redactor.text(value)])),
    ...defined({ requestId: requestIdOf(headers, redactor) })
  }
}

/** Returns the option of `runFork` that gives a fiber a recorder. It costs less than an effect that does the same. */
export const recordingInto = (
  recorder: ResponseRecorder
): Pick<Required<Runtime.RunForkOptions>, "updateRefs"> => ({
  updateRefs: (refs, fiberId) => FiberRefs.updateAs(refs, { fiberId, fiberRef: current, value: recorder })
})

/** The error of an effect that made no request. `operation` is the function that was to return the response. */
export const noResponseReceived = (operation: string): DataRobotValidationError =>
  new DataRobotValidationError({
    operation,
    method: "",
    path: "",
    attempts: 0,
    phase: "response",
    issues: [{ path: "", message: "there is no response" }],
    message: `${operation}: there is no response, because the effect made no request.`
  })

/** Runs an effect, and returns its last response with its result. */
export const withResponse = <A, E, R>(
  self: Effect.Effect<A, E, R>
): Effect.Effect<WithResponse<A>, E | DataRobotValidationError, R> =>
  Effect.flatMap(FiberRef.get(current), (outer) => {
    const recorder: ResponseRecorder = { outer }
    return Effect.flatMap(Effect.locally(self, current, recorder), (data) => {
      const response = responseInfoOf(recorder)
      return response === undefined
        ? Effect.fail(noResponseReceived("DataRobot.withResponse"))
        : Effect.succeed({ data, response })
    })
  })
