// Measures the emulator with a million recorded predictions: the time of the statistics and the memory, compared with a
// plain list in another process. Both get the same requests in turn. Also measures how long the emulator takes to start
// and to stop.
//
//   npm run build && npm run bench:emulator
//
// The figures depend on the machine; the ratios do not.
import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

const count = 1_000_000
const rounds = 30
const day = 24 * 3600 * 1000
const start = Date.parse("2018-05-02T12:00:00Z")

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const bin = here("../dist/bin/effect-datarobot.mjs")

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]
const ms = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`
const mb = (value) => `${value.toFixed()} MB`
const times = (value) => `${value.toFixed(1)} x`

/** Starts a process that prints one line of JSON when it listens. */
const launch = async (...args) => {
  const began = performance.now()
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] })
  const [line] = await once(child.stdout, "data")
  return { child, ...JSON.parse(String(line)), took: performance.now() - began }
}

/** Interrupts a process, and returns how long it took to end. */
const stop = async ({ child }) => {
  const ended = once(child, "exit")
  const began = performance.now()
  child.kill("SIGINT")
  await ended
  return performance.now() - began
}

/** The peak memory of a process in MB (Linux only). */
const peak = ({ child }) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))[1]) / 1024

const timed = async (ask) => {
  const began = performance.now()
  const answer = await ask()
  return { took: performance.now() - began, answer }
}

const starts = []
const ends = []
for (let round = 0; round < 7; round++) {
  const running = await launch(bin, "emulator", "--json")
  starts.push(running.took)
  ends.push(await stop(running))
}

const emulator = await launch(bin, "emulator", "--json", "--clock", new Date(start + day).toISOString())
const idle = peak(emulator)
const headers = { authorization: `Bearer ${emulator.token}`, "content-type": "application/json" }
const control = async (path, body) => {
  const url = new URL(`/__emulator/${path}`, emulator.url)
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) })
  assert(response.ok, await response.text())
}
await control("seed", [{ id: "a" }])
const { took: recording } = await timed(() =>
  control("traffic", {
    deploymentId: "a",
    start: new Date(start).toISOString(),
    end: new Date(start + day).toISOString(),
    requests: count,
    userErrors: count / 100,
    consumers: 1000
  })
)
const list = await launch(here("plain-list.mjs"), String(count), String(start), String(day))

const get = async (url) => (await fetch(url, { headers })).json()
const query = (from, to) => `?start=${new Date(from).toISOString()}&end=${new Date(to).toISOString()}`
const periods = {
  "statistics of all 1 000 000": query(start, start + day),
  "statistics of one hour of them": query(start + day / 2, start + day / 2 + 3600 * 1000)
}

const rows = []
for (const [name, period] of Object.entries(periods)) {
  const taken = { emulator: [], list: [] }
  for (let round = 0; round < rounds; round++) {
    const ours = await timed(() => get(`${emulator.url}/modelDeployments/a/serviceStats/${period}`))
    const theirs = await timed(() => get(`${list.url}/${period}`))
    const { period: _, ...answer } = ours.answer
    assert.deepEqual(answer, theirs.answer)
    taken.emulator.push(ours.took)
    taken.list.push(theirs.took)
  }
  const ratio = median(taken.list.map((took, round) => took / taken.emulator[round]))
  rows.push([name, ms(median(taken.emulator)), ms(Math.max(...taken.emulator)), ms(median(taken.list)), times(ratio)])
}
const deployment = []
for (let round = 0; round < rounds; round++) {
  deployment.push((await timed(() => get(`${emulator.url}/modelDeployments/a/`))).took)
}
rows.push(["the deployment, with health and trend", ms(median(deployment)), ms(Math.max(...deployment)), "", ""])
rows.push(["recording them", ms(recording), "", "", ""])
rows.push(["memory at its peak", mb(peak(emulator)), "", mb(peak(list)), times(peak(list) / peak(emulator))])
rows.push(["memory before", mb(idle), "", "", ""])
rows.push(["start, to the first line of output", ms(median(starts)), ms(Math.max(...starts)), "", ""])
rows.push(["end, after SIGINT", ms(median(ends)), ms(Math.max(...ends)), "", ""])

await stop(list)
await stop(emulator)

const table = [
  ["", "emulator", "slowest", "plain list", "list / emulator"],
  ["---", "--:", "--:", "--:", "--:"],
  ...rows
]
console.log(table.map((row) => `| ${row.join(" | ")} |`).join("\n"))
