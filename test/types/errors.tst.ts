import type * as HttpClient from "@effect/platform/HttpClient"
import {
  type DataRobot,
  type DataRobotApiError,
  DataRobotError,
  type DataRobotJobError,
  type DataRobotNetworkError,
  type DataRobotValidationError,
  ModelDeployment
} from "effect-datarobot"
import * as Effect from "effect/Effect"
import { pipe } from "effect/Function"
import { describe, expect, test } from "tstyche"

declare const operation: Effect.Effect<string, DataRobotError.DataRobotError>
declare const unknown: unknown

test("DataRobotError is a union of four errors with distinct tags", () => {
  expect<DataRobotError.DataRobotError>().type.toBe<
    DataRobotApiError | DataRobotValidationError | DataRobotNetworkError | DataRobotJobError
  >()
  expect<DataRobotError.DataRobotError["_tag"]>().type.toBe<
    "DataRobotApiError" | "DataRobotValidationError" | "DataRobotNetworkError" | "DataRobotJobError"
  >()
  expect(
    Effect.catchTags(operation, {
      DataRobotApiError: (error) => Effect.succeed(error.status),
      DataRobotJobError: (error) => Effect.succeed(error.handle)
    })
  ).type.toBe<
    Effect.Effect<string | number | DataRobotError.Handle, DataRobotValidationError | DataRobotNetworkError>
  >()
})

describe("catchReason", () => {
  test("passes the error with the reason to the handler", () => {
    DataRobotError.catchReason(operation, "NotFound", (error) => {
      expect(error).type.toBeAssignableTo<DataRobotApiError>()
      expect(error.reason).type.toBe<"NotFound">()
      return Effect.void
    })
    DataRobotError.catchReason(operation, "Timeout", (error) => {
      expect(error).type.toBeAssignableTo<DataRobotNetworkError>()
      expect(error.outcome).type.toBe<"not-sent" | "unknown">()
      return Effect.void
    })
    DataRobotError.catchReason(operation, "Deadline", (error) => {
      expect(error.handle).type.toBe<DataRobotError.Handle>()
      return Effect.void
    })
  })

  test("adds the result, errors and requirements of the handler, in both call forms", () => {
    type Expected = Effect.Effect<
      string | ModelDeployment.ModelDeployment,
      DataRobotError.DataRobotError,
      DataRobot | HttpClient.HttpClient
    >
    const handler = () => ModelDeployment.get("x")
    expect(DataRobotError.catchReason(operation, "NotFound", handler)).type.toBe<Expected>()
    expect(pipe(operation, DataRobotError.catchReason("NotFound", handler))).type.toBe<Expected>()
  })

  test("accepts every known reason and no other", () => {
    expect<DataRobotError.Reason>().type.toBe<
      DataRobotError.ApiReason | DataRobotError.NetworkReason | DataRobotError.JobReason
    >()
    expect(DataRobotError.catchReason).type.not.toBeCallableWith(operation, "Gone", () => Effect.void)
  })
})

test("the guards narrow unknown values", () => {
  if (DataRobotError.isDataRobotError(unknown)) expect(unknown).type.toBe<DataRobotError.DataRobotError>()
  if (DataRobotError.isApiError(unknown)) expect(unknown).type.toBe<DataRobotApiError>()
  if (DataRobotError.isValidationError(unknown)) expect(unknown).type.toBe<DataRobotValidationError>()
  if (DataRobotError.isNetworkError(unknown)) expect(unknown).type.toBe<DataRobotNetworkError>()
  if (DataRobotError.isJobError(unknown)) expect(unknown).type.toBe<DataRobotJobError>()
  if (DataRobotError.isRetryable(unknown)) {
    expect(unknown).type.toBe<DataRobotApiError | DataRobotNetworkError>()
  }
})

test("every error has operation, method, path and attempts", () => {
  type Told = {
    readonly operation: string
    readonly method: string
    readonly path: string
    readonly attempts: number
    readonly message: string
  }
  expect<DataRobotError.DataRobotError>().type.toBeAssignableTo<Told>()
})
