/**
 * URLs that a server sends. A second server accepts everything and counts its connections. There must be none, because
 * a request to it would carry the token.
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import { assert, describe, it } from "@effect/vitest"
import {
  type DataRobot,
  type DataRobotError,
  Deployment,
  DeploymentExport,
  DeploymentModel,
  Job,
  ModelDeployment
} from "effect-datarobot"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import * as Stream from "effect/Stream"
import { deployment as todays } from "../deployments.js"
import { isProof } from "../effort.js"
import {
  type Behaviour,
  clients,
  deployment,
  deploymentId,
  http,
  json,
  kept,
  newDeployment,
  on,
  serve,
  type Server,
  token
} from "./support.js"

/** A URL that a server may send: the target path, in some form, given the two servers. */
type Form = (to: string, at: { readonly own: Server; readonly other: Server }) => string

const api = "/api/v2/"

const followed: Readonly<Record<string, Form>> = {
  "the endpoint's own URL": (to, { own }) => `${own.endpoint}/${to}`,
  "a path": (to) => `${api}${to}`,
  "a path relative to the endpoint": (to) => to,
  "with a fragment": (to) => `${api}${to}#top`,
  "with doubled slashes": (to) => `${api}/${to}`.replace("v2", "/v2"),
  "the other port": (to, { other }) => `${other.endpoint}/${to}`,
  "the other port, https": (to, { other }) => `https://127.0.0.1:${other.port}${api}${to}`,
  "the other port, scheme in upper case": (to, { other }) => `HTTP://127.0.0.1:${other.port}${api}${to}`,
  "the other port, no scheme": (to, { other }) => `//127.0.0.1:${other.port}${api}${to}`,
  "the other port, three slashes": (to, { other }) => `http:///127.0.0.1:${other.port}${api}${to}`,
  "the other port, many slashes": (to, { other }) => `/////127.0.0.1:${other.port}${api}${to}`,
  "the other port, as localhost": (to, { other }) => `http://localhost:${other.port}${api}${to}`,
  "the other port, as a number": (to, { other }) => `http://2130706433:${other.port}${api}${to}`,
  "the other port, IPv6": (to, { other }) => `http://[::ffff:127.0.0.1]:${other.port}${api}${to}`,
  "another host (a proxy's internal name)": (to) => `https://datarobot.internal.example${api}${to}`,
  "a host that starts with the endpoint's host": (to) => `http://127.0.0.1.example${api}${to}`,
  "an empty user": (to, { other }) => `http://@127.0.0.1:${other.port}${api}${to}`
}

const refused: Readonly<Record<string, Form>> = {
  "a user name": (to, { other }) => `http://ana@127.0.0.1:${other.port}${api}${to}`,
  "a user name and a password": (to, { other }) => `http://ana:secret@127.0.0.1:${other.port}${api}${to}`,
  "a password": (to, { other }) => `http://:secret@127.0.0.1:${other.port}${api}${to}`,
  "the endpoint's host as the user name": (to, { other, own }) =>
    `http://127.0.0.1:${own.port}@127.0.0.1:${other.port}${api}${to}`,
  "ftp": (to, { other }) => `ftp://127.0.0.1:${other.port}${api}${to}`,
  "ws": (to, { other }) => `ws://127.0.0.1:${other.port}${api}${to}`,
  "file": (to) => `file://${api}${to}`,
  "javascript": (to) => `javascript:${api}${to}`,
  "data": (to) => `data:text/plain,${api}${to}`,
  "blob": (to, { other }) => `blob:${other.endpoint}/${to}`,
  "a tab in the port": (to, { other }) => `http://127.0.0.1:\t${other.port}${api}${to}`,
  "a tab in the path": (to) => `${api}\t${to}`,
  "a tab in a scheme": (to) => `java\tscript:${api}${to}`,
  "a space": (to) => `${api} ${to}`,
  "a letter that is not ASCII": (to) => `http://\u00ebvil.example${api}${to}`,
  "backslashes instead of slashes": (to, { other }) => `\\\\127.0.0.1:${other.port}${api.replaceAll("/", "\\")}${to}`,
  "a slash and a backslash": (to, { other }) => `/\\127.0.0.1:${other.port}${api}${to}`,
  "a backslash before the @": (to, { other, own }) =>
    `http://127.0.0.1:${own.port}\\@127.0.0.1:${other.port}${api}${to}`,
  "a dot segment": (to) => `${api}./${to}`,
  "two dots": (to) => `${api}x/../${to}`,
  "two encoded dots": (to) => `${api}x/%2e%2E/${to}`,
  "two half-encoded dots": (to) => `${api}x/.%2e/${to}`,
  "two dots in a relative path": (to) => `../v2/${to}`,
  "an encoded slash": (to) => `${api}x%2f${to}`,
  "another API version": (to, { own }) => `http://127.0.0.1:${own.port}/api/v3/${to}`,
  "a path that starts with the endpoint's path": (to, { own }) => `http://127.0.0.1:${own.port}/api/v2x/${to}`,
  "another base path on the other port": (to, { other }) => `http://127.0.0.1:${other.port}/steal/${to}`,
  "the endpoint's path further down": (to) => `/x${api}${to}`,
  "one slash and no host": (to, { other }) => `http:/127.0.0.1:${other.port}${api}${to}`,
  "another route": () => `${api}projects/5b00000000000000000000b1/models/`,
  "a deeper route": (to) => `${api}x/${to}`,
  "the endpoint itself": (_, { own }) => `${own.endpoint}/`,
  "more than 4096 characters": (to, { own }) => `${own.endpoint}/${to}#${"a".repeat(4096)}`,
  "an invalid port": (to) => `http://127.0.0.1:99999${api}${to}`,
  "an incomplete URL": () => "http://"
}

/** The other server responds to every request. */
const answersEverybody: Behaviour = (socket) => socket.write(json(200, deployment()))

/** The two servers. `behaviour` is that of the first one. */
const twoServers = (behaviour: (at: { readonly own: Server; readonly other: Server }) => Behaviour) =>
  Effect.gen(function*() {
    const other = yield* serve(answersEverybody)
    const own: Server = yield* serve((...exchange) => behaviour({ own, other })(...exchange))
    return { own, other }
  })

const item = `modelDeployments/${deploymentId}/`
const status = "status/abc/"
const secondPage = "modelDeployments/?offset=1&limit=1"

const todaysItem = `deployments/${deploymentId}/`

const fromItem: Behaviour = (socket, { path }) =>
  socket.write(path === `${api}${item}` ? json(200, deployment()) : json(404, { message: `no ${path}` }))

const jar = `${todaysItem}scoringCode/`
const packageFile = "modelPackages/5b00000000000000000000e2/modelPackageFile/"
const trainingData = "datasets/5b00000000000000000000c3/"

/** A server that builds a file. The job of the build points to the file. */
const building = (form: Form, made: string): Parameters<typeof twoServers>[0] => (at) => (socket, request) => {
  if (request.method === "POST") socket.write(http(202, { location: `${api}${status}` }))
  else if (request.path === `${api}${status}`) socket.write(http(303, { location: form(made, at) }))
  else if (request.path === `${api}${trainingData}`) {
    socket.write(json(200, { datasetId: "5b00000000000000000000c3", processingState: "COMPLETED" }))
  } else if (request.path.startsWith(`${api}${made}`)) {
    socket.write(http(200, { "content-type": "application/octet-stream" }, "PK, the bytes"))
  } else socket.write(json(404, { message: `no ${request.path}` }))
}

const sizeOf = <E, R>(bytes: Stream.Stream<Uint8Array, E, R>) =>
  Stream.runFold(bytes, 0, (size, chunk) => size + chunk.length)

/** All places where the SDK reads a URL of the server. */
const places = {
  "Location of a 201": {
    reads: "Location",
    behaviour: (form: Form): Parameters<typeof twoServers>[0] => (at) => (socket, request, index) =>
      request.method === "POST"
        ? socket.write(http(201, { location: form(item, at) }))
        : fromItem(socket, request, index),
    operation: Effect.map(ModelDeployment.create(newDeployment), ({ id }) => id),
    requests: [`POST ${api}modelDeployments/`, `GET ${api}${item}`],
    result: deploymentId
  },
  "Location of a 202": {
    reads: "Location",
    behaviour: (form: Form): Parameters<typeof twoServers>[0] => (at) => (socket, request, index) => {
      if (request.method === "POST") socket.write(http(202, { location: form(status, at) }))
      else if (request.path === `${api}${status}`) socket.write(http(303, { location: `${api}${item}` }))
      else fromItem(socket, request, index)
    },
    operation: Effect.map(ModelDeployment.create(newDeployment), ({ id }) => id),
    requests: [`POST ${api}modelDeployments/`, `GET ${api}${status}`, `GET ${api}${item}`],
    result: deploymentId
  },
  "Location of a job's 303": {
    reads: "Location",
    behaviour: (form: Form): Parameters<typeof twoServers>[0] => (at) => (socket) =>
      socket.write(http(303, { location: form(item, at) })),
    operation: Effect.map(Job.await("abc"), (made) => made?.id),
    requests: [`GET ${api}${status}`],
    result: deploymentId
  },
  "Location of a deployment create's 202": {
    reads: "Location",
    behaviour: (form: Form): Parameters<typeof twoServers>[0] => (at) => (socket, request) => {
      if (request.method === "POST") socket.write(http(202, { location: form(status, at) }))
      else if (request.path === `${api}${status}`) socket.write(http(303, { location: `${api}${todaysItem}` }))
      else socket.write(json(200, todays()))
    },
    operation: Effect.map(
      Deployment.createFromLearningModel({ modelId: "5b00000000000000000000a1", label: "Churn" }),
      ({ id }) => id
    ),
    requests: [
      `POST ${api}deployments/fromLearningModel/`,
      `GET ${api}${status}`,
      `GET ${api}${todaysItem}`
    ],
    result: deploymentId
  },
  "Location of a model replacement's 202": {
    reads: "Location",
    behaviour: (form: Form): Parameters<typeof twoServers>[0] => (at) => (socket) =>
      socket.write(http(202, { location: form(status, at) })),
    operation: Effect.map(
      DeploymentModel.startReplaceModel(deploymentId, { modelPackageId: "p2", reason: "OTHER" }),
      ({ id }) => id
    ),
    requests: [`PATCH ${api}${todaysItem}model/`],
    result: "abc"
  },
  "Location of a deployment job's 303": {
    reads: "Location",
    behaviour: (form: Form): Parameters<typeof twoServers>[0] => (at) => (socket, request) =>
      request.path === `${api}${status}`
        ? socket.write(http(303, { location: form(todaysItem, at) }))
        : socket.write(json(200, todays())),
    operation: Effect.map(Deployment.resume("abc"), ({ id }) => id),
    requests: [`GET ${api}${status}`, `GET ${api}${todaysItem}`],
    result: deploymentId
  },
  "Location of a scoring code build (S-12)": {
    reads: "Location",
    behaviour: (form: Form): Parameters<typeof twoServers>[0] => building(form, jar),
    operation: sizeOf(DeploymentModel.downloadScoringCode(deploymentId, { includeAgent: true })),
    requests: [`POST ${api}${todaysItem}scoringCodeBuilds/`, `GET ${api}${status}`, `GET ${api}${jar}`],
    result: 13
  },
  "Location of a model package build (S-12)": {
    reads: "Location",
    behaviour: (form: Form): Parameters<typeof twoServers>[0] => building(form, packageFile),
    operation: sizeOf(DeploymentModel.downloadModelPackage(deploymentId)),
    requests: [`POST ${api}${todaysItem}modelPackageFileBuilds/`, `GET ${api}${status}`, `GET ${api}${packageFile}`],
    result: 13
  },
  "Location of an export's job (S-12)": {
    reads: "Location",
    behaviour: (form: Form): Parameters<typeof twoServers>[0] => building(form, trainingData),
    operation: sizeOf(
      DeploymentExport.download({ kind: "training", deploymentId, jobId: "abc" }, { keep: true })
    ),
    requests: [`GET ${api}${status}`, `GET ${api}${trainingData}`, `GET ${api}${trainingData}file/`],
    result: 13
  },
  "next of the deployments listing": {
    reads: "next",
    behaviour: (form: Form): Parameters<typeof twoServers>[0] => (at) => (socket, _, index) =>
      socket.write(json(200, {
        next: index === 0 ? form("deployments/?offset=1&limit=1", at) : null,
        previous: null,
        data: [todays()]
      })),
    operation: Effect.map(Deployment.list(), (deployments) => deployments.length),
    requests: [`GET ${api}deployments/?limit=100`, `GET ${api}deployments/?limit=1&offset=1`],
    result: 2
  },
  "next of a page": {
    reads: "next",
    behaviour: (form: Form): Parameters<typeof twoServers>[0] => (at) => (socket, _, index) =>
      socket.write(
        json(200, { next: index === 0 ? form(secondPage, at) : null, previous: null, data: [deployment()] })
      ),
    operation: Effect.map(ModelDeployment.list(), (deployments) => deployments.length),
    requests: [`GET ${api}modelDeployments/?limit=100`, `GET ${api}modelDeployments/?limit=1&offset=1`],
    result: 2
  },
  "previous of a page": {
    reads: "previous",
    behaviour: (form: Form): Parameters<typeof twoServers>[0] => (at) => (socket) =>
      socket.write(json(200, { next: null, previous: form(secondPage, at), data: [deployment()] })),
    operation: Effect.map(ModelDeployment.page({ offset: 2 }), ({ previous }) => previous?.offset),
    requests: [`GET ${api}modelDeployments/?offset=2`],
    result: 1
  }
} as const

const lines = ({ requests }: Server) => requests.map(({ method, path }) => `${method} ${path}`)

interface Case {
  readonly client: Pick<typeof clients[number], "layer">
  readonly place: typeof places[keyof typeof places]
  readonly form: Form
}

const isFollowed = ({ client, form, place: { behaviour, operation, requests, result } }: Case) =>
  Effect.gen(function*() {
    const { other, own } = yield* twoServers(behaviour(form))
    assert.strictEqual(yield* on(own, client)<string | number | undefined>(operation), result)
    assert.deepStrictEqual<ReadonlyArray<string>>(lines(own), requests)
    assert.isTrue(own.requests.every(({ headers }) => headers.includes(token.toLowerCase())))
    assert.strictEqual(other.connections(), 0)
  }).pipe(Logger.withMinimumLogLevel(LogLevel.Error))

const isRefused = ({ client, form, place: { behaviour, operation, reads, requests } }: Case) =>
  Effect.gen(function*() {
    const { other, own } = yield* twoServers(behaviour(form))
    const error = yield* Effect.flip(on(own, client)<string | number | undefined>(operation))
    assert.include(error, { _tag: "DataRobotValidationError", phase: "response", attempts: 1 })
    assert.deepStrictEqual("issues" in error && error.issues.map((issue) => issue.path), [reads])
    const isBuild = requests.some((line) => line === `GET ${api}${status}`) && requests[0].includes("Builds/")
    assert.deepStrictEqual<ReadonlyArray<string>>(lines(own), requests.slice(0, isBuild ? 2 : 1))
    assert.strictEqual(other.connections(), 0)
  })

const some = (forms: Readonly<Record<string, Form>>) => Object.values(forms).filter((_, i) => isProof || i % 6 === 0)

for (const client of clients) {
  for (const [name, place] of Object.entries(places)) {
    // Reading a URL does not depend on the client, so each form has its own test with only one client. The other
    // clients have one test, with all forms in the proof and with every sixth form by default.
    if (client.name !== "fetch") {
      it.scopedLive(
        `S-2: ${name}, ${client.name}: no form of URL sends the token to another server`,
        () =>
          Effect.gen(function*() {
            const once = yield* kept(client)
            for (const form of some(followed)) yield* isFollowed({ client: once, place, form })
            for (const form of some(refused)) yield* isRefused({ client: once, place, form })
          }),
        60_000
      )
      continue
    }
    describe(`S-2: ${name}, ${client.name}: the token is not sent to another server`, { concurrent: true }, () => {
      for (const [title, form] of Object.entries(followed)) {
        it.scopedLive(`${title} is requested at the endpoint`, () =>
          Effect.flatMap(kept(client), (client) => isFollowed({ client, place, form })))
      }
      for (const [title, form] of Object.entries(refused)) {
        it.scopedLive(`${title} is rejected`, () =>
          Effect.flatMap(kept(client), (client) => isRefused({ client, place, form })))
      }
    })
  }

  describe(`S-2: a redirect is not followed, ${client.name}`, { concurrent: true }, () => {
    const job = Job.await("abc")
    const operations: Readonly<
      Record<string, Effect.Effect<unknown, DataRobotError.DataRobotError, DataRobot | HttpClient.HttpClient>>
    > = {
      GET: ModelDeployment.get(deploymentId),
      POST: ModelDeployment.create(newDeployment),
      PATCH: ModelDeployment.update(deploymentId, { label: "New" }),
      "PATCH of a deployment": Deployment.activate(deploymentId),
      "DELETE": Job.cancel("abc"),
      "GET of a job": job
    }
    const targets: Readonly<Record<string, Form>> = {
      "to another server": (to, { other }) => `${other.endpoint}/${to}`,
      "to the same server": (to, { own }) => `${own.endpoint}/${to}`
    }
    for (const redirect of [300, 301, 302, 303, 305, 307, 308]) {
      for (const [method, operation] of Object.entries(operations)) {
        for (const [title, form] of Object.entries(targets)) {
          // A 303 of a job means that the job is done.
          if (redirect === 303 && operation === job) continue
          it.scopedLive(`${redirect} on ${method} ${title} is an error`, () =>
            Effect.gen(function*() {
              const { other, own } = yield* twoServers((at) => (socket) =>
                socket.write(http(redirect, { location: form(item, at) }))
              )
              const error = yield* Effect.flip(on(own, yield* kept(client))(operation))
              assert.include(error, { _tag: "DataRobotApiError", reason: "Unexpected", status: redirect, attempts: 1 })
              assert.include(error.message, "redirects are not followed")
              assert.strictEqual(own.requests.length, 1)
              assert.strictEqual(other.connections(), 0)
            }))
        }
      }
    }
  })
}

describe("S-2: URLs of a server are validated", () => {
  const [client] = clients
  const controls = ["\u0000", "\u0001", "\n", "\r", "\r\n", "\u001f", "\u007f", "\u0085", "\u2028", "\u200b", "\uff0f"]
  for (const control of controls) {
    it.scopedLive(`${JSON.stringify(control)} in \`next\` is rejected`, () =>
      Effect.gen(function*() {
        const place = places["next of a page"]
        const { other, own } = yield* twoServers(
          place.behaviour((to, { other }) => `${other.endpoint}/${control}${to}`)
        )
        const error = yield* Effect.flip(on(own, client)(place.operation))
        assert.deepStrictEqual("issues" in error && error.issues.map(({ path }) => path), ["next"])
        assert.strictEqual(own.requests.length + other.connections(), 1)
      }))
  }

  const ids = ["..", ".", "a.b", "a%20b", "%2e%2e", "a;b", "a:b", "a@b", "a".repeat(129)]
  for (const id of ids) {
    it.scopedLive(`S-1: ${id.slice(0, 10)} as the id in \`Location\` is rejected`, () =>
      Effect.gen(function*() {
        const place = places["Location of a 201"]
        const { own } = yield* twoServers(place.behaviour(() => `${api}modelDeployments/${id}/`))
        const error = yield* Effect.flip(on(own, client)(place.operation))
        assert.deepStrictEqual("issues" in error && error.issues.map(({ path }) => path), ["Location"])
        assert.strictEqual(own.requests.length, 1)
      }))
  }

  const positions = [
    "offset=-1",
    "offset=1e3",
    "offset=0x10",
    "offset=99999999999999999999",
    "offset=1&limit=0",
    "offset="
  ]
  for (const position of positions) {
    it.scopedLive(`P-1: ${position} in \`next\` is rejected`, () =>
      Effect.gen(function*() {
        const place = places["next of a page"]
        const { own } = yield* twoServers(place.behaviour(() => `${api}modelDeployments/?${position}`))
        const error = yield* Effect.flip(on(own, client)(place.operation))
        assert.deepStrictEqual("issues" in error && error.issues.map(({ path }) => path), ["next"])
        assert.strictEqual(own.requests.length, 1)
      }))
  }

  it.scopedLive("only the position is taken from `next`, and the caller's filters are kept", () =>
    Effect.gen(function*() {
      const place = places["next of a page"]
      const { own } = yield* twoServers(
        place.behaviour(() => `${api}modelDeployments/?offset=1&limit=1&status=archived&admin=true&offset=0`)
      )
      yield* on(own, client)(ModelDeployment.list({ status: "active" }))
      const [, second] = own.requests
      assert.deepStrictEqual(
        Object.fromEntries(new URL(second?.path ?? "", own.endpoint).searchParams),
        { status: "active", offset: "1", limit: "1" }
      )
    }))

  it.scopedLive("a stream emits the items it has read before it fails because of `next`", () =>
    Effect.gen(function*() {
      const place = places["next of a page"]
      const { own } = yield* twoServers(place.behaviour(() => "ftp://127.0.0.1/"))
      const read: Array<string> = []
      const items = Stream.runForEach(ModelDeployment.stream(), ({ id }) => Effect.sync(() => read.push(id)))
      const error = yield* Effect.flip(on(own, client)(items))
      assert.strictEqual(error._tag, "DataRobotValidationError")
      assert.deepStrictEqual(read, [deploymentId])
    }))

  it.scopedLive("another host is reported once, in a fixed warning without the URL", () =>
    Effect.gen(function*() {
      const warnings: Array<string> = []
      const collect = Logger.replace(
        Logger.defaultLogger,
        Logger.make(({ logLevel, message }) => {
          if (logLevel._tag === "Warning") warnings.push(String(message))
        })
      )
      const place = places["Location of a 201"]
      const { own } = yield* twoServers(place.behaviour((to) => `https://datarobot.internal.example${api}${to}`))
      yield* on(own, client)(Effect.zip(place.operation, place.operation)).pipe(Effect.provide(collect))
      assert.deepStrictEqual(warnings, [
        "DataRobot's responses name another host than the configured endpoint; the endpoint is used"
      ])
    }))
})

describe("S-12: the path of a finished build is rejected unless it is that of a file", () => {
  const [client] = clients
  const item = `${api}deployments/${deploymentId}`
  const others: Readonly<Record<string, string>> = {
    "a query": `${item}/scoringCode/?token=1`,
    "an empty query": `${item}/scoringCode/?`,
    "a word that is not known": `${item}/secrets/`,
    "a word instead of the id of a version": `${item}/scoringCode/admin/`,
    "the account": `${api}account/info/`,
    "another collection": `${api}users/${deploymentId}/scoringCode/`,
    "a job": `${api}status/abc/`,
    "nine segments": `${item}${"/scoringCode".repeat(7)}/`,
    "a segment of 129 characters": `${item}/${"1".repeat(129)}/`
  }
  for (const [title, location] of Object.entries(others)) {
    it.scopedLive(`${title} is rejected, and the error names the host`, () =>
      Effect.gen(function*() {
        const { other, own } = yield* twoServers((at) =>
          building((_, { other }) => location.replace(api, `${other.endpoint}/`), "nothing/")(at)
        )
        const code = DeploymentModel.downloadScoringCode(deploymentId, { includeAgent: true })
        const error = yield* Effect.flip(on(own, client)(sizeOf(code)))
        assert.include(error, { _tag: "DataRobotValidationError", phase: "response" })
        assert.deepStrictEqual("issues" in error && error.issues, [{
          path: "Location",
          message: "must be the URL of an item of deployments/ or modelPackages/, but is another URL " +
            `(host: 127.0.0.1:${other.port})`
        }])
        assert.include(error.message, "The job itself has finished.")
        assert.deepStrictEqual(lines(own), [`POST ${item}/scoringCodeBuilds/`, `GET ${api}${status}`])
        assert.strictEqual(other.connections(), 0)
      }))
  }
})
