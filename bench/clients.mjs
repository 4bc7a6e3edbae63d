/**
 * The clients that are compared. Each is written as a typical program for one API: it keeps its connections open, sends
 * a token, checks the status, and parses JSON. Only `effect-datarobot` and `openai` also retry and limit time. Only
 * `effect-datarobot`, `undici + zod`, `undici + valibot` and `Effect layerUndici + Schema` decode.
 *
 * Each entry loads its modules, and returns a function that connects to an endpoint. What that returns depends on the
 * client:
 *
 * - `get(id)`, `page(limit)`, and `create(deployment)`, which also reads the created deployment.
 * - `list({ total })` returns the records. `stream(options)` calls `onPage` after each page, and returns their number.
 * - `submit(actuals)` and `predictStream(options)` return the number of rows, `predict(rows)` the predictions.
 * - `score(csv)` returns the size of the results.
 */
import { respondAtOnce } from "./offline.mjs"

const peer = (name) => async () => (await import("./clients/peers.mjs"))[name]()
const undici = async (schemas) => {
  const { undici } = await import("./clients/undici.mjs")
  return schemas === undefined ? undici() : undici(await import(schemas))
}
const sdk = async (layer) => (await import("./clients/effect.mjs")).sdk(await layer())

export const clients = {
  "undici.request": () => undici(),
  "undici dispatch": async () => (await import("./clients/undici.mjs")).dispatch,
  "undici + zod": () => undici("./schemas/zod.mjs"),
  "undici + valibot": () => undici("./schemas/valibot.mjs"),
  "node:http": peer("nodeHttp"),
  fetch: peer("fetchClient"),
  axios: peer("axiosClient"),
  ky: peer("kyClient"),
  got: peer("gotClient"),
  ofetch: peer("ofetchClient"),
  openai: peer("openaiClient"),
  "Effect layerUndici + Schema": async () => (await import("./clients/effect.mjs")).platform(),
  "effect-datarobot/undici": () => sdk(async () => (await import("../dist/undici.js")).layer()),
  "effect-datarobot/fetch": () => sdk(async () => (await import("../dist/fetch.js")).layer()),
  "effect-datarobot, FetchHttpClient": () => sdk(async () => (await import("@effect/platform/FetchHttpClient")).layer),
  "effect-datarobot/promise": async () => (await import("./clients/promise.mjs")).promise,

  // The same without a network.
  "undici dispatch, offline": async () => {
    const { dispatch } = await import("./clients/undici.mjs")
    const dispatcher = await respondAtOnce()
    return (endpoint) => dispatch(endpoint, dispatcher)
  },
  "effect-datarobot/undici, offline": async () => {
    const dispatcher = await respondAtOnce()
    return sdk(async () => (await import("../dist/undici.js")).layer({ dispatcher }))
  }
}
