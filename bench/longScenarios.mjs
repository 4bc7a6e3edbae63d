/** The scenarios of `npm run bench:long`: much data, memory, and a slow server. */
import { own } from "./scenarios.mjs"
import { thousands } from "./statistics.mjs"

const [undici] = own

/** The same client with different options. */
const ways = (client, ways) =>
  Object.entries(ways).map(([way, options]) => ({ name: `${client}${way}`, client, options }))

export const longScenarios = ({ quick }) => {
  const total = quick ? 10_000 : 100_000
  const rows = quick ? 100_000 : 1_000_000
  const whole = { calls: 1, warmUp: 1, contenders: ["undici.request", ...own] }
  const slow = {
    ...whole,
    path: "/slow",
    figures: ["wall"],
    task: "stream",
    total: total / 5,
    pageSize: 100,
    rounds: 5
  }
  return [
    {
      ...whole,
      name: `predict a stream of ${thousands(rows)} rows in requests of 1 000`,
      task: "predictStream",
      figures: ["cpu", "wall", "rss"],
      total: rows,
      batchSize: 1_000,
      rounds: 3
    },
    {
      ...whole,
      name: `score ${quick ? "64 MB" : "1 GB"} of CSV`,
      task: "score",
      figures: ["cpu", "wall", "rss"],
      bytes: quick ? 64e6 : 1e9,
      rounds: 3,
      targets: [{ contender: undici, most: 1.25, of: "undici.request" }]
    },
    {
      ...whole,
      name: `memory of a stream of ${thousands(total)}`,
      task: "stream",
      figures: ["memory"],
      total,
      pageSize: 100,
      rounds: 9,
      targets: [{ contender: undici, most: 40 }]
    },
    {
      ...slow,
      name: "stream, the server takes 10 ms a page",
      contenders: [
        ...ways(undici, { "": {}, ", concurrency: 4": { concurrency: 4 } }),
        ...ways("undici.request", { "": {}, ", 4 at a time": { concurrency: 4 } })
      ],
      targets: [{ contender: `${undici}, concurrency: 4`, most: 1 / 3, of: undici }]
    },
    {
      ...slow,
      name: "stream, the server and the consumer take 10 ms a page",
      consumer: 10,
      contenders: [
        ...ways(undici, { "": {}, ", prefetch: 1": { prefetch: 1 } }),
        ...ways("undici.request", { "": {}, ", the next page ahead": { prefetch: 1 } })
      ],
      targets: [{ contender: `${undici}, prefetch: 1`, most: 1 / 1.5, of: undici }]
    }
  ]
}
