/**
 * A server that follows a plan of requests and responses. It rejects unplanned requests and records every difference.
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as Http from "node:http"
import { setTimeout } from "node:timers/promises"
import { listen } from "../wire/support.js"
import { atLeast, exactly, isObject, type Moment, moment, within } from "./match.js"
import type { Exchange, Reaction, Row } from "./rows.js"
import type { Reference } from "./table.js"

/** A server on its own loopback port. */
export interface PlannedServer {
  readonly endpoint: string
  /** The differences from the plan so far, including planned responses that were not used. */
  readonly problems: () => ReadonlyArray<string>
}

const base = "/api/v2"
/** Where the paths of a prediction server begin. It has the same host and port as the endpoint. */
const predictionBase = "/predApi/v1.0/"

// A reserved port that only root can listen on, so it is never in use; a port that was free just now might be.
const closedEndpoint = `http://127.0.0.1:47${base}`

/** Replaces the placeholders in a text of the table with values that only the runner knows. */
const fillIn = (text: string, known: Readonly<Record<string, string>>) =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => known[name] ?? whole)

/**
 * Replaces the placeholders in every text of a JSON value. `{ "$sample": name, … }` becomes that sample with the other
 * keys applied.
 */
const fillInJson = (
  value: unknown,
  samples: Reference["samples"],
  known: Readonly<Record<string, string>>
): unknown => {
  if (typeof value === "string") return fillIn(value, known)
  if (Array.isArray(value)) return value.map((item) => fillInJson(item, samples, known))
  if (!isObject(value)) return value
  const { $sample, ...own } = value
  if ($sample === undefined) {
    return Object.fromEntries(
      Object.entries(own).map(([key, item]) => [fillIn(key, known), fillInJson(item, samples, known)])
    )
  }
  const sample = samples[String($sample)]
  if (sample === undefined) throw new Error(`there is no sample ${$sample}`)
  return fillInJson({ ...sample, ...own }, samples, known)
}

interface Received {
  readonly line: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Http.IncomingHttpHeaders
  readonly body: string
}

const read = async (request: Http.IncomingMessage): Promise<Received> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(chunk)
  const url = new URL(`http://server${request.url}`)
  const path = url.pathname.startsWith(`${base}/`)
    ? url.pathname.slice(base.length)
    : url.pathname.startsWith(predictionBase)
    ? url.pathname
    : `(outside of ${base})`
  const query: Record<string, string> = {}
  for (const [key, value] of url.searchParams) query[key] = key in query ? `${query[key]} and ${value}` : value
  return {
    line: `${request.method} ${path}`,
    query,
    headers: request.headers,
    body: Buffer.concat(chunks).toString("utf8")
  }
}

const json = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return `(no JSON) ${text}`
  }
}

/** Returns the differences between a request and the planned one. */
const differences = (planned: Exchange, received: Received, authorization: string): ReadonlyArray<string> => {
  if (planned.request !== received.line) return [`should be ${planned.request}, but is ${received.line}`]
  const always = {
    authorization,
    accept: "application/json",
    "content-type": planned.csv !== undefined
      ? "text/csv"
      : planned.json === undefined
      ? { $absent: true }
      : "application/json"
  }
  return [
    ...exactly(planned.query ?? {}, received.query, "query"),
    ...atLeast({ ...always, ...planned.headers }, received.headers, "headers"),
    ...planned.csv === undefined
      ? exactly(planned.json, received.body === "" ? undefined : json(received.body), "body")
      : exactly(planned.csv, received.body, "body")
  ]
}

/** Responds to a request as planned, and completes when the server has finished with it. */
const react = async (
  reaction: Reaction,
  body: Buffer,
  headers: Http.OutgoingHttpHeaders,
  response: Http.ServerResponse
): Promise<void> => {
  const { socket } = response
  const breakOff = (how: "reset" | "end" | "stall") => {
    if (how === "reset") socket?.resetAndDestroy()
    if (how === "end") socket?.end()
  }
  if ("noAnswer" in reaction) return breakOff(reaction.noAnswer)
  const { cut, delayMillis = 0, status } = reaction
  if (delayMillis > 0) await setTimeout(delayMillis)
  response.sendDate = false
  const length = status === 204 || status === 304 ? {} : { "content-length": body.length }
  response.writeHead(status, { "content-type": "application/json", ...length, ...headers })
  if (cut === undefined) {
    response.end(body)
    return
  }
  // Everything written must be sent before the connection is broken.
  await new Promise((written) => response.write(body.subarray(0, body.length / 2), written))
  breakOff(cut)
}

const problem = (number: number, text: string) => `request ${number}: ${text}`

/** Serves a row's plan until the end of the scope. */
export const servePlan = (
  { exchanges, listening, options }: Row,
  { samples }: Reference,
  token: string
): Effect.Effect<PlannedServer, never, Scope.Scope> =>
  Effect.gen(function*() {
    const problems: Array<string> = []
    const authorization = `${options.tokenType ?? "Bearer"} ${token}`
    const known: Record<string, string> = {
      token,
      tokenInUrl: encodeURIComponent(token),
      tokenInBase64: Buffer.from(token).toString("base64")
    }
    if (JSON.stringify(exchanges).includes("{foreign}")) {
      // This server must not receive a request, but would if a client followed URLs of the server.
      const foreign = Http.createServer((request, response) => {
        problems.push(`another server was asked: ${request.method} ${request.url}`)
        response.end("{}")
      })
      known["foreign"] = `http://127.0.0.1:${yield* listen(foreign)}${base}`
    }

    let next = 0
    let repeated = false
    let count = 0
    let lastAnswer: { readonly at: Moment; readonly reaction: Reaction } | undefined

    const answer = async (request: Http.IncomingMessage, response: Http.ServerResponse) => {
      const pause = lastAnswer === undefined
        ? []
        : within(lastAnswer.reaction.pause, lastAnswer.at, `the pause before request ${count + 1}`)
      const received = await read(request)
      const number = ++count
      const planned = exchanges[next]
      const wrong = planned === undefined
        ? [`was not planned: ${received.line}`]
        : differences(planned, received, authorization)
      problems.push(...pause, ...wrong.map((text) => problem(number, text)))
      // A request that differed from the plan must not also be reported as missing.
      if (planned?.request === received.line && planned.repeats !== true) next++
      if (planned === undefined || wrong.length > 0) {
        response.writeHead(418, { "content-type": "application/json", connection: "close" })
        response.end("{\"message\":\"This request was not planned\"}")
        return
      }
      if (planned.repeats === true) repeated = true
      const reaction = planned.answer
      const [body, headers] = "noAnswer" in reaction
        ? ["", {}]
        : [
          reaction.json === undefined
            ? fillIn(reaction.text ?? "", known)
            : JSON.stringify(fillInJson(reaction.json, samples, known)),
          Object.fromEntries(Object.entries(reaction.headers ?? {}).map(([name, text]) => [name, fillIn(text, known)]))
        ]
      await react(reaction, Buffer.from(body), headers, response)
      lastAnswer = { at: moment(), reaction }
    }

    const server = Http.createServer((request, response) => {
      answer(request, response).catch((error: unknown) => problems.push(`the server failed: ${error}`))
    })
    const endpoint = `http://127.0.0.1:${yield* listen(server)}${base}`
    known["endpoint"] = endpoint
    known["server"] = new URL(endpoint).origin

    return {
      endpoint: listening ? endpoint : closedEndpoint,
      problems: () => [
        ...problems,
        ...exchanges.slice(repeated ? next + 1 : next).map(({ request }, i) =>
          problem((repeated ? next + 1 : next) + i + 1, `never came: ${request}`)
        )
      ]
    }
  })
