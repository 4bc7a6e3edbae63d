/** The routes below `/__emulator/`, which control the emulator. They need no token, but reject web pages. */
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import * as HttpApiSchema from "@effect/platform/HttpApiSchema"
import * as OpenApi from "@effect/platform/OpenApi"
import * as Schema from "effect/Schema"
import { ModelDeployment } from "../../wire/modelDeployment.js"
import { DurationInput, Fault, FaultReport } from "../faults/faults.js"
import { Traffic } from "../monitoring/traffic.js"
import * as Errors from "../protocol/errors.js"
import { JournalEntry } from "../server/journal.js"
import { DeploymentFixture } from "../state/fixtures.js"
import { Snapshot } from "../state/snapshot.js"

/**
 * Reports every wrong field and every unknown key. Otherwise, a misspelled key could let a test pass that proves
 * nothing.
 */
const strict = { parseOptions: { errors: "all", onExcessProperty: "error" } } as const

const Advance = Schema.Struct({ duration: DurationInput })

/** The time of the emulator, ISO 8601. */
const Now = Schema.Struct({ now: Schema.String })

const get = <const Name extends string, A, I>(
  name: Name,
  path: `/${string}`,
  summary: string,
  success: Schema.Schema<A, I>
) => HttpApiEndpoint.get(name, path).addSuccess(success).annotate(OpenApi.Summary, summary)

const post = <const Name extends string, A, I, B, J>(
  name: Name,
  path: `/${string}`,
  summary: string,
  payload: Schema.Schema<A, I>,
  success: Schema.Schema<B, J>
) =>
  HttpApiEndpoint.post(name, path).setPayload(payload.annotations(strict)).addSuccess(success)
    .addError(Errors.Malformed).addError(Errors.TooLarge).annotate(OpenApi.Summary, summary)

const { NoContent } = HttpApiSchema
const start = "Restore the deployments, ids, faults and time of the start, and remove the recorded requests"
const restore = "Replace everything that the emulator stores with a snapshot"
const addTraffic = "Add prediction requests of a period to the history of a deployment"
const addDeployments = "Add deployments, each from a few of its fields"
const Health = Schema.Struct({ status: Schema.Literal("ok") })

export const control = HttpApiGroup.make("control")
  .add(get("health", "/health", "Whether the emulator is running", Health))
  .add(HttpApiEndpoint.post("reset", "/reset").addSuccess(NoContent).annotate(OpenApi.Summary, start))
  .add(get("getState", "/state", "Everything that the emulator stores, as a snapshot", Snapshot))
  .add(
    HttpApiEndpoint.put("putState", "/state").setPayload(Snapshot.annotations(strict)).addSuccess(NoContent)
      .addError(Errors.Malformed).addError(Errors.TooLarge).annotate(OpenApi.Summary, restore)
  )
  .add(post("seed", "/seed", addDeployments, Schema.Array(DeploymentFixture), Schema.Array(ModelDeployment)))
  .add(post("traffic", "/traffic", addTraffic, Traffic, NoContent).addError(Errors.NotFound))
  .add(
    get(
      "requests",
      "/requests",
      "The last 1 000 requests to DataRobot's routes, oldest first",
      Schema.Array(JournalEntry)
    )
  )
  .add(get("getFaults", "/faults", "The faults, and how often each has fired", Schema.Array(FaultReport)))
  .add(post("addFault", "/faults", "Add a fault", Fault, NoContent))
  .add(
    HttpApiEndpoint.del("clearFaults", "/faults").addSuccess(NoContent).annotate(OpenApi.Summary, "Remove all faults")
  )
  .add(get("clock", "/clock", "The emulator's time", Now))
  .add(post("advanceClock", "/clock/advance", "Advance the emulator's time", Advance, Now))
  .add(get("openapi", "/openapi.json", "This API as an OpenAPI document", Schema.Unknown))
  .addError(Errors.Forbidden)
  .prefix("/__emulator")
