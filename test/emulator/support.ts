/** The emulator in its two forms, and a helper that sends requests and returns the complete response. */
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import type * as HttpBody from "@effect/platform/HttpBody"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import { describe } from "@effect/vitest"
import { DataRobot } from "effect-datarobot"
import type { ConnectionOptions } from "effect-datarobot/DataRobot"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Emulator from "../../src/emulator/index.js"
import { type EmulatorDataError, type EmulatorListenError, serve } from "../../src/emulator/node.js"

export type Running = Layer.Layer<Emulator.Emulator | HttpClient.HttpClient, EmulatorDataError | EmulatorListenError>

/** An emulator that is reached over a real socket. */
export const overSocket = (options?: Emulator.EmulatorOptions): Running =>
  Layer.merge(Layer.scoped(Emulator.Emulator, serve(options)), FetchHttpClient.layer)

/** Runs tests against the emulator in process and behind a socket. */
export const eachWay = (specification: (running: (options?: Emulator.EmulatorOptions) => Running) => void) => {
  describe("The emulator in process", () => specification(Emulator.layer))
  describe("The emulator over a socket", () => specification(overSocket))
}

/** An emulator, and the SDK connected to it. */
export const withSdk = (running: Running, options: Partial<ConnectionOptions> = {}) =>
  Layer.provideMerge(
    Layer.unwrapEffect(Effect.map(Emulator.Emulator, ({ endpoint, token }) =>
      Layer.orDie(DataRobot.layer({ endpoint, token, allowInsecure: true, ...options })))),
    running
  )

export interface Question {
  readonly json?: unknown
  readonly text?: string
  /** A body of another kind, such as a form. */
  readonly body?: HttpBody.HttpBody
  readonly headers?: Record<string, string>
}

export interface Answer {
  readonly status: number
  readonly headers: Record<string, string | undefined>
  readonly text: string
  /** The parsed text, if its content type is JSON. */
  readonly json: unknown
}

/** The key of the prediction server that deployments have by default. */
export const datarobotKey = "00000000-0000-0000-0000-000000000000"

/**
 * Sends a request with the emulator's token to a path below `/api/v2/`, or to one that begins with `/`. A request to the
 * prediction server has its key.
 */
export const ask = (
  question: `${"GET" | "POST" | "PATCH" | "PUT" | "DELETE" | "OPTIONS" | "HEAD"} ${string}`,
  { body: other, headers, json, text }: Question = {}
) =>
  Effect.gen(function*() {
    const { endpoint, token } = yield* Emulator.Emulator
    const [method, path] = splitAtSpace(question)
    const url = path.startsWith("/") ? new URL(endpoint).origin + path : `${endpoint}/${path}`
    const body = text ?? (json === undefined ? undefined : JSON.stringify(json))
    const response = yield* HttpClientRequest.make(method)(url, {
      headers: {
        authorization: `Bearer ${token}`,
        ...(path.startsWith("/predApi/") ? { "datarobot-key": datarobotKey } : {})
      }
    }).pipe(
      body === undefined ? (request) => request : HttpClientRequest.bodyText(body, "application/json"),
      other === undefined ? (request) => request : HttpClientRequest.setBody(other),
      HttpClientRequest.setHeaders(headers ?? {}),
      HttpClient.execute,
      // Shows a redirect instead of following it.
      Effect.provideService(FetchHttpClient.RequestInit, { redirect: "manual" })
    )
    const answered = yield* response.text
    const answer: Answer = {
      status: response.status,
      headers: response.headers,
      text: answered,
      json: response.headers["content-type"] === "application/json" && answered !== ""
        ? JSON.parse(answered)
        : undefined
    }
    return answer
  })

const splitAtSpace = (question: string) => {
  const [method, path = ""] = question.split(" ")
  // Boundary: the type of a question allows no other method.
  return [method as "GET" | "POST" | "PATCH" | "PUT" | "DELETE" | "OPTIONS" | "HEAD", path] as const
}

/** The value at a path of keys and indexes in some JSON. */
export const at = (json: unknown, ...path: ReadonlyArray<string | number>): unknown =>
  path.reduce<unknown>((value, key) => Object(value)[key], json)

export const newDeployment = {
  projectId: "5b00000000000000000000b2",
  modelId: "5b00000000000000000000a2",
  label: "New"
}
