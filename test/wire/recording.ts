/**
 * Everything that is logged and traced while an effect runs: by each of Effect's loggers, by OpenTelemetry's SDK, and
 * as the bytes that Effect's OTLP exporter sends to a collector.
 */
import * as OtlpLogger from "@effect/opentelemetry/OtlpLogger"
import * as OtlpSerialization from "@effect/opentelemetry/OtlpSerialization"
import * as OtlpTracer from "@effect/opentelemetry/OtlpTracer"
import * as OtelTracer from "@effect/opentelemetry/Tracer"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base"
import * as Effect from "effect/Effect"
import type * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import * as Option from "effect/Option"
import * as Tracer from "effect/Tracer"
import { format, inspect } from "node:util"

/** The recorded texts, by the name of the logger or exporter. */
export type Texts = Readonly<Record<string, string>>

const deep = (value: unknown) => inspect(value, { depth: 10, maxStringLength: null })

/** A telemetry collector that keeps what it receives. */
const collector = (keep: (path: string, body: string) => void) =>
  HttpClient.make((request, url) => {
    const { body } = request
    keep(url.pathname, body._tag === "Uint8Array" ? new TextDecoder().decode(body.body) : deep(body))
    return Effect.succeed(HttpClientResponse.fromWeb(request, new Response("{}")))
  })

/** Combines several tracers: each span is created in all of them. */
const all = (tracers: ReadonlyArray<Tracer.Tracer>): Tracer.Tracer => {
  const parts = new WeakMap<Tracer.AnySpan, ReadonlyArray<Tracer.Span>>()
  return Tracer.make({
    context: (run) => run(),
    span: (name, parent, context, links, startTime, kind, options) => {
      const spans = tracers.map((tracer, i) =>
        tracer.span(
          name,
          Option.map(parent, (span) => parts.get(span)?.[i] ?? span),
          context,
          links,
          startTime,
          kind,
          options
        )
      )
      const attributes = new Map<string, unknown>()
      const span: Tracer.Span = {
        _tag: "Span",
        name,
        spanId: "1",
        traceId: "1",
        parent,
        context,
        status: { _tag: "Started", startTime },
        attributes,
        links,
        sampled: true,
        kind,
        end: (...args) => spans.forEach((one) => one.end(...args)),
        attribute: (key, value) => {
          attributes.set(key, value)
          for (const one of spans) one.attribute(key, value)
        },
        event: (...args) => spans.forEach((one) => one.event(...args)),
        addLinks: (more) => spans.forEach((one) => one.addLinks(more))
      }
      parts.set(span, spans)
      return span
    }
  })
}

/** Runs an effect in a span, and returns its exit and all recorded texts. */
export const recorded = <A, E, R>(
  effect: Effect.Effect<A, E, R>
): Effect.Effect<{ readonly exit: Exit.Exit<A, E>; readonly texts: Texts }, never, R> =>
  Effect.gen(function*() {
    const texts = new Map<string, string>()
    const add = (name: string, text: string) => {
      texts.set(name, `${texts.get(name) ?? ""}${text}\n`)
    }

    const pretty = Logger.prettyLogger({ colors: false, mode: "tty" })
    const loggers = Logger.make((options) => {
      add("Logger.stringLogger", Logger.stringLogger.log(options))
      add("Logger.logfmtLogger", Logger.logfmtLogger.log(options))
      add("Logger.jsonLogger", Logger.jsonLogger.log(options))
      add("Logger.structuredLogger", deep(Logger.structuredLogger.log(options)))
      pretty.log(options)
    })
    const write = (...args: ReadonlyArray<unknown>) => add("Logger.prettyLogger", format(...args))
    const outer = yield* Effect.console
    const console = {
      ...outer,
      unsafe: { ...outer.unsafe, log: write, error: write, group: write, groupCollapsed: write, groupEnd: () => {} }
    }

    const memory = new InMemorySpanExporter()
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(memory)] })
    const openTelemetry = yield* Effect.provideService(
      OtelTracer.make,
      OtelTracer.OtelTracer,
      provider.getTracer("test")
    )

    const exit = yield* Effect.scoped(Effect.gen(function*() {
      const resource = { serviceName: "test" }
      const [otlpTracer, otlpLogger] = yield* Effect.all([
        OtlpTracer.make({ url: "http://collector.example/traces", resource }),
        OtlpLogger.make({ url: "http://collector.example/logs", resource })
      ]).pipe(
        Effect.provideService(HttpClient.HttpClient, collector((path, body) => add(`OTLP ${path}`, body))),
        Effect.provide(OtlpSerialization.layerJson)
      )
      return yield* Effect.exit(effect.pipe(
        Effect.withSpan("around"),
        Effect.withTracer(all([openTelemetry, otlpTracer])),
        Effect.withConsole(console),
        Effect.provide(Layer.mergeAll(
          Logger.replace(Logger.defaultLogger, Logger.zip(loggers, otlpLogger)),
          Logger.minimumLogLevel(LogLevel.All)
        ))
      ))
    }))
    // The data that a processor passes to an exporter, without the fields that refer to the processor.
    for (const { attributes, events, links, name, status } of memory.getFinishedSpans()) {
      add("OpenTelemetry's spans", deep({ name, attributes, events, links, status }))
    }
    return { exit, texts: Object.fromEntries(texts) }
  })
