import { assert, it } from "@effect/vitest"
import manifest from "../../package.json" with { type: "json" }
import { version } from "../../src/wire/version.js"

it("the version that is sent is the one of package.json", () => {
  assert.strictEqual(version, manifest.version)
})
