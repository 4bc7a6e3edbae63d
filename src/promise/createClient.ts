/** Creates a client. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as BatchPrediction from "../BatchPrediction.js"
import * as BatchPredictionDefinition from "../BatchPredictionDefinition.js"
import * as Credential from "../Credential.js"
import { DataRobot } from "../DataRobot.js"
import * as Dataset from "../Dataset.js"
import * as Deployment from "../Deployment.js"
import * as DeploymentActuals from "../DeploymentActuals.js"
import * as DeploymentExport from "../DeploymentExport.js"
import * as DeploymentModel from "../DeploymentModel.js"
import * as DeploymentMonitoring from "../DeploymentMonitoring.js"
import * as DeploymentSettings from "../DeploymentSettings.js"
import * as Job from "../Job.js"
import * as ModelDeployment from "../ModelDeployment.js"
import * as ModelPackage from "../ModelPackage.js"
import * as PredictionEnvironment from "../PredictionEnvironment.js"
import * as PredictionServer from "../PredictionServer.js"
import * as RegisteredModel from "../RegisteredModel.js"
import { wakerOf } from "../wire/waker.js"
import { batchTransfers } from "./BatchPredictionClient.js"
import type { CallOptions } from "./CallOptions.js"
import { makeCalls } from "./calls.js"
import type { Client } from "./Client.js"
import type { ClientOptions } from "./ClientOptions.js"
import { clientSettings } from "./clientSettings.js"
import { uploadDataset } from "./DatasetClient.js"
import { actualsTransfers } from "./DeploymentActualsClient.js"
import { errorForCaller } from "./errorForCaller.js"
import { iteration } from "./iteration.js"
import { lazily } from "./lazily.js"
import { predictionClient } from "./PredictionClient.js"
import { promised } from "./promised.js"
import { requests } from "./requests.js"

/**
 * Creates a client for DataRobot. Sends nothing. Throws a `DataRobotValidationError` if a setting is invalid.
 *
 * @since 0.1.0
 */
export const createClient = (options: ClientOptions = {}): Client => {
  const settings = Effect.runSyncExit(clientSettings(options))
  if (Exit.isFailure(settings)) throw errorForCaller(Cause.squash(settings.cause), createClient)
  const { connection, httpClient, logging } = settings.value
  const calls = makeCalls(
    ManagedRuntime.make(
      Layer.mergeAll(
        Layer.succeed(DataRobot, { ...connection, values: "plain", waker: wakerOf(options) }),
        httpClient,
        logging
      )
    )
  )
  const { close, run } = calls
  const iterate = iteration(calls)
  const running = { run, iterate }
  const namespaces = lazily({
    BatchPrediction: () => ({ ...promised(running, BatchPrediction), ...batchTransfers(running) }),
    BatchPredictionDefinition: () => promised(running, BatchPredictionDefinition),
    Credential: () => promised(running, Credential),
    Dataset: () => ({ ...promised(running, Dataset), upload: uploadDataset(running) }),
    Deployment: () => promised(running, Deployment),
    DeploymentActuals: () => {
      const { sink: _, ...actuals } = promised(running, DeploymentActuals)
      return { ...actuals, ...actualsTransfers(running) }
    },
    DeploymentExport: () => promised(running, DeploymentExport),
    DeploymentModel: () => promised(running, DeploymentModel),
    DeploymentMonitoring: () => promised(running, DeploymentMonitoring),
    DeploymentSettings: () => promised(running, DeploymentSettings),
    Job: () => promised(running, Job),
    ModelDeployment: () => promised(running, ModelDeployment),
    Prediction: () => predictionClient(running),
    ModelPackage: () => promised(running, ModelPackage),
    PredictionEnvironment: () => promised(running, PredictionEnvironment),
    PredictionServer: () => promised(running, PredictionServer),
    RegisteredModel: () => promised(running, RegisteredModel)
  })
  const client = Object.assign(namespaces, {
    ...requests(running),
    verify: (call?: CallOptions) => run(DataRobot.verify(call), call),
    close,
    [Symbol.asyncDispose]: close
  })
  // Boundary: the types of the operations are generated from those of the namespaces.
  return client as unknown as Client
}
