/** The metrics of requests. They cost well below a microsecond, because each combination of tags is looked up once. */
import type * as Fiber from "effect/Fiber"
import * as FiberRef from "effect/FiberRef"
import * as Metric from "effect/Metric"
import * as MetricBoundaries from "effect/MetricBoundaries"
import * as MetricKey from "effect/MetricKey"
import * as MetricLabel from "effect/MetricLabel"

// The boundaries that OpenTelemetry recommends for `http.client.request.duration`, and more for predictions and retries.
const boundaries = MetricBoundaries.fromIterable(
  [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 120, 300, 600]
)

const requests = MetricKey.counter("datarobot.client.requests", {
  description: "Requests that have ended, each with all its attempts",
  incremental: true
})

const retries = MetricKey.counter("datarobot.client.retries", {
  description: "Attempts that were made because an earlier one of the same request had failed",
  incremental: true
})

const durations = MetricKey.histogram(
  "datarobot.client.request.duration",
  boundaries,
  "Seconds that a request took, with all its attempts and the delays between them"
)

/** The metrics of an operation and a result. */
interface Instruments {
  readonly requests: Metric.Metric.Counter<number>
  readonly retries: Metric.Metric.Counter<number>
  readonly durations: Metric.Metric.Histogram<number>
}

/** By operation, and then by result. There are few of both. */
const known = new Map<string, Map<string, Instruments>>()

const instrumentsOf = (operation: string, result: string): Instruments => {
  const ofOperation = known.get(operation) ?? new Map<string, Instruments>()
  const found = ofOperation.get(result)
  if (found !== undefined) return found
  // `Metric.tagged` would look up the tags again for each update, which takes several microseconds.
  const tags = [MetricLabel.make("operation", operation), MetricLabel.make("result", result)]
  const made: Instruments = {
    requests: Metric.fromMetricKey(MetricKey.taggedWithLabels(requests, tags)),
    retries: Metric.fromMetricKey(MetricKey.taggedWithLabels(retries, tags)),
    durations: Metric.fromMetricKey(MetricKey.taggedWithLabels(durations, tags))
  }
  known.set(operation, ofOperation.set(result, made))
  return made
}

type AnyFiber = Fiber.RuntimeFiber<unknown, unknown>

/** Counts a request that has ended. `result` is `ok`, or the type of its error. */
export const countRequest = (fiber: AnyFiber, operation: string, result: string, millis: number): void => {
  const { durations, requests } = instrumentsOf(operation, result)
  const labels = fiber.getFiberRef(FiberRef.currentMetricLabels)
  requests.unsafeUpdate(1, labels)
  durations.unsafeUpdate(millis / 1000, labels)
}

/** Counts an attempt that is made because of an error of this type. */
export const countRetry = (fiber: AnyFiber, operation: string, because: string): void => {
  instrumentsOf(operation, because).retries.unsafeUpdate(1, fiber.getFiberRef(FiberRef.currentMetricLabels))
}
