/** Every route is declared as the SDK, the emulator and the documentation expect. */
import { assert, describe, it } from "@effect/vitest"
import { routes } from "../../src/wire/routes/index.js"
import { allRoutes } from "./operations.js"

describe("The declaration of a route", () => {
  for (const [group, members] of Object.entries(routes)) {
    for (const [name, route] of Object.entries(members)) {
      it(`the route ${group}.${name} has the id of its group and of its export`, () => {
        assert.strictEqual(route.id, `${group}.${name}`)
      })
    }
  }

  for (const route of allRoutes) {
    it(`the summary of ${route.id} is one line without a final full stop`, () => {
      assert.match(route.summary, /^[A-Z][^\n]{1,100}[^\n.]$/)
    })

    it(`the path of ${route.id} begins without a slash, and ends with one unless it is a path of predictions`, () => {
      const isPrediction = route.id.startsWith("predictions.")
      assert.match(route.path, isPrediction ? /^[:A-Za-z/]+[A-Za-z]$/ : /^(?:(?:[A-Za-z]+|:[A-Za-z]+)\/)+$/)
    })

    it(`the repeat of ${route.id} is allowed for its method and its job`, () => {
      if (route.method === "GET") assert.strictEqual(route.repeat, "safe", "a GET changes nothing")
      if (route.job) assert.include(["once", "caller-says"], route.repeat, "a job makes a change")
      if (route.method === "DELETE") {
        assert.strictEqual(route.repeat, "gone-is-done", "a 404 after a delete is a success")
      }
      if (route.method === "PATCH") assert.include(["caller-says", "idempotent"], route.repeat, "a PATCH is a change")
    })

    it(`${route.id} has a body or a query only if its method allows it`, () => {
      const isBare = route.method === "GET" || route.method === "DELETE" ||
        /\/(?:archive|finalizeMultipart)\/$/.test(route.path)
      if (isBare) assert.isUndefined(route.body)
      else assert.isTrue([route.body, route.anyBody, route.csv, route.multipart].some((body) => body !== undefined))
    })
  }

  it("has an id that no other route has", () => {
    const ids = allRoutes.map(({ id }) => id)
    assert.deepStrictEqual(ids.filter((id, index) => ids.indexOf(id) !== index), [])
  })

  it("has a method and a path that no other route has", () => {
    const lines = allRoutes.map(({ base = "api", method, path }) =>
      `${base} ${method} ${path.replaceAll(/:\w+/g, ":")}`
    )
    assert.deepStrictEqual(lines.filter((line, index) => lines.indexOf(line) !== index), [])
  })
})
