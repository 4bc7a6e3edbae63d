/**
 * Spans and debug logs. Each operation is one span with a few attributes that are safe to export. The logs contain no
 * headers and no bodies. The tracer here prints the spans; with `@effect/opentelemetry` they go to your collector. Run
 * it with `npx tsx examples/telemetry.ts`.
 */
import { NodeHttpClient } from "@effect/platform-node"
import { Effect, Exit, Layer, Logger, LogLevel, Tracer } from "effect"
import { DataRobot, DataRobotError, ModelDeployment } from "effect-datarobot"
import { serve } from "effect-datarobot/emulator/node"

/** Prints each span when it ends. */
const consoleTracer = Tracer.make({
  span: (name, parent, context, links, startTime, kind) => {
    const attributes = new Map<string, unknown>()
    let status: Tracer.SpanStatus = { _tag: "Started", startTime }
    return {
      _tag: "Span",
      name,
      parent,
      context,
      links,
      kind,
      attributes,
      spanId: "0000000000000001",
      traceId: "00000000000000000000000000000001",
      sampled: true,
      get status() {
        return status
      },
      attribute: (key, value) => {
        attributes.set(key, value)
      },
      event: () => {},
      addLinks: () => {},
      end: (endTime, exit) => {
        status = { _tag: "Ended", startTime, endTime, exit }
        const millis = Number(endTime - startTime) / 1e6
        console.log(`span ${name}: ${Exit.isSuccess(exit) ? "ok" : "failed"} after ${millis.toFixed(1)} ms`)
        for (const [key, value] of attributes) console.log(`  ${key} = ${String(value)}`)
      }
    }
  },
  context: (f) => f()
})

const program = Effect.gen(function*() {
  const deployment = yield* ModelDeployment.create({
    projectId: "5b00000000000000000000b1",
    modelId: "5b00000000000000000000a1",
    label: "Churn scorer"
  })
  yield* ModelDeployment.deactivate(deployment)
  yield* ModelDeployment.get("5bffffffffffffffffffffff").pipe(
    DataRobotError.catchReason("NotFound", () => Effect.void)
  )
})

await Effect.runPromise(Effect.scoped(Effect.gen(function*() {
  const { token, url } = yield* serve()
  yield* program.pipe(
    Effect.provide([
      DataRobot.layer({ endpoint: url, token }),
      NodeHttpClient.layerUndici,
      Layer.setTracer(consoleTracer),
      Logger.minimumLogLevel(LogLevel.Debug)
    ])
  )
})))
