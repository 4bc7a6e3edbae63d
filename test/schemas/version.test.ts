import { assert, it } from "@effect/vitest"
import manifest from "../../package.json" with { type: "json" }
import { version } from "../../src/wire/version.js"

it("the SDK version equals the one in package.json", () => {
  assert.strictEqual(version, manifest.version)
})
