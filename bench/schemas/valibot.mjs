/** Decodes records and pages with valibot. Like the SDK, it converts dates and drops unknown keys. */
import * as v from "valibot"

const text = v.string()
const maybe = (type) => v.nullish(type)
const date = v.pipe(
  text,
  v.transform((text) => new Date(text.includes("Z") ? text : `${text.replace(" ", "T")}Z`))
)

const recordSchema = v.object({
  id: text,
  label: v.nullable(text),
  description: maybe(text),
  status: text,
  type: text,
  deployed: maybe(v.boolean()),
  model: v.object({ id: text, modelType: text, uid: text, icons: maybe(v.array(v.number())) }),
  project: v.looseObject({ id: text }),
  user: v.object({ id: text, username: text, firstName: maybe(text), lastName: maybe(text) }),
  organizationId: maybe(text),
  instance: maybe(v.object({
    id: text,
    hostName: text,
    datarobotKey: maybe(text),
    sslEnabled: maybe(v.boolean()),
    privateIp: maybe(text),
    ormVersion: maybe(text)
  })),
  predictionEndpoint: v.nullable(text),
  createdAt: date,
  updatedAt: date,
  serviceHealth: text,
  modelHealth: maybe(text),
  serviceHealthMessages: maybe(v.array(v.object({ level: text, msgId: text, message: text }))),
  recentRequestCount: v.number(),
  prevRequestCount: v.number(),
  relativeRequestsTrend: v.nullable(v.number()),
  trendTimeWindow: v.union([text, v.number()]),
  requestRates: v.array(v.number())
})

const count = maybe(v.number())
const link = maybe(text)
const pageSchema = v.object({ count, totalCount: count, next: link, previous: link, data: v.array(recordSchema) })

export const record = (value) => v.parse(recordSchema, value)
export const page = (value) => v.parse(pageSchema, value)
