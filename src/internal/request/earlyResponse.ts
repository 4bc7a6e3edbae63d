/** A response of node:http that arrives while the request is still being sent. */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import * as Supervisor from "effect/Supervisor"
import { isRecord } from "../../wire/text.js"
import type { ReceivedHeaders } from "./directClient.js"

/** What this package uses of an `IncomingMessage`. */
export interface NodeResponse {
  readonly statusCode: number
  readonly headers: ReceivedHeaders
  /** Whether the whole response was received. */
  readonly complete: boolean
  readonly req: { readonly path: string; readonly writableFinished: boolean }
  readonly on: (event: "data" | "end" | "error" | "close", listener: (value: Uint8Array) => void) => void
  readonly pause: () => void
  readonly resume: () => void
  readonly destroy: () => void
}

const isNodeResponse = (value: unknown): value is NodeResponse =>
  isRecord(value) && typeof value["statusCode"] === "number" && typeof value["complete"] === "boolean" &&
  isRecord(value["req"])

/**
 * Looks for an early response among the values in the client's fibers. The platform's node:http client returns a
 * response only when the request was sent completely. A server that rejects a request may never read the rest of it.
 *
 * Boundary: a fiber of the client waits for the `IncomingMessage` and continues with it. This sees it there, if the
 * fiber runs with the flag `OpSupervision`.
 */
export class EarlyResponse extends Supervisor.AbstractSupervisor<void> {
  readonly value = Effect.void
  private readonly path: string
  private readonly onResponse: (response: NodeResponse) => void

  constructor(path: string, onResponse: (response: NodeResponse) => void) {
    super()
    this.path = path
    this.onResponse = onResponse
  }

  override onEffect<A, E>(_: Fiber.RuntimeFiber<A, E>, effect: Effect.Effect<unknown, unknown, unknown>): void {
    if (!Exit.isExit(effect) || !Exit.isSuccess(effect) || !isNodeResponse(effect.value)) return
    const { path, writableFinished } = effect.value.req
    if (!writableFinished && path === this.path) this.onResponse(effect.value)
  }
}
