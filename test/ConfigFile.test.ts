/**
 * `ConfigFile`: where the connection settings are looked up (the same places as the Python client), and the file
 * format.
 */
import { SystemError } from "@effect/platform/Error"
import * as FileSystem from "@effect/platform/FileSystem"
import { assert, describe, it } from "@effect/vitest"
import { DataRobot, DataRobotError, ModelDeployment } from "effect-datarobot"
import * as ConfigFile from "effect-datarobot/ConfigFile"
import type { ConnectionOptions } from "effect-datarobot/DataRobot"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { failsWith, id, logged, script, type Step, timeLapse } from "./support.js"

const { isValidationError } = DataRobotError

type Texts = Readonly<Record<string, string>>

/** A file system that holds only these files. */
const disk = (files: Texts) =>
  FileSystem.layerNoop({
    exists: (path) => Effect.succeed(path in files),
    readFileString: (path) =>
      files[path] === undefined
        ? Effect.fail(
          new SystemError({ reason: "NotFound", module: "FileSystem", method: "readFile", pathOrDescriptor: path })
        )
        : Effect.succeed(files[path])
  })

const env = (values: Texts) => Layer.setConfigProvider(ConfigProvider.fromMap(new Map(Object.entries(values))))

const on = <A, E>(layer: Layer.Layer<A, E, FileSystem.FileSystem>, values: Texts, files: Texts) =>
  Layer.provide(layer, Layer.merge(disk(files), env(values)))

const file = (endpoint: string, token: string, ...more: ReadonlyArray<string>) =>
  [`endpoint: ${endpoint}`, `token: ${token}`, ...more].join("\n")

const fileInfo: FileSystem.File.Info = {
  type: "File",
  size: FileSystem.Size(0),
  mtime: Option.none(),
  atime: Option.none(),
  birthtime: Option.none(),
  dev: 0,
  ino: Option.none(),
  mode: 0o600,
  nlink: Option.none(),
  uid: Option.none(),
  gid: Option.none(),
  rdev: Option.none(),
  blksize: Option.none(),
  blocks: Option.none()
}

const home = "/home/ana/.config/datarobot/drconfig.yaml"

/** The request that one `get` sends over the connection. */
const requestOver = <E>(layer: Layer.Layer<DataRobot, E>, ...steps: ReadonlyArray<Step>) =>
  Effect.gen(function*() {
    const { attempts, layer: http } = script(...steps)
    yield* timeLapse(Effect.either(ModelDeployment.get(id))).pipe(Effect.provide(Layer.merge(layer, http)))
    const { request, url } = attempts[0] ?? assert.fail("nothing was sent")
    return { host: url.host, headers: request.headers, attempts: attempts.length }
  })

const hostFrom = (values: Texts, files: Texts) =>
  Effect.map(requestOver(on(ConfigFile.layer, values, files)), ({ headers, host }) => [host, headers["authorization"]])

const refused = (values: Texts, files: Texts) =>
  Effect.gen(function*() {
    const layer = on(ConfigFile.layer, values, files)
    return yield* failsWith(Effect.scoped(Layer.build(layer)), isValidationError)
  })

describe("ConfigFile lookup order", () => {
  const files = {
    "/etc/dr.yaml": file("https://named.example.com/api/v2", "named-token"),
    [home]: file("https://home.example.com/api/v2", "home-token")
  }
  const named = { DATAROBOT_CONFIG_FILE: "/etc/dr.yaml" }
  const variables = { DATAROBOT_ENDPOINT: "https://env.example.com/api/v2", DATAROBOT_API_TOKEN: "env-token" }
  const user = { HOME: "/home/ana" }

  it.effect("reads the file that DATAROBOT_CONFIG_FILE names first", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* hostFrom({ ...named, ...variables, ...user }, files), [
        "named.example.com",
        "Bearer named-token"
      ])
    }))

  it.effect("reads the environment variables before the user's own file", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* hostFrom({ ...variables, ...user }, files), ["env.example.com", "Bearer env-token"])
    }))

  it.effect("falls back to the config file in the user's home directory", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* hostFrom(user, files), ["home.example.com", "Bearer home-token"])
    }))

  it.effect("looks below USERPROFILE on Windows", () =>
    Effect.gen(function*() {
      const windows = { "C:\\Users\\ana/.config/datarobot/drconfig.yaml": files[home] ?? "" }
      assert.deepStrictEqual(yield* hostFrom({ USERPROFILE: "C:\\Users\\ana" }, windows), [
        "home.example.com",
        "Bearer home-token"
      ])
    }))

  for (const key of ["DATAROBOT_ENDPOINT", "DATAROBOT_API_TOKEN"] as const) {
    it.effect(`ignores ${key} when it is set alone, and does not mix it with the file`, () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* hostFrom({ [key]: variables[key], ...user }, files), [
          "home.example.com",
          "Bearer home-token"
        ])
      }))
  }

  it.effect("treats an empty environment variable as unset", () =>
    Effect.gen(function*() {
      const values = { ...variables, DATAROBOT_API_TOKEN: "", DATAROBOT_CONFIG_FILE: "", ...user }
      assert.deepStrictEqual((yield* hostFrom(values, files))[0], "home.example.com")
    }))

  for (const values of [{}, { HOME: "/home/bob" }]) {
    it.effect(`explains how to configure the connection when ${JSON.stringify(values)} leads to no settings`, () =>
      Effect.gen(function*() {
        assert.strictEqual(
          (yield* refused(values, files)).message,
          "ConfigFile.layer: invalid settings: none found; set DATAROBOT_CONFIG_FILE, or both " +
            "DATAROBOT_ENDPOINT and DATAROBOT_API_TOKEN, or create ~/.config/datarobot/drconfig.yaml"
        )
      }))
  }

  it.effect("fails if DATAROBOT_CONFIG_FILE names a missing file, even if the environment is set", () =>
    Effect.gen(function*() {
      const error = yield* refused({ DATAROBOT_CONFIG_FILE: "/etc/none.yaml", ...variables, ...user }, files)
      assert.deepStrictEqual(error.issues, [{ path: "/etc/none.yaml", message: "can't be read" }])
    }))
})

describe("ConfigFile contents", () => {
  const fileOf = (...more: ReadonlyArray<string>) => ({
    [home]: file("https://dr.example.com/api/v2", "file-token", ...more)
  })
  const user = { HOME: "/home/ana" }
  const over = (files: Texts, ...steps: ReadonlyArray<Step>) => requestOver(on(ConfigFile.layer, user, files), ...steps)

  it.effect("applies token_type and user_agent_suffix", () =>
    Effect.gen(function*() {
      const { headers } = yield* over(fileOf("token_type: Token", "user_agent_suffix: my-app"))
      assert.strictEqual(headers["authorization"], "Token file-token")
      assert.match(headers["user-agent"] ?? "", / my-app$/)
    }))

  it.effect("reads prediction_servers, and otherwise DATAROBOT_PREDICTION_SERVERS", () =>
    Effect.gen(function*() {
      const serversOf = (values: Readonly<Record<string, string>>, ...lines: ReadonlyArray<string>) =>
        Effect.map(
          Effect.provide(DataRobot, on(ConfigFile.layer, { ...user, ...values }, fileOf(...lines))),
          ({ predictionServers }) => [...predictionServers]
        )
      const inFile = ["prediction_servers: [\"https://a.example.com\", \"https://b.example.com\"]"]
      const inEnv = { DATAROBOT_PREDICTION_SERVERS: "https://c.example.com, https://d.example.com" }
      assert.deepStrictEqual(yield* serversOf(inEnv, ...inFile), ["https://a.example.com", "https://b.example.com"])
      assert.deepStrictEqual(yield* serversOf(inEnv), ["https://c.example.com", "https://d.example.com"])
      assert.deepStrictEqual(yield* serversOf({}), [])
    }))

  for (const [retries, attempts] of [[0, 1], [1, 2], [5, 6]] as const) {
    it.effect(`makes ${attempts} attempts with max_retries: ${retries}`, () =>
      Effect.gen(function*() {
        assert.strictEqual((yield* over(fileOf(`max_retries: ${retries}`), 500)).attempts, attempts)
      }))
  }

  it.effect("makes three attempts without max_retries", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* over(fileOf(), 500)).attempts, 3)
    }))

  for (
    const [lines, words] of [
      [["ssl_verify: false"], "ssl_verify"],
      [["ssl_verify: /etc/ca.pem"], "ssl_verify"],
      [["connect_timeout: 6.05"], "connect_timeout"],
      [["ssl_verify: false", "connect_timeout: 6"], "ssl_verify and connect_timeout"]
    ] as const
  ) {
    it.effect(`ignores ${lines.join(", ")} with a warning to set it on the HTTP client`, () => {
      const { layer, lines: log } = logged()
      return Effect.gen(function*() {
        yield* over(fileOf(...lines))
        assert.deepStrictEqual(log, [
          { level: "WARN", message: `${home}: ignored ${words}; configure the HTTP client instead` }
        ])
      }).pipe(Effect.provide(layer))
    })
  }

  it.effect("accepts ssl_verify: true without a warning", () => {
    const { layer, lines } = logged()
    return Effect.gen(function*() {
      yield* over(fileOf("ssl_verify: true"))
      assert.deepStrictEqual(lines, [])
    }).pipe(Effect.provide(layer))
  })

  it.effect("ignores unknown keys", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* over(fileOf("default_use_case: abc", "anything: [1, 2]"))).host, "dr.example.com")
    }))

  it.effect("rejects invalid YAML without repeating its text (S-4)", () =>
    Effect.gen(function*() {
      for (const text of ["endpoint: [\ntoken: s3cret-token", "a: b: s3cret-token", "\ttoken: s3cret-token\n- x"]) {
        const error = yield* refused(user, { [home]: text })
        assert.deepStrictEqual(error.issues, [{ path: home, message: "is not valid YAML" }])
        assert.notInclude(JSON.stringify(error) + error.message + error.stack, "s3cret")
      }
    }))

  it.live("emits no process warning for YAML with an unknown tag (S-4)", () =>
    Effect.gen(function*() {
      const warnings: Array<string> = []
      const listener = (warning: Error) => {
        warnings.push(warning.message)
      }
      process.on("warning", listener)
      const text = "endpoint: https://dr.example.com/api/v2\ntoken: !secret s3cret-token\n"
      const layer = on(ConfigFile.layer, user, { [home]: text })
      yield* Effect.scoped(Layer.build(layer))
      // Node emits process warnings in a later turn of the event loop.
      yield* Effect.sleep("5 millis")
      process.off("warning", listener)
      assert.deepStrictEqual(warnings, [])
    }))

  for (
    const [text, ...issues] of [
      ["", { path: "", message: "must be an object, but is null" }],
      ["just a text", { path: "", message: "must be an object, but is a string" }],
      ["endpoint: https://dr.example.com/", { path: "token", message: "is missing" }],
      ["endpoint: https://dr.example.com/\ntoken: 1234567890", {
        path: "token",
        message: "must be a string, but is a number"
      }],
      [
        "endpoint: ''\ntoken: s3cret-token\nmax_retries: -1\ntoken_type: Basic",
        { path: "endpoint", message: "must be a non empty string, but is a string" },
        { path: "token_type", message: "must be \"Token\" or \"Bearer\", but is another string" },
        { path: "max_retries", message: "must be a non-negative number, but is a number" }
      ]
    ] as const
  ) {
    it.effect(`rejects the file ${JSON.stringify(text)}`, () =>
      Effect.gen(function*() {
        const error = yield* refused(user, { [home]: text })
        assert.deepStrictEqual(error.issues, issues)
        assert.include(error.message, home)
        assert.notInclude(error.message, "s3cret")
      }))
  }

  it.effect("validates endpoint and token like every other connection layer", () =>
    Effect.gen(function*() {
      const error = yield* refused(user, { [home]: file("http://dr.example.com/", "short") })
      assert.deepStrictEqual(error.issues.map(({ path }) => path), ["endpoint", "token"])
    }))
})

describe("ConfigFile with a hostile file", () => {
  const limit = 16 * 1024
  const valid = `${file("https://dr.example.com/api/v2", "s3cret-token")}\n# `
  const padded = (bytes: number, letter = "x") =>
    valid + letter.repeat((bytes - valid.length) / Buffer.byteLength(letter))
  const tooLarge = "is larger than 16 KiB; name a drconfig.yaml, which has an endpoint, a token and few other keys"
  const tooManyAliases = "has too many aliases (*), or an alias without an anchor (&); write the values out"
  const refusedFile = (text: string) => refused({ HOME: "/home/ana" }, { [home]: text })

  it.effect("accepts a file of 16 KiB and rejects one with a byte more", () =>
    Effect.gen(function*() {
      const accepted = on(ConfigFile.layer, { HOME: "/home/ana" }, { [home]: padded(limit) })
      assert.strictEqual((yield* requestOver(accepted)).host, "dr.example.com")
      for (const text of [padded(limit + 1), padded(limit + 2, "é")]) {
        const error = yield* refusedFile(text)
        assert.deepStrictEqual(error.issues, [{ path: home, message: tooLarge }])
        assert.strictEqual(error.message, `ConfigFile.layer: invalid settings: ${home} ${tooLarge}`)
      }
    }))

  it.effect("does not parse a large file, whose parsing takes quadratic time", () =>
    Effect.gen(function*() {
      // Parsing 64 KiB of these takes seconds. So this test never ends if the file is parsed.
      for (const text of [`[${",".repeat(2_000_000)}`, "]\n".repeat(1_000_000), "a: s3cret-token\n".repeat(200_000)]) {
        const error = yield* refusedFile(text)
        assert.deepStrictEqual(error.issues, [{ path: home, message: tooLarge }])
        assert.notInclude(JSON.stringify(error) + error.message + error.stack, "s3cret")
      }
    }))

  it.scoped("does not read a large file at all", () =>
    Effect.gen(function*() {
      const read: Array<string> = []
      const huge = FileSystem.layerNoop({
        stat: (path) => Effect.succeed({ ...fileInfo, size: FileSystem.Size(path === home ? limit + 1 : limit) }),
        readFileString: (path) => Effect.sync(() => read.push(path)).pipe(Effect.as(valid))
      })
      const build = (path: string) => Layer.build(Layer.provide(ConfigFile.layerFile(path), huge))
      const error = yield* failsWith(build(home), isValidationError)
      assert.deepStrictEqual(error.issues, [{ path: home, message: tooLarge }])
      yield* build("/etc/dr.yaml")
      assert.deepStrictEqual(read, ["/etc/dr.yaml"])
    }))

  it.effect("rejects aliases that multiply", () =>
    Effect.gen(function*() {
      const levels = Array.from({ length: 9 }, (_, level) => {
        const item = level === 0 ? "s3cret-token" : `*a${level - 1}`
        return `a${level}: &a${level} [${Array.from({ length: 9 }, () => item).join(", ")}]`
      })
      for (const text of [`${valid}\n${levels.join("\n")}`, `${valid}\nagent: *s3cret-token`]) {
        const error = yield* refusedFile(text)
        assert.deepStrictEqual(error.issues, [{ path: home, message: tooManyAliases }])
        assert.notInclude(JSON.stringify(error) + error.message + error.stack, "s3cret")
      }
    }))

  it.effect("accepts an alias", () =>
    Effect.gen(function*() {
      const text = "endpoint: &e https://dr.example.com/api/v2\ntoken: file-token\nother: [*e, *e]"
      const layer = on(ConfigFile.layer, { HOME: "/home/ana" }, { [home]: text })
      assert.strictEqual((yield* requestOver(layer)).host, "dr.example.com")
    }))

  // Without the limit, the parser would overflow the stack. Sometimes V8 then ends the process: it can't be caught.
  it.effect("rejects deep nesting", () =>
    Effect.gen(function*() {
      const message = "is nested deeper than 64 levels; its keys belong to the top level"
      const indented = Array.from({ length: 150 }, (_, level) => `${" ".repeat(level)}a:`).join("\n")
      for (const text of [...["[", "{a: ", "- ", "? ", "[\n"].map((open) => open.repeat(limit / 4)), indented]) {
        assert.deepStrictEqual((yield* refusedFile(text)).issues, [{ path: home, message }])
      }
    }))

  it.effect("accepts nesting below the limit in keys that it ignores", () =>
    Effect.gen(function*() {
      const text = `${valid}\nother: ${"[".repeat(60)}${"]".repeat(60)}`
      const layer = on(ConfigFile.layer, { HOME: "/home/ana" }, { [home]: text })
      assert.strictEqual((yield* requestOver(layer)).host, "dr.example.com")
    }))
})

describe("ConfigFile.layerFile", () => {
  const files = { "/etc/dr.yaml": file("https://dr.example.com/api/v2", "file-token", "max_retries: 4") }
  const layer = (options?: Omit<ConnectionOptions, "endpoint" | "token">) =>
    on(ConfigFile.layerFile("/etc/dr.yaml", options), {}, files)

  it.effect("reads the given file and ignores the environment", () =>
    Effect.gen(function*() {
      const { attempts, headers, host } = yield* requestOver(layer(), 500)
      assert.deepStrictEqual([host, headers["authorization"], attempts], ["dr.example.com", "Bearer file-token", 5])
    }))

  it.effect("prefers its options to the settings in the file", () =>
    Effect.gen(function*() {
      const { attempts, headers } = yield* requestOver(layer({ tokenType: "Token", retry: false }), 500)
      assert.deepStrictEqual([headers["authorization"], attempts], ["Token file-token", 1])
    }))

  it.effect("treats an option that is undefined as not given", () =>
    Effect.gen(function*() {
      const lines = ["max_retries: 4", "token_type: Token", "user_agent_suffix: my-app"]
      const whole = { "/etc/dr.yaml": file("https://dr.example.com/api/v2", "file-token", ...lines) }
      const nothing: Omit<ConnectionOptions, "endpoint" | "token"> = {
        tokenType: undefined,
        allowInsecure: undefined,
        userAgentSuffix: undefined,
        propagateTrace: undefined,
        maxPages: undefined,
        timeout: undefined,
        attemptTimeout: undefined,
        retry: undefined,
        headers: undefined
      }
      for (const options of [nothing, { ...nothing, retry: { maxAttempts: undefined } }]) {
        const { attempts, headers } = yield* requestOver(
          on(ConfigFile.layerFile("/etc/dr.yaml", options), {}, whole),
          500
        )
        assert.deepStrictEqual([headers["authorization"], attempts], ["Token file-token", 5])
        assert.match(headers["user-agent"] ?? "", / my-app$/)
      }
    }))

  it.effect("merges its retry options with max_retries of the file, key by key", () =>
    Effect.gen(function*() {
      const { attempts } = yield* requestOver(layer({ retry: { baseDelay: "1 second" } }), 500)
      assert.strictEqual(attempts, 5)
    }))
})
