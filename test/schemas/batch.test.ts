/** The schemas of batch predictions and their definitions: what a server may send, and what is sent to it. */
import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { definitionInput } from "../../src/internal/protocols/batchDefinition.js"
import { secretsOf } from "../../src/internal/protocols/batchJob.js"
import { formatIssues } from "../../src/internal/reading/issues.js"
import { input } from "../../src/internal/request/input.js"
import * as Batch from "../../src/wire/batchPrediction.js"
import * as Definitions from "../../src/wire/batchPredictionDefinition.js"
import type { Route } from "../../src/wire/route.js"
import { routes } from "../../src/wire/routes/index.js"
import { untyped } from "../support.js"

const at = "2026-01-05T09:22:19.779000Z"

/** A job as a server has sent it. */
const job = {
  id: "5ce1204b962d741661907ea0",
  status: "RUNNING",
  statusDetails: "Job submitted at 2026-01-05 09:22:19.779000",
  percentageCompleted: 40.5,
  elapsedTimeSec: 12,
  queued: false,
  queuePosition: null,
  scoredRows: 400,
  failedRows: 0,
  skippedRows: 0,
  jobIntakeSize: null,
  jobOutputSize: 1234,
  logs: ["Job submitted"],
  created: at,
  createdBy: { userId: "u", username: "ana@example.com", fullName: null },
  jobSpec: {
    deploymentId: "5ce1138c962d7415e076d8c6",
    numConcurrent: 1,
    chunkSize: "auto",
    intakeSettings: { type: "localFile" },
    outputSettings: { type: "localFile" }
  },
  links: {
    self: "https://app.datarobot.com/api/v2/batchPredictions/5ce1204b962d741661907ea0/",
    download: "https://app.datarobot.com/api/v2/batchPredictions/5ce1204b962d741661907ea0/download/"
  },
  source: "api",
  resultsDeleted: false
}

const definition = {
  id: "d",
  name: "Nightly",
  enabled: true,
  schedule: { minute: [30], hour: [3], dayOfMonth: ["*"], month: ["jan", 2], dayOfWeek: ["*"] },
  batchPredictionJob: job.jobSpec,
  created: at,
  updated: at,
  createdBy: { userId: "u", username: "ana@example.com", fullName: null },
  updatedBy: { userId: "u", username: "ana@example.com", fullName: null },
  nextScheduledRunTime: at,
  lastScheduledRunTime: at,
  lastStartedJobStatus: null,
  lastStartedJobTime: null,
  lastSuccessfulRunTime: at,
  lastFailedRunTime: at
}

const roundTrip = (schema: Schema.Schema.AnyNoContext, json: unknown): unknown =>
  JSON.parse(JSON.stringify(Schema.encodeSync(schema)(Schema.decodeUnknownSync(schema)(json))))

const problem = (schema: Schema.Schema.AnyNoContext, value: unknown): string =>
  formatIssues(input(schema, untyped(value)).issues)

describe("A job and a definition that a server sends", () => {
  it("are the same after they are decoded and encoded", () => {
    assert.deepStrictEqual(roundTrip(Batch.BatchPrediction, job), job)
    assert.deepStrictEqual(roundTrip(Definitions.BatchPredictionDefinition, definition), definition)
  })

  it("need no more than the id, the status and the links of a job, and the id of a definition", () => {
    const least = { id: "j", status: "INITIALIZING", links: {} }
    assert.deepStrictEqual(Schema.decodeUnknownSync(Batch.BatchPrediction)(least), untyped({ ...least, logs: [] }))
    for (const key of Object.keys(least)) {
      assert.throws(() => Schema.decodeUnknownSync(Batch.BatchPrediction)(without(least, key)), key)
    }
    const least2 = { id: "d" }
    assert.deepStrictEqual(Schema.decodeUnknownSync(Definitions.BatchPredictionDefinition)(least2), untyped(least2))
  })

  it("may have null for everything else", () => {
    const emptied = (sample: object, needed: ReadonlyArray<string>) =>
      Object.fromEntries(Object.entries(sample).map(([key, value]) => [key, needed.includes(key) ? value : null]))
    Schema.decodeUnknownSync(Batch.BatchPrediction)(emptied(job, ["id", "status", "links"]))
    Schema.decodeUnknownSync(Definitions.BatchPredictionDefinition)(emptied(definition, ["id"]))
  })

  it("may have a status, and settings, that this version does not know", () => {
    const newer = {
      ...job,
      status: "PAUSED",
      jobSpec: { ...job.jobSpec, newIn2030: 1, intakeSettings: { type: "ftp" } }
    }
    const read = Schema.decodeUnknownSync(Batch.BatchPrediction)(newer)
    assert.strictEqual(read.status, "PAUSED")
    assert.deepStrictEqual(read.jobSpec?.intakeSettings, { type: "ftp" })
  })

  it("do not keep the key of a prediction server, which a server may repeat", () => {
    const read = Schema.decodeUnknownSync(Batch.BatchPrediction)({
      ...job,
      jobSpec: { ...job.jobSpec, predictionInstance: { hostName: "h", apiKey: "a-secret-key" } }
    })
    assert.notInclude(JSON.stringify(read), "a-secret-key")
  })

  it("have null for a run that never was, for which the server sends the year 1900", () => {
    const never = "1900-01-01T00:00:00.000000Z"
    const read = Schema.decodeUnknownSync(Definitions.BatchPredictionDefinition)({
      ...definition,
      lastSuccessfulRunTime: never,
      lastFailedRunTime: "1900-01-01T00:00:01.000000Z",
      lastScheduledRunTime: null
    })
    assert.isNull(read.lastSuccessfulRunTime)
    assert.isNull(read.lastScheduledRunTime)
    assert.isTrue(read.lastFailedRunTime != null && DateTime.isDateTime(read.lastFailedRunTime))
  })
})

const store = { dataStoreId: "d", credentialId: "c" }
const cloud = { url: "s3://bucket/rows.csv", credentialId: "c", format: "parquet" } as const
const bulk = { cloudStorageType: "s3", cloudStorageCredentialId: "c2" } as const
const place = { table: "t", schema: "s", catalog: "k" }
const written = {
  ...place,
  statementType: "insert_update",
  createTableIfNotExists: true,
  updateColumns: ["a"],
  whereColumns: ["b"],
  commitInterval: 0
} as const

/** Every type of intake, with every key. */
const intakes: ReadonlyArray<Batch.IntakeSettings> = [
  { type: "localFile", multipart: true, async: false },
  { type: "dataset", datasetId: "d", datasetVersionId: "v" },
  { type: "s3", ...cloud, endpointUrl: "https://s3.example.com" },
  { type: "azure", ...cloud },
  { type: "gcp", ...cloud },
  { type: "http", url: "https://example.com/rows.csv" },
  { type: "jdbc", ...store, ...place, query: "SELECT 1", fetchSize: 10 },
  { type: "bigquery", dataset: "d", table: "t", bucket: "b", credentialId: "c" },
  { type: "snowflake", ...store, ...place, ...bulk, externalStage: "e", query: "SELECT 1" },
  { type: "synapse", ...store, ...place, ...bulk, externalDataSource: "e" },
  { type: "databricks", ...store, ...place, query: "SELECT 1" },
  { type: "datasphere", ...store, ...place },
  { type: "dss", projectId: "p", datasetId: "d", partition: "holdout" }
]

/** Every type of output, with every key. */
const outputs: ReadonlyArray<Batch.OutputSettings> = [
  { type: "localFile" },
  {
    type: "s3",
    ...cloud,
    partitionColumns: ["a"],
    endpointUrl: "https://s3.example.com",
    serverSideEncryption: { algorithm: "aws:kms" }
  },
  { type: "azure", ...cloud, partitionColumns: ["a"] },
  { type: "gcp", ...cloud, partitionColumns: ["a"] },
  { type: "http", url: "https://example.com", method: "PUT", headers: { "x-key": "v" } },
  { type: "jdbc", ...store, ...written },
  { type: "bigquery", dataset: "d", table: "t", bucket: "b", credentialId: "c" },
  { type: "snowflake", ...store, ...bulk, externalStage: "e", ...written },
  { type: "synapse", ...store, ...bulk, externalDataSource: "e", ...written },
  { type: "databricks", ...store, ...written },
  { type: "tableau", url: "https://tableau.example.com", dataSourceId: "d", siteName: "s", credentialId: "c" }
]

/** The keys that a type needs besides `type`. */
const needed: Readonly<Record<string, ReadonlyArray<string>>> = {
  "intake dataset": ["datasetId"],
  "intake s3": ["url"],
  "intake azure": ["url"],
  "intake gcp": ["url"],
  "intake http": ["url"],
  "intake jdbc": ["dataStoreId"],
  "intake bigquery": ["dataset", "table", "bucket"],
  "intake snowflake": ["dataStoreId"],
  "intake synapse": ["dataStoreId"],
  "intake databricks": ["dataStoreId"],
  "intake datasphere": ["dataStoreId"],
  "intake dss": ["projectId"],
  "output s3": ["url"],
  "output azure": ["url"],
  "output gcp": ["url"],
  "output http": ["url", "method"],
  "output jdbc": ["dataStoreId", "table", "statementType"],
  "output bigquery": ["dataset", "table", "bucket"],
  "output snowflake": ["dataStoreId", "table", "statementType"],
  "output synapse": ["dataStoreId", "table", "statementType"],
  "output databricks": ["dataStoreId", "table", "statementType"],
  "output tableau": ["url"]
}

/** A record without one of its keys. */
const without = (record: object, key: string) =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key))

const create = (settings: object) => input(Batch.CreateInput, untyped({ deploymentId: "d", ...settings }))

describe("Intakes and outputs", () => {
  const kinds = [
    ["intake", "intakeSettings", intakes, Batch.IntakeSettings],
    ["output", "outputSettings", outputs, Batch.OutputSettings]
  ] as const

  for (const [kind, key, samples, union] of kinds) {
    it(`every ${kind} is tested here, with every key`, () => {
      const members = union.members.map(({ fields }) => [fields.type.literals[0], Object.keys(fields).sort()])
      assert.deepStrictEqual(
        samples.map((sample) => [sample.type, Object.keys(sample).sort()]),
        members
      )
    })

    for (const sample of samples) {
      it(`the ${kind} ${sample.type} is sent as it is, and can be decoded again`, () => {
        assert.deepStrictEqual(create({ [key]: sample }), { value: { deploymentId: "d", [key]: sample }, issues: [] })
        assert.deepStrictEqual(roundTrip(union, sample), sample)
      })

      it(`the ${kind} ${sample.type} refuses an unknown key, and needs its own`, () => {
        const { issues } = create({ [key]: { ...sample, odd: 1 } })
        assert.deepStrictEqual(issues.map(({ path }) => path), [`${key}.odd`])
        for (const name of Object.keys(sample)) {
          const isNeeded = name === "type" || needed[`${kind} ${sample.type}`]?.includes(name) === true
          assert.strictEqual(create({ [key]: without(sample, name) }).issues.length > 0, isNeeded, name)
        }
      })
    }

    it(`another type of ${kind} is refused, with the known ones`, () => {
      assert.match(formatIssues(create({ [key]: { type: "ftp" } }).issues), new RegExp(`^${key}\\.type must be `))
    })
  }
})

describe("The settings of a job", () => {
  it("that are not set are absent from the JSON", () => {
    const { issues, value } = create({
      numConcurrent: undefined,
      csvSettings: { delimiter: "tab", encoding: undefined }
    })
    assert.deepStrictEqual(issues, [])
    assert.strictEqual(JSON.stringify(value), "{\"csvSettings\":{\"delimiter\":\"tab\"},\"deploymentId\":\"d\"}")
  })

  it("name exactly one deployment, model or model package", () => {
    const words = "deploymentId must be given, or else modelId or modelPackageId: exactly one of them"
    assert.strictEqual(problem(Batch.CreateInput, {}), words)
    assert.strictEqual(problem(Batch.CreateInput, { deploymentId: "d", modelId: "m" }), words)
    assert.strictEqual(problem(Batch.CreateInput, { modelPackageId: "p" }), "")
  })

  it("exclude each other in pairs", () => {
    const pairs = [
      [{ passthroughColumns: ["a"] }, { passthroughColumnsSet: "all" }],
      [{ explanationNumTopClasses: 1 }, { explanationClassNames: ["a"] }]
    ] as const
    for (const [one, other] of pairs) {
      assert.deepStrictEqual(create(one).issues, [])
      assert.deepStrictEqual(create(other).issues, [])
      assert.match(formatIssues(create({ ...one, ...other }).issues), /^\w+ must not be combined with \w+$/)
    }
  })

  it("send secrets as text, and show them to redaction", () => {
    const predictionInstance = {
      hostName: "h",
      apiKey: Redacted.make("an-api-key-1"),
      datarobotKey: "a-datarobot-key"
    }
    const { issues, value } = create({ predictionInstance })
    assert.deepStrictEqual(issues, [])
    assert.deepStrictEqual(value["predictionInstance"], {
      hostName: "h",
      apiKey: "an-api-key-1",
      datarobotKey: "a-datarobot-key"
    })
    assert.deepStrictEqual(secretsOf({ predictionInstance }), ["an-api-key-1", "a-datarobot-key"])
    const headers = { authorization: "Bearer an-output-secret" }
    const [secret = ""] = secretsOf({ outputSettings: { type: "http", url: "https://h", method: "POST", headers } })
    assert.include(secret, "an-output-secret")
  })

  it("send the times of a time series as RFC 3339", () => {
    const { value } = create({
      timeseriesSettings: { type: "historical", predictionsStartDate: "2026-01-05", predictionsEndDate: new Date(at) }
    })
    assert.deepStrictEqual(value["timeseriesSettings"], {
      type: "historical",
      predictionsStartDate: "2026-01-05T00:00:00.000Z",
      predictionsEndDate: "2026-01-05T09:22:19.779Z"
    })
  })

  it("have their ranges", () => {
    const refused: Readonly<Record<string, object>> = {
      "chunkSize must be auto, fixed, dynamic, or a number of bytes": { chunkSize: "large" },
      "numConcurrent must be a whole number from 1": { numConcurrent: 0 },
      "maxNgramExplanations must be a whole number from 0, or \"all\"": { maxNgramExplanations: "some" },
      "csvSettings.quotechar must be one character": { csvSettings: { quotechar: "''" } },
      "csvSettings.delimiter must be one character, or \"tab\"": { csvSettings: { delimiter: "" } },
      "explanationAlgorithm must be xemp or shap": { explanationAlgorithm: "lime" }
    }
    for (const [words, settings] of Object.entries(refused)) {
      assert.strictEqual(formatIssues(create(settings).issues), words)
    }
  })
})

const schedule = { minute: [0], hour: [0, 12], dayOfMonth: ["*"], month: ["*"], dayOfWeek: [0, 6] }
const intakeSettings = { type: "dataset", datasetId: "d" }
const defined = { deploymentId: "d", intakeSettings, schedule, enabled: true }

describe("A new definition", () => {
  const problemOf = (given: object) => formatIssues(definitionInput(Definitions.CreateInput, untyped(given)).issues)
  const issuesOf = (changes: object) => problemOf({ ...defined, ...changes })

  it("is sent with its settings beside its schedule", () => {
    assert.deepStrictEqual(definitionInput(Definitions.CreateInput, untyped({ ...defined, name: "n" })), {
      value: { ...defined, name: "n" },
      issues: []
    })
  })

  it("has no file that must be uploaded", () => {
    const { issues } = definitionInput(
      Definitions.CreateInput,
      untyped({ ...defined, intakeSettings: { type: "localFile", odd: 1 }, odd: 1 })
    )
    assert.deepStrictEqual(issues.map(({ path }) => path), ["intakeSettings.type", "odd"])
    assert.match(
      issues[0]?.message ?? "",
      /^must not be localFile, because a job that a definition starts has no upload/
    )
    assert.strictEqual(problemOf(without(defined, "intakeSettings")), "intakeSettings is missing")
  })

  it("has a schedule if it is enabled", () => {
    assert.strictEqual(issuesOf({ schedule: undefined }), "schedule must be given, because enabled is true")
    assert.strictEqual(issuesOf({ schedule: undefined, enabled: false }), "")
    assert.strictEqual(problemOf(without(defined, "enabled")), "enabled is missing")
  })

  it("has one target, and no settings that exclude each other", () => {
    assert.match(issuesOf({ modelId: "m" }), /^deploymentId must be given/)
    assert.match(issuesOf({ passthroughColumns: ["a"], passthroughColumnsSet: "all" }), /must not be combined/)
  })

  it("accepts every intake but localFile", () => {
    for (const intake of intakes) {
      assert.strictEqual(issuesOf({ intakeSettings: intake }) === "", intake.type !== "localFile", intake.type)
    }
  })
})

describe("A schedule", () => {
  const numbers = (words: string) => `must be a list of ${words}, or ["*"] for all of them`
  const ranges = {
    minute: [0, 59, numbers("whole numbers from 0 to 59")],
    hour: [0, 23, numbers("whole numbers from 0 to 23")],
    dayOfMonth: [1, 31, numbers("whole numbers from 1 to 31")],
    month: [1, 12, numbers("whole numbers from 1 to 12 or names of months")],
    dayOfWeek: [0, 6, numbers("whole numbers from 0 to 6 or names of days")]
  } as const

  for (const [part, [least, most, words]] of Object.entries(ranges)) {
    const issues = (values: unknown) => problem(Definitions.Schedule, { ...schedule, [part]: values })

    it(`has ${part} from ${least} to ${most}, or all`, () => {
      for (const fits of [[least], [most], [least, most], ["*"]]) assert.strictEqual(issues(fits), "")
      for (
        const wrong of [
          [least - 1],
          [most + 1],
          [least, most + 1],
          [0.5],
          [String(least)],
          ["*", least],
          ["*", "*"],
          [],
          "*"
        ]
      ) {
        assert.strictEqual(issues(wrong), `${part} ${words}`)
      }
      assert.strictEqual(problem(Definitions.Schedule, without(schedule, part)), `${part} is missing`)
    })
  }

  it("takes names of months and of days, short or long, in any case", () => {
    const named = { month: ["jan", "October", "MAY"], dayOfWeek: ["sun", "Wednesday"] }
    assert.strictEqual(problem(Definitions.Schedule, { ...schedule, ...named }), "")
    assert.notStrictEqual(problem(Definitions.Schedule, { ...schedule, month: ["janu"] }), "")
    assert.notStrictEqual(problem(Definitions.Schedule, { ...schedule, dayOfWeek: ["jan"] }), "")
    assert.notStrictEqual(problem(Definitions.Schedule, { ...schedule, hour: ["noon"] }), "")
  })
})

describe("A change of a definition", () => {
  const issuesOf = (changes: object) => formatIssues(definitionInput(Definitions.UpdateInput, untyped(changes)).issues)

  it("is any of its settings, but not nothing", () => {
    for (const one of [{ name: "n" }, { enabled: false }, { schedule }, { numConcurrent: 2 }, { intakeSettings }]) {
      assert.deepStrictEqual(definitionInput(Definitions.UpdateInput, untyped(one)), { value: one, issues: [] })
    }
    assert.match(issuesOf({}), /must hold at least one of/)
  })

  it("names one target at most, and no localFile", () => {
    assert.match(issuesOf({ deploymentId: "d", modelId: "m" }), /^modelId must not be given together/)
    assert.match(issuesOf({ intakeSettings: { type: "localFile" } }), /^intakeSettings.type must not be localFile/)
  })
})

describe("The filters of a listing", () => {
  it("of jobs are sent as text, and lists as repeated names", () => {
    const filters = {
      status: ["RUNNING", "FAILED"],
      source: "-api",
      deploymentId: "d",
      modelId: "m",
      jobId: "j",
      orderBy: "-created",
      cutoffHours: 24,
      startDateTime: "2026-01-05",
      endDateTime: new Date(at),
      batchPredictionJobDefinitionId: "f",
      hostname: "h",
      intakeType: ["s3"],
      outputType: "jdbc",
      limit: 10,
      offset: 0
    }
    assert.deepStrictEqual(input(Batch.ListInput, untyped(filters)), {
      value: {
        ...filters,
        cutoffHours: "24",
        startDateTime: "2026-01-05T00:00:00.000Z",
        endDateTime: "2026-01-05T09:22:19.779Z",
        limit: "10",
        offset: "0"
      },
      issues: []
    })
    assert.match(problem(Batch.ListInput, { status: "running" }), /^status must be INITIALIZING/)
    assert.match(problem(Batch.PageInput, { limit: 101 }), /^limit must be a whole number from 1 to 100$/)
  })

  it("of definitions are a part of the name and the deployment", () => {
    const filters = { searchName: "night", deploymentId: "d", limit: 5, offset: 10 }
    assert.deepStrictEqual(input(Definitions.ListInput, untyped(filters)), {
      value: { ...filters, limit: "5", offset: "10" },
      issues: []
    })
    assert.match(problem(Definitions.ListInput, { name: "night" }), /^name is not known here$/)
  })
})

it("every query and body of these routes is tested here", () => {
  const tested: ReadonlyArray<unknown> = [
    Batch.CreateInput,
    Batch.PageInput,
    Definitions.CreateInput,
    Definitions.UpdateInput,
    Definitions.PageInput,
    Definitions.RunInput
  ]
  const groups: ReadonlyArray<Record<string, Route>> = [routes.batchPredictions, routes.batchPredictionDefinitions]
  const schemas = groups.flatMap((group) => Object.values(group)).flatMap(({ body, query }) => [body, query])
  assert.sameMembers([...new Set(schemas.filter((schema) => schema !== undefined))], [...tested])
  assert.strictEqual(
    problem(Definitions.RunInput, { jobDefinitionId: "" }),
    "jobDefinitionId must be a string that is not blank"
  )
})
