// For workerd, without `nodejs_compat`.
import { check } from "./calls.js"

export default {
  async fetch(_request, { endpoint, token }) {
    try {
      if (typeof globalThis.process !== "undefined") throw new Error("This worker must have no `process`")
      return new Response(await check({ endpoint, token, fetch: (input, init) => fetch(input, init) }))
    } catch (error) {
      return new Response(String(error.stack ?? error), { status: 500 })
    }
  }
}
