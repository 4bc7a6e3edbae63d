/** The option `configFile` of `createClient`, which reads real files. Their contents are tested in ConfigFile.test.ts. */
import { assert, describe, it } from "@effect/vitest"
import { type ClientOptions, createClient, DataRobotValidationError } from "effect-datarobot/promise"
import * as ChildProcess from "node:child_process"
import * as Fs from "node:fs"
import * as Os from "node:os"
import * as Path from "node:path"
import { afterAll, afterEach, vi } from "vitest"
import { id, untyped, wire } from "./support.js"

const folder = Fs.mkdtempSync(Path.join(Os.tmpdir(), "effect-datarobot-"))
afterAll(() => Fs.rmSync(folder, { recursive: true }))
afterEach(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

/** Writes a file, and returns its path. */
const write = (name: string, ...lines: ReadonlyArray<string>) => {
  const path = Path.join(folder, name)
  Fs.mkdirSync(Path.dirname(path), { recursive: true })
  Fs.writeFileSync(path, lines.join("\n"))
  return path
}

const settings = (name: string) => [`endpoint: https://${name}.example.com/api/v2`, `token: ${name}-token`]
const named = write("named.yaml", ...settings("named"))
const home = Path.dirname(Path.dirname(Path.dirname(write("ana/.config/datarobot/drconfig.yaml", ...settings("home")))))

const variables = [
  "DATAROBOT_CONFIG_FILE",
  "DATAROBOT_ENDPOINT",
  "DATAROBOT_API_TOKEN",
  "DATAROBOT_PREDICTION_SERVERS",
  "HOME",
  "USERPROFILE"
]

const withEnv = (values: Readonly<Record<string, string>>) => {
  for (const variable of variables) vi.stubEnv(variable, values[variable])
}

const fromEnv = { DATAROBOT_ENDPOINT: "https://env.example.com/api/v2", DATAROBOT_API_TOKEN: "env-token" }

/** The requests that one `get` sends with these options. */
const requestsOf = async (options: ClientOptions, status = 200) => {
  const requests: Array<{ readonly host: string; readonly headers: Headers }> = []
  const client = createClient({
    ...options,
    fetch: (url, init) => {
      requests.push({ host: new URL(String(url)).host, headers: new Headers(init?.headers) })
      return Promise.resolve(Response.json(wire(), { status }))
    },
    retry: { baseDelay: 1, maxDelay: 1 }
  })
  await client.ModelDeployment.get(id).catch(() => undefined)
  await client.close()
  return requests
}

/** The host of a request, and its authorization. */
const targetOf = async (options: ClientOptions) => {
  const [request] = await requestsOf(options)
  return [request?.host, request?.headers.get("authorization")]
}

/** The error of `createClient` with these options. */
const refused = (options: ClientOptions): DataRobotValidationError => {
  try {
    createClient(options)
  } catch (error) {
    return error instanceof DataRobotValidationError ? error : assert.fail(String(error))
  }
  return assert.fail("was accepted")
}

describe("createClient with configFile: true", () => {
  it("reads the file that DATAROBOT_CONFIG_FILE names first", async () => {
    withEnv({ DATAROBOT_CONFIG_FILE: named, ...fromEnv, HOME: home })
    assert.deepStrictEqual(await targetOf({ configFile: true }), ["named.example.com", "Bearer named-token"])
  })

  it("reads the environment variables before the user's own file", async () => {
    withEnv({ ...fromEnv, HOME: home })
    assert.deepStrictEqual(await targetOf({ configFile: true }), ["env.example.com", "Bearer env-token"])
  })

  it("falls back to the file in the user's home directory, and does not mix it with a single variable", async () => {
    withEnv({ DATAROBOT_API_TOKEN: "env-token", HOME: home })
    assert.deepStrictEqual(await targetOf({ configFile: true }), ["home.example.com", "Bearer home-token"])
  })

  it("explains how to configure the connection if there are no settings", () => {
    withEnv({ HOME: folder })
    assert.strictEqual(
      refused({ configFile: true }).message,
      "createClient: invalid settings: none found; set DATAROBOT_CONFIG_FILE, or both DATAROBOT_ENDPOINT and " +
        "DATAROBOT_API_TOKEN, or create ~/.config/datarobot/drconfig.yaml"
    )
  })

  it("needs no file if the options have the token", async () => {
    withEnv({ HOME: folder })
    assert.deepStrictEqual(await targetOf({ configFile: true, token: "own-token" }), [
      "app.datarobot.com",
      "Bearer own-token"
    ])
  })

  it("is not the default", async () => {
    withEnv({ DATAROBOT_CONFIG_FILE: named, ...fromEnv, HOME: home })
    for (const options of [{}, { configFile: undefined }, { configFile: false }]) {
      assert.deepStrictEqual(await targetOf(options), ["env.example.com", "Bearer env-token"])
    }
  })
})

describe("createClient with the path of a configFile", () => {
  it("reads that file, whatever the environment says", async () => {
    withEnv({ DATAROBOT_CONFIG_FILE: "/none.yaml", ...fromEnv, HOME: home })
    assert.deepStrictEqual(await targetOf({ configFile: named }), ["named.example.com", "Bearer named-token"])
  })

  it("prefers the other options to the settings of the file", async () => {
    const file = write("all.yaml", ...settings("all"), "token_type: Token", "user_agent_suffix: of-file")
    const own = { endpoint: "https://own.example.com/api/v2", token: "own-token", userAgentSuffix: "of-options" }
    const [request] = await requestsOf({ configFile: file, ...own })
    assert.strictEqual(request?.host, "own.example.com")
    assert.strictEqual(request?.headers.get("authorization"), "Token own-token")
    assert.match(request?.headers.get("user-agent") ?? "", / of-options$/)
  })

  it("applies max_retries together with the other retry options", async () => {
    const file = write("retries.yaml", ...settings("retries"), "max_retries: 4")
    assert.strictEqual((await requestsOf({ configFile: file }, 500)).length, 5)
  })

  it("needs no token in the file if the options have it", async () => {
    const file = write("no-token.yaml", "endpoint: https://dr.example.com/api/v2")
    assert.deepStrictEqual(await targetOf({ configFile: file, token: "own-token" }), [
      "dr.example.com",
      "Bearer own-token"
    ])
    assert.deepStrictEqual(refused({ configFile: file }).issues, [{ path: "token", message: "is missing" }])
  })

  it("reports all missing and invalid keys at once", () => {
    const file = write("wrong.yaml", "token_type: Basic", "max_retries: -1")
    assert.deepStrictEqual(refused({ configFile: file }).issues.map(({ path }) => path), [
      "endpoint",
      "token",
      "token_type",
      "max_retries"
    ])
  })

  it("warns about keys that it ignores, through the logger", () => {
    const lines: Array<string> = []
    const logger = { ...console, warn: (message: string) => lines.push(message) }
    const file = write("ignored.yaml", ...settings("ignored"), "ssl_verify: false", "connect_timeout: 6")
    createClient({ configFile: file, logger })
    assert.deepStrictEqual(lines, [
      `${file}: ignored ssl_verify and connect_timeout; configure the HTTP client instead`
    ])
  })

  for (
    const [title, path] of [["is missing", Path.join(folder, "none.yaml")], ["is a folder", folder]] as const
  ) {
    it(`fails with the path if it ${title}`, () => {
      assert.deepStrictEqual(refused({ configFile: path }).issues, [{ path, message: "can't be read" }])
    })
  }

  it("rejects invalid YAML without repeating its text (S-4)", () => {
    const file = write("bad.yaml", "a: b: s3cret-token")
    const error = refused({ configFile: file })
    assert.deepStrictEqual(error.issues, [{ path: file, message: "is not valid YAML" }])
    assert.notInclude(JSON.stringify(error) + error.message + error.stack, "s3cret")
  })

  it("accepts a file of 16 KiB, and rejects one with a byte more", async () => {
    const text = `${settings("large").join("\n")}\n# `
    const padded = (size: number) => write("large.yaml", text + "x".repeat(size - text.length))
    assert.strictEqual((await targetOf({ configFile: padded(16 * 1024) }))[0], "large.example.com")
    assert.match(refused({ configFile: padded(16 * 1024 + 1) }).message, /large\.yaml is larger than 16 KiB/)
  })

  it("accepts a byte order mark", async () => {
    const file = write("mark.yaml", `\ufeff${settings("mark").join("\n")}`)
    assert.strictEqual((await targetOf({ configFile: file }))[0], "mark.example.com")
  })

  it.runIf(process.platform !== "win32")("reads no more than its limit of an endless pipe", () => {
    const pipe = Path.join(folder, "pipe")
    ChildProcess.execFileSync("mkfifo", [pipe])
    const writer = ChildProcess.spawn("sh", ["-c", "exec yes >\"$1\"", "sh", pipe], { stdio: "ignore" })
    try {
      assert.match(refused({ configFile: pipe }).message, /is larger than 16 KiB/)
    } finally {
      writer.kill()
    }
  })

  it("needs node:fs, and says so where there is none", () => {
    for (const process of [undefined, {}, { getBuiltinModule: () => undefined }]) {
      vi.stubGlobal("process", process)
      const error = refused({ configFile: named, token: "own-token" })
      vi.unstubAllGlobals()
      assert.strictEqual(
        error.message,
        "createClient: invalid settings: configFile needs node:fs, which this runtime does not have; pass endpoint " +
          "and token instead"
      )
    }
  })

  for (const configFile of ["", 1, null, {}]) {
    it(`rejects configFile: ${JSON.stringify(configFile)}`, () => {
      assert.deepStrictEqual(refused({ configFile: untyped(configFile) }).issues, [
        { path: "configFile", message: "must be true or the path of a file" }
      ])
    })
  }
})
