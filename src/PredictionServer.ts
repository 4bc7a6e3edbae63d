/**
 * Prediction servers, which make the predictions of dedicated deployments. The id of one is the
 * `defaultPredictionServerId` of a new deployment.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import type * as Effect from "effect/Effect"
import type { DataRobot } from "./DataRobot.js"
import type { DataRobotError } from "./DataRobotError.js"
import * as Listing from "./internal/protocols/listing.js"
import { operation } from "./internal/request/operation.js"
import type { RequestOptions } from "./internal/request/options.js"
import type { Paging } from "./wire/fields.js"
import type { PredictionServer } from "./wire/predictionServer.js"
import * as Routes from "./wire/routes/predictionServers.js"

export type { Paging } from "./wire/fields.js"
export { PredictionServer } from "./wire/predictionServer.js"

/**
 * Returns all prediction servers, or the first `limit` of them. Two servers may have the same URL. A self-managed
 * installation may have none; leave out `defaultPredictionServerId` there.
 *
 * Errors: those of every operation.
 *
 * `GET predictionServers/`
 *
 * @since 0.1.0
 * @example
 * import { Effect } from "effect"
 * import { Deployment, PredictionServer } from "effect-datarobot"
 *
 * const deployed = Effect.flatMap(PredictionServer.list({ limit: 1 }), ([server]) =>
 *   Deployment.createFromModelPackage({
 *     modelPackageId: "60a0000000000000000000e1",
 *     label: "Churn scorer",
 *     ...(server === undefined ? {} : { defaultPredictionServerId: server.id })
 *   }))
 */
export const list = (
  paging: Paging = {},
  options?: RequestOptions
): Effect.Effect<ReadonlyArray<PredictionServer>, DataRobotError, DataRobot | HttpClient.HttpClient> =>
  Listing.list(operation("PredictionServer.list", options), Routes.list, {}, paging)
