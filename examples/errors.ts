/**
 * What can go wrong, and how to tell: every failure is a value with a tag, a reason and a message that can be logged as
 * it stands. Run it with `npx tsx examples/errors.ts`.
 */
import { NodeHttpClient } from "@effect/platform-node"
import { Console, Effect, Option } from "effect"
import { DataRobot, DataRobotError, ModelDeployment } from "effect-datarobot"
import { type EmulatorServer, serve } from "effect-datarobot/emulator/node"

const missing = "5bffffffffffffffffffffff"
const churn = { projectId: "5b00000000000000000000b1", modelId: "5b00000000000000000000a1", label: "Churn scorer" }

const program = (emulator: EmulatorServer) =>
  Effect.gen(function*() {
    yield* Console.log("The server says no:")
    yield* ModelDeployment.get(missing).pipe(
      Effect.catchTag(
        "DataRobotApiError",
        (error) => Console.log(`  ${error.message}\n  status ${error.status}, reason ${error.reason}`)
      )
    )

    yield* Console.log("\nWhat was passed is wrong, and was not sent:")
    yield* ModelDeployment.create({ ...churn, modelId: " ", label: "" }).pipe(
      Effect.catchTag("DataRobotValidationError", (error) =>
        Console.log(
          `  ${error.message}\n  phase ${error.phase}, fields ${error.issues.map(({ path }) => path).join(" and ")}`
        ))
    )

    yield* Console.log("\nThe network fails (three attempts, nobody listens):")
    yield* ModelDeployment.list({}, { retry: { baseDelay: "10 millis" } }).pipe(
      Effect.provide(DataRobot.layer({ endpoint: "http://127.0.0.1:9/api/v2", token: "a-token-nobody-sees" })),
      Effect.catchTag("DataRobotNetworkError", (error) =>
        Console.log(
          `  ${error.message}\n  reason ${error.reason}, outcome ${error.outcome}, attempts ${error.attempts}`
        ))
    )

    yield* Console.log("\nThe answer to a create is lost, and the create is not sent again:")
    yield* emulator.addFault({ fault: "commitThenDrop", operation: "modelDeployments.create", times: 1 })
    yield* ModelDeployment.create(churn).pipe(
      Effect.catchTag("DataRobotNetworkError", (error) =>
        Console.log(`  ${error.message}\n  reason ${error.reason}, outcome ${error.outcome}`))
    )
    const made = yield* ModelDeployment.list({ query: churn.label })
    yield* Console.log(`  it was made all the same: ${
      made.map(({ id }) => id).join(", ")
    }`)

    yield* Console.log("\nWhat DataRobot does in its own time fails:")
    yield* emulator.addFault({ fault: "job", ends: "failed", times: 1 })
    yield* ModelDeployment.create(churn).pipe(
      Effect.catchTag("DataRobotJobError", (error) =>
        Console.log(`  ${error.message}\n  reason ${error.reason}, status ${error.status}`))
    )

    yield* Console.log("\nOne reason is expected, all others pass:")
    const label = yield* ModelDeployment.get(missing).pipe(
      Effect.map((deployment) =>
        deployment.label
      ),
      DataRobotError.catchReason("NotFound", () => Effect.succeed("(there is none)"))
    )
    yield* Console.log(`  ${label}`)

    yield* Console.log("\nNot being there is no failure at all:")
    const found = yield* ModelDeployment.getOption(missing)
    yield* Console.log(`  ${Option.isNone(found) ? "none" : found.value.label}`)

    yield* Console.log("\nThe settings can't work:")
    yield* ModelDeployment.list().pipe(
      Effect.provide(DataRobot.layer({ endpoint: "http://datarobot.example.com/api/v2", token: "two words" })),
      Effect.catchTag("DataRobotValidationError", (error) => Console.log(`  ${error.message}`))
    )
  })

await Effect.runPromise(Effect.scoped(Effect.gen(function*() {
  const emulator = yield* serve({ deployDelay: "1 second" })
  const { token, url } = emulator
  yield* Effect.provide(program(emulator), [DataRobot.layer({ endpoint: url, token }), NodeHttpClient.layerUndici])
})))
