/**
 * The scenarios of `npm run bench`, and their targets. longScenarios.mjs has those that take longer.
 *
 * A scenario names a task of tasks.mjs, its options, and the clients or decoders that run it. `calls` is the number of
 * calls in a round, `warmUp` the number before the first round. `figures` are the figures that are shown; by default,
 * the processor time of the contender's process. The others are compared with the first contender.
 */
import { thousands } from "./statistics.mjs"

const undici = "effect-datarobot/undici"
const onFetch = "effect-datarobot/fetch"
const promise = "effect-datarobot/promise"
export const own = [undici, onFetch, promise]

const peers = ["node:http", "fetch", "axios", "ky", "got", "ofetch", "openai"]
const decoding = ["undici + zod", "undici + valibot", "Effect layerUndici + Schema"]
const calling = [
  "undici.request",
  "undici dispatch",
  ...peers,
  ...decoding,
  ...own,
  "effect-datarobot, FetchHttpClient"
]
const creating = ["undici.request", ...peers, "undici + zod", "undici + valibot", ...own]
const decoders = ["JSON.parse", "effect-datarobot decoder", "zod 4", "valibot", "Effect Schema"]

const calls = [
  {
    name: "get, 1 in flight",
    task: "get",
    calls: 200,
    warmUp: 8_000,
    rounds: 13,
    contenders: calling,
    targets: [
      { contender: undici, most: 1.5, of: "undici.request" },
      { contender: onFetch, most: 1.5, of: "fetch" }
    ]
  },
  {
    name: "get, 64 in flight",
    task: "get",
    inFlight: 64,
    calls: 512,
    warmUp: 8_192,
    rounds: 9,
    contenders: calling,
    targets: [
      { contender: undici, most: 1.6, of: "undici.request" },
      { contender: undici, most: 0.4, of: "fetch" },
      { contender: onFetch, most: 1.5, of: "fetch" },
      { contender: promise, most: 1.6, of: "fetch" }
    ]
  },
  { name: "create", task: "create", calls: 100, warmUp: 1_000, rounds: 9, contenders: creating },
  {
    name: "get without a network",
    task: "get",
    calls: 20_000,
    // V8 needs long to optimise these functions, and to settle after the full garbage collection before a round.
    warmUp: 40_000,
    rounds: 9,
    contenders: ["undici dispatch, offline", `${undici}, offline`],
    targets: [{ contender: `${undici}, offline`, most: 30e-6 }]
  },
  {
    name: "memory that a get without a network allocates",
    task: "get",
    figures: ["allocated"],
    // No garbage collection during a round.
    flags: ["--min-semi-space-size=128", "--max-semi-space-size=128"],
    calls: 500,
    warmUp: 10_000,
    rounds: 5,
    contenders: ["undici dispatch, offline", `${undici}, offline`],
    targets: [{ contender: `${undici}, offline`, most: 20 }]
  }
]

const pages = [
  { name: "page of 100", task: "page", size: 100, calls: 30, warmUp: 200, rounds: 9, contenders: calling },
  { name: "page of 1 000", task: "page", size: 1_000, calls: 5, warmUp: 20, rounds: 9, contenders: calling },
  {
    name: "page of 1 000 with two unknown keys in each record",
    task: "page",
    path: "/unknown",
    size: 1_000,
    calls: 5,
    warmUp: 20,
    rounds: 9,
    contenders: ["undici.request", ...decoding, ...own]
  }
]

const decodings = [
  {
    name: "decoding a page of 100",
    task: "decode",
    size: 100,
    calls: 100,
    warmUp: 500,
    rounds: 15,
    contenders: decoders
  },
  {
    name: "decoding a page of 1 000",
    task: "decode",
    size: 1_000,
    calls: 30,
    warmUp: 150,
    rounds: 15,
    contenders: decoders,
    targets: [{ contender: "effect-datarobot decoder", most: 1.4, of: "JSON.parse" }]
  },
  {
    name: "decoding a page of 1 000 with two unknown keys in each record",
    task: "decode",
    size: 1_000,
    unknownKeys: true,
    calls: 30,
    warmUp: 150,
    rounds: 15,
    contenders: [
      ...decoders,
      {
        name: "effect-datarobot decoder, without them",
        client: "effect-datarobot decoder",
        options: { unknownKeys: false }
      }
    ],
    targets: [{ contender: "effect-datarobot decoder", most: 1.5, of: "effect-datarobot decoder, without them" }]
  }
]

const predictions = {
  name: "predict 10 rows",
  task: "predict",
  size: 10,
  calls: 100,
  warmUp: 2_000,
  rounds: 11,
  contenders: ["undici.request", ...own]
}

/** Tasks of many requests. Each round runs them once. */
const streams = ({ quick }) => {
  const total = quick ? 10_000 : 100_000
  const actuals = quick ? 100_000 : 1_000_000
  const whole = { calls: 1, warmUp: 1, figures: ["cpu", "wall"] }
  return [
    {
      ...whole,
      name: `list of ${thousands(total)}`,
      task: "list",
      total,
      rounds: 5,
      contenders: ["undici.request", "undici + zod", ...own],
      targets: [{ contender: undici, most: 1.8, of: "undici.request" }]
    },
    {
      ...whole,
      name: `stream of ${thousands(total)} in pages of 100`,
      task: "stream",
      total,
      pageSize: 100,
      rounds: 5,
      contenders: ["undici.request", "undici + zod", ...own],
      targets: [{ contender: undici, most: 2.4, of: "undici.request" }]
    },
    {
      ...whole,
      name: `submit ${thousands(actuals)} actual values`,
      task: "submit",
      figures: ["cpu", "wall", "memory"],
      total: actuals,
      rounds: 3,
      contenders: ["undici.request", undici, promise],
      targets: [
        { contender: undici, most: 2.5, of: "undici.request" },
        { contender: undici, figure: "memory", most: 60 }
      ]
    },
    {
      ...whole,
      name: `predict a stream of ${thousands(total)} rows in requests of 1 000`,
      task: "predictStream",
      total,
      batchSize: 1_000,
      rounds: 5,
      contenders: ["undici.request", ...own]
    }
  ]
}

export const scenarios = (options) => [...calls, ...pages, ...decodings, predictions, ...streams(options)]
