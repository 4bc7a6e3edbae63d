/**
 * The table of all public operations, with the facts that the laws check. The facts are written by hand. So a wrong
 * route declaration in src/wire/routes/ fails a law instead of changing what the law expects.
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import {
  BatchPrediction,
  BatchPredictionDefinition,
  Credential,
  DataRobot,
  type DataRobotError,
  Dataset,
  Deployment,
  DeploymentActuals,
  DeploymentExport,
  DeploymentModel,
  DeploymentMonitoring,
  DeploymentSettings,
  Job,
  ModelDeployment,
  ModelPackage,
  Prediction,
  PredictionEnvironment,
  PredictionServer,
  RegisteredModel
} from "effect-datarobot"
import type * as Sdk from "effect-datarobot"
import type { JobUpdateOptions, Ref } from "effect-datarobot/Deployment"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Sink from "effect/Sink"
import * as Stream from "effect/Stream"
import * as Struct from "effect/Struct"
import { JobOptions } from "../../src/wire/batchPrediction.js"
import { UploadInput } from "../../src/wire/dataset.js"
import { CreateFromCustomModelVersionInput } from "../../src/wire/deployment.js"
import { PredictionResultsFileInput } from "../../src/wire/monitoring.js"
import { PredictQuery, UnstructuredInput } from "../../src/wire/prediction.js"
import { bases, type Route } from "../../src/wire/route.js"
import { routes } from "../../src/wire/routes/index.js"
import { untyped } from "../support.js"

/** A call of an operation. The call of a stream reads it to its end. */
export type Call = Effect.Effect<unknown, DataRobotError.DataRobotError, DataRobot | HttpClient.HttpClient>

/** The id in every call. */
export const id = "60a000000000000000000001"

type Effectful =
  | Effect.Effect<unknown, unknown, unknown>
  | Stream.Stream<unknown, unknown, unknown>
  | Sink.Sink<unknown, never, unknown, unknown, unknown>

type OperationsOf<Namespace extends keyof typeof Sdk> = {
  [Name in keyof typeof Sdk[Namespace] & string]: typeof Sdk[Namespace][Name] extends (...args: never) => Effectful
    ? `${Namespace}.${Name}`
    : never
}[keyof typeof Sdk[Namespace] & string]

type Namespace = {
  [Name in keyof typeof Sdk]: typeof Sdk[Name] extends abstract new(...args: never) => unknown ? never : Name
}[keyof typeof Sdk]

/** The name of every exported function, and static function of DataRobot, that returns an Effect, a Stream or a Sink. */
export type OperationName =
  | Exclude<
    { [Name in Namespace]: OperationsOf<Name> }[Namespace],
    // A combinator on the effect of an operation, not an operation.
    | "DataRobotError.catchReason"
    // These send nothing.
    | "Period.lastDays"
    | "Period.lastHours"
  >
  | "DataRobot.verify"

/** When the first request of an operation is sent again although it may have taken effect. */
export type Repeats =
  /** Always: it changes nothing, or sets the same value again. */
  | "always"
  /** Never: it creates something. */
  | "never"
  /** Only with `idempotent: true`: it is a change. */
  | "with idempotent: true"
  /** Always: it is a delete, and a 404 after a lost attempt is a success. */
  | "as a delete"
  /** If the server is busy or the connection breaks, unless `idempotent` is `false`: it is a prediction. */
  | "unless told"

/** Requests as lines. An operation that sends nothing has none. */
type Requests = readonly [] | readonly [first: string, ...more: ReadonlyArray<string>]

/** The facts about an operation. */
interface Facts {
  /** The requests of a call that succeeds, in order. */
  readonly requests: Requests
  /** Further routes in its docstring: of another kind of deployment, or of another client. They come first there. */
  readonly mentions?: ReadonlyArray<string>
  /** Further routes in its docstring, after those of its requests: of another kind of job, or after a failure. */
  readonly alsoMentions?: ReadonlyArray<string>
  readonly repeats: Repeats
  /** Default time limit of one attempt of the first request, in seconds. Default: 30. */
  readonly attemptSeconds?: 60 | 120 | 600
  /** Default time limit of all attempts of the first request together, in seconds. Default: 120. */
  readonly requestSeconds?: 600
  /** Maximum size of the body of its large response, in MiB. Default: 10. */
  readonly mebibytes?: 256 | typeof Infinity
  /** Position of the request with the large response. Default: 0. */
  readonly largeAt?: number
  /** Set if the length of the response to its first request is verified, because the request may be a stream. */
  readonly isUpload?: true
  /** The last request, if its failure does not fail the operation. */
  readonly ignores?: string
  /** The request that an interruption sends, if it comes after the first response. */
  readonly undo?: string
  /**
   * Requests whose body, or the response to a `GET`, is a stream of any size, after the first one. They have no time limit
   * but that without progress, in seconds.
   */
  readonly streams?: Readonly<Record<string, 660>>
  /** Set if the operation returns the body of its large response as it is: a file of one type, or any body. */
  readonly returns?: "file" | "any body"
  /**
   * Set if the operation polls: how often it sends its first request if there is no usable response. The whole wait
   * takes at most 600 seconds, and its requests have no separate limit.
   */
  readonly polls?: 5 | 15
  /** Set if the wait has no time limit unless the caller sets one. Each request then has one of 120 seconds. */
  readonly isEndless?: true
  /**
   * Set if the requests after the first one are sent in no fixed order, for example several at the same time, or if one
   * of them is sent several times, as often as needed.
   */
  readonly isConcurrent?: true
  /** Requests that may follow a request that failed: to find out what happened, or to clean up. */
  readonly afterFailure?: ReadonlyArray<string>
  /** Set if an interrupted call waits for its first request, at most this long in seconds, to undo what it did. */
  readonly undoSeconds?: 5
  /** Failure statuses that do not end the operation with an API error: the result, and the number of requests. */
  readonly differs?: Readonly<Record<number, readonly [end: string, requests: number]>>
  /**
   * Keys of the route's query or body that the operation sets itself, or for which a caller can't pass a wrong type.
   */
  readonly sets?: ReadonlyArray<string>
  /** Keys that the operation accepts in addition to those of the route. */
  readonly adds?: ReadonlyArray<string>
  /** The name of the route's key in the arguments and in issues, if it differs. */
  readonly names?: Readonly<Record<string, string>>
  /** The codec of the arguments, if it is not that of the first request. */
  readonly codec?: Schema.Schema.AnyNoContext
  /** Values of the input that the operation checks further than the codec does. */
  readonly fits?: Readonly<Record<string, unknown>>
  /** Set if the operation sends the id in the body of its first request, and not in the path. */
  readonly hasIdInBody?: true
  /** The request that makes the change, if it is not the first one. */
  readonly change?: string
  /** The argument is only one value of the route's record, so a caller can't add an unknown key to the record. */
  readonly isPart?: true
}

interface Row<Input> extends Facts {
  /** The smallest valid input. Default: the operation has no input. */
  readonly input?: Input
  readonly call: (given: { readonly id: Ref; readonly input: Input }, options?: JobUpdateOptions) => Call
}

/** An operation that sends requests. */
export interface Operation extends AnyOperation {
  readonly requests: Exclude<Requests, readonly []>
}

/** An operation of the table. */
export interface AnyOperation extends Facts {
  readonly name: string
  readonly input: unknown
  /** Calls the operation with valid arguments. The given ones replace them. */
  readonly call: (options?: JobUpdateOptions, given?: { readonly id?: unknown; readonly input?: unknown }) => Call
}

const row = <const Input = undefined>({ call, input, ...facts }: Row<Input>): Omit<AnyOperation, "name"> => ({
  ...facts,
  input,
  call: (options, given = {}) =>
    call(
      { id: untyped("id" in given ? given.id : id), input: untyped("input" in given ? given.input : input) },
      options
    )
})

const reading = "always"
const creating = "never"
const changing = "with idempotent: true"
const deleting = "as a delete"

const job = "GET status/:id/"
const deployment = "GET deployments/:id/"

const fromModel = { modelId: id, label: "Churn" }
const created = { repeats: creating, attemptSeconds: 60 } as const
const polling = { repeats: reading, polls: 5, differs: { 404: ["DataRobotJobError Lost", 4] } } as const
const listing = ["pageSize", "prefetch", "concurrency"]
const keeping = { data: "actuals" }
/** Predictions have no `wait`. */
const direct = (options: JobUpdateOptions = {}) => Struct.omit(options, "wait")
/** The options of an operation whose options include settings, and that changes nothing. */
const noChange = (options: JobUpdateOptions = {}) => Struct.omit(options, "idempotent")
/** A deployment of which the SDK knows that the endpoint serves its predictions. */
const serverless = (id: Ref) =>
  typeof id === "string" ? { id, predictionEnvironment: { platform: "datarobotServerless" } } : id
const rows = [{ tenure: 3, plan: "basic" }]
const predicting = { repeats: "unless told", attemptSeconds: 600, requestSeconds: 600 } as const
const fromRows = {
  ...predicting,
  mentions: ["POST predApi/v1.0/deployments/:id/predictions"],
  requests: ["POST deployments/:id/predictions"]
} as const
/** A download of a file. */
const file = {
  repeats: reading,
  attemptSeconds: 120,
  requestSeconds: 600,
  mebibytes: Infinity,
  returns: "file"
} as const
const period = { startTime: "2022-03-01T00:00:00Z", endTime: "2022-03-08T00:00:00Z" }
const dataset = "GET datasets/:id/"
const actuals = { data: [{ associationId: "a1", actualValue: 1 }] }

const batch = "GET batchPredictions/:id/"
const polledBatch = { ...polling, isEndless: true } as const
const csv = "tenure,plan\n3,basic\n"

const scoring = {
  ...created,
  requests: [
    "POST batchPredictions/",
    "PUT batchPredictions/:id/csvUpload/",
    batch,
    "GET batchPredictions/:id/download/"
  ],
  isConcurrent: true,
  streams: { "PUT batchPredictions/:id/csvUpload/": 660, "GET batchPredictions/:id/download/": 660 },
  afterFailure: [batch, "DELETE batchPredictions/:id/"],
  alsoMentions: ["DELETE batchPredictions/:id/"],
  undoSeconds: 5,
  hasIdInBody: true,
  fits: { csvSettings: { delimiter: ";", quotechar: "'", encoding: "utf-8" } },
  codec: JobOptions,
  adds: ["partSize"],
  input: {}
} as const

const table = {
  "BatchPrediction.get": row({
    requests: [batch],
    repeats: reading,
    call: ({ id }, options) => BatchPrediction.get(id, options)
  }),
  "BatchPrediction.getOption": row({
    requests: [batch],
    repeats: reading,
    differs: { 404: ["ok", 1] },
    call: ({ id }, options) => BatchPrediction.getOption(id, options)
  }),
  "BatchPrediction.list": row({
    requests: ["GET batchPredictions/"],
    repeats: reading,
    input: {},
    call: ({ input }, options) => BatchPrediction.list(input, options)
  }),
  "BatchPrediction.stream": row({
    requests: ["GET batchPredictions/"],
    repeats: reading,
    adds: listing,
    input: {},
    call: ({ input }, options) => Stream.runDrain(BatchPrediction.stream(input, options))
  }),
  "BatchPrediction.page": row({
    requests: ["GET batchPredictions/"],
    repeats: reading,
    input: {},
    call: ({ input }, options) => BatchPrediction.page(input, options)
  }),
  "BatchPrediction.create": row({
    ...created,
    requests: ["POST batchPredictions/"],
    input: { deploymentId: id },
    call: ({ input }, options) => BatchPrediction.create(input, options)
  }),
  "BatchPrediction.await": row({
    ...polledBatch,
    requests: [batch],
    call: ({ id }, { wait, ...options } = {}) => BatchPrediction.await(id, wait, options)
  }),
  "BatchPrediction.progress": row({
    ...polledBatch,
    requests: [batch],
    call: ({ id }, { wait, ...options } = {}) => Stream.runDrain(BatchPrediction.progress(id, wait, options))
  }),
  "BatchPrediction.cancel": row({
    requests: ["DELETE batchPredictions/:id/"],
    repeats: deleting,
    call: ({ id }, options) => BatchPrediction.cancel(id, options)
  }),
  "BatchPrediction.upload": row({
    requests: [batch, "PUT batchPredictions/:id/csvUpload/"],
    alsoMentions: [
      "PUT batchPredictions/:id/csvUpload/part/:id/",
      "POST batchPredictions/:id/csvUpload/finalizeMultipart/"
    ],
    repeats: reading,
    change: "PUT batchPredictions/:id/csvUpload/",
    streams: { "PUT batchPredictions/:id/csvUpload/": 660 },
    afterFailure: [batch],
    call: ({ id }, options) => BatchPrediction.upload(id, csv, direct(options))
  }),
  "BatchPrediction.download": row({
    ...polledBatch,
    requests: [batch, "GET batchPredictions/:id/download/"],
    isConcurrent: true,
    streams: { "GET batchPredictions/:id/download/": 660 },
    afterFailure: [batch],
    call: ({ id }, options) => Stream.runDrain(BatchPrediction.download(id, options))
  }),
  "BatchPrediction.score": row({
    ...scoring,
    call: ({ id, input }, options) =>
      Stream.runDrain(BatchPrediction.score(id, csv, { ...noChange(options), ...input }))
  }),
  "BatchPrediction.scoreRows": row({
    ...scoring,
    call: ({ id, input }, options) =>
      Stream.runDrain(BatchPrediction.scoreRows(id, Stream.fromIterable(rows), { ...noChange(options), ...input }))
  }),

  "BatchPredictionDefinition.list": row({
    requests: ["GET batchPredictionJobDefinitions/"],
    repeats: reading,
    input: {},
    call: ({ input }, options) => BatchPredictionDefinition.list(input, options)
  }),
  "BatchPredictionDefinition.stream": row({
    requests: ["GET batchPredictionJobDefinitions/"],
    repeats: reading,
    adds: listing,
    input: {},
    call: ({ input }, options) => Stream.runDrain(BatchPredictionDefinition.stream(input, options))
  }),
  "BatchPredictionDefinition.page": row({
    requests: ["GET batchPredictionJobDefinitions/"],
    repeats: reading,
    input: {},
    call: ({ input }, options) => BatchPredictionDefinition.page(input, options)
  }),
  "BatchPredictionDefinition.get": row({
    requests: ["GET batchPredictionJobDefinitions/:id/"],
    repeats: reading,
    call: ({ id }, options) => BatchPredictionDefinition.get(id, options)
  }),
  "BatchPredictionDefinition.getOption": row({
    requests: ["GET batchPredictionJobDefinitions/:id/"],
    repeats: reading,
    differs: { 404: ["ok", 1] },
    call: ({ id }, options) => BatchPredictionDefinition.getOption(id, options)
  }),
  "BatchPredictionDefinition.create": row({
    ...created,
    requests: ["POST batchPredictionJobDefinitions/", "GET batchPredictionJobDefinitions/:id/"],
    input: { deploymentId: id, intakeSettings: { type: "dataset", datasetId: id }, enabled: false },
    call: ({ input }, options) => BatchPredictionDefinition.create(input, options)
  }),
  "BatchPredictionDefinition.update": row({
    requests: ["PATCH batchPredictionJobDefinitions/:id/", "GET batchPredictionJobDefinitions/:id/"],
    repeats: changing,
    input: { enabled: false },
    call: ({ id, input }, options) => BatchPredictionDefinition.update(id, input, options)
  }),
  "BatchPredictionDefinition.delete": row({
    requests: ["DELETE batchPredictionJobDefinitions/:id/"],
    repeats: deleting,
    call: ({ id }, options) => BatchPredictionDefinition.delete(id, options)
  }),
  "BatchPredictionDefinition.run": row({
    ...created,
    requests: ["POST batchPredictions/fromJobDefinition/"],
    hasIdInBody: true,
    call: ({ id }, options) => BatchPredictionDefinition.run(id, options)
  }),

  "Credential.list": row({
    requests: ["GET credentials/"],
    repeats: reading,
    input: {},
    call: ({ input }, options) => Credential.list(input, options)
  }),

  "DataRobot.verify": row({
    requests: ["GET version/", "GET account/info/"],
    repeats: reading,
    call: (_, options) => DataRobot.verify(options)
  }),

  "Dataset.upload": row({
    ...created,
    attemptSeconds: 600,
    requestSeconds: 600,
    requests: ["POST datasets/fromFile/", job, dataset],
    isUpload: true,
    undo: "DELETE datasets/:id/",
    codec: UploadInput,
    input: { name: "Customers" },
    call: ({ input }, options) => Dataset.upload("tenure\n3\n", input, options)
  }),
  "Dataset.get": row({
    requests: [dataset],
    repeats: reading,
    call: ({ id }, options) => Dataset.get(id, options)
  }),
  "Dataset.getOption": row({
    requests: [dataset],
    repeats: reading,
    differs: { 404: ["ok", 1] },
    call: ({ id }, options) => Dataset.getOption(id, options)
  }),
  "Dataset.download": row({
    ...file,
    requests: ["GET datasets/:id/file/"],
    call: ({ id }, options) => Stream.runDrain(Dataset.download(id, options))
  }),
  "Dataset.delete": row({
    requests: ["DELETE datasets/:id/"],
    repeats: deleting,
    call: ({ id }, options) => Dataset.delete(id, options)
  }),

  "Deployment.createFromLearningModel": row({
    ...created,
    requests: ["POST deployments/fromLearningModel/", job, deployment],
    input: fromModel,
    call: ({ input }, options) => Deployment.createFromLearningModel(input, options)
  }),
  "Deployment.startCreateFromLearningModel": row({
    ...created,
    requests: ["POST deployments/fromLearningModel/"],
    input: fromModel,
    call: ({ input }, options) => Deployment.startCreateFromLearningModel(input, options)
  }),
  "Deployment.createFromLeaderboard": row({
    ...created,
    requests: ["POST deployments/fromLeaderboard/", job, deployment],
    input: fromModel,
    call: ({ input }, options) => Deployment.createFromLeaderboard(input, options)
  }),
  "Deployment.startCreateFromLeaderboard": row({
    ...created,
    requests: ["POST deployments/fromLeaderboard/"],
    input: fromModel,
    call: ({ input }, options) => Deployment.startCreateFromLeaderboard(input, options)
  }),
  "Deployment.createFromModelPackage": row({
    ...created,
    requests: ["POST deployments/fromModelPackage/", job, deployment],
    input: { modelPackageId: id, label: "Churn" },
    call: ({ input }, options) => Deployment.createFromModelPackage(input, options)
  }),
  "Deployment.startCreateFromModelPackage": row({
    ...created,
    requests: ["POST deployments/fromModelPackage/"],
    input: { modelPackageId: id, label: "Churn" },
    call: ({ input }, options) => Deployment.startCreateFromModelPackage(input, options)
  }),
  "Deployment.createFromCustomModelVersion": row({
    requests: [
      "GET predictionServers/",
      "GET modelPackages/",
      "POST modelPackages/fromCustomModelVersion/",
      "GET modelPackages/:id/",
      "POST deployments/fromModelPackage/",
      job,
      deployment
    ],
    repeats: reading,
    codec: CreateFromCustomModelVersionInput,
    change: "POST deployments/fromModelPackage/",
    input: { customModelVersionId: id, label: "Churn", defaultPredictionServerId: id },
    call: ({ input }, options) => Deployment.createFromCustomModelVersion(input, options)
  }),
  "Deployment.resume": row({
    ...polling,
    requests: [job, deployment],
    call: ({ id }, { wait, ...options } = {}) => Deployment.resume(id, wait, options)
  }),
  "Deployment.list": row({
    requests: ["GET deployments/"],
    repeats: reading,
    input: {},
    call: ({ input }, options) => Deployment.list(input, options)
  }),
  "Deployment.stream": row({
    requests: ["GET deployments/"],
    repeats: reading,
    adds: listing,
    input: {},
    call: ({ input }, options) => Stream.runDrain(Deployment.stream(input, options))
  }),
  "Deployment.page": row({
    requests: ["GET deployments/"],
    repeats: reading,
    input: {},
    call: ({ input }, options) => Deployment.page(input, options)
  }),
  "Deployment.get": row({
    requests: [deployment],
    repeats: reading,
    call: ({ id }, options) => Deployment.get(id, options)
  }),
  "Deployment.getOption": row({
    requests: [deployment],
    repeats: reading,
    differs: { 404: ["ok", 1] },
    call: ({ id }, options) => Deployment.getOption(id, options)
  }),
  "Deployment.update": row({
    requests: ["PATCH deployments/:id/", deployment],
    repeats: changing,
    input: { label: "New" },
    call: ({ id, input }, options) => Deployment.update(id, input, options)
  }),
  "Deployment.activate": row({
    requests: ["PATCH deployments/:id/status/", job, deployment],
    repeats: changing,
    call: ({ id }, options) => Deployment.activate(id, options)
  }),
  "Deployment.startActivate": row({
    requests: ["PATCH deployments/:id/status/"],
    repeats: changing,
    call: ({ id }, options) => Deployment.startActivate(id, options)
  }),
  "Deployment.deactivate": row({
    requests: ["PATCH deployments/:id/status/", job, deployment],
    repeats: changing,
    call: ({ id }, options) => Deployment.deactivate(id, options)
  }),
  "Deployment.startDeactivate": row({
    requests: ["PATCH deployments/:id/status/"],
    repeats: changing,
    call: ({ id }, options) => Deployment.startDeactivate(id, options)
  }),
  "Deployment.delete": row({
    requests: ["DELETE deployments/:id/"],
    repeats: deleting,
    input: {},
    call: ({ id, input }, options) => Deployment.delete(id, input, options)
  }),
  "Deployment.getServiceStats": row({
    requests: ["GET deployments/:id/serviceStats/"],
    repeats: reading,
    input: {},
    call: ({ id, input }, options) => Deployment.getServiceStats(id, input, options)
  }),
  "Deployment.getServiceStatsOverTime": row({
    requests: ["GET deployments/:id/serviceStatsOverTime/"],
    repeats: reading,
    input: {},
    call: ({ id, input }, options) => Deployment.getServiceStatsOverTime(id, input, options)
  }),
  "Deployment.actionLog": row({
    requests: ["GET modelDeployments/:id/actionLog/"],
    repeats: reading,
    input: {},
    call: ({ id, input }, options) => Deployment.actionLog(id, input, options)
  }),
  "Deployment.modelHistory": row({
    requests: ["GET deployments/:id/modelHistory/"],
    repeats: reading,
    input: {},
    call: ({ id, input }, options) => Deployment.modelHistory(id, input, options)
  }),
  "Deployment.getCapabilities": row({
    requests: ["GET deployments/:id/capabilities/"],
    repeats: reading,
    call: ({ id }, options) => Deployment.getCapabilities(id, options)
  }),
  "Deployment.listSharedRoles": row({
    requests: ["GET deployments/:id/sharedRoles/"],
    repeats: reading,
    input: {},
    call: ({ id, input }, options) => Deployment.listSharedRoles(id, input, options)
  }),
  "Deployment.updateSharedRoles": row({
    requests: ["PATCH deployments/:id/sharedRoles/"],
    repeats: changing,
    sets: ["operation"],
    isPart: true,
    input: { roles: [{ id, role: "USER", shareRecipientType: "user" }] },
    call: ({ id, input }, options) => Deployment.updateSharedRoles(id, input.roles, options)
  }),

  "DeploymentActuals.submit": row({
    requests: ["POST deployments/:id/actuals/fromJSON/", job],
    repeats: changing,
    attemptSeconds: 60,
    names: keeping,
    isPart: true,
    input: actuals,
    call: ({ id, input: { data, ...more } }, options) => DeploymentActuals.submit(id, data, { ...options, ...more })
  }),
  "DeploymentActuals.submitStream": row({
    requests: ["POST deployments/:id/actuals/fromJSON/", job],
    repeats: changing,
    attemptSeconds: 60,
    names: keeping,
    sets: ["data"],
    isPart: true,
    input: actuals,
    call: ({ id, input: { data, ...more } }, options) =>
      Stream.runDrain(DeploymentActuals.submitStream(id, Stream.fromIterable(data), { ...options, ...more }))
  }),
  "DeploymentActuals.sink": row({
    requests: ["POST deployments/:id/actuals/fromJSON/", job],
    repeats: changing,
    attemptSeconds: 60,
    names: keeping,
    sets: ["data"],
    isPart: true,
    input: actuals,
    call: ({ id, input: { data, ...more } }, options) =>
      Stream.run(Stream.fromIterable(data), DeploymentActuals.sink(id, { ...options, ...more }))
  }),
  "DeploymentActuals.submitFromDataset": row({
    requests: ["POST deployments/:id/actuals/fromDataset/", job],
    repeats: changing,
    input: { datasetId: id, associationIdColumn: "a", actualValueColumn: "b" },
    call: ({ id, input }, options) => DeploymentActuals.submitFromDataset(id, input, options)
  }),
  "DeploymentActuals.startSubmitFromDataset": row({
    requests: ["POST deployments/:id/actuals/fromDataset/"],
    repeats: changing,
    input: { datasetId: id, associationIdColumn: "a", actualValueColumn: "b" },
    call: ({ id, input }, options) => DeploymentActuals.startSubmitFromDataset(id, input, options)
  }),

  "DeploymentExport.startPredictions": row({
    ...created,
    requests: ["POST deployments/:id/predictionDataExports/"],
    input: period,
    call: ({ id, input }, options) => DeploymentExport.startPredictions(id, input, options)
  }),
  "DeploymentExport.startActuals": row({
    ...created,
    requests: ["POST deployments/:id/actualsDataExports/"],
    input: period,
    call: ({ id, input }, options) => DeploymentExport.startActuals(id, input, options)
  }),
  "DeploymentExport.startTraining": row({
    ...created,
    requests: ["POST deployments/:id/trainingDataExports/"],
    input: {},
    call: ({ id, input }, options) => DeploymentExport.startTraining(id, input, options)
  }),
  "DeploymentExport.listPredictions": row({
    requests: ["GET deployments/:id/predictionDataExports/"],
    repeats: reading,
    input: {},
    call: ({ id, input }, options) => DeploymentExport.listPredictions(id, input, options)
  }),
  "DeploymentExport.listActuals": row({
    requests: ["GET deployments/:id/actualsDataExports/"],
    repeats: reading,
    input: {},
    call: ({ id, input }, options) => DeploymentExport.listActuals(id, input, options)
  }),
  "DeploymentExport.listTraining": row({
    requests: ["GET deployments/:id/trainingDataExports/"],
    repeats: reading,
    input: {},
    call: ({ id, input }, options) => DeploymentExport.listTraining(id, input, options)
  }),
  "DeploymentExport.getPredictions": row({
    requests: ["GET deployments/:id/predictionDataExports/:id/"],
    repeats: reading,
    call: ({ id }, options) => DeploymentExport.getPredictions(id, "60a000000000000000000001", options)
  }),
  "DeploymentExport.getActuals": row({
    requests: ["GET deployments/:id/actualsDataExports/:id/"],
    repeats: reading,
    call: ({ id }, options) => DeploymentExport.getActuals(id, "60a000000000000000000001", options)
  }),
  "DeploymentExport.getTraining": row({
    requests: ["GET deployments/:id/trainingDataExports/:id/"],
    repeats: reading,
    call: ({ id }, options) => DeploymentExport.getTraining(id, "60a000000000000000000001", options)
  }),
  "DeploymentExport.download": row({
    requests: [
      "GET deployments/:id/predictionDataExports/:id/",
      dataset,
      "GET datasets/:id/file/",
      "DELETE datasets/:id/"
    ],
    repeats: reading,
    polls: 5,
    mebibytes: Infinity,
    largeAt: 2,
    ignores: "DELETE datasets/:id/",
    call: ({ id }, options) =>
      Stream.runDrain(
        DeploymentExport.download(
          { kind: "predictions", deploymentId: "60a000000000000000000001", id: untyped(id) },
          options
        )
      )
  }),

  "DeploymentModel.getFeatures": row({
    requests: ["GET deployments/:id/features/"],
    repeats: reading,
    input: {},
    call: ({ id, input }, options) => DeploymentModel.getFeatures(id, input, options)
  }),
  "DeploymentModel.listChallengers": row({
    requests: ["GET deployments/:id/challengers/"],
    repeats: reading,
    call: ({ id }, options) => DeploymentModel.listChallengers(id, options)
  }),
  "DeploymentModel.getChampionModelPackage": row({
    requests: ["GET deployments/:id/championModelPackage/"],
    repeats: reading,
    call: ({ id }, options) => DeploymentModel.getChampionModelPackage(id, options)
  }),
  "DeploymentModel.validateReplacementModel": row({
    requests: ["POST deployments/:id/model/validation/"],
    repeats: reading,
    input: { modelPackageId: id },
    call: ({ id, input }, options) => DeploymentModel.validateReplacementModel(id, input, options)
  }),
  "DeploymentModel.replaceModel": row({
    requests: ["PATCH deployments/:id/model/", job, deployment],
    repeats: changing,
    input: { modelPackageId: id, reason: "OTHER" },
    call: ({ id, input }, options) => DeploymentModel.replaceModel(id, input, options)
  }),
  "DeploymentModel.startReplaceModel": row({
    requests: ["PATCH deployments/:id/model/"],
    repeats: changing,
    input: { modelPackageId: id, reason: "OTHER" },
    call: ({ id, input }, options) => DeploymentModel.startReplaceModel(id, input, options)
  }),
  "DeploymentModel.getSecondaryDatasetConfig": row({
    requests: ["GET deployments/:id/model/secondaryDatasetConfiguration/"],
    repeats: reading,
    call: ({ id }, options) => DeploymentModel.getSecondaryDatasetConfig(id, options)
  }),
  "DeploymentModel.updateSecondaryDatasetConfig": row({
    requests: [
      "PATCH deployments/:id/model/secondaryDatasetConfiguration/",
      "GET deployments/:id/model/secondaryDatasetConfiguration/"
    ],
    repeats: changing,
    input: { secondaryDatasetConfigId: id },
    call: ({ id, input }, options) => DeploymentModel.updateSecondaryDatasetConfig(id, input, options)
  }),
  "DeploymentModel.downloadScoringCode": row({
    ...file,
    mentions: ["POST deployments/:id/scoringCodeBuilds/", job],
    requests: ["GET deployments/:id/scoringCode/"],
    input: {},
    call: ({ id, input }, options) => Stream.runDrain(DeploymentModel.downloadScoringCode(id, input, options))
  }),
  "DeploymentModel.downloadModelPackage": row({
    ...created,
    requests: ["POST deployments/:id/modelPackageFileBuilds/", job, "GET deployments/:id/modelPackageFile/"],
    mebibytes: Infinity,
    largeAt: 2,
    input: {},
    call: ({ id, input }, options) => Stream.runDrain(DeploymentModel.downloadModelPackage(id, input, options))
  }),

  "DeploymentMonitoring.getTargetDrift": row({
    requests: ["GET deployments/:id/targetDrift/"],
    repeats: reading,
    input: {},
    call: ({ id, input }, options) => DeploymentMonitoring.getTargetDrift(id, input, options)
  }),
  "DeploymentMonitoring.getFeatureDrift": row({
    requests: ["GET deployments/:id/featureDrift/"],
    repeats: reading,
    input: {},
    call: ({ id, input }, options) => DeploymentMonitoring.getFeatureDrift(id, input, options)
  }),
  "DeploymentMonitoring.getAccuracy": row({
    requests: ["GET deployments/:id/accuracy/"],
    repeats: reading,
    input: {},
    call: ({ id, input }, options) => DeploymentMonitoring.getAccuracy(id, input, options)
  }),
  "DeploymentMonitoring.getAccuracyOverTime": row({
    requests: ["GET deployments/:id/accuracyOverTime/"],
    repeats: reading,
    input: {},
    call: ({ id, input }, options) => DeploymentMonitoring.getAccuracyOverTime(id, input, options)
  }),
  "DeploymentMonitoring.getPredictionsOverTime": row({
    requests: ["GET deployments/:id/predictionsOverTime/"],
    repeats: reading,
    input: {},
    call: ({ id, input }, options) => DeploymentMonitoring.getPredictionsOverTime(id, input, options)
  }),
  "DeploymentMonitoring.listPredictionResults": row({
    requests: ["GET deployments/:id/predictionResults/"],
    repeats: reading,
    input: {},
    call: ({ id, input }, options) => DeploymentMonitoring.listPredictionResults(id, input, options)
  }),
  "DeploymentMonitoring.streamPredictionResults": row({
    requests: ["GET deployments/:id/predictionResults/"],
    repeats: reading,
    adds: ["prefetch", "concurrency"],
    input: {},
    call: ({ id, input }, options) => Stream.runDrain(DeploymentMonitoring.streamPredictionResults(id, input, options))
  }),
  "DeploymentMonitoring.downloadPredictionResults": row({
    ...file,
    requests: ["GET deployments/:id/predictionResults/"],
    codec: PredictionResultsFileInput,
    input: {},
    call: ({ id, input }, options) =>
      Stream.runDrain(DeploymentMonitoring.downloadPredictionResults(id, input, options))
  }),
  "DeploymentMonitoring.deleteMonitoringData": row({
    requests: ["POST deployments/:id/monitoringDataDeletions/", job],
    repeats: changing,
    input: { modelId: id },
    call: ({ id, input }, options) => DeploymentMonitoring.deleteMonitoringData(id, input, options)
  }),
  "DeploymentMonitoring.startDeleteMonitoringData": row({
    requests: ["POST deployments/:id/monitoringDataDeletions/"],
    repeats: changing,
    input: { modelId: id },
    call: ({ id, input }, options) => DeploymentMonitoring.startDeleteMonitoringData(id, input, options)
  }),

  "DeploymentSettings.get": row({
    requests: ["GET deployments/:id/settings/"],
    repeats: reading,
    call: ({ id }, options) => DeploymentSettings.get(id, options)
  }),
  "DeploymentSettings.update": row({
    requests: ["PATCH deployments/:id/settings/", job, "GET deployments/:id/settings/"],
    repeats: changing,
    input: { humility: { enabled: true } },
    call: ({ id, input }, options) => DeploymentSettings.update(id, input, options)
  }),
  "DeploymentSettings.startUpdate": row({
    requests: ["PATCH deployments/:id/settings/"],
    repeats: changing,
    input: { humility: { enabled: true } },
    call: ({ id, input }, options) => DeploymentSettings.startUpdate(id, input, options)
  }),
  "DeploymentSettings.getHealthSettings": row({
    requests: ["GET deployments/:id/healthSettings/"],
    repeats: reading,
    call: ({ id }, options) => DeploymentSettings.getHealthSettings(id, options)
  }),
  "DeploymentSettings.getDefaultHealthSettings": row({
    requests: ["GET deployments/:id/healthSettings/defaults/"],
    repeats: reading,
    call: ({ id }, options) => DeploymentSettings.getDefaultHealthSettings(id, options)
  }),
  "DeploymentSettings.updateHealthSettings": row({
    requests: ["PATCH deployments/:id/healthSettings/", "GET deployments/:id/healthSettings/"],
    repeats: changing,
    input: { service: { batchCount: 10 } },
    call: ({ id, input }, options) => DeploymentSettings.updateHealthSettings(id, input, options)
  }),
  "DeploymentSettings.getChallengerReplaySettings": row({
    requests: ["GET deployments/:id/challengerReplaySettings/"],
    repeats: reading,
    call: ({ id }, options) => DeploymentSettings.getChallengerReplaySettings(id, options)
  }),
  "DeploymentSettings.updateChallengerReplaySettings": row({
    requests: ["PATCH deployments/:id/challengerReplaySettings/", "GET deployments/:id/challengerReplaySettings/"],
    repeats: changing,
    input: { enabled: true },
    call: ({ id, input }, options) => DeploymentSettings.updateChallengerReplaySettings(id, input, options)
  }),
  "DeploymentSettings.getRetrainingSettings": row({
    requests: ["GET deployments/:id/retrainingSettings/"],
    repeats: reading,
    call: ({ id }, options) => DeploymentSettings.getRetrainingSettings(id, options)
  }),
  "DeploymentSettings.updateRetrainingSettings": row({
    requests: ["PATCH deployments/:id/retrainingSettings/", "GET deployments/:id/retrainingSettings/"],
    repeats: changing,
    input: { datasetId: id },
    call: ({ id, input }, options) => DeploymentSettings.updateRetrainingSettings(id, input, options)
  }),
  "DeploymentSettings.getAccuracyMetricsSettings": row({
    requests: ["GET deployments/:id/accuracyMetrics/"],
    repeats: reading,
    call: ({ id }, options) => DeploymentSettings.getAccuracyMetricsSettings(id, options)
  }),
  "DeploymentSettings.updateAccuracyMetricsSettings": row({
    requests: ["PUT deployments/:id/accuracyMetrics/", "GET deployments/:id/accuracyMetrics/"],
    // The whole list is replaced.
    repeats: "always",
    isPart: true,
    input: { metrics: ["AUC"] },
    call: ({ id, input }, options) => DeploymentSettings.updateAccuracyMetricsSettings(id, input.metrics, options)
  }),

  "Job.await": row({
    ...polling,
    requests: [job],
    call: ({ id }, { wait, ...options } = {}) => Job.await(id, wait, options)
  }),
  "Job.progress": row({
    ...polling,
    requests: [job],
    call: ({ id }, { wait, ...options } = {}) => Stream.runDrain(Job.progress(id, wait, options))
  }),
  "Job.resume": row({
    ...polling,
    requests: [job],
    call: ({ id }, { wait, ...options } = {}) => Job.resume(id, wait, options)
  }),
  "Job.list": row({
    requests: ["GET status/"],
    repeats: reading,
    input: {},
    call: ({ input }, options) => Job.list(input, options)
  }),
  "Job.cancel": row({
    requests: ["DELETE status/:id/"],
    repeats: deleting,
    call: ({ id }, options) => Job.cancel(id, options)
  }),

  "ModelDeployment.create": row({
    ...created,
    requests: ["POST modelDeployments/", "GET modelDeployments/:id/"],
    input: { projectId: id, modelId: id, label: "Churn" },
    call: ({ input }, options) => ModelDeployment.create(input, options)
  }),
  "ModelDeployment.list": row({
    requests: ["GET modelDeployments/"],
    repeats: reading,
    input: {},
    call: ({ input }, options) => ModelDeployment.list(input, options)
  }),
  "ModelDeployment.stream": row({
    requests: ["GET modelDeployments/"],
    repeats: reading,
    adds: listing,
    input: {},
    call: ({ input }, options) => Stream.runDrain(ModelDeployment.stream(input, options))
  }),
  "ModelDeployment.page": row({
    requests: ["GET modelDeployments/"],
    repeats: reading,
    input: {},
    call: ({ input }, options) => ModelDeployment.page(input, options)
  }),
  "ModelDeployment.get": row({
    requests: ["GET modelDeployments/:id/"],
    repeats: reading,
    call: ({ id }, options) => ModelDeployment.get(id, options)
  }),
  "ModelDeployment.getOption": row({
    requests: ["GET modelDeployments/:id/"],
    repeats: reading,
    differs: { 404: ["ok", 1] },
    call: ({ id }, options) => ModelDeployment.getOption(id, options)
  }),
  "ModelDeployment.update": row({
    requests: ["PATCH modelDeployments/:id/", "GET modelDeployments/:id/"],
    repeats: changing,
    input: { label: "New" },
    call: ({ id, input }, options) => ModelDeployment.update(id, input, options)
  }),
  "ModelDeployment.activate": row({
    requests: ["PATCH modelDeployments/:id/", "GET modelDeployments/:id/"],
    repeats: changing,
    call: ({ id }, options) => ModelDeployment.activate(id, options)
  }),
  "ModelDeployment.deactivate": row({
    requests: ["PATCH modelDeployments/:id/", "GET modelDeployments/:id/"],
    repeats: changing,
    call: ({ id }, options) => ModelDeployment.deactivate(id, options)
  }),
  "ModelDeployment.archive": row({
    requests: ["PATCH modelDeployments/:id/", "GET modelDeployments/:id/"],
    repeats: changing,
    call: ({ id }, options) => ModelDeployment.archive(id, options)
  }),
  "ModelDeployment.getServiceStatistics": row({
    requests: ["GET modelDeployments/:id/serviceStats/"],
    repeats: reading,
    input: {},
    call: ({ id, input }, options) => ModelDeployment.getServiceStatistics(id, input, options)
  }),
  "ModelDeployment.actionLog": row({
    requests: ["GET modelDeployments/:id/actionLog/"],
    repeats: reading,
    input: {},
    call: ({ id, input }, options) => ModelDeployment.actionLog(id, input, options)
  }),
  "ModelDeployment.awaitDeployed": row({
    requests: ["GET modelDeployments/:id/"],
    repeats: reading,
    polls: 15,
    call: ({ id }, { wait, ...options } = {}) => ModelDeployment.awaitDeployed(id, wait, options)
  }),
  "ModelDeployment.watch": row({
    requests: ["GET modelDeployments/:id/"],
    repeats: reading,
    call: ({ id }, options) => Stream.runDrain(Stream.take(ModelDeployment.watch(id, {}, options), 1))
  }),

  "ModelPackage.list": row({
    requests: ["GET modelPackages/"],
    repeats: reading,
    input: {},
    call: ({ input }, options) => ModelPackage.list(input, options)
  }),
  "ModelPackage.stream": row({
    requests: ["GET modelPackages/"],
    repeats: reading,
    adds: listing,
    input: {},
    call: ({ input }, options) => Stream.runDrain(ModelPackage.stream(input, options))
  }),
  "ModelPackage.page": row({
    requests: ["GET modelPackages/"],
    repeats: reading,
    input: {},
    call: ({ input }, options) => ModelPackage.page(input, options)
  }),
  "ModelPackage.get": row({
    requests: ["GET modelPackages/:id/"],
    repeats: reading,
    call: ({ id }, options) => ModelPackage.get(id, options)
  }),
  "ModelPackage.getOption": row({
    requests: ["GET modelPackages/:id/"],
    repeats: reading,
    differs: { 404: ["ok", 1] },
    call: ({ id }, options) => ModelPackage.getOption(id, options)
  }),
  "ModelPackage.createFromLearningModel": row({
    ...created,
    requests: ["POST modelPackages/fromLearningModel/", "GET modelPackages/:id/"],
    input: { modelId: id },
    call: ({ input }, options) => ModelPackage.createFromLearningModel(input, options)
  }),
  "ModelPackage.createFromCustomModelVersion": row({
    ...created,
    requests: ["POST modelPackages/fromCustomModelVersion/", "GET modelPackages/:id/"],
    input: { customModelVersionId: id },
    call: ({ input }, options) => ModelPackage.createFromCustomModelVersion(input, options)
  }),
  "ModelPackage.archive": row({
    requests: ["POST modelPackages/:id/archive/"],
    repeats: changing,
    call: ({ id }, options) => ModelPackage.archive(id, options)
  }),

  "Prediction.predict": row({
    ...fromRows,
    mebibytes: 256,
    input: {},
    call: ({ id, input }, options) => Prediction.predict(serverless(id), rows, { ...direct(options), ...input })
  }),
  "Prediction.stream": row({
    ...fromRows,
    mebibytes: 256,
    codec: PredictQuery.from.pipe(
      Schema.omit("forecastPoint", "predictionsStartDate", "predictionsEndDate", "relaxKnownInAdvanceFeaturesCheck")
    ),
    adds: ["batchSize", "concurrency"],
    input: {},
    call: ({ id, input }, options) =>
      Stream.runDrain(
        Prediction.stream(serverless(id), Stream.fromIterable(rows), { ...direct(options), ...input })
      )
  }),
  "Prediction.predictCsv": row({
    ...fromRows,
    mebibytes: Infinity,
    returns: "file",
    input: {},
    call: ({ id, input }, options) =>
      Stream.runDrain(Prediction.predictCsv(serverless(id), "tenure\n3\n", { ...direct(options), ...input }))
  }),
  "Prediction.predictUnstructured": row({
    ...predicting,
    mentions: ["POST predApi/v1.0/deployments/:id/predictionsUnstructured"],
    requests: ["POST deployments/:id/predictionsUnstructured"],
    mebibytes: 256,
    returns: "any body",
    codec: UnstructuredInput,
    input: { body: "a text", contentType: "text/plain" },
    call: ({ id, input }, options) => Prediction.predictUnstructured(serverless(id), input, direct(options))
  }),
  "Prediction.chat": row({
    mentions: ["POST deployments/:id/chat/completions"],
    requests: [],
    repeats: reading,
    call: ({ id }) => Prediction.chat(id)
  }),

  "PredictionEnvironment.list": row({
    requests: ["GET predictionEnvironments/"],
    repeats: reading,
    input: {},
    call: ({ input }, options) => PredictionEnvironment.list(input, options)
  }),
  "PredictionEnvironment.stream": row({
    requests: ["GET predictionEnvironments/"],
    repeats: reading,
    adds: listing,
    input: {},
    call: ({ input }, options) => Stream.runDrain(PredictionEnvironment.stream(input, options))
  }),
  "PredictionEnvironment.page": row({
    requests: ["GET predictionEnvironments/"],
    repeats: reading,
    input: {},
    call: ({ input }, options) => PredictionEnvironment.page(input, options)
  }),
  "PredictionEnvironment.get": row({
    requests: ["GET predictionEnvironments/:id/"],
    repeats: reading,
    call: ({ id }, options) => PredictionEnvironment.get(id, options)
  }),
  "PredictionEnvironment.getOption": row({
    requests: ["GET predictionEnvironments/:id/"],
    repeats: reading,
    differs: { 404: ["ok", 1] },
    call: ({ id }, options) => PredictionEnvironment.getOption(id, options)
  }),
  "PredictionEnvironment.create": row({
    ...created,
    requests: ["POST predictionEnvironments/", "GET predictionEnvironments/:id/"],
    input: { name: "Serverless", platform: "datarobotServerless" },
    call: ({ input }, options) => PredictionEnvironment.create(input, options)
  }),
  "PredictionEnvironment.update": row({
    requests: ["PATCH predictionEnvironments/:id/", "GET predictionEnvironments/:id/"],
    repeats: changing,
    input: { name: "New" },
    call: ({ id, input }, options) => PredictionEnvironment.update(id, input, options)
  }),
  "PredictionEnvironment.delete": row({
    requests: ["DELETE predictionEnvironments/:id/"],
    repeats: deleting,
    call: ({ id }, options) => PredictionEnvironment.delete(id, options)
  }),

  "PredictionServer.list": row({
    requests: ["GET predictionServers/"],
    repeats: reading,
    input: {},
    call: ({ input }, options) => PredictionServer.list(input, options)
  }),

  "RegisteredModel.list": row({
    requests: ["GET registeredModels/"],
    repeats: reading,
    input: {},
    call: ({ input }, options) => RegisteredModel.list(input, options)
  }),
  "RegisteredModel.stream": row({
    requests: ["GET registeredModels/"],
    repeats: reading,
    adds: listing,
    input: {},
    call: ({ input }, options) => Stream.runDrain(RegisteredModel.stream(input, options))
  }),
  "RegisteredModel.page": row({
    requests: ["GET registeredModels/"],
    repeats: reading,
    input: {},
    call: ({ input }, options) => RegisteredModel.page(input, options)
  }),
  "RegisteredModel.get": row({
    requests: ["GET registeredModels/:id/"],
    repeats: reading,
    call: ({ id }, options) => RegisteredModel.get(id, options)
  }),
  "RegisteredModel.getOption": row({
    requests: ["GET registeredModels/:id/"],
    repeats: reading,
    differs: { 404: ["ok", 1] },
    call: ({ id }, options) => RegisteredModel.getOption(id, options)
  }),
  "RegisteredModel.listVersions": row({
    requests: ["GET registeredModels/:id/versions/"],
    repeats: reading,
    input: {},
    call: ({ id, input }, options) => RegisteredModel.listVersions(id, input, options)
  }),
  "RegisteredModel.getVersion": row({
    requests: ["GET registeredModels/:id/versions/:id/"],
    repeats: reading,
    call: ({ id }, options) => RegisteredModel.getVersion(id, "60a000000000000000000001", options)
  })
} satisfies Record<OperationName, Omit<AnyOperation, "name">>

/** A wait that ends after ten minutes, also of an operation whose wait has no time limit of its own. */
export const tenMinutes = { wait: { timeout: "10 minutes" } } as const

/** Every public operation. */
export const allOperations: ReadonlyArray<AnyOperation> = Object.entries(table).map(([name, facts]) => ({
  name,
  ...facts
}))

const sends = (operation: AnyOperation): operation is Operation => operation.requests.length > 0

/** The operations that send requests. */
export const operations: ReadonlyArray<Operation> = allOperations.filter(sends)

/** All routes of all groups. */
export const allRoutes: ReadonlyArray<Route> = Object.values(routes).flatMap((group): ReadonlyArray<Route> =>
  Object.values(group)
)

/**
 * A route as a line, such as `GET deployments/:id/`. Every id in it is written as `:id`. The route of a prediction server
 * begins with its base.
 */
export const lineOf = ({ base = "api", method, path }: Route): string =>
  `${method} ${base === "api" ? "" : bases[base].slice(1)}${path.replaceAll(/:\w+/g, ":id")}`

/** The route of a request. */
export const routeOf = (line: string): Route => {
  const route = allRoutes.find((one) => lineOf(one) === line)
  if (route === undefined) throw new Error(`no route is ${line}`)
  return route
}
