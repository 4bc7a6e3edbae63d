/**
 * Each kind of error and how to handle it. Every failure is a value with a tag, a reason and a message that is safe to
 * log. Run it with `npx tsx examples/errors.ts`.
 */
import { NodeHttpClient } from "@effect/platform-node"
import { Console, Effect, Option } from "effect"
import { DataRobot, DataRobotError, ModelDeployment } from "effect-datarobot"
import { type EmulatorServer, serve } from "effect-datarobot/emulator/node"

const missing = "5bffffffffffffffffffffff"
const churn = { projectId: "5b00000000000000000000b1", modelId: "5b00000000000000000000a1", label: "Churn scorer" }

const program = (emulator: EmulatorServer) =>
  Effect.gen(function*() {
    yield* Console.log("The server returns an error:")
    yield* ModelDeployment.get(missing).pipe(
      Effect.catchTag(
        "DataRobotApiError",
        (error) => Console.log(`  ${error.message}\n  status ${error.status}, reason ${error.reason}`)
      )
    )

    yield* Console.log("\nThe input is invalid, so nothing is sent:")
    yield* ModelDeployment.create({ ...churn, modelId: " ", label: "" }).pipe(
      Effect.catchTag("DataRobotValidationError", (error) =>
        Console.log(
          `  ${error.message}\n  phase ${error.phase}, fields ${error.issues.map(({ path }) => path).join(" and ")}`
        ))
    )

    yield* Console.log("\nThe connection is refused three times:")
    yield* ModelDeployment.list({}, { retry: { baseDelay: "10 millis" } }).pipe(
      Effect.provide(DataRobot.layer({ endpoint: "http://127.0.0.1:9/api/v2", token: "a-token-for-tests" })),
      Effect.catchTag("DataRobotNetworkError", (error) =>
        Console.log(
          `  ${error.message}\n  reason ${error.reason}, outcome ${error.outcome}, attempts ${error.attempts}`
        ))
    )

    yield* Console.log("\nThe response to a create is lost. The create is not sent again:")
    yield* emulator.addFault({ fault: "commitThenDrop", operation: "modelDeployments.create", times: 1 })
    yield* ModelDeployment.create(churn).pipe(
      Effect.catchTag("DataRobotNetworkError", (error) =>
        Console.log(`  ${error.message}\n  reason ${error.reason}, outcome ${error.outcome}`))
    )
    const created = yield* ModelDeployment.list({ query: churn.label })
    yield* Console.log(`  the deployment was created: ${
      created.map(({ id }) => id).join(", ")
    }`)

    yield* Console.log("\nThe job of a create fails:")
    yield* emulator.addFault({ fault: "job", ends: "failed", times: 1 })
    yield* ModelDeployment.create(churn).pipe(
      Effect.catchTag("DataRobotJobError", (error) =>
        Console.log(`  ${error.message}\n  reason ${error.reason}, status ${error.status}`))
    )

    yield* Console.log("\nHandle one reason, let the others pass:")
    const label = yield* ModelDeployment.get(missing).pipe(
      Effect.map((deployment) =>
        deployment.label
      ),
      DataRobotError.catchReason("NotFound", () => Effect.succeed("(not found)"))
    )
    yield* Console.log(`  ${label}`)

    yield* Console.log("\nRead a deployment that may not exist:")
    const found = yield* ModelDeployment.getOption(missing)
    yield* Console.log(`  ${Option.isNone(found) ? "none" : found.value.label}`)

    yield* Console.log("\nThe settings are invalid:")
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
