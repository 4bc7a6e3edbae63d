/** The scenarios of the benchmarks, and their targets. */

const others = ["undici + zod", "fetch", "axios", "ky", "got"]
const own = ["effect-datarobot/undici", "effect-datarobot, fetch", "effect-datarobot/promise"]
const calls = ["undici.request", "undici dispatch", ...others, "Effect layerUndici + Schema", ...own]
const decoders = ["JSON.parse", "effect-datarobot decoder", "zod 4", "valibot", "Effect Schema"]

/** The same client with different options. */
const ways = (client, ways) =>
  Object.entries(ways).map(([way, options]) => ({ name: `${client}${way}`, client, options }))

/**
 * The scenarios. The others are compared with the first contender, in each round. `calls` is the number of calls per
 * round. The comparison is by the processor time of the client's process, or with `speed` by the time until the task is
 * done.
 */
export const scenarios = ({ quick }) => {
  const few = (full, quickly) => quick ? quickly : full
  const total = few(100_000, 10_000)
  const slow = { task: "stream", speed: true, total: few(20_000, 2_000), pageSize: 100, delayed: true, calls: 1 }
  const rounds = few(9, 2)
  return [
    { name: "get, 1 in flight", task: "get", calls: few(400, 100), warmUp: few(10_000, 200), contenders: calls },
    { name: "get, 64 in flight", task: "get", inFlight: 64, calls: few(640, 128), contenders: calls },
    {
      name: "create",
      task: "create",
      calls: few(200, 50),
      warmUp: few(2_000, 50),
      contenders: ["undici.request", ...others, ...own]
    },
    { name: "page of 100", task: "page", size: 100, calls: few(50, 10), warmUp: few(300, 10), contenders: calls },
    { name: "page of 1 000", task: "page", size: 1000, calls: few(8, 2), contenders: calls },
    {
      name: "decoding a page of 100",
      task: "decode",
      size: 100,
      calls: few(100, 30),
      warmUp: few(500, 30),
      contenders: decoders
    },
    { name: "decoding a page of 1 000", task: "decode", size: 1000, calls: few(10, 4), contenders: decoders },
    {
      name: `stream of ${total.toLocaleString("en").replace(",", " ")} in pages of 100`,
      task: "stream",
      speed: true,
      total,
      pageSize: 100,
      calls: 1,
      rounds,
      contenders: ["undici.request", ...own]
    },
    {
      name: `list of ${total.toLocaleString("en").replace(",", " ")}`,
      task: "list",
      total,
      calls: 1,
      rounds,
      contenders: ["undici.request", ...own]
    },
    {
      name: `submit ${(total * 10).toLocaleString("en").replaceAll(",", " ")} actual values`,
      task: "submit",
      total: total * 10,
      calls: 1,
      rounds,
      contenders: ["undici.request", ...own]
    },
    {
      name: "predict 10 rows",
      task: "predict",
      size: 10,
      calls: few(200, 50),
      warmUp: few(5_000, 100),
      contenders: ["undici.request", ...own]
    },
    {
      name: `predict a stream of ${total.toLocaleString("en").replace(",", " ")} rows in requests of 1 000`,
      task: "predictStream",
      speed: true,
      total,
      batchSize: 1_000,
      calls: 1,
      rounds,
      contenders: ["undici.request", ...own]
    },
    {
      name: `score ${quick ? "64 MB" : "1 GB"} of CSV`,
      task: "score",
      bytes: quick ? 64e6 : 1e9,
      calls: 1,
      rounds: few(3, 2),
      contenders: ["undici.request", ...own]
    },
    {
      ...slow,
      name: "stream, the server takes 10 ms a page",
      rounds: few(5, 2),
      contenders: [
        ...ways("effect-datarobot/undici", { "": {}, ", concurrency: 4": { concurrency: 4 } }),
        ...ways("undici.request", { "": {}, ", 4 at a time": { concurrency: 4 } })
      ]
    },
    {
      ...slow,
      name: "stream, the server and the consumer take 10 ms a page",
      rounds: few(5, 2),
      consumer: 10,
      contenders: [
        ...ways("effect-datarobot/undici", { "": {}, ", prefetch: 1": { prefetch: 1 } }),
        ...ways("undici.request", { "": {}, ", the next page ahead": { prefetch: 1 } })
      ]
    }
  ]
}

/**
 * The targets: a figure of a contender must be at most `most` or at least `least`. With `of`, the figure is the ratio
 * to that contender.
 */
export const targets = [
  { scenario: /^get, 1 in/, contender: "effect-datarobot/undici", most: 1.5, of: "undici.request" },
  { scenario: /^get, 64 in/, contender: "effect-datarobot/undici", most: 2, of: "undici.request" },
  { scenario: /^get, 1 in/, contender: "effect-datarobot, fetch", most: 1.5, of: "fetch" },
  { scenario: /^get, 64 in/, contender: "effect-datarobot, fetch", most: 1.5, of: "fetch" },
  { scenario: /^decoding.*1 000/, contender: "effect-datarobot decoder", most: 1.6, of: "JSON.parse" },
  { scenario: /^stream of/, contender: "effect-datarobot/undici", least: 0.8, of: "undici.request" },
  {
    scenario: /server takes/,
    contender: "effect-datarobot/undici, concurrency: 4",
    least: 3,
    of: "effect-datarobot/undici"
  },
  {
    scenario: /consumer/,
    contender: "effect-datarobot/undici, prefetch: 1",
    least: 1.5,
    of: "effect-datarobot/undici"
  },
  { scenario: /^score/, contender: "effect-datarobot/undici", most: 1.25, of: "undici.request" },
  { scenario: /^memory/, contender: "effect-datarobot/undici", most: 40, unit: "MB" },
  { scenario: /^bundle/, contender: "effect-datarobot", most: 12, unit: "kB" },
  { scenario: /^import/, contender: "effect-datarobot", most: 25, unit: "ms" }
]
