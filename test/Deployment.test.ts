import { assert, describe, it } from "@effect/vitest"
import { DataRobotError, Deployment, DeploymentStatus } from "effect-datarobot"
import { MockHttpClient } from "effect-datarobot/testing"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import {
  accepted,
  acceptedWith,
  badId,
  deployment,
  envelope,
  finished,
  finishedAt,
  handle,
  lacking,
  madeAtOnce,
  notFound,
  refused,
  sends,
  starts,
  state,
  unreadable,
  waits,
  week
} from "./deployments.js"
import { endpoint, failsWith, id, requests, sent, serving, timeLapse, untyped } from "./support.js"

const { empty, json, networkFailure } = MockHttpClient
const { isApiError, isJobError, isNetworkError, isValidationError } = DataRobotError

const one = "GET deployments/:id/"
const reads = `GET deployments/${id}/`
const asks = "GET status/s1/"
const fromModel = { modelId: "m1", label: "Churn scorer" }
const fromPackage = { modelPackageId: "e1", label: "Churn scorer" }

const stats = {
  modelId: "60a0000000000000000000a1",
  period: week,
  metrics: {
    totalPredictions: 120,
    totalRequests: 40,
    slowRequests: 1,
    executionTime: 12.5,
    responseTime: 40,
    userErrorRate: 0.025,
    serverErrorRate: 0,
    numConsumers: 2,
    cacheHitRatio: 0.9,
    medianLoad: 1,
    peakLoad: 6
  }
}

const statsOverTime = {
  metric: "totalPredictions",
  modelId: null,
  summary: { period: week, value: 120 },
  buckets: [{ period: week, value: 120 }, { period: null, value: null }]
}

/** A server that accepts every request. */
const server: MockHttpClient.Routes = {
  "POST deployments/fromLearningModel/": acceptedWith({ id }),
  "POST deployments/fromLeaderboard/": accepted,
  "POST deployments/fromModelPackage/": acceptedWith({ id }),
  "GET status/s1/": finished,
  "GET deployments/": envelope([deployment()]),
  [one]: json(deployment()),
  "PATCH deployments/:id/": empty(),
  "PATCH deployments/:id/status/": accepted,
  "DELETE deployments/:id/": empty(),
  "GET deployments/:id/serviceStats/": json(stats),
  "GET deployments/:id/serviceStatsOverTime/": json(statsOverTime),
  "GET modelDeployments/:id/actionLog/": envelope([]),
  "GET deployments/:id/modelHistory/": envelope([]),
  "GET deployments/:id/capabilities/": json({ data: [] }),
  "GET deployments/:id/sharedRoles/": envelope([]),
  "PATCH deployments/:id/sharedRoles/": empty()
}

const at = (hour: string) => `2022-03-01T${hour}:00:00.000Z`
const zoned = DateTime.unsafeMakeZoned("2022-03-01T10:00:00Z", { timeZone: "Europe/Berlin" })

describe("Deployment requests", () => {
  sends(server, {
    createFromLearningModel: {
      operation: Deployment.createFromLearningModel({
        ...fromModel,
        description: "Scores",
        defaultPredictionServerId: "d1",
        importance: "HIGH",
        predictionThreshold: 0.25,
        status: "inactive"
      }),
      line: "POST deployments/fromLearningModel/",
      body: {
        modelId: "m1",
        label: "Churn scorer",
        description: "Scores",
        defaultPredictionServerId: "d1",
        importance: "HIGH",
        predictionThreshold: 0.25,
        status: "inactive"
      },
      after: [asks, reads]
    },
    startCreateFromLearningModel: {
      operation: Deployment.startCreateFromLearningModel({ ...fromModel, description: undefined }),
      line: "POST deployments/fromLearningModel/",
      body: fromModel
    },
    createFromLeaderboard: {
      operation: Deployment.createFromLeaderboard({ ...fromModel, importance: undefined, predictionThreshold: 0 }),
      line: "POST deployments/fromLeaderboard/",
      body: { ...fromModel, predictionThreshold: 0 },
      after: [asks, reads]
    },
    startCreateFromLeaderboard: {
      operation: Deployment.startCreateFromLeaderboard({ ...fromModel, description: "" }),
      line: "POST deployments/fromLeaderboard/",
      body: { ...fromModel, description: "" }
    },
    createFromModelPackage: {
      operation: Deployment.createFromModelPackage({
        ...fromPackage,
        predictionEnvironmentId: "p1",
        userProvidedId: "git-7",
        additionalMetadata: [{ key: "team", value: "" }],
        runtimeParameterValues: [{ fieldName: "LIMIT", type: "numeric", value: 0 }]
      }),
      line: "POST deployments/fromModelPackage/",
      body: {
        ...fromPackage,
        predictionEnvironmentId: "p1",
        userProvidedId: "git-7",
        additionalMetadata: [{ key: "team", value: "" }],
        runtimeParameterValues: "[{\"fieldName\":\"LIMIT\",\"type\":\"numeric\",\"value\":0}]"
      },
      after: [asks, reads]
    },
    startCreateFromModelPackage: {
      operation: Deployment.startCreateFromModelPackage({ ...fromPackage, defaultPredictionServerId: "d1" }),
      line: "POST deployments/fromModelPackage/",
      body: { ...fromPackage, defaultPredictionServerId: "d1" }
    },
    resume: { operation: Deployment.resume("s1"), line: asks, after: [reads] },
    "resume with a stored handle": {
      operation: Deployment.resume(JSON.stringify(handle)),
      line: asks,
      after: [reads]
    },
    list: { operation: Deployment.list(), line: "GET deployments/", query: { limit: "100" } },
    "list with limit and offset": {
      operation: Deployment.list({ limit: 7, offset: 3, search: undefined }),
      line: "GET deployments/",
      query: { limit: "7", offset: "3" }
    },
    "list with a limit above the page size": {
      operation: Deployment.list({ limit: 250 }),
      line: "GET deployments/",
      query: { limit: "100" }
    },
    "list with one value for each filter": {
      operation: Deployment.list({
        search: "a b&c",
        orderBy: "-lastPredictionTimestamp",
        status: "replacingModel",
        importance: "LOW",
        role: "OWNER",
        serviceHealth: "failing",
        modelHealth: "warning",
        accuracyHealth: "unavailable",
        executionEnvironmentType: "external",
        buildEnvironmentType: "DataRobot",
        predictionEnvironmentPlatform: "aws",
        defaultPredictionServerId: "d1",
        lastPredictionTimestampStart: "2022-03-01",
        lastPredictionTimestampEnd: new Date("2022-03-02T03:04:05.678Z"),
        predictionUsageDailyAvgGreaterThan: 0,
        predictionUsageDailyAvgLessThan: 10.5,
        createdByMe: true,
        createdBy: "u1",
        hasDecisionFlow: false,
        championModelExecutionType: "dedicated",
        championModelTargetType: "Binary",
        tagKeys: "team",
        tagValues: "red",
        predictionEnvironmentTagKeys: "zone",
        predictionEnvironmentTagValues: "eu",
        isA2AAgent: true
      }),
      line: "GET deployments/",
      query: {
        limit: "100",
        search: "a b&c",
        orderBy: "-lastPredictionTimestamp",
        status: "replacingModel",
        importance: "LOW",
        role: "OWNER",
        serviceHealth: "failing",
        modelHealth: "warning",
        accuracyHealth: "unavailable",
        executionEnvironmentType: "external",
        buildEnvironmentType: "DataRobot",
        predictionEnvironmentPlatform: "aws",
        defaultPredictionServerId: "d1",
        lastPredictionTimestampStart: "2022-03-01T00:00:00.000Z",
        lastPredictionTimestampEnd: "2022-03-02T03:04:05.678Z",
        predictionUsageDailyAvgGreaterThan: "0",
        predictionUsageDailyAvgLessThan: "10.5",
        createdByMe: "true",
        createdBy: "u1",
        hasDecisionFlow: "false",
        championModelExecutionType: "dedicated",
        championModelTargetType: "Binary",
        tagKeys: "team",
        tagValues: "red",
        predictionEnvironmentTagKeys: "zone",
        predictionEnvironmentTagValues: "eu",
        isA2AAgent: "true"
      }
    },
    "list with several values for a filter": {
      operation: Deployment.list({
        status: [DeploymentStatus.ACTIVE, DeploymentStatus.ERRORED],
        importance: ["LOW", "CRITICAL"],
        serviceHealth: ["failing", "warning"],
        modelHealth: ["unknown"],
        accuracyHealth: ["passing", "failing"],
        executionEnvironmentType: ["datarobot", "external"],
        buildEnvironmentType: ["R", "Other"],
        predictionEnvironmentPlatform: ["aws", "gcp"],
        tagKeys: ["team", "a b"]
      }),
      line: "GET deployments/",
      query: {
        limit: "100",
        status: "active,errored",
        importance: "LOW,CRITICAL",
        serviceHealth: "failing,warning",
        modelHealth: "unknown",
        accuracyHealth: "passing,failing",
        executionEnvironmentType: "datarobot,external",
        buildEnvironmentType: "R,Other",
        predictionEnvironmentPlatform: "aws,gcp",
        tagKeys: "team,a b"
      }
    },
    stream: {
      operation: Stream.runDrain(Deployment.stream({ pageSize: 5, orderBy: "createdAtTimestamp" })),
      line: "GET deployments/",
      query: { limit: "5", orderBy: "createdAtTimestamp" }
    },
    "stream without pageSize": {
      operation: Stream.runDrain(Deployment.stream()),
      line: "GET deployments/",
      query: { limit: "100" }
    },
    "stream with an undefined pageSize": {
      operation: Stream.runDrain(Deployment.stream({ pageSize: undefined })),
      line: "GET deployments/",
      query: { limit: "100" }
    },
    page: { operation: Deployment.page(), line: "GET deployments/" },
    "page with the maximum limit": {
      operation: Deployment.page({ limit: 100, offset: 100, status: ["active"] }),
      line: "GET deployments/",
      query: { limit: "100", offset: "100", status: "active" }
    },
    get: { operation: Deployment.get(id), line: reads },
    "get with a resource instead of an id": { operation: Deployment.get(handle.resource), line: reads },
    getOption: { operation: Deployment.getOption(id), line: reads },
    update: {
      operation: Deployment.update(id, { label: "New", description: "", importance: "CRITICAL" }),
      line: `PATCH deployments/${id}/`,
      body: { label: "New", description: "", importance: "CRITICAL" },
      after: [reads]
    },
    "update with one field": {
      operation: Deployment.update(id, { label: undefined, description: "x" }),
      line: `PATCH deployments/${id}/`,
      body: { description: "x" },
      after: [reads]
    },
    activate: {
      operation: Deployment.activate(id),
      line: `PATCH deployments/${id}/status/`,
      body: { status: "active" },
      after: [asks, reads]
    },
    startActivate: {
      operation: Deployment.startActivate(id),
      line: `PATCH deployments/${id}/status/`,
      body: { status: "active" }
    },
    deactivate: {
      operation: Deployment.deactivate(id),
      line: `PATCH deployments/${id}/status/`,
      body: { status: "inactive" },
      after: [asks, reads]
    },
    startDeactivate: {
      operation: Deployment.startDeactivate(id),
      line: `PATCH deployments/${id}/status/`,
      body: { status: "inactive" }
    },
    delete: { operation: Deployment.delete(id), line: `DELETE deployments/${id}/` },
    "delete with ignoreManagementAgent": {
      operation: Deployment.delete(id, { ignoreManagementAgent: true }),
      line: `DELETE deployments/${id}/`,
      query: { ignoreManagementAgent: "true" }
    },
    getServiceStats: { operation: Deployment.getServiceStats(id), line: `GET deployments/${id}/serviceStats/` },
    "getServiceStats with a period": {
      operation: Deployment.getServiceStats(id, {
        startTime: "2022-03-01T11:00:00+02:00",
        endTime: zoned,
        modelId: "m1",
        segmentAttribute: "DataRobot-Consumer",
        segmentValue: "",
        executionTimeQuantile: 0.9,
        responseTimeQuantile: 0,
        slowRequestsThreshold: 250
      }),
      line: `GET deployments/${id}/serviceStats/`,
      query: {
        start: at("09"),
        end: at("10"),
        modelId: "m1",
        segmentAttribute: "DataRobot-Consumer",
        segmentValue: "",
        executionTimeQuantile: "0.9",
        responseTimeQuantile: "0",
        slowRequestsThreshold: "250"
      }
    },
    getServiceStatsOverTime: {
      operation: Deployment.getServiceStatsOverTime(id, {
        startTime: DateTime.unsafeMake("2022-03-01T00:00:00Z"),
        endTime: new Date("2022-03-01T23:00:00Z"),
        metric: "slowRequests",
        bucketSize: "P1DT12H",
        quantile: 1,
        threshold: 0,
        modelId: undefined
      }),
      line: `GET deployments/${id}/serviceStatsOverTime/`,
      query: {
        start: at("00"),
        end: at("23"),
        metric: "slowRequests",
        bucketSize: "P1DT12H",
        quantile: "1",
        threshold: "0"
      }
    },
    actionLog: {
      operation: Deployment.actionLog(id, { limit: 5, offset: 10 }),
      line: `GET modelDeployments/${id}/actionLog/`,
      query: { limit: "5", offset: "10" }
    },
    modelHistory: {
      operation: Deployment.modelHistory(id, { limit: 5, offset: 10 }),
      line: `GET deployments/${id}/modelHistory/`,
      query: { limit: "5", offset: "10" }
    },
    getCapabilities: { operation: Deployment.getCapabilities(id), line: `GET deployments/${id}/capabilities/` },
    listSharedRoles: {
      operation: Deployment.listSharedRoles(id, { limit: 5, id: "u1", name: "Ana", shareRecipientType: "user" }),
      line: `GET deployments/${id}/sharedRoles/`,
      query: { limit: "5", id: "u1", name: "Ana", shareRecipientType: "user" }
    },
    updateSharedRoles: {
      operation: Deployment.updateSharedRoles(id, [
        { role: "OWNER", shareRecipientType: "user", username: "ana@example.com", canShare: true },
        { role: "NO_ROLE", shareRecipientType: "group", id: "g1", canShare: undefined }
      ]),
      line: `PATCH deployments/${id}/sharedRoles/`,
      body: {
        operation: "updateRoles",
        roles: [
          { role: "OWNER", shareRecipientType: "user", username: "ana@example.com", canShare: true },
          { role: "NO_ROLE", shareRecipientType: "group", id: "g1" }
        ]
      }
    }
  })

  it.effect("update returns the deployment as the server has it afterwards", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* Deployment.update(id, { label: "New" })).label, "as the server has it")
    }).pipe(
      Effect.provide(serving({ ...server, [one]: json(deployment({ label: "as the server has it" })) }))
    ))

  it.effect("list repeats its filters on each page and takes only the position from next", () =>
    Effect.gen(function*() {
      const found = yield* Deployment.list({ status: ["active", "inactive"], limit: 3 })
      assert.deepStrictEqual(found.map(({ label }) => label), ["a", "b", "c"])
      assert.deepStrictEqual((yield* requests).map(({ query }) => query), [
        { status: "active,inactive", limit: "3" },
        { status: "active,inactive", limit: "2", offset: "2" }
      ])
    }).pipe(Effect.provide(serving({
      "GET deployments/": [
        envelope([deployment({ label: "a" }), deployment({ label: "b" })], "deployments/?offset=2&limit=2&status=x"),
        envelope([deployment({ label: "c" }), deployment({ label: "d" })], "deployments/?offset=4&limit=2")
      ]
    }))))

  it.effect("page returns the total count and the input for the next page", () =>
    Effect.gen(function*() {
      const first = yield* Deployment.page({ limit: 1, search: "x" })
      assert.strictEqual(first.totalCount, 2)
      assert.deepStrictEqual(first.next, { limit: 1, search: "x", offset: 1 })
      assert.strictEqual(first.previous, undefined)
      const second = yield* Deployment.page(first.next)
      assert.strictEqual(second.next, undefined)
      assert.deepStrictEqual((yield* requests)[1]?.query, { limit: "1", search: "x", offset: "1" })
    }).pipe(Effect.provide(serving({
      "GET deployments/": [
        envelope([deployment()], "deployments/?offset=1&limit=1", { totalCount: 2 }),
        envelope([deployment()])
      ]
    }))))

  it.effect("stream requests a page only when its first item is pulled", () =>
    Effect.gen(function*() {
      yield* Stream.runDrain(Stream.take(Deployment.stream({ pageSize: 1 }), 1))
      assert.strictEqual((yield* sent).length, 1)
    }).pipe(
      Effect.provide(serving({ "GET deployments/": [envelope([deployment()], "deployments/?offset=1&limit=1")] }))
    ))
})

describe("Invalid Deployment arguments", () => {
  const { createFromLeaderboard, createFromLearningModel, createFromModelPackage, getServiceStats, list } = Deployment
  const blank = "must be a string that is not blank"
  const both = "must have either defaultPredictionServerId or predictionEnvironmentId, not both"
  const whole = "must be a whole number from 1"
  const size = "must be a whole number from 1 to 100"
  const topOfHour = "must be at the top of an hour, UTC, such as 2022-03-01T10:00:00Z"
  const states =
    "must be one of active, inactive, stopping, launching, archived, replacingModel, errored, or a list of them"
  const texts = "must be a string that is not blank and has no comma, or a list of such strings"

  refused(
    "a learning model without label and modelId",
    createFromLearningModel(untyped({})),
    "label is missing",
    "modelId is missing"
  )
  refused("a blank label", createFromLearningModel({ ...fromModel, label: " \t" }), `label ${blank}`)
  refused("an empty modelId", createFromLeaderboard({ ...fromModel, modelId: "" }), `modelId ${blank}`)
  refused(
    "a predictionThreshold above 1",
    createFromLeaderboard({ ...fromModel, predictionThreshold: 1.1 }),
    "predictionThreshold must be a number from 0 to 1"
  )
  refused(
    "a predictionThreshold that is not a number",
    createFromLeaderboard({ ...fromModel, predictionThreshold: NaN }),
    "predictionThreshold must be a number from 0 to 1"
  )
  refused(
    "an initial status other than active and inactive",
    createFromLearningModel(untyped({ ...fromModel, status: "archived" })),
    "status must be active or inactive"
  )
  refused(
    "an unknown importance",
    createFromLearningModel(untyped({ ...fromModel, importance: "low" })),
    "importance must be CRITICAL or HIGH or MODERATE or LOW"
  )
  refused(
    "an unknown key in create",
    createFromLearningModel(untyped({ ...fromModel, lable: "x" })),
    "lable is not known here: did you mean \"label\"?"
  )
  refused(
    "a modelPackageId in createFromLearningModel",
    createFromLearningModel(untyped({ ...fromModel, modelPackageId: "e1" })),
    "modelPackageId is not known here"
  )
  refused(
    "both a prediction server and a prediction environment",
    createFromModelPackage({ ...fromPackage, defaultPredictionServerId: "d1", predictionEnvironmentId: "p1" }),
    both
  )
  refused(
    "additional metadata without a key",
    createFromModelPackage({ ...fromPackage, additionalMetadata: [{ key: " ", value: "x" }] }),
    `additionalMetadata[0].key ${blank}`
  )
  refused(
    "a runtime parameter without a type",
    createFromModelPackage({ ...fromPackage, runtimeParameterValues: untyped([{ fieldName: "a", value: 1 }]) }),
    "runtimeParameterValues[0].type is missing"
  )
  for (
    const start of [
      Deployment.startCreateFromLearningModel(untyped({ ...fromModel, label: "" })),
      Deployment.startCreateFromLeaderboard(untyped({ ...fromModel, label: "" })),
      Deployment.startCreateFromModelPackage(untyped({ ...fromPackage, label: "" }))
    ]
  ) refused("a blank label in startCreate", start, `label ${blank}`)
  refused(
    "invalid wait options",
    createFromModelPackage(fromPackage, { wait: { timeout: 0 } }),
    "wait.timeout must be a positive, finite duration"
  )

  refused(
    "an update without fields",
    Deployment.update(id, {}),
    "must hold at least one of label, description and importance"
  )
  refused(
    "an update with only undefined values",
    Deployment.update(id, { label: undefined }),
    "must hold at least one of label, description and importance"
  )
  refused("an update to a blank label", Deployment.update(id, { label: "" }), `label ${blank}`)
  refused(
    "an update with a null",
    Deployment.update(id, untyped({ description: null })),
    "description must be string | undefined, but is null"
  )
  refused(
    "an update of the status, which has its own operations",
    Deployment.update(id, untyped({ status: "active" })),
    "status is not known here"
  )
  refused("an invalid id and a blank label at once", Deployment.update("..", { label: "" }), badId, `label ${blank}`)

  refused("a limit of 0", list({ limit: 0 }), `limit ${whole}`)
  refused("a limit that is not a whole number", list({ limit: 1.5 }), `limit ${whole}`)
  refused("a negative offset", list({ offset: -1 }), "offset must be a whole number from 0")
  refused("a page limit of 101", Deployment.page({ limit: 101 }), `limit ${size}`)
  refused("a page limit of 0", Deployment.page({ limit: 0 }), `limit ${size}`)
  refused("a pageSize of 101", Stream.runDrain(Deployment.stream({ pageSize: 101 })), `pageSize ${size}`)
  refused("a pageSize of 0", Stream.runDrain(Deployment.stream({ pageSize: 0 })), `pageSize ${size}`)
  refused("a pageSize in page", Deployment.page(untyped({ pageSize: 5 })), "pageSize is not known here")
  for (const orderBy of ["--label", "+label", "createdAt", "", 1]) {
    refused(
      `the order ${JSON.stringify(orderBy)}`,
      list(untyped({ orderBy })),
      "orderBy must be one of ListInput's orders, such as label or -createdAtTimestamp"
    )
  }
  refused("an unknown filter", list(untyped({ projectId: "p1" })), "projectId is not known here")
  refused("an unknown role filter", list(untyped({ role: "owner" })), "role must be OWNER or USER")
  refused(
    "filters with empty lists",
    list({ status: [], tagKeys: [], buildEnvironmentType: [] }),
    `status ${states}`,
    "buildEnvironmentType must be one of DataRobot, Python, R, Java, Julia, Legacy, Other, or a list of them",
    `tagKeys ${texts}`
  )
  for (const status of ["Active", ["active", "Active"], ["active", null], [["active"]], "active,inactive", null]) {
    refused(`the status filter ${JSON.stringify(status)}`, list(untyped({ status })), `status ${states}`)
  }
  for (const tagValues of ["", "a,b", ["a", " "], ["a", "b,c"], 7]) {
    refused(`the tagValues filter ${JSON.stringify(tagValues)}`, list(untyped({ tagValues })), `tagValues ${texts}`)
  }
  refused(
    "an invalid date filter",
    list({ lastPredictionTimestampStart: "yesterday" }),
    "lastPredictionTimestampStart must be an ISO 8601 date, a Date or a DateTime"
  )
  refused(
    "a negative and an infinite daily average",
    list({ predictionUsageDailyAvgGreaterThan: -1, predictionUsageDailyAvgLessThan: Infinity }),
    "predictionUsageDailyAvgGreaterThan must be a number from 0",
    "predictionUsageDailyAvgLessThan must be a number from 0"
  )
  refused(
    "a string instead of a boolean",
    list(untyped({ createdByMe: "true" })),
    "createdByMe must be a boolean, but is a string"
  )

  refused(
    "times that are not at the top of an hour",
    getServiceStats(id, {
      startTime: "2022-03-01T10:30:00Z",
      endTime: new Date("2022-03-02T00:00:00.001Z")
    }),
    `startTime ${topOfHour}`,
    `endTime ${topOfHour}`
  )
  refused(
    "a full hour in a zone with a half-hour offset",
    getServiceStats(id, { startTime: "2022-03-01T10:00:00+05:30" }),
    `startTime ${topOfHour}`
  )
  refused(
    "invalid dates",
    getServiceStats(id, { startTime: "2022-02-30", endTime: new Date(NaN) }),
    "startTime must be an ISO 8601 date, a Date or a DateTime",
    "endTime must be an ISO 8601 date, a Date or a DateTime"
  )
  for (const [name, endTime] of [["no", "2022-03-02"], ["negative", "2022-03-01T23:00:00Z"]] as const) {
    refused(
      `a period of ${name} length`,
      getServiceStats(id, { startTime: "2022-03-02T00:00:00Z", endTime }),
      "must have a startTime that is before its endTime"
    )
    refused(
      `a period of ${name} length in getServiceStatsOverTime`,
      Deployment.getServiceStatsOverTime(id, { startTime: "2022-03-02T00:00:00Z", endTime }),
      "must have a startTime that is before its endTime"
    )
  }
  refused(
    "the wire names start and end for a period",
    getServiceStats(id, untyped({ start: "2022-03-01" })),
    "start is not known here"
  )
  refused(
    "quantiles outside 0 to 1",
    getServiceStats(id, { executionTimeQuantile: 1.5, responseTimeQuantile: -0.1 }),
    "executionTimeQuantile must be a number from 0 to 1",
    "responseTimeQuantile must be a number from 0 to 1"
  )
  refused(
    "a negative slowRequestsThreshold",
    getServiceStats(id, { slowRequestsThreshold: -1 }),
    "slowRequestsThreshold must be a number from 0"
  )
  for (const bucketSize of ["", "P", "PT", "P1DT", "PT30M", "1h", "P1.5D", "PT1H30M", "pt1h"]) {
    refused(
      `the bucketSize ${JSON.stringify(bucketSize)}`,
      Deployment.getServiceStatsOverTime(id, { bucketSize }),
      "bucketSize must be an ISO 8601 duration of whole hours, such as PT1H or P7D"
    )
  }
  refused("a limit of 0 for the action log", Deployment.actionLog(id, { limit: 0 }), `limit ${whole}`)
  refused("a limit of 0 for the model history", Deployment.modelHistory(id, { limit: 0 }), `limit ${whole}`)
  refused(
    "an unknown filter of the action log",
    Deployment.actionLog(id, untyped({ action: "created" })),
    "action is not known here"
  )

  const grant = { role: "USER", shareRecipientType: "user", id: "u1" } as const
  for (
    const [name, changes] of [
      ["without a recipient", { id: undefined }],
      ["with both an id and a username", { username: "ana" }],
      ["with a blank id", { id: " " }],
      ["that is unknown", { role: "BOSS" }],
      ["with an unknown recipient type", { shareRecipientType: "robot" }],
      ["with an unknown key", { canshare: true }]
    ] as const
  ) {
    refused(
      `a shared role ${name}`,
      Deployment.updateSharedRoles(id, untyped([grant, { ...grant, ...changes }])),
      "roles[1] must have an id or a username, a known role and a known shareRecipientType"
    )
  }
  refused("an empty list of roles", Deployment.updateSharedRoles(id, []), "roles must hold 1 to 100 roles")
  refused(
    "101 roles",
    Deployment.updateSharedRoles(id, Array.from({ length: 101 }, () => grant)),
    "roles must hold 1 to 100 roles"
  )
  refused(
    "an unknown recipient type as a filter of shared roles",
    Deployment.listSharedRoles(id, untyped({ shareRecipientType: "robot" })),
    "shareRecipientType must be user or group or organization"
  )
  refused(
    "blank filters of shared roles",
    Deployment.listSharedRoles(id, { id: "", name: " " }),
    `id ${blank}`,
    `name ${blank}`
  )
  refused("an unknown option of delete", Deployment.delete(id, untyped({ force: true })), "force is not known here")

  it.effect("updateSharedRoles accepts 100 roles", () =>
    Effect.gen(function*() {
      yield* Deployment.updateSharedRoles(id, Array.from({ length: 100 }, () => grant))
      assert.strictEqual((yield* sent).length, 1)
    }).pipe(Effect.provide(serving(server))))
})

describe("Deployment responses", () => {
  const read = (body: unknown) => Effect.provide(Deployment.get(id), serving({ [one]: json(body) }))

  it.effect("the sample deployment is decoded completely and encodes to the same JSON", () =>
    Effect.gen(function*() {
      const found = yield* read(deployment())
      // Boundary: optional fields that the sample sets.
      assert.strictEqual(DateTime.formatIso(found.createdAt as DateTime.Utc), "2022-03-01T10:00:00.000Z")
      assert.deepStrictEqual(found.predictionUsage?.dailyRates, [0, 0, 0, 5, 2, 10, 7])
      const key = found.defaultPredictionServer?.datarobotKey
      assert.strictEqual(key && Redacted.value(key), "00000000-0000-0000-0000-000000000000")
      const written: unknown = yield* Schema.encode(Deployment.Deployment)(found)
      assert.deepStrictEqual(written, { ...deployment(), openedChangeRequests: [] })
    }))

  it.effect("a deployment without the fields that older servers lack is accepted", () =>
    Effect.gen(function*() {
      const old = yield* read(
        lacking(deployment(), "status", "createdAt", "importance", "modelPackage", "governance", "owners", "settings")
      )
      for (const key of ["status", "createdAt", "importance", "modelPackage", "governance", "owners", "settings"]) {
        assert.notProperty(old, key)
      }
      assert.strictEqual(old.label, "Churn scorer")
    }))

  it.effect("a deployment needs only id and label", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* read({ id, label: null }), {
        id,
        label: null,
        permissions: [],
        openedChangeRequests: []
      })
      assert.deepStrictEqual((yield* read({ id, label: "x", model: {} })).model, {})
      assert.deepStrictEqual((yield* read({ id, label: "x", model: { id: null } })).model, { id: null })
    }))

  const optional = [
    "description",
    "status",
    "createdAt",
    "importance",
    "approvalStatus",
    "model",
    "modelPackage",
    "defaultPredictionServer",
    "predictionEnvironment",
    "capabilities",
    "predictionUsage",
    "serviceHealth",
    "modelHealth",
    "accuracyHealth",
    "fairnessHealth",
    "governance",
    "owners",
    "settings",
    "modelPackageInitialDownload",
    "scoringCodeInitialDownload",
    "userProvidedId"
  ] as const
  for (const key of optional) {
    it.effect(`${key} may be missing or null, and the decoded value keeps the difference`, () =>
      Effect.gen(function*() {
        assert.notProperty(yield* read(lacking(deployment(), key)), key)
        assert.strictEqual((yield* read(deployment({ [key]: null })))[key], null)
      }))
  }

  for (const key of ["permissions", "openedChangeRequests"] as const) {
    it.effect(`${key} are an empty list if they are missing or null`, () =>
      Effect.gen(function*() {
        assert.deepStrictEqual((yield* read(lacking(deployment(), key)))[key], [])
        assert.deepStrictEqual((yield* read(deployment({ [key]: null })))[key], [])
      }))
  }

  it.effect("nested objects accept null in every key", () =>
    Effect.gen(function*() {
      const found = yield* read(deployment({
        model: { id: "m1", targetName: null, projectName: null, deployedAt: null, customModelImage: null },
        predictionUsage: { dailyRates: null, lastTimestamp: null },
        defaultPredictionServer: { id: null, url: null, "datarobot-key": null },
        capabilities: { supportsModelReplacement: null },
        owners: { count: null, preview: null },
        governance: {}
      }))
      assert.deepStrictEqual(found.predictionUsage, { dailyRates: [], lastTimestamp: null })
      assert.deepStrictEqual(found.owners, { count: null, preview: [] })
      assert.deepStrictEqual(found.defaultPredictionServer, { id: null, url: null })
      assert.deepStrictEqual(found.capabilities, { supportsModelReplacement: null })
      assert.strictEqual(found.model?.targetName, null)
    }))

  it.effect("a deployment without predictions has no daily rates", () =>
    Effect.gen(function*() {
      const { predictionUsage } = yield* read(deployment({ predictionUsage: { dailyRates: [], lastTimestamp: null } }))
      assert.deepStrictEqual(predictionUsage, { dailyRates: [], lastTimestamp: null })
    }))

  it.effect("unknown enum values are kept and unknown keys are dropped", () =>
    Effect.gen(function*() {
      const found = yield* read(deployment({
        status: "hibernating",
        importance: "EXTREME",
        approvalStatus: "REJECTED",
        serviceHealth: { status: "odd", howOdd: 7 },
        model: { id: "m1", targetType: "TextGeneration" },
        newIn2030: true
      }))
      assert.deepStrictEqual(
        [found.status, found.importance, found.approvalStatus, found.model?.targetType],
        ["hibernating", "EXTREME", "REJECTED", "TextGeneration"]
      )
      assert.deepStrictEqual(found.serviceHealth, { status: "odd" })
      assert.notProperty(found, "newIn2030")
    }))

  it.effect("a key named __proto__ is dropped", () =>
    Effect.gen(function*() {
      const body = JSON.stringify(deployment()).replace(
        "\"capabilities\":{",
        "\"capabilities\":{\"__proto__\":{\"a\":1},"
      )
      const found = yield* Deployment.get(id).pipe(
        Effect.provide(serving({ [one]: MockHttpClient.text(body) }))
      )
      assert.strictEqual(Object.getPrototypeOf(found.capabilities), Object.prototype)
      assert.notProperty(found.capabilities, "a")
    }))

  it.effect("an issue names the path of a missing or invalid field, but not its value", () =>
    unreadable(
      Deployment.get(id),
      {
        [one]: json(lacking(
          deployment({
            model: { type: 7 },
            createdAt: "yesterday",
            predictionUsage: { dailyRates: [0, "x"] },
            // The keys that are missing from here on are optional.
            label: undefined,
            capabilities: { supportsDriftTracking: "partly" },
            modelHealth: { message: "Not enough predictions." },
            owners: { preview: [{ email: "ana@example.com" }] }
          }),
          "id"
        ))
      },
      "id is missing",
      "createdAt must be a timestamp such as 2018-04-23 05:09:41.405000, but is a string",
      "model.type must be string | null, but is a number",
      "predictionUsage.dailyRates[1] must be a number, but is a string"
    ))

  it.effect("an issue in a listing names the index of the item", () =>
    unreadable(
      Deployment.list(),
      { "GET deployments/": envelope([deployment(), lacking(deployment(), "id")]) },
      "data[1].id is missing"
    ))

  it.effect("getOption returns none for a 404", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(
        yield* Effect.provide(Deployment.getOption(id), serving({ [one]: notFound })),
        Option.none()
      )
      const there = yield* Effect.provide(Deployment.getOption(id), serving({ [one]: json(deployment()) }))
      assert.strictEqual(Option.getOrThrow(there).id, id)
    }))

  it.effect("service statistics keep nulls and do not add missing keys", () =>
    Effect.gen(function*() {
      const whole = yield* Deployment.getServiceStats(id).pipe(Effect.provide(serving(server)))
      assert.deepStrictEqual(whole.metrics, stats.metrics)
      // Boundary: optional fields that the sample sets.
      assert.strictEqual(DateTime.formatIso(whole.period?.end as DateTime.Utc), "2022-03-08T00:00:00.000Z")
      const bare = yield* Deployment.getServiceStats(id).pipe(Effect.provide(serving({
        "GET deployments/:id/serviceStats/": json({
          modelId: null,
          period: null,
          metrics: { executionTime: null, totalRequests: 0 },
          segmentAttribute: null,
          more: 1
        })
      })))
      assert.deepStrictEqual(bare, {
        modelId: null,
        period: null,
        metrics: { executionTime: null, totalRequests: 0 },
        segmentAttribute: null
      })
    }))

  it.effect("service statistics without metrics are rejected", () =>
    unreadable(
      Deployment.getServiceStats(id),
      { "GET deployments/:id/serviceStats/": json({ modelId: "m1", period: week }) },
      "metrics is missing"
    ))

  it.effect("a bucket may have a null period and a null value", () =>
    Effect.gen(function*() {
      const found = yield* Deployment.getServiceStatsOverTime(id)
      assert.deepStrictEqual(found.buckets.map(({ value }) => value), [120, null])
      assert.strictEqual(found.buckets[1]?.period, null)
      assert.strictEqual(found.metric, "totalPredictions")
      assert.strictEqual(found.summary.value, 120)
    }).pipe(Effect.provide(serving(server))))

  it.effect("statistics over time accept an unknown metric, but require buckets", () =>
    Effect.gen(function*() {
      const route = "GET deployments/:id/serviceStatsOverTime/"
      const found = yield* Deployment.getServiceStatsOverTime(id).pipe(
        Effect.provide(serving({ [route]: json({ metric: "newMetric", summary: {}, buckets: [] }) }))
      )
      assert.deepStrictEqual(found, { metric: "newMetric", summary: {}, buckets: [] })
      yield* unreadable(
        Deployment.getServiceStatsOverTime(id),
        { [route]: json({ metric: "newMetric", summary: {} }) },
        "buckets is missing"
      )
    }))

  it.effect("the action log is read in camelCase and in snake_case", () =>
    Effect.gen(function*() {
      const log = yield* Deployment.actionLog(id)
      assert.deepStrictEqual(
        log.map((
          { action, performedAt, performedBy }
        ) => [action, DateTime.formatIso(performedAt), performedBy.username]),
        [["created", "2018-05-02T10:11:12.131Z", "ana"], ["model_replaced", "2018-05-03T10:11:12.131Z", "ana"]]
      )
    }).pipe(Effect.provide(serving({
      "GET modelDeployments/:id/actionLog/": envelope([
        {
          action: "created",
          performedAt: "2018-05-02 10:11:12.131415",
          performedBy: { id: "u", username: "ana" }
        },
        {
          action: "model_replaced",
          performed_at: "2018-05-03 10:11:12.131415",
          performed_by: { id: "u", username: "ana", first_name: "Ana" }
        }
      ])
    }))))

  it.effect("model history items are returned unchanged", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* Deployment.modelHistory(id), [{ anything: { at: ["all"] } }, {}])
    }).pipe(Effect.provide(serving({
      "GET deployments/:id/modelHistory/": envelope([{ anything: { at: ["all"] } }, {}])
    }))))

  it.effect("modelHistory follows next below the deployment", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* Deployment.modelHistory(id), [{ a: 1 }, { a: 2 }])
    }).pipe(Effect.provide(serving({
      "GET deployments/:id/modelHistory/": [
        envelope([{ a: 1 }], `deployments/${id}/modelHistory/?offset=1&limit=1`),
        envelope([{ a: 2 }])
      ]
    }))))

  it.effect("a capability may lack messages, but not supported", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* Deployment.getCapabilities(id), [
        { name: "supportsModelReplacement", supported: true, messages: [] },
        { name: "supportsHumility", supported: false, messages: [] },
        { name: "supportsNewThings", supported: false, messages: ["No", { code: 7 }] }
      ])
      yield* unreadable(
        Deployment.getCapabilities(id),
        { "GET deployments/:id/capabilities/": json({ data: [{ name: "a" }] }) },
        "data[0].supported is missing"
      )
    }).pipe(Effect.provide(serving({
      "GET deployments/:id/capabilities/": json({
        data: [
          { name: "supportsModelReplacement", supported: true },
          { name: "supportsHumility", supported: false, messages: null },
          { name: "supportsNewThings", supported: false, messages: ["No", { code: 7 }], more: 1 }
        ]
      })
    }))))

  it.effect("unknown roles and recipient types are kept", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* Deployment.listSharedRoles(id), [
        { id: "u1", name: "Ana", role: "OWNER", shareRecipientType: "user" },
        { id: "a1", name: null, role: "AUDITOR", shareRecipientType: "externalApplication" },
        { id: "g1", role: "CONSUMER", shareRecipientType: "group" }
      ])
    }).pipe(Effect.provide(serving({
      "GET deployments/:id/sharedRoles/": envelope([
        { id: "u1", name: "Ana", role: "OWNER", shareRecipientType: "user" },
        { id: "a1", name: null, role: "AUDITOR", shareRecipientType: "externalApplication", more: 1 },
        { id: "g1", role: "CONSUMER", shareRecipientType: "group" }
      ])
    }))))
})

describe("Advice in the error of a Deployment change", () => {
  it.effect("a create with an unknown outcome advises to search for the deployment first (R-5)", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(Deployment.createFromLearningModel(fromModel), isNetworkError)
      assert.strictEqual(error.outcome, "unknown")
      assert.include(
        error.message,
        "It may have been created: check with Deployment.list({ search: label }) before you create it again."
      )
    }).pipe(Effect.provide(serving({ "POST deployments/fromLearningModel/": networkFailure("ECONNRESET") }))))

  it.effect("an update with an unknown outcome advises to read the deployment first (R-5)", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(Deployment.update(id, { label: "x" }), isApiError)
      assert.strictEqual(error.outcome, "unknown")
      assert.include(
        error.message,
        "The change may have been made: read the deployment before you try again."
      )
    }).pipe(Effect.provide(serving({ "PATCH deployments/:id/": json({ message: "down" }, { status: 500 }) }))))

  it.effect("a failed read after an update reports that the change was made", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(Deployment.update(id, { label: "x" }), isApiError)
      assert.include(error.message, "The change itself was made.")
    }).pipe(Effect.provide(serving({ "PATCH deployments/:id/": empty(), [one]: notFound }))))

  it.effect("a failed read after a create reports what was created", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(Deployment.createFromModelPackage(fromPackage), isApiError)
      assert.include(error.message, `It was created with id ${id}: do not create it again.`)
    }).pipe(Effect.provide(serving({ ...server, [one]: json({ message: "No" }, { status: 403 }) }))))
})

describe("Deployment.delete", () => {
  const route = "DELETE deployments/:id/"

  it.effect("succeeds if the retry after a lost response returns 404", () =>
    Effect.gen(function*() {
      yield* timeLapse(Deployment.delete(id))
      assert.strictEqual((yield* sent).length, 2)
    }).pipe(Effect.provide(serving({ [route]: [networkFailure("ECONNRESET"), notFound] }))))

  it.effect("fails if the first attempt returns 404", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(Deployment.delete(id), isApiError)
      assert.strictEqual(error.reason, "NotFound")
      assert.strictEqual((yield* sent).length, 1)
    }).pipe(Effect.provide(serving({ [route]: notFound }))))

  it.effect("fails if the retry returns another error", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(timeLapse(Deployment.delete(id)), isApiError)
      assert.strictEqual(error.reason, "Unprocessable")
    }).pipe(
      Effect.provide(serving({ [route]: [networkFailure("ECONNRESET"), json({ message: "No" }, { status: 422 })] }))
    ))
})

for (
  const [name, operation, route] of [
    [
      "Deployment.createFromLearningModel",
      Deployment.createFromLearningModel.bind(null, fromModel),
      "fromLearningModel"
    ],
    ["Deployment.createFromLeaderboard", Deployment.createFromLeaderboard.bind(null, fromModel), "fromLeaderboard"],
    ["Deployment.createFromModelPackage", Deployment.createFromModelPackage.bind(null, fromPackage), "fromModelPackage"]
  ] as const
) {
  waits({
    name,
    operation,
    route: `POST deployments/${route}/`,
    more: { [one]: json(deployment()) },
    after: [reads],
    knowsResource: false
  })
}

for (const [name, operation] of [["activate", Deployment.activate], ["deactivate", Deployment.deactivate]] as const) {
  waits({
    name: `Deployment.${name}`,
    operation: (options) => operation(id, options),
    route: "PATCH deployments/:id/status/",
    more: { [one]: json(deployment()) },
    after: [reads],
    knowsResource: true
  })
}

starts(
  "Deployment.startCreateFromLearningModel",
  Deployment.startCreateFromLearningModel(fromModel),
  "POST deployments/fromLearningModel/",
  false
)
starts(
  "Deployment.startCreateFromLeaderboard",
  Deployment.startCreateFromLeaderboard(fromModel),
  "POST deployments/fromLeaderboard/",
  false
)
starts(
  "Deployment.startCreateFromModelPackage",
  Deployment.startCreateFromModelPackage(fromPackage),
  "POST deployments/fromModelPackage/",
  false
)
starts("Deployment.startActivate", Deployment.startActivate(id), "PATCH deployments/:id/status/")
starts("Deployment.startDeactivate", Deployment.startDeactivate(id), "PATCH deployments/:id/status/")

describe("Deployment.createFromModelPackage", () => {
  const route = "POST deployments/fromModelPackage/"
  const creation = Deployment.createFromModelPackage(fromPackage)
  const posts = "POST deployments/fromModelPackage/"

  const answers = (name: string, routes: MockHttpClient.Routes, ...expected: ReadonlyArray<string>) =>
    it.effect(name, () =>
      Effect.gen(function*() {
        const found = yield* timeLapse(creation)
        assert.strictEqual(found.label, "Churn scorer")
        assert.deepStrictEqual(yield* sent, expected)
      }).pipe(Effect.provide(serving({ [one]: json(deployment()), ...routes }))))

  answers("reads the deployment that a 201 points to", { [route]: madeAtOnce }, posts, reads)
  answers(
    "reads the deployment even if the 201 has a body",
    {
      [route]: json(deployment({ label: "stale" }), {
        status: 201,
        headers: { location: `/api/v2/deployments/${id}/` }
      })
    },
    posts,
    reads
  )
  answers("reads the deployment after a 200 with only an id", { [route]: json({ id }) }, posts, reads)
  answers(
    "reads the deployment after a 202 with only an id",
    { [route]: json({ id }, { status: 202 }) },
    posts,
    reads
  )
  for (const status of [200, 201]) {
    answers(
      `reads the deployment after a ${status} with a body and no Location`,
      { [route]: json(deployment(), { status }) },
      posts,
      reads
    )
  }
  answers(
    "takes the id from the finished job's Location",
    { [route]: accepted, "GET status/s1/": finished },
    posts,
    asks,
    reads
  )
  answers(
    "takes the id from the 202 if the COMPLETED job has no Location",
    { [route]: acceptedWith({ id }), "GET status/s1/": state("COMPLETED") },
    posts,
    asks,
    reads
  )
  answers(
    "takes the id from the 202 if the job's redirect has no Location",
    { [route]: acceptedWith({ id }), "GET status/s1/": empty({ status: 303 }) },
    posts,
    asks,
    reads
  )
  answers(
    "takes the id from the 202 if the job points to another collection",
    { [route]: acceptedWith({ id }), "GET status/s1/": finishedAt("projects/p1/") },
    posts,
    asks,
    reads
  )
  answers(
    "prefers the id in the job's Location to the one in the 202",
    { [route]: acceptedWith({ id: "e1" }), "GET status/s1/": finished },
    posts,
    asks,
    reads
  )
  answers(
    "keeps polling while the job returns 404 at first",
    { [route]: accepted, "GET status/s1/": [notFound, notFound, state("RUNNING"), finished] },
    posts,
    asks,
    asks,
    asks,
    asks,
    reads
  )

  const lost = (name: string, routes: MockHttpClient.Routes, issue: string, advice: string) =>
    it.effect(name, () =>
      Effect.gen(function*() {
        const error = yield* failsWith(timeLapse(creation), isValidationError)
        assert.strictEqual(error.phase, "response")
        assert.deepStrictEqual(error.issues.map(({ message, path }) => `${path} ${message}`.trim()), [issue])
        assert.include(error.message, advice)
        assert.strictEqual((yield* requests).filter(({ method }) => method === "POST").length, 1)
      }).pipe(Effect.provide(serving(routes))))
  const look = "The server accepted the request: check whether it exists before you create it again."

  lost(
    "fails if the 202 has neither a Location nor an id",
    { [route]: empty({ status: 202 }) },
    "Location is missing, and no id is in the body",
    look
  )
  lost(
    "fails if the Location of the 202 can't be read (S-2)",
    { [route]: empty({ status: 202, headers: { location: "https://evil@dr.example.com/api/v2/status/s1/" } }) },
    "Location must be a URL of this API that the SDK knows how to read",
    look
  )
  lost(
    "fails if the job's redirect has no Location",
    { [route]: accepted, "GET status/s1/": empty({ status: 303 }) },
    "Location must point to an item of deployments/",
    look
  )
  lost(
    "fails if the COMPLETED job has no Location",
    { [route]: accepted, "GET status/s1/": state("COMPLETED") },
    "Location must point to an item of deployments/",
    look
  )
  lost(
    "fails if the job points to another collection",
    { [route]: accepted, "GET status/s1/": finishedAt("projects/p1/") },
    "Location must point to an item of deployments/",
    look
  )
  lost(
    "fails if the 201 points to another collection",
    { [route]: empty({ status: 201, headers: { location: `${endpoint}/projects/p1/` } }) },
    "Location must point to an item of deployments/",
    look
  )

  it.effect("keeps the id from the 202 in the handle of its deadline error", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(
        timeLapse(Deployment.createFromModelPackage(fromPackage, { wait: { timeout: "5 seconds" } })),
        isJobError
      )
      assert.deepStrictEqual(error.handle, handle)
      const stored = JSON.stringify(error.handle)
      const found = yield* Deployment.resume(untyped(JSON.parse(stored))).pipe(
        Effect.provide(serving({ "GET status/s1/": state("COMPLETED"), [one]: json(deployment()) }))
      )
      assert.strictEqual(found.id, id)
    }).pipe(Effect.provide(serving({ [route]: acceptedWith({ id }), "GET status/s1/": state("INITIALIZED") }))))

  it.effect("fails with reason Lost if the job keeps returning 404", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(timeLapse(creation), isJobError)
      assert.strictEqual(error.reason, "Lost")
      assert.strictEqual(error.attempts, 4)
    }).pipe(Effect.provide(serving({ [route]: accepted, "GET status/s1/": notFound }))))

  it.effect("allows 60 seconds for an attempt", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(timeLapse(creation), isNetworkError)
      assert.strictEqual(error.cause?.message, "no complete response within 60000 ms")
    }).pipe(Effect.provide(serving({ [route]: () => Effect.never }))))
})

describe("Deployment.resume", () => {
  it.effect("returns the deployment at once for a handle of kind done", () =>
    Effect.gen(function*() {
      const done = { ...handle, kind: "done" } as const
      for (const job of [done, JSON.stringify(done)]) assert.strictEqual((yield* Deployment.resume(job)).id, id)
      assert.deepStrictEqual(yield* sent, [reads, reads])
    }).pipe(Effect.provide(serving(server))))

  it.effect("fails if the job created no deployment", () =>
    unreadable(
      Deployment.resume("s1"),
      { "GET status/s1/": state("COMPLETED") },
      "Location must point to an item of deployments/"
    ))

  it.effect("reports that the job is done if the deployment can't be read", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(Deployment.resume("s1"), isApiError)
      assert.strictEqual(error.reason, "NotFound")
      assert.include(error.message, "The job itself has finished.")
    }).pipe(Effect.provide(serving({ ...server, [one]: notFound }))))

  it.effect("respects the given timeout and interval", () =>
    Effect.gen(function*() {
      const error = yield* failsWith(
        timeLapse(Deployment.resume(handle, { timeout: "20 seconds", interval: "10 seconds" })),
        isJobError
      )
      assert.strictEqual(error.operation, "Deployment.resume")
      assert.strictEqual(error.attempts, 3)
    }).pipe(Effect.provide(serving({ "GET status/s1/": state("RUNNING") }))))

  for (const kind of ["status", "done"] as const) {
    const other = { kind, id, resource: { collection: "modelPackages", id } } as const
    for (const [form, job] of Object.entries({ "a value": other, text: JSON.stringify(other) })) {
      refused(
        `the ${kind} handle of another collection, as ${form}`,
        Deployment.resume(job),
        "resource.collection must be \"deployments\""
      )
    }
  }
  refused(
    "a handle that is not a job",
    Deployment.resume({ kind: "modelDeployment", id }),
    "kind must be \"status\": this handle has no job"
  )
  refused(
    "an infinite timeout",
    Deployment.resume(handle, { timeout: Infinity }),
    "timeout must be a positive, finite duration"
  )
})
