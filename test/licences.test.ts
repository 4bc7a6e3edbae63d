/** The licences file of the command line (scripts/licences.ts): it names every package that the bundle contains. */
import { afterAll, assert, describe, it } from "@effect/vitest"
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { licencesOf } from "../scripts/licences.js"

const folder = mkdtempSync(join(realpathSync(tmpdir()), "licences-"))
afterAll(() => rmSync(folder, { recursive: true }))

/** Creates a package with these files. Returns the path of its module. */
const installed = (name: string, files: Readonly<Record<string, string>>) => {
  const path = join(folder, "node_modules", name)
  mkdirSync(path, { recursive: true })
  const manifest = JSON.stringify({ name, version: "1.2.3", license: "MIT" })
  for (const [file, text] of Object.entries({ "package.json": manifest, "index.js": "", ...files })) {
    writeFileSync(join(path, file), text)
  }
  return join(path, "index.js")
}

describe("The licences file", () => {
  it("contains the name, the licence and the notices of each package", () => {
    const code = "// Taken from b\n// under the MIT license\nexport {}\n/* Copyright 2014 C */\n/* not a notice */\n"
    const text = licencesOf([
      installed("a", { LICENSE: "Permission for a", NOTICE: "Notice of a", "index.js": code }),
      installed("@scope/b", { "license.md": "Permission for b" }),
      installed("@scope/b/node_modules/c", { COPYING: "Permission for c" }),
      "rolldown/runtime.js"
    ])
    for (
      const part of [
        "a 1.2.3 (MIT)\n\nPermission for a\n\nNotice of a\n\nIts sources contain these notices:\n\n" +
        "// Taken from b\n// under the MIT license\n\n/* Copyright 2014 C */\n",
        "@scope/b 1.2.3 (MIT)\n\nPermission for b\n",
        "@scope/b/node_modules/c 1.2.3 (MIT)\n\nPermission for c\n"
      ]
    ) assert.include(text, part)
    assert.notInclude(text, "not a notice")
  })

  it("cannot be written if a package has no licence", () => {
    const path = installed("unlicensed", {})
    assert.throws(() => licencesOf([path]), "unlicensed 1.2.3 is bundled, but its package contains no licence")
  })

  it("cannot be written if a package contains a bundle of unknown packages", () => {
    const path = installed("bundle", { LICENSE: "MIT", "index.js": `export const page = "${"x".repeat(10_000)}"` })
    assert.throws(() => licencesOf([path]), /bundle\/index\.js contains a bundle of other packages, and no file in/)
  })

  it("names the packages inside the Swagger UI of @effect/platform", () => {
    const platform = dirname(createRequire(import.meta.url).resolve("@effect/platform/package.json"))
    const text = licencesOf([join(platform, "dist/esm/internal/httpApiSwagger.js")])
    // Some that have notices in Swagger UI's own licence files, some that have not, one of the style, and one of webpack.
    const names = ["react-dom (MIT)", "dompurify (", "js-yaml (MIT)", "swagger-client (Apache-2.0)", "ramda (MIT)"]
    for (const name of ["swagger-ui-dist 5.", ...names, "immutable (MIT)", "tachyons-sass (", "process (MIT)"]) {
      assert.include(text, `\n${name}`)
    }
    for (const notice of ["SmartBear Software", "@license DOMPurify", "Apache License", "Facebook, Inc."]) {
      assert.include(text, notice)
    }
  })
})
