/** S-4: the token appears in no error, log or span, however they are rendered, whatever server and client make of it. */
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { assert, describe, it } from "@effect/vitest"
import { DataRobot, type DataRobotError, Job, ModelDeployment } from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { faults } from "./faultServers.js"
import { render, type Rendered } from "./rendering.js"
import {
  type Behaviour,
  clients,
  closedPort,
  deployment,
  deploymentId,
  http,
  json,
  newDeployment,
  on,
  serve,
  token as wireToken
} from "./support.js"

const windowSize = 6

/** The pieces of the token that a text shows, but for those that stand there whatever the token is. */
const piecesIn = (text: string, token: string, fixed: string): ReadonlyArray<string> =>
  Array.from({ length: token.length - windowSize + 1 }, (_, start) => token.slice(start, start + windowSize))
    .filter((piece) => text.includes(piece) && !fixed.includes(piece))

const assertHidden = (rendered: Rendered, token: string, fixed?: Rendered) => {
  for (const [renderer, text] of Object.entries(rendered.texts)) {
    const [piece] = piecesIn(text, token, fixed?.texts[renderer] ?? "")
    if (piece === undefined) continue
    const at = text.indexOf(piece)
    assert.fail(`${renderer} shows ${piece}: ${JSON.stringify(text.slice(Math.max(0, at - 80), at + 80))}`)
  }
}

// ---------------------------------------------------------------------------------------------------------------
// How a server writes a token that it repeats.

const hex = (char: string) => char.charCodeAt(0).toString(16).padStart(2, "0")
const named: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;" }

const echoes: Readonly<Record<string, (token: string) => string>> = {
  "as it is": (token) => token,
  "as JSON": (token) => JSON.stringify(token),
  "as PHP's JSON": (token) => JSON.stringify(token).replaceAll("/", "\\/"),
  "as Go's JSON": (token) => JSON.stringify(token).replace(/[<>&]/g, (char) => `\\u00${hex(char)}`),
  "as Rails's JSON": (token) => JSON.stringify(token).replace(/[<>&']/g, (char) => `\\u00${hex(char).toUpperCase()}`),
  "as a part of a URL": encodeURIComponent,
  "as a part of a URL, in lower case": (token) =>
    encodeURIComponent(token).replace(/%../g, (escape) => escape.toLowerCase()),
  "as a part of a URL, strictly": (token) =>
    token.replace(/[^A-Za-z0-9\-._~]/g, (char) => `%${hex(char).toUpperCase()}`),
  "as a field of a form": (token) => new URLSearchParams({ token }).toString(),
  "as HTML": (token) => token.replace(/[&<>"']/g, (char) => named[char] ?? char),
  "as Python's HTML": (token) => token.replace(/[&<>"']/g, (char) => char === "'" ? "&#x27;" : named[char] ?? char),
  "as Jinja's HTML": (token) => token.replace(/[&<>"']/g, (char) => char === "\"" ? "&#34;" : named[char] ?? char),
  "as base64": (token) => btoa(token)
}

const everyEcho = (token: string) => Object.values(echoes).map((echo) => `[${echo(token)}]`).join(" ")

// ---------------------------------------------------------------------------------------------------------------
// Errors of every kind, from an HTTP client in memory that does its worst.

type Answer = (
  request: HttpClientRequest.HttpClientRequest
) => Effect.Effect<HttpClientResponse.HttpClientResponse, HttpClientError.HttpClientError>

const responds = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer => (request) =>
  Effect.succeed(HttpClientResponse.fromWeb(request, new Response(body, { status, headers })))

const respondsJson = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer =>
  responds(status, JSON.stringify(body), headers)

const through = (token: string, answer: Answer) =>
  Effect.provide(Layer.merge(
    DataRobot.layer({ endpoint: "https://dr.example.com/api/v2", token, retry: false }),
    Layer.succeed(HttpClient.HttpClient, HttpClient.make(answer))
  ))

type Failing = (token: string) => Effect.Effect<unknown, DataRobotError.DataRobotError>

const get = ModelDeployment.get(deploymentId)
const create = ModelDeployment.create(newDeployment)
const job = Job.await("abc")

const kinds: Readonly<Record<string, readonly [tag: string | undefined, failing: Failing]>> = {
  "a 401 that repeats the token": [
    "DataRobotApiError",
    (token) => through(token, respondsJson(401, { message: `Invalid token ${everyEcho(token)}` }))(get)
  ],
  "a 401 whose JSON spells it in escapes": [
    "DataRobotApiError",
    (token) => {
      const spelled = [...token].map((char) => `\\u00${hex(char)}`).join("")
      return through(token, responds(401, `{"message":"${spelled}","${spelled}":["${spelled}"]}`))(get)
    }
  ],
  "a 401 in plain text": [
    "DataRobotApiError",
    (token) => through(token, responds(401, `Invalid token ${everyEcho(token)}`))(get)
  ],
  "a 401 in JSON that is cut off": [
    "DataRobotApiError",
    (token) => through(token, responds(401, `{"message":${JSON.stringify(`Invalid token ${token}`)},"trace":"`))(get)
  ],
  "a 422 that has it in keys and values": [
    "DataRobotApiError",
    (token) =>
      through(
        token,
        respondsJson(422, {
          message: "Invalid field data",
          errors: { [everyEcho(token)]: token, nested: { [token]: [{ [token]: everyEcho(token) }] } }
        })
      )(create)
  ],
  "a 500 that is a web page": [
    "DataRobotApiError",
    (token) =>
      through(token, responds(500, `<h1>Oops</h1><pre>Authorization: Bearer ${everyEcho(token)}</pre>`))(create)
  ],
  "headers of the answer": [
    "DataRobotApiError",
    (token) =>
      through(
        token,
        respondsJson(404, { message: "no" }, {
          "x-request-id": token,
          "retry-after": token,
          deprecation: token,
          "x-echo": token
        })
      )(get)
  ],
  "a network error that tells it": [
    "DataRobotNetworkError",
    (token) =>
      through(token, (request) =>
        Effect.fail(
          new HttpClientError.RequestError({
            request,
            reason: "Transport",
            cause: Object.assign(new Error(`bad header: Bearer ${everyEcho(token)}`), { code: token, name: token })
          })
        ))(create)
  ],
  "an HTTP client whose errors carry the request": [
    "DataRobotNetworkError",
    (token) =>
      through(token, (request) => {
        const headers = { ...request.headers }
        const inner = Object.assign(new Error(JSON.stringify(headers)), { request, headers, config: { headers } })
        const cause = Object.assign(new AggregateError([inner], inspectable(request)), { request, cause: inner })
        return Effect.fail(new HttpClientError.RequestError({ request, reason: "Encode", cause, description: token }))
      })(get)
  ],
  "an HTTP client whose body breaks with the request": [
    "DataRobotNetworkError",
    (token) =>
      through(token, (request) => {
        const response = HttpClientResponse.fromWeb(request, new Response("{}"))
        const stream = Stream.fail(
          new HttpClientError.ResponseError({ request, response, reason: "Decode", cause: new Error(token) })
        )
        return Effect.succeed(Object.create(response, { stream: { value: stream } }))
      })(get)
  ],
  "an HTTP client that dies with the request": [
    undefined,
    (token) =>
      through(token, (request) => Effect.die(Object.assign(new Error(inspectable(request)), { request, token })))(
        create
      )
  ],
  "an HTTP client that throws the token": [
    undefined,
    (token) =>
      through(token, () => {
        throw token
      })(get)
  ],
  "an HTTP client that dies in the body": [
    undefined,
    (token) =>
      through(token, (request) => {
        const response = HttpClientResponse.fromWeb(request, new Response("{}"))
        return Effect.succeed(Object.create(response, { stream: { value: Stream.die(new Error(token)) } }))
      })(get)
  ],
  "a page instead of JSON": [
    "DataRobotValidationError",
    (token) => through(token, responds(200, `<p>${everyEcho(token)}</p>`))(create)
  ],
  "an answer of another shape": [
    "DataRobotValidationError",
    (token) =>
      through(
        token,
        respondsJson(200, {
          ...deployment(),
          status: [token],
          label: { [token]: token },
          createdAt: token,
          serviceHealth: { [token]: 1 },
          requestRates: [token],
          [token]: token
        })
      )(get)
  ],
  "a `next` that can't be followed": [
    "DataRobotValidationError",
    (token) =>
      through(token, respondsJson(200, { next: `ftp://ana:${token}@dr.example.com/`, data: [] }))(
        ModelDeployment.list()
      )
  ],
  "a `Location` that can't be followed": [
    "DataRobotValidationError",
    (token) => through(token, responds(201, "", { location: `https://dr.example.com/?token=${token}` }))(create)
  ],
  "a job that failed": [
    "DataRobotJobError",
    (token) =>
      through(
        token,
        respondsJson(200, { status: `ERROR ${everyEcho(token)}`, message: `Bad token ${everyEcho(token)}` })
      )(job)
  ],
  "an id that holds it": [
    "DataRobotValidationError",
    (token) => through(token, responds(500, ""))(ModelDeployment.get(`../${token}`))
  ],
  "a header that holds it": [
    "DataRobotValidationError",
    (token) =>
      through(token, responds(500, ""))(ModelDeployment.get(deploymentId, { headers: { "x-note": `\u0000${token}` } }))
  ],
  "settings that hold it twice": [
    "DataRobotValidationError",
    (token) =>
      Effect.provide(
        DataRobot,
        DataRobot.layer({ endpoint: `https://ana:${token}@dr.example.com/?${token}#${token}`, token: `${token} ` })
      )
  ]
}

const inspectable = (request: HttpClientRequest.HttpClientRequest) =>
  Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`).join("\n")

describe("S-4: the token is not to be seen", () => {
  for (const [title, [tag, failing]] of Object.entries(kinds)) {
    it.effect(`${title}: in no rendering`, () =>
      Effect.gen(function*() {
        const rendered = yield* render(failing(wireToken))
        assert.strictEqual(rendered.error?._tag, tag)
        assertHidden(rendered, wireToken)
      }))
  }

  for (const [form, echo] of Object.entries(echoes)) {
    it.effect(`${form}: is replaced in the server's message`, () =>
      Effect.gen(function*() {
        const answer = responds(401, `Invalid token ${echo(wireToken)}, says the server`)
        const { error } = yield* render(through(wireToken, answer)(get))
        assert.match(error?.message ?? "", /Invalid token .*<redacted>.*, says the server/)
      }))
  }

  it.effect("the renderings are not empty: something else that a server says is in all of them", () =>
    Effect.gen(function*() {
      const marker = "a-word-of-the-server"
      const { texts } = yield* render(through(wireToken, respondsJson(401, { message: marker }))(get))
      const missing = Object.entries(texts).filter(([, text]) => !text.includes(marker)).map(([renderer]) => renderer)
      assert.deepStrictEqual(missing, [])
    }))

  // What a token like this one is replaced by, or where it stands by chance, does not depend on the token.
  const other = "zQ7~zQ7~zQ7~zQ7~"
  const tokens = FastCheck.oneof(
    FastCheck.stringMatching(/^[\x21-\x7E]{8,64}$/),
    // what all the ways of writing differ in
    FastCheck.array(FastCheck.constantFrom(..."\"\\/<>&'%+=~!()*;:@$,#u0aZ"), { minLength: 8, maxLength: 64 })
      .map((chars) => chars.join(""))
  )
  for (const [title, [, failing]] of Object.entries(kinds)) {
    const fixed = Effect.runSync(Effect.cached(render(failing(other))))
    it.effect.prop(
      `${title}: whatever the token, no 6 characters of it are to be seen`,
      [tokens],
      ([token]) =>
        Effect.gen(function*() {
          assertHidden(yield* render(failing(token)), token, yield* fixed)
        }),
      { fastCheck: { numRuns: 25 } }
    )
  }
})

describe("S-4: a token that could be an id", () => {
  const token = "5bTOKEN00000TOKEN0000042"

  it.effect("and is asked for as one, is not to be seen", () =>
    Effect.gen(function*() {
      const failing = through(token, respondsJson(404, { message: "no" }))(ModelDeployment.get(token))
      assertHidden(yield* render(failing), token)
    }))

  it.effect("and is a server's id of what it created, is not to be seen", () =>
    Effect.gen(function*() {
      const answer: Answer = (request) =>
        request.method === "POST"
          ? responds(201, "", { location: `/api/v2/modelDeployments/${token}/` })(request)
          : respondsJson(404, { message: "no" })(request)
      assertHidden(yield* render(through(token, answer)(create)), token)
    }))
})

describe("S-4: on real sockets", { concurrent: true }, () => {
  const bearer = `Bearer ${wireToken}`
  const servers: Readonly<Record<string, Behaviour>> = {
    "401": (socket) => socket.write(json(401, { message: `Invalid ${bearer}` })),
    "500 as a web page": (socket) => socket.write(http(500, { "content-type": "text/html" }, `<pre>${bearer}</pre>`)),
    "a page instead of JSON": (socket) => socket.write(http(200, {}, `<pre>${bearer}</pre>`)),
    "no HTTP at all": (socket) => socket.end(`${bearer}\r\n\r\n`),
    "a header that is none": (socket) => socket.end(`HTTP/1.1 200 OK\r\n${wireToken} ${wireToken}\u0000\r\n\r\n`),
    "a chunk size that is none": (socket) =>
      socket.end(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${wireToken}\r\n\r\n`),
    "a status line that holds it": (socket) => socket.end(`HTTP/1.1 500 ${bearer}\r\ncontent-length: 0\r\n\r\n`),
    "a redirect to it": (socket) => socket.write(http(302, { location: `https://dr.example.com/${bearer}` })),
    "a reset": faults.resetBeforeHeaders,
    "a reset in the body": faults.resetInBody,
    "no answer in time": faults.stallInBody,
    "compression that is none": faults.gzipLie
  }
  for (const client of clients) {
    for (const [title, behaviour] of Object.entries(servers)) {
      // the two clients that do not unpack see JSON there, and succeed
      if (behaviour === faults.gzipLie && client.name !== "fetch") continue
      it.scopedLive(`${title}, ${client.name}: in no rendering`, () =>
        Effect.gen(function*() {
          const server = yield* serve(behaviour)
          const run = on(server, client, { attemptTimeout: 300, retry: false })
          const rendered = yield* render(run(get))
          assert.isTrue(server.requests[0]?.headers.includes(wireToken.toLowerCase()), "it was sent")
          assertHidden(rendered, wireToken)
        }))
    }

    it.scopedLive(`connection refused, ${client.name}: in no rendering`, () =>
      Effect.gen(function*() {
        const endpoint = `http://127.0.0.1:${yield* closedPort}/api/v2`
        assertHidden(yield* render(on({ endpoint }, client, { retry: false })(create)), wireToken)
      }))
  }

  it.scopedLive("a job that takes too long, in a state that holds it: in no rendering", () =>
    Effect.gen(function*() {
      const server = yield* serve((socket) => socket.write(json(200, { status: `WAITING FOR ${bearer}` })))
      const [client] = clients
      const rendered = yield* render(on(server, client)(Job.await("abc", { timeout: 20 })))
      assert.include(rendered.error, { _tag: "DataRobotJobError", reason: "Deadline" })
      assertHidden(rendered, wireToken)
    }))

  it.scopedLive("a deployment that takes too long, in a state that holds it: in no rendering", () =>
    Effect.gen(function*() {
      const server = yield* serve((socket) =>
        socket.write(json(200, { ...deployment(), deployed: false, status: bearer }))
      )
      const [client] = clients
      const rendered = yield* render(on(server, client)(ModelDeployment.awaitDeployed(deploymentId, { timeout: 20 })))
      assert.include(rendered.error, { _tag: "DataRobotJobError", reason: "Deadline" })
      assertHidden(rendered, wireToken)
    }))
})
