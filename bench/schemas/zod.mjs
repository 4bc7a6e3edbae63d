/** Decodes records and pages with zod. Like the SDK, it converts dates and drops unknown keys. */
import { z } from "zod"

const text = z.string()
const maybe = (type) => type.nullish()
const date = text.transform((text) => new Date(text.includes("Z") ? text : `${text.replace(" ", "T")}Z`))

const recordSchema = z.object({
  id: text,
  label: text.nullable(),
  description: maybe(text),
  status: text,
  type: text,
  deployed: maybe(z.boolean()),
  model: z.object({ id: text, modelType: text, uid: text, icons: maybe(z.array(z.number())) }),
  project: z.looseObject({ id: text }),
  user: z.object({ id: text, username: text, firstName: maybe(text), lastName: maybe(text) }),
  organizationId: maybe(text),
  instance: maybe(z.object({
    id: text,
    hostName: text,
    datarobotKey: maybe(text),
    sslEnabled: maybe(z.boolean()),
    privateIp: maybe(text),
    ormVersion: maybe(text)
  })),
  predictionEndpoint: text.nullable(),
  createdAt: date,
  updatedAt: date,
  serviceHealth: text,
  modelHealth: maybe(text),
  serviceHealthMessages: maybe(z.array(z.object({ level: text, msgId: text, message: text }))),
  recentRequestCount: z.number(),
  prevRequestCount: z.number(),
  relativeRequestsTrend: z.number().nullable(),
  trendTimeWindow: z.union([text, z.number()]),
  requestRates: z.array(z.number())
})

const count = maybe(z.number())
const link = maybe(text)
const pageSchema = z.object({ count, totalCount: count, next: link, previous: link, data: z.array(recordSchema) })

export const record = (value) => recordSchema.parse(value)
export const page = (value) => pageSchema.parse(value)
