/** The types of the test kit, which are written by hand, are those of the emulator. */
import type * as Kit from "effect-datarobot/testing/promise"
import type * as Effect from "effect/Effect"
import { describe, expect, test } from "tstyche"
import type { Operation } from "../../src/emulator/api/operations.js"
import type * as Emulator from "../../src/emulator/index.js"

/** The dates of the kit in place of those of the emulator. */
type WithDates<A> = {
  [Key in keyof A]: Key extends "createdAt" | "updatedAt" | "start" | "end" ? string | Date : A[Key]
}

type Fixture = Emulator.DeploymentFixture

describe("the types of the test kit", () => {
  test("name every operation", () => {
    expect<Kit.Operation>().type.toBe<Operation>()
  })

  test("have every fault", () => {
    expect<Emulator.Fault>().type.toBeAssignableTo<Kit.Fault>()
    expect<Kit.Fault>().type.toBeAssignableTo<Emulator.Fault>()
    expect<keyof Kit.FaultSelection>().type.toBe<
      keyof Emulator.Fault extends infer Key ? Exclude<Key, "fault"> : never
    >()
    expect<keyof Kit.FaultReport>().type.toBe<keyof Emulator.FaultReport>()
  })

  test("have every field of a deployment", () => {
    expect<keyof Kit.DeploymentFixture>().type.toBe<keyof Fixture>()
    expect<WithDates<Fixture>>().type.toBeAssignableTo<Kit.DeploymentFixture>()
    expect<Kit.DeploymentFixture>().type.toBeAssignableTo<WithDates<Fixture>>()
  })

  test("have every field of traffic", () => {
    expect<keyof Kit.Traffic>().type.toBe<keyof Emulator.TrafficInput>()
    expect<WithDates<Emulator.TrafficInput>>().type.toBeAssignableTo<Kit.Traffic>()
    expect<Kit.Traffic>().type.toBeAssignableTo<WithDates<Emulator.TrafficInput>>()
  })

  test("have every option of the emulator, and the port", () => {
    expect<keyof Kit.EmulatorOptions>().type.toBe<keyof Emulator.EmulatorOptions | "port">()
    type Same = Exclude<keyof Emulator.EmulatorOptions, "clock" | "deployments" | "deployDelay" | "batchDelay">
    expect<Pick<Emulator.EmulatorOptions, Same>>().type.toBeAssignableTo<Pick<Kit.EmulatorOptions, Same>>()
    expect<Pick<Kit.EmulatorOptions, Same>>().type.toBeAssignableTo<Pick<Emulator.EmulatorOptions, Same>>()
  })

  test("have every field of a recorded request, and its operation", () => {
    expect<keyof Kit.RecordedRequest>().type.toBe<keyof Emulator.JournalEntry | "operation">()
  })

  test("reject a misspelled operation and option", () => {
    expect<Kit.Emulator["addFault"]>().type.not.toBeCallableWith({ fault: "reset", operation: "deployments.lst" })
    expect<typeof Kit.startEmulator>().type.not.toBeCallableWith({ prest: "demo" })
  })

  test("return no effects", () => {
    expect<Kit.Emulator[keyof Kit.Emulator]>().type.not.toBeAssignableTo<Effect.Effect<unknown, unknown, unknown>>()
  })
})
