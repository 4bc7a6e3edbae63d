/** The package exports no `any`, which would disable the type checks of its users. */
import type {
  DataRobot,
  DataRobotError,
  Deployment,
  DeploymentActuals,
  DeploymentModel,
  DeploymentMonitoring,
  DeploymentSettings,
  Job,
  ModelDeployment,
  Page
} from "effect-datarobot"
import type { Connection, ConnectionOptions } from "effect-datarobot/DataRobot"
import type { Client, ClientOptions, createClient } from "effect-datarobot/promise"
import type { MockHttpClient, TestDataRobot } from "effect-datarobot/testing"
import type * as DateTime from "effect/DateTime"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type * as Stream from "effect/Stream"
import { describe, expect, test } from "tstyche"

type IsAny<T> = 0 extends 1 & T ? true : false

/** The next lower depth. */
type Less = readonly [0, 0, 1, 2, 3, 4, 5, 6]

/** Whether a type contains `any`, down to some depth: `true`, or `never`. */
type AnyIn<T, Depth extends Less[number] = 6> = IsAny<T> extends true ? true
  : Depth extends 0 ? never
  : T extends
    string | number | boolean | symbol | null | undefined | DateTime.DateTime | Date | AbortSignal | Uint8Array ? never
  : T extends Effect.Effect<infer A, infer E, infer R> ? AnyIn<A | E | R, Less[Depth]>
  : T extends Stream.Stream<infer A, infer E, infer R> ? AnyIn<A | E | R, Less[Depth]>
  : T extends Option.Option<infer A> ? AnyIn<A, Less[Depth]>
  : T extends Promise<infer A> ? AnyIn<A, Less[Depth]>
  : T extends AsyncIterable<infer A> ? AnyIn<A, Less[Depth]>
  : T extends ReadonlyArray<infer A> ? AnyIn<A, Less[Depth]>
  : T extends Iterable<infer A> ? AnyIn<A, Less[Depth]>
  : T extends (...args: infer Args) => infer Result ? AnyIn<Args[number], Less[Depth]> | AnyIn<Result, Less[Depth]>
  : T extends object ? { [Key in keyof T]-?: AnyIn<T[Key], Less[Depth]> }[keyof T]
  : never

describe("AnyIn", () => {
  type Any = ReturnType<typeof JSON.parse>

  test("finds any in nested types", () => {
    expect<AnyIn<{ a: { b: ReadonlyArray<Any> } }>>().type.toBe<true>()
    expect<AnyIn<(a: string, b: { c: Any }) => void>>().type.toBe<true>()
    expect<AnyIn<Effect.Effect<Any>>>().type.toBe<true>()
    expect<AnyIn<() => Promise<{ a?: Any }>>>().type.toBe<true>()
  })

  test("finds no any in a type that has none", () => {
    expect<AnyIn<{ a: unknown; b: (c: string) => Promise<never>; d: Date }>>().type.toBe<never>()
  })
})

describe("No any is contained in", () => {
  test("the types of operations", () => {
    type Operations = Pick<typeof ModelDeployment, keyof Client["ModelDeployment"]>
    expect<AnyIn<Operations>>().type.toBe<never>()
    // Besides the operations, a namespace has schemas, whose types contain any.
    expect<AnyIn<Pick<typeof Job, keyof Client["Job"]>>>().type.toBe<never>()
    expect<AnyIn<Pick<typeof Deployment, keyof Client["Deployment"]>>>().type.toBe<never>()
    // These take an Iterable and a Stream, whose types contain any.
    type Actuals = Exclude<keyof Client["DeploymentActuals"], "submit" | "submitStream">
    expect<AnyIn<Pick<typeof DeploymentActuals, Actuals>>>().type.toBe<never>()
    expect<AnyIn<Pick<typeof DeploymentModel, keyof Client["DeploymentModel"]>>>().type.toBe<never>()
    expect<AnyIn<Pick<typeof DeploymentMonitoring, keyof Client["DeploymentMonitoring"]>>>().type.toBe<never>()
    expect<AnyIn<Pick<typeof DeploymentSettings, keyof Client["DeploymentSettings"]>>>().type.toBe<never>()
  })

  test("the types of results", () => {
    expect<AnyIn<ModelDeployment.ModelDeployment>>().type.toBe<never>()
    expect<AnyIn<ModelDeployment.ServiceStatistics>>().type.toBe<never>()
    expect<AnyIn<ModelDeployment.ActionLogEntry>>().type.toBe<never>()
    expect<AnyIn<Page<ModelDeployment.ModelDeployment, ModelDeployment.ListInput>>>().type.toBe<never>()
    expect<AnyIn<typeof ModelDeployment.ModelDeployment.Encoded>>().type.toBe<never>()
  })

  test("the types of the connection", () => {
    expect<AnyIn<ConnectionOptions, 2>>().type.toBe<never>()
    expect<AnyIn<Connection, 2>>().type.toBe<never>()
    expect<AnyIn<typeof DataRobot.layer, 1>>().type.toBe<never>()
    expect<AnyIn<typeof DataRobot.withOptions, 2>>().type.toBe<never>()
  })

  test("the types of errors", () => {
    type Inherited = keyof Error | symbol | "toString" | "toJSON" | "pipe" | "commit"
    type Own<E> = E extends unknown ? Pick<E, Exclude<keyof E, Inherited>> : never
    expect<AnyIn<Own<DataRobotError.DataRobotError>, 3>>().type.toBe<never>()
    type Guards = Pick<
      typeof DataRobotError,
      "isApiError" | "isDataRobotError" | "isJobError" | "isNetworkError" | "isRetryable" | "isValidationError"
    >
    expect<AnyIn<Guards, 2>>().type.toBe<never>()
    expect<AnyIn<typeof DataRobotError.catchReason, 2>>().type.toBe<never>()
  })

  test("the types of the Promise API", () => {
    expect<AnyIn<Client, 5>>().type.toBe<never>()
    expect<AnyIn<ClientOptions, 1>>().type.toBe<never>()
    expect<AnyIn<typeof createClient, 1>>().type.toBe<never>()
  })

  test("the types of the layers for tests", () => {
    expect<AnyIn<MockHttpClient.MockRequest>>().type.toBe<never>()
    expect<AnyIn<MockHttpClient.Routes, 3>>().type.toBe<never>()
    type Makers = Pick<typeof MockHttpClient, "empty" | "json" | "modelDeployment" | "networkFailure" | "text">
    expect<AnyIn<Makers, 3>>().type.toBe<never>()
    expect<AnyIn<typeof TestDataRobot.layer, 1>>().type.toBe<never>()
  })
})
