/**
 * The format of the table's files. The JSON Schemas in this folder are generated from these schemas, for readers in
 * other languages. README.md explains each field.
 */
import * as JSONSchema from "effect/JSONSchema"
import * as Schema from "effect/Schema"
import { readFileSync } from "node:fs"

const maybe = <A, I>(schema: Schema.Schema<A, I>) => Schema.optionalWith(schema, { exact: true })

const Millis = Schema.NonNegativeInt.annotations({ identifier: "Millis", description: "Milliseconds." })
const Texts = Schema.Record({ key: Schema.String, value: Schema.String })
const Json = Schema.Unknown.annotations({ identifier: "Json", description: "Any JSON." })
const Values = Schema.Record({ key: Schema.String, value: Json })

const Pause = Schema.Struct({ atLeast: maybe(Millis), atMost: maybe(Millis) }).annotations({
  identifier: "Pause",
  description: "The time from the end of the server's response to the next request."
})

/** A server's response, complete or cut off. */
const Answer = Schema.Struct({
  status: Schema.Int.pipe(Schema.between(100, 999)),
  headers: maybe(Texts),
  json: maybe(Json),
  text: maybe(Schema.String),
  delayMillis: maybe(Millis),
  cut: maybe(
    Schema.Literal("reset", "end", "stall").annotations({
      description: "Half of the body is sent, and then the connection is reset, closed or left open."
    })
  ),
  pause: maybe(Pause)
}).annotations({ identifier: "Answer", description: "A response. Without json and text, its body is empty." })

/** The request is read, but there is no response. */
const NoAnswer = Schema.Struct({
  noAnswer: Schema.Literal("reset", "end", "stall"),
  pause: maybe(Pause)
}).annotations({
  identifier: "NoAnswer",
  description: "The request is read completely, and then the connection is reset, closed or left open."
})

export const Reaction = Schema.Union(Answer, NoAnswer)
export type Reaction = typeof Reaction.Type

const Absent = Schema.Struct({ $absent: Schema.Literal(true) })
const Headers = Schema.Record({ key: Schema.String, value: Schema.Union(Schema.String, Absent) })

const Exchange = Schema.Struct({
  request: Schema.String.pipe(Schema.pattern(/^(?:GET|POST|PUT|PATCH|DELETE) \/[^\s?]*$/)).annotations({
    description: "Method and path below the endpoint, or the path of a prediction server: /predApi/v1.0/…"
  }),
  query: maybe(Values),
  headers: maybe(Headers),
  json: maybe(Json),
  csv: maybe(Schema.String),
  answer: Reaction,
  repeats: maybe(Schema.Literal(true))
}).annotations({ identifier: "Exchange", description: "An expected request and the server's response." })
export type Exchange = typeof Exchange.Type

const Options = Schema.Struct({
  retry: maybe(Schema.Literal(false)),
  maxAttempts: maybe(Schema.Int),
  baseDelayMillis: maybe(Millis),
  maxDelayMillis: maybe(Millis),
  throttledBaseDelayMillis: maybe(Millis),
  throttledMaxDelayMillis: maybe(Millis),
  maxRetryAfterMillis: maybe(Millis),
  timeoutMillis: maybe(Millis),
  attemptTimeoutMillis: maybe(Millis),
  waitTimeoutMillis: maybe(Millis),
  waitIntervalMillis: maybe(Schema.NullOr(Millis)),
  idempotent: maybe(Schema.Boolean),
  maxPages: maybe(Schema.Int),
  tokenType: maybe(Schema.Literal("Bearer", "Token")),
  headers: maybe(Texts)
}).annotations({ identifier: "Options", description: "The options of the client and of the call." })
export type Options = typeof Options.Type

const ExpectedError = Schema.Struct({
  kind: Schema.Literal("api", "network", "validation", "job"),
  reason: maybe(Schema.Literal(
    "Unauthorized",
    "Forbidden",
    "NotFound",
    "Conflict",
    "Unprocessable",
    "RateLimited",
    "ServerError",
    "Unexpected",
    "Connect",
    "Transport",
    "Timeout",
    "BodyTooLarge",
    "Failed",
    "Lost",
    "Deadline"
  )),
  status: maybe(Schema.Int),
  jobStatus: maybe(Schema.NullOr(Schema.String)),
  outcome: maybe(Schema.NullOr(Schema.Literal("unknown", "not-sent"))),
  attempts: maybe(Schema.NonNegativeInt),
  retryable: maybe(Schema.NullOr(Schema.Boolean)),
  retryAfterMillis: maybe(Schema.NullOr(Millis)),
  phase: maybe(Schema.Literal("request", "response")),
  issues: maybe(Schema.Array(Schema.String)),
  request: maybe(Schema.String),
  body: maybe(Json),
  requestId: maybe(Schema.NullOr(Schema.String)),
  handle: maybe(Json),
  mentions: maybe(Schema.Array(Schema.String))
}).annotations({ identifier: "ExpectedError" })
export type ExpectedError = typeof ExpectedError.Type

const Result = Schema.Struct({
  ok: maybe(Json),
  error: maybe(ExpectedError),
  items: maybe(Schema.Array(Json)),
  tookMillis: maybe(Pause)
}).pipe(
  Schema.filter(({ error, ok }) => (error === undefined) !== (ok === undefined), {
    message: () => "must have either ok or error"
  })
).annotations({ identifier: "Result", description: "How the operation ends: with ok, or with an error." })
export type Result = typeof Result.Type

const ofCase = {
  name: Schema.String,
  arguments: maybe(Values),
  options: maybe(Options)
}

const FaultCase = Schema.Struct({
  ...ofCase,
  at: maybe(Schema.String),
  listening: maybe(Schema.Literal(false)),
  faults: Schema.Array(Reaction),
  result: Schema.Union(Schema.Literal("ok"), Result)
}).annotations({ identifier: "FaultCase", description: "The faults that one request of each operation meets." })
export type FaultCase = typeof FaultCase.Type

const StoryCase = Schema.Struct({
  ...ofCase,
  exchanges: Schema.Array(Exchange),
  result: Result
}).annotations({ identifier: "StoryCase", description: "All requests of one call, and its result." })
export type StoryCase = typeof StoryCase.Type

const ofScenario = {
  description: Schema.String,
  promises: Schema.NonEmptyArray(Schema.String.pipe(Schema.pattern(/^[A-Z]-\d+$/))),
  arguments: maybe(Values),
  options: maybe(Options)
}

const FaultScenario = Schema.Struct({
  ...ofScenario,
  operations: Schema.NonEmptyArray(Schema.String),
  cases: Schema.NonEmptyArray(FaultCase)
}).annotations({ identifier: "FaultScenario", description: "Each case is run with each operation." })

const StoryScenario = Schema.Struct({
  ...ofScenario,
  operation: Schema.String,
  cases: Schema.NonEmptyArray(StoryCase)
}).annotations({ identifier: "StoryScenario", description: "Cases of one operation, with every request written out." })

/** A file of scenarios. */
export const Scenarios = Schema.Struct({
  $schema: Schema.Literal("./scenarios.schema.json"),
  scenarios: Schema.Array(Schema.Union(FaultScenario, StoryScenario))
})
export type Scenario = typeof Scenarios.Type["scenarios"][number]

const ReferenceCall = Schema.Struct({
  arguments: maybe(Values),
  exchanges: Schema.NonEmptyArray(Exchange),
  ok: Json
}).annotations({ identifier: "ReferenceCall", description: "A successful call of an operation." })
export type ReferenceCall = typeof ReferenceCall.Type

/** The file that the scenarios build on. */
export const Reference = Schema.Struct({
  $schema: Schema.Literal("./reference.schema.json"),
  options: Options,
  samples: Schema.Record({ key: Schema.String, value: Values }),
  operations: Schema.Record({ key: Schema.String, value: ReferenceCall })
})
export type Reference = typeof Reference.Type

/** The files of scenarios. */
export const files = [
  "answers",
  "batch",
  "changes",
  "jobs",
  "pages",
  "predictions",
  "requests",
  "retries",
  "retryAfter",
  "security",
  "timeouts"
] as const

export const fileUrl = (name: string) => new URL(`./${name}.json`, import.meta.url)

const read = <A, I>(schema: Schema.Schema<A, I>, name: string): A =>
  Schema.decodeUnknownSync(Schema.parseJson(schema), { onExcessProperty: "error", errors: "all" })(
    readFileSync(fileUrl(name), "utf8")
  )

export const readReference = (): Reference => read(Reference, "reference")
export const readScenarios = (name: typeof files[number]): ReadonlyArray<Scenario> => read(Scenarios, name).scenarios

/** The JSON Schemas of the table's files, by file name. */
export const jsonSchemas = {
  "scenarios.schema": JSONSchema.make(Scenarios),
  "reference.schema": JSONSchema.make(Reference)
}
