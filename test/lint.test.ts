/** The house rules on imports (scripts/importRules.mjs): oxlint rejects a bad import of each kind, and no good one. */
import { assert, describe, it } from "@effect/vitest"
import { spawnSync } from "node:child_process"
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"

/** A line of a file below src/, and a part of the message that rejects it. Without a message, the line is accepted. */
const cases: ReadonlyArray<readonly [file: string, line: string, message?: string]> = [
  ["wire/a.ts", "import * as A from \"../internal/reading/json.js\"", "wire/ describes"],
  ["wire/b.ts", "import type * as A from \"../DataRobotError.js\"", "wire/ describes"],
  ["wire/routes/a.ts", "import * as A from \"../../emulator/index.js\"", "wire/ describes"],
  ["wire/routes/b.ts", "import * as A from \"../fields.js\""],
  ["internal/reading/a.ts", "import * as A from \"../request/path.js\"", "internal/reading/ turns"],
  ["internal/reading/b.ts", "import * as A from \"../protocols/job.js\"", "internal/reading/ turns"],
  ["internal/reading/c.ts", "import * as A from \"../../Job.js\"", "internal/reading/ turns"],
  ["internal/reading/d.ts", "import * as A from \"../../DataRobotError.js\""],
  ["internal/request/a.ts", "import * as A from \"../protocols/job.js\"", "internal/request/ makes"],
  ["internal/request/b.ts", "import * as A from \"../../Deployment.js\"", "internal/request/ makes"],
  ["internal/request/c.ts", "import * as A from \"../reading/json.js\""],
  ["internal/request/d.ts", "import * as A from \"@effect/platform/HttpClient\""],
  ["internal/protocols/a.ts", "import * as A from \"../../ModelDeployment.js\"", "internal/protocols/ combines"],
  ["internal/protocols/b.ts", "import * as A from \"../../emulator/index.js\"", "internal/protocols/ combines"],
  ["internal/protocols/c.ts", "import * as A from \"../request/send.js\""],
  ["internal/protocols/d.ts", "import * as A from \"../../Page.js\""],
  ["emulator/a.ts", "import * as A from \"../internal/reading/json.js\"", "The emulator may"],
  ["emulator/api/a.ts", "import * as A from \"../../testing.js\"", "The emulator may"],
  ["emulator/api/b.ts", "import * as A from \"../../promise.js\"", "The emulator may"],
  ["emulator/api/c.ts", "export * from \"../../bin/options.js\"", "The emulator may"],
  ["emulator/api/d.ts", "import * as A from \"../../wire/fields.js\""],
  ["A.ts", "import * as A from \"./emulator/index.js\"", "The SDK knows nothing"],
  ["B.ts", "export { A } from \"./testing.js\"", "The SDK knows nothing"],
  ["C.ts", "export const load = () => import(\"./promise.js\")", "The SDK knows nothing"],
  ["D.ts", "export type A = import(\"./bin/options.js\").A", "The SDK knows nothing"],
  ["deployments/a.ts", "import * as A from \"../testing/Fixture.js\"", "The SDK knows nothing"],
  ["E.ts", "import * as A from \"./Job.js\""],
  ["testing.ts", "import * as A from \"./emulator/node.js\"", "The test layers run"],
  ["testing.ts", "import * as B from \"./promise.js\"", "The test layers run"],
  ["testing/a.ts", "import * as A from \"../bin/options.js\"", "The test layers run"],
  ["testing/b.ts", "import * as A from \"../emulator/index.js\""],
  ["testing/c.ts", "import * as A from \"./plain/a.js\"", "The test layers run"],
  ["testing/promise.ts", "import * as A from \"../promise.js\""],
  ["testing/plain/b.ts", "import * as A from \"../../emulator/node.js\"", "The test kit without Effect"],
  ["promise.ts", "import * as A from \"./emulator/index.js\"", "The Promise API may"],
  ["undici.ts", "import * as B from \"./Job.js\"", "An HTTP client knows"],
  ["undici.ts", "import * as A from \"./internal/request/send.js\"", "An HTTP client knows"],
  ["bin/a.ts", "import * as A from \"../emulator/node.js\""],
  ["F.ts", "import * as A from \"yaml\"", "The build puts yaml into internal/request/vendor/yaml.ts"],
  ["internal/request/vendor/yaml.ts", "import * as A from \"yaml\""],
  ["wire/c.ts", "export const load = () => import(\"csv-parse/sync\")", "The build puts csv-parse into"],
  ["emulator/c.ts", "import * as A from \"csv-stringify\"", "The build puts csv-stringify into"],
  ["wire/vendor/csvParse.ts", "export { parse } from \"csv-parse/sync\""],
  ["G.ts", "import * as A from \"undici\"", "Only undici.ts"],
  ["emulator/node.ts", "import * as A from \"@effect/platform-node/NodeHttpServer\"", "No module needs"],
  ["H.ts", "import * as A from \"@effect/platform/HttpClient\"", "Only internal/request/ talks"],
  ["I.ts", "import { HttpClient as A } from \"@effect/platform\"", "Only internal/request/ talks"],
  ["J.ts", "import * as A from \"@effect/platform\"", "Only internal/request/ talks"],
  ["internal/protocols/e.ts", "import * as A from \"@effect/platform/HttpClient\"", "Only internal/request/ talks"],
  ["K.ts", "import type * as A from \"@effect/platform/HttpClient\""],
  ["L.ts", "import { type HttpClient as A, Headers as B } from \"@effect/platform\""],
  ["M.ts", "import * as A from \"effect-datarobot/emulator\"", "Modules of src/ import each other"]
]

interface Diagnostic {
  readonly code: string
  readonly message: string
  readonly filename: string
  readonly labels: readonly [{ readonly span: { readonly line: number } }]
}

/** Runs oxlint with the project's configuration on files with these lines. Returns the messages by file and line. */
const lint = (): ReadonlyMap<string, string> => {
  const folder = mkdtempSync(join(tmpdir(), "effect-datarobot-lint-"))
  try {
    for (const [file, line] of cases) {
      const path = join(folder, "src", file)
      mkdirSync(dirname(path), { recursive: true })
      appendFileSync(path, `${line}\n`)
    }
    const args = [resolve("node_modules/oxlint/bin/oxlint"), "--config", resolve(".oxlintrc.json"), "--format", "json"]
    const { stderr, stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" })
    assert.strictEqual(stderr, "")
    // Boundary: the form of oxlint's output.
    const { diagnostics } = JSON.parse(stdout) as { readonly diagnostics: ReadonlyArray<Diagnostic> }
    return new Map(
      diagnostics.filter(({ code }) => code === "house(imports)").map(({ filename, labels: [{ span }], message }) => [
        `${filename.split("src/")[1]}:${span.line}`,
        message
      ])
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe("oxlint's house rules on imports", () => {
  const messages = lint()
  cases.forEach(([file, line, expected], index) => {
    it(`in src/${file}, \`${line}\` is ${expected === undefined ? "accepted" : "rejected"}`, () => {
      const lineNumber = cases.slice(0, index + 1).filter(([other]) => other === file).length
      const message = messages.get(`${file}:${lineNumber}`)
      if (expected === undefined) assert.isUndefined(message)
      else assert.include(message ?? "(accepted)", expected)
    })
  })
})
