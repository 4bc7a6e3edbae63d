/**
 * The decoders that are compared, from the bytes of a page to values: the SDK's own, and schemas of other libraries for
 * the same records. All of them have the same optional and nullable keys, convert dates, and drop unknown keys.
 */
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import * as v from "valibot"
import { z } from "zod"
import { decodeJson } from "../dist/internal/reading/decoder.js"
import { parseJson } from "../dist/internal/reading/json.js"
import { Envelope } from "../dist/wire/envelope.js"
import { ModelDeployment } from "../dist/wire/modelDeployment.js"
import { page } from "./records.mjs"

const zodRecord = (() => {
  const text = z.string()
  const maybe = (type) => type.nullish()
  const date = text.transform((text) => new Date(text.includes("Z") ? text : `${text.replace(" ", "T")}Z`))
  return z.object({
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
})()

const zodPage = (() => {
  const link = z.string().nullish()
  const count = z.number().nullish()
  return z.object({ count, totalCount: count, next: link, previous: link, data: z.array(zodRecord) })
})()

const valibotPage = (() => {
  const text = v.string()
  const maybe = (type) => v.nullish(type)
  const date = v.pipe(
    text,
    v.transform((text) => new Date(text.includes("Z") ? text : `${text.replace(" ", "T")}Z`))
  )
  const record = v.object({
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
  const link = maybe(text)
  const count = maybe(v.number())
  return v.object({ count, totalCount: count, next: link, previous: link, data: v.array(record) })
})()

/** Decodes a record or a page, for a client that decodes its responses. */
export const zod = { record: (value) => zodRecord.parse(value), page: (value) => zodPage.parse(value) }

const ownPage = Envelope(ModelDeployment)
const own = (json) => {
  const decoded = decodeJson(ownPage, json)
  if (Either.isLeft(decoded)) throw decoded.left
  return decoded.right
}
const schema = Schema.decodeUnknownSync(ownPage)
const parse = (bytes) => JSON.parse(bytes.toString())

/** Parses a response with the same checks as the SDK. */
const parsed = (bytes) => {
  const json = parseJson(bytes)
  if (!json.ok) throw new Error(json.problem)
  return json.value
}

const decoder = (decode) => () => () => {
  const pages = new Map([100, 1000].map((size) => [size, Buffer.from(page(size))]))
  return { decode: (size) => decode(pages.get(size)) }
}

/** The decoders by name, in the same form as the clients. */
export const decoders = {
  "JSON.parse": decoder(parse),
  "effect-datarobot decoder": decoder((bytes) => own(parsed(bytes))),
  "Effect Schema": decoder((bytes) => schema(parse(bytes))),
  "zod 4": decoder((bytes) => zodPage.parse(parse(bytes))),
  valibot: decoder((bytes) => v.parse(valibotPage, parse(bytes)))
}
