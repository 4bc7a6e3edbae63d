/** Where the predictions of a deployment are requested, and when the deployment is read for it. */
import { assert, describe, it } from "@effect/vitest"
import { DataRobot } from "effect-datarobot/DataRobot"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import {
  type DeploymentRef,
  getServing,
  type Target,
  targetOf,
  withTarget
} from "../../../src/internal/protocols/predictionTarget.js"
import { operation } from "../../../src/internal/request/operation.js"
import { send } from "../../../src/internal/request/send.js"
import * as DeploymentRoutes from "../../../src/wire/routes/deployments.js"
import { predict, predictServerless } from "../../../src/wire/routes/predictions.js"
import { Serving } from "../../../src/wire/serving.js"
import { connection, endOf, id, script, type Step, timeLapse, token, untyped } from "../../support.js"

const routes = { dedicated: predict, serverless: predictServerless }
const op = operation("Prediction.predict")
const key = "k3y-0f_THE.server/7"

const shown = (target: Target) =>
  target === undefined
    ? "the endpoint"
    : `${target.base.href} ${target.key === undefined ? "no key" : Redacted.value(target.key)}`

/** A deployment on a prediction server. */
const on = (url: string | null | undefined, datarobotKey?: string): Serving =>
  untyped({ defaultPredictionServer: { url, datarobotKey: datarobotKey && Redacted.make(datarobotKey) } })

const platform = (platform: string | null, server?: Serving): Serving =>
  untyped({ ...server, predictionEnvironment: { platform } })

const outside = "runs outside of DataRobot"
const odd = "whose URL is not an http or https URL with a plain path"
const base = "https://pred.dr.example.com/predApi/v1.0/"

describe("The target of a deployment", () => {
  const table: ReadonlyArray<readonly [name: string, Serving, target: string]> = [
    ["a serverless deployment", platform("datarobotServerless"), "the endpoint"],
    [
      "a serverless deployment with an old server",
      platform("datarobotServerless", on("https://x.test")),
      "the endpoint"
    ],
    ["a deployment with a server", on("https://pred.dr.example.com", key), `${base} ${key}`],
    ["a server with a slash", on("https://pred.dr.example.com/"), `${base} no key`],
    [
      "a server with a path",
      on("https://dr.example.com/pred-1/"),
      "https://dr.example.com/pred-1/predApi/v1.0/ no key"
    ],
    ["a platform of DataRobot's own", platform("datarobot", on("https://pred.dr.example.com")), `${base} no key`],
    ["an unknown platform without a name", platform(null, on("https://pred.dr.example.com")), `${base} no key`],
    ["an external platform", platform("aws", on("https://pred.dr.example.com")), `${outside} (aws)`],
    ["a platform that is new", platform("a\nnew one"), `${outside} (a new one)`],
    ["no server", {}, "has no prediction server and is not serverless"],
    ["null as a server", untyped({ defaultPredictionServer: null }), "has no prediction server and is not serverless"],
    ["a server without a URL", on(null), odd],
    ...[
      "",
      "pred.dr.example.com",
      "ftp://pred.dr.example.com",
      "https://u:p@pred.dr.example.com",
      "https://@pred.dr.example.com",
      "https://pred.dr.example.com?x=1",
      "https://pred.dr.example.com#x",
      "https://pred.dr.example.com/..",
      "https://pred.dr.example.com/%2e%2e",
      "https://pred.dr.example.com\\evil",
      "https://pred.dr.example.com/a b",
      "https://pred.dr.example.com\n",
      "javascript:alert(1)"
    ].map((url) => [`the URL ${JSON.stringify(url)}`, on(url, key), odd] as const),
    ["a server of another domain", on("https://evil.test", key), "must contain https://evil.test to send requests"],
    ["a server by http", on("http://pred.dr.example.com", key), "because it does not use https"],
    ["a key with a line break", on("https://pred.dr.example.com", "a\nb"), "datarobot-key cannot be sent in a header"],
    ["a blank key", on("https://pred.dr.example.com", " "), "datarobot-key cannot be sent in a header"]
  ]
  for (const [name, serving, expected] of table) {
    it.effect(`of ${name} is ${expected.startsWith("http") || expected === "the endpoint" ? expected : "an issue"}`, () =>
      Effect.gen(function*() {
        const found = targetOf(yield* DataRobot, serving)
        if ("target" in found) return assert.strictEqual(shown(found.target), expected)
        assert.include(found.message, expected)
        const isUntrusted = /^must contain|^because/.test(expected)
        assert.strictEqual(found.path, isUntrusted ? "predictionServers" : "deployment")
        assert.notInclude(found.message, key)
      }).pipe(Effect.provide(connection())))
  }

  it.effect("may be any origin that predictionServers contains", () =>
    Effect.gen(function*() {
      const found = targetOf(yield* DataRobot, on("https://other.test:8443/x"))
      assert.strictEqual("target" in found && shown(found.target), "https://other.test:8443/x/predApi/v1.0/ no key")
    }).pipe(Effect.provide(connection({ predictionServers: ["https://other.test:8443"] }))))
})

const read = (url: string): Step => ({
  body: JSON.stringify({ id, defaultPredictionServer: { id: "s1", url, "datarobot-key": key } })
})
const first = read("https://a.dr.example.com")
const second = read("https://b.dr.example.com")

/** Sends several requests to the target of a deployment, one after the other. Each step of `sends` is one of them. */
const sending = (steps: ReadonlyArray<Step>, calls: number, deployment: DeploymentRef = id, canRepeat = true) => {
  const { attempts, layer } = script(...steps)
  const one = withTarget(
    op,
    deployment,
    routes,
    ({ route, ...targeted }) => send(op, { ...targeted, route: { ...route, bytes: true } }),
    { canRepeat }
  )
  return Effect.forEach(Array.from({ length: calls }), () => Effect.either(one)).pipe(
    timeLapse,
    Effect.map((ends) => ({
      ends: ends.map(endOf),
      hosts: attempts.map(({ url }) => url.host),
      keys: attempts.map(({ request }) => request.headers["datarobot-key"])
    })),
    Effect.provide(Layer.merge(layer, connection()))
  )
}

const ok: Step = { body: "{}" }
const own = "dr.example.com"
const a = "a.dr.example.com"
const b = "b.dr.example.com"

describe("A deployment that is known only by its id", () => {
  it("is read with the route of Deployment.get", () => {
    assert.deepStrictEqual<unknown>(getServing, { ...DeploymentRoutes.get, success: Serving })
  })

  it.effect("is read once, and its requests go to its server with its key", () =>
    Effect.gen(function*() {
      const { ends, hosts, keys } = yield* sending([first, ok], 3)
      assert.deepStrictEqual(ends, ["ok", "ok", "ok"])
      assert.deepStrictEqual(hosts, [own, a, a, a])
      assert.deepStrictEqual(keys, [undefined, key, key, key])
    }))

  it.effect("is read again after a failed read", () =>
    Effect.gen(function*() {
      const { ends, hosts } = yield* sending([{ status: 403, body: "{}" }, first, ok], 2)
      assert.deepStrictEqual(ends, ["DataRobotApiError Forbidden", "ok"])
      assert.deepStrictEqual(hosts, [own, own, a])
    }))

  it.effect("is read once for callers that need it at the same time", () =>
    Effect.gen(function*() {
      const { attempts, layer } = script(first)
      const target = withTarget(op, id, routes, ({ server }) => Effect.succeed(shown(server)))
      const targets = yield* Effect.all(Array.from({ length: 20 }, () => target), { concurrency: "unbounded" }).pipe(
        Effect.provide(Layer.merge(layer, connection()))
      )
      assert.strictEqual(attempts.length, 1)
      assert.deepStrictEqual(new Set(targets).size, 1)
    }))

  it.effect("is still read for the others if one of them gives up", () =>
    Effect.gen(function*() {
      const { attempts, layer } = script(first)
      const target = withTarget(op, id, routes, ({ server }) => Effect.succeed(shown(server)))
      yield* Effect.gen(function*() {
        const one = yield* Effect.fork(target)
        const other = yield* Effect.fork(target)
        yield* Effect.yieldNow()
        yield* Fiber.interrupt(one)
        assert.include(yield* Fiber.join(other), "https://a.dr.example.com")
      }).pipe(Effect.provide(Layer.merge(layer, connection())))
      assert.strictEqual(attempts.length, 1)
    }))

  for (const failure of [404, 401, 403, "ECONNREFUSED"] as const) {
    // A refused connection is tried three times.
    const failures = failure === "ECONNREFUSED" ? [failure, failure, failure] : [failure]
    const atA = failures.map(() => a)

    it.effect(`is read again after a ${failure}, and the request is sent to the new target`, () =>
      Effect.gen(function*() {
        const { ends, hosts } = yield* sending([first, ok, ...failures, second, ok], 3)
        assert.deepStrictEqual(ends, ["ok", "ok", "ok"])
        assert.deepStrictEqual(hosts, [own, a, ...atA, own, b, b])
      }))

    it.effect(`fails with a ${failure} if its target is the same, or its body can be sent only once`, () =>
      Effect.gen(function*() {
        const same = yield* sending([first, ok, ...failures, first, ok], 2)
        assert.notStrictEqual(same.ends[1], "ok")
        assert.deepStrictEqual(same.hosts, [own, a, ...atA, own])
        const once = yield* sending([first, ok, ...failures, second, ok], 3, id, false)
        assert.deepStrictEqual([once.ends[1] === "ok", once.ends[2]], [false, "ok"])
        assert.deepStrictEqual(once.hosts, [own, a, ...atA, own, b])
      }))
  }

  it.effect("is not read again after a failure that says nothing about its target", () =>
    Effect.gen(function*() {
      const { hosts } = yield* sending([first, ok, 422, 500, "ECONNRESET", "ECONNRESET", "ECONNRESET", ok], 5)
      assert.deepStrictEqual(hosts.filter((host) => host === own), [own])
    }))
})

describe("A deployment that was read", () => {
  it.effect("is not read again", () =>
    Effect.gen(function*() {
      const { ends, hosts } = yield* sending([ok], 2, { id, ...platform("datarobotServerless") })
      assert.deepStrictEqual(ends, ["ok", "ok"])
      assert.deepStrictEqual(hosts, [own, own])
    }))

  it.effect("receives no request if its platform or its server does not allow it", () =>
    Effect.gen(function*() {
      for (const serving of [platform("aws"), on("https://evil.test", key), on("http://127.0.0.1", key)]) {
        const { ends, hosts } = yield* sending([ok], 1, { id, ...serving })
        assert.deepStrictEqual([ends, hosts], [["DataRobotValidationError request"], []])
      }
    }))
})

describe("The target of a deployment in an error", () => {
  it.effect("never shows the key or the token, even if the server's URL has them", () =>
    Effect.gen(function*() {
      const { layer } = script(ok)
      for (
        const serving of [
          on(`https://${key.replaceAll(/[^a-z0-9]/gi, "")}.evil.test`),
          on(`https://evil.test/${token}`)
        ]
      ) {
        const target = withTarget(op, { id, ...serving }, routes, () => Effect.void)
        const end = yield* Effect.either(target).pipe(Effect.provide(Layer.merge(layer, connection())))
        assert.notInclude(JSON.stringify(Either.isLeft(end) && end.left), token)
      }
    }))

  it.effect("has the issue of an id that is not one segment of a path", () =>
    Effect.gen(function*() {
      const { layer } = script(ok)
      for (const bad of ["..", "a/b", "", { id: ".." }, null]) {
        const end = yield* Effect.either(withTarget(op, untyped(bad), routes, () => Effect.void)).pipe(
          Effect.provide(Layer.merge(layer, connection()))
        )
        assert.deepStrictEqual(
          Either.isLeft(end) && end.left._tag === "DataRobotValidationError" && end.left.issues.map(({ path }) => path),
          ["id"]
        )
      }
    }))
})
