/** The routes below `/__emulator/`, which control the emulator. They need no token, but reject web pages. */
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import * as HttpApiMiddleware from "@effect/platform/HttpApiMiddleware"
import * as HttpApiSchema from "@effect/platform/HttpApiSchema"
import * as OpenApi from "@effect/platform/OpenApi"
import * as Duration from "effect/Duration"
import * as Schema from "effect/Schema"
import { ModelDeployment } from "../../wire/modelDeployment.js"
import { DurationInput, Fault, FaultReport } from "../faults/faults.js"
import { Traffic } from "../monitoring/traffic.js"
import { JsonBody } from "../protocol/access.js"
import * as Errors from "../protocol/errors.js"
import { JournalEntry } from "../server/journal.js"
import { longest } from "../state/clock.js"
import { DeploymentFixture } from "../state/fixtures.js"
import { Snapshot } from "../state/snapshot.js"

/** Rejects a request with an `Origin`: a web page must not control the emulator of a visitor. */
export class NoOrigin extends HttpApiMiddleware.Tag<NoOrigin>()("effect-datarobot/emulator/NoOrigin", {
  failure: Errors.Forbidden
}) {}

/**
 * Reports every wrong field and every unknown key. A misspelled key would otherwise let a test pass that proves
 * nothing.
 */
const strict = { parseOptions: { errors: "all", onExcessProperty: "error" } } as const

const Advance = Schema.Struct({
  duration: DurationInput.pipe(
    Schema.filter((duration) => Duration.lessThanOrEqualTo(duration, longest), {
      message: () => "must be at most a hundred years"
    })
  )
})

/** The time of the emulator, ISO 8601. */
const Now = Schema.Struct({ now: Schema.String })

export const control = HttpApiGroup.make("control")
  .add(
    HttpApiEndpoint.get("health", "/health")
      .addSuccess(Schema.Struct({ status: Schema.Literal("ok") }))
      .annotate(OpenApi.Summary, "Whether the emulator is running")
  )
  .add(
    HttpApiEndpoint.post("reset", "/reset")
      .addSuccess(HttpApiSchema.NoContent)
      .annotate(
        OpenApi.Summary,
        "Go back to the start: the first deployments, ids, faults and time, and no past requests"
      )
  )
  .add(
    HttpApiEndpoint.get("getState", "/state")
      .addSuccess(Snapshot)
      .annotate(OpenApi.Summary, "Everything that the emulator stores, as a snapshot")
  )
  .add(
    HttpApiEndpoint.put("putState", "/state")
      .setPayload(Snapshot.annotations(strict))
      .addSuccess(HttpApiSchema.NoContent)
      .middleware(JsonBody)
      .annotate(OpenApi.Summary, "Replace everything that the emulator stores with a snapshot")
  )
  .add(
    HttpApiEndpoint.post("seed", "/seed")
      .setPayload(Schema.Array(DeploymentFixture).annotations(strict))
      .addSuccess(Schema.Array(ModelDeployment))
      .middleware(JsonBody)
      .annotate(OpenApi.Summary, "Add deployments, each from a few of its fields")
  )
  .add(
    HttpApiEndpoint.post("traffic", "/traffic")
      .setPayload(Traffic.annotations(strict))
      .addSuccess(HttpApiSchema.NoContent)
      .addError(Errors.NotFound)
      .middleware(JsonBody)
      .annotate(OpenApi.Summary, "Add prediction requests of a period to the history of a deployment")
  )
  .add(
    HttpApiEndpoint.get("requests", "/requests")
      .addSuccess(Schema.Array(JournalEntry))
      .annotate(OpenApi.Summary, "The last 1 000 requests to DataRobot's routes, oldest first")
  )
  .add(
    HttpApiEndpoint.get("getFaults", "/faults")
      .addSuccess(Schema.Array(FaultReport))
      .annotate(OpenApi.Summary, "The faults, and how often each has fired")
  )
  .add(
    HttpApiEndpoint.post("addFault", "/faults")
      .setPayload(Fault.annotations(strict))
      .addSuccess(HttpApiSchema.NoContent)
      .middleware(JsonBody)
      .annotate(OpenApi.Summary, "Add a fault")
  )
  .add(
    HttpApiEndpoint.del("clearFaults", "/faults")
      .addSuccess(HttpApiSchema.NoContent)
      .annotate(OpenApi.Summary, "Remove all faults")
  )
  .add(
    HttpApiEndpoint.get("clock", "/clock")
      .addSuccess(Now)
      .annotate(OpenApi.Summary, "The emulator's time")
  )
  .add(
    HttpApiEndpoint.post("advanceClock", "/clock/advance")
      .setPayload(Advance.annotations(strict))
      .addSuccess(Now)
      .middleware(JsonBody)
      .annotate(OpenApi.Summary, "Advance the emulator's time")
  )
  .add(
    HttpApiEndpoint.get("openapi", "/openapi.json")
      .addSuccess(Schema.Unknown)
      .annotate(OpenApi.Summary, "This API as an OpenAPI document")
  )
  // On the endpoints and not on the group: it must run before `JsonBody`, and the last middleware runs first.
  .middlewareEndpoints(NoOrigin)
  .prefix("/__emulator")
