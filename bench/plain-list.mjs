// The baseline for the emulator: the same statistics over the same requests, stored as a list of objects and computed
// with plain array methods.
import { createServer } from "node:http"

const [count, start, length] = process.argv.slice(2).map(Number)
const requests = Array.from({ length: count }, (_, index) => ({
  time: start + Math.floor((index * length) / count),
  user: `consumer-${index % 1000}`,
  rows: 1,
  executionTime: 0.05,
  status: index % 100 === 99 ? 422 : 200
}))

const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[Math.ceil(sorted.length / 2) - 1] + sorted[Math.floor(sorted.length / 2)]) / 2
}
const rate = (some, isOne) => some.length === 0 ? 0 : some.filter(isOne).length / some.length
const isUserError = ({ status }) => status >= 400 && status < 500
const isServerError = ({ status }) => status >= 500

const statistics = (from, to) => {
  const current = requests.filter(({ time }) => from <= time && time < to)
  const previous = requests.filter(({ time }) => 2 * from - to <= time && time < from)
  const perMinute = new Map()
  for (const { time } of current) {
    const minute = Math.floor(time / 60_000)
    perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1)
  }
  const loads = [...perMinute.values()]
  return {
    totalRequests: current.length,
    consumers: new Set(current.map(({ user }) => user)).size,
    totalPredictionRows: current.reduce((total, { rows }) => total + rows, 0),
    userErrorRate: { current: rate(current, isUserError), previous: rate(previous, isUserError) },
    serverErrorRate: { current: rate(current, isServerError), previous: rate(previous, isServerError) },
    load: { peak: loads.reduce((a, b) => Math.max(a, b), 0), median: median(loads) },
    medianExecutionTime: median(current.map(({ executionTime }) => executionTime))
  }
}

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url, "http://localhost")
  const [from, to] = ["start", "end"].map((name) => Date.parse(searchParams.get(name)))
  response.setHeader("content-type", "application/json")
  response.end(JSON.stringify(statistics(from, to)))
})
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })))
process.on("SIGINT", () => process.exit(0))
