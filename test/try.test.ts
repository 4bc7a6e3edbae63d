import { it } from "@effect/vitest"
import { Chunk, Effect, Schema, Stream } from "effect"
import { Deployment, Prediction } from "effect-datarobot"
import { TestDataRobot } from "effect-datarobot/testing"
it.effect("x", () =>
  Effect.gen(function*() {
    const all = yield* Deployment.list()
    console.log(all.map((d) => [d.id, d.label, d.defaultPredictionServer, d.predictionEnvironment?.platform]))
    const [d] = all
    if (d === undefined) return
    console.log(
      yield* Effect.either(
        Prediction.predict(d.id, [{ a: 1, b: "x" }, { a: 2, b: null }], {
          passthroughColumns: ["a"],
          maxExplanations: 1
        })
      )
    )
    console.log(
      JSON.stringify(
        yield* Effect.either(
          Prediction.predict(d, [{ a: 1, b: "x" }], {
            row: Schema.Struct({ a: Schema.NumberFromString, b: Schema.String })
          })
        ),
        null,
        1
      )
    )
    console.log(yield* Effect.flip(Prediction.predict(d, [{ a: NaN, b: "x" }])))
    console.log(String(yield* Effect.flip(Prediction.predict(d, [{ a: 1, b: "x" }], { maxExplanatons: 3 } as never))))
    console.log(
      String(
        yield* Effect.flip(
          Prediction.predict(
            d,
            [{ a: 1, b: "x" }],
            { passthroughColumns: ["a"], passthroughColumnsSet: "all" } as never
          )
        )
      )
    )
    const out = yield* Stream.runCollect(
      Prediction.stream(d.id, Stream.range(1, 2500).pipe(Stream.map((a) => ({ a }))), { concurrency: 3 })
    )
    console.log(Chunk.size(out), Chunk.toReadonlyArray(out).every((r, i) => r.rowId === i))
    const bad = yield* Stream.range(1, 2500).pipe(
      Stream.map((a) => ({ a: a === 1500 ? NaN : a })),
      (s) => Prediction.stream(d.id, s, { concurrency: 3 }),
      Stream.either,
      Stream.runCollect
    )
    console.log(Chunk.size(bad), Chunk.unsafeLast(bad))
  }).pipe(Effect.provide(TestDataRobot.layer({ preset: "demo" }))))
