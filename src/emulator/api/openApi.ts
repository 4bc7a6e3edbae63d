/** The parts of the OpenAPI document other than the routes. */
import * as OpenApi from "@effect/platform/OpenApi"
import { isRecord } from "../../wire/text.js"
import { version } from "../../wire/version.js"

const description =
  `A local DataRobot. The routes below \`/api/v2/\` and \`/predApi/v1.0/\` are DataRobot's. They need the emulator's
token, by default \`emulator-token-0000\`. Those of a prediction server also need its key, as \`datarobot-key\`. The routes below \`/__emulator/\` control the emulator and need no token.`

/** `HttpApi` documents a 400 for every request that does not match its schema. The emulator returns 422 for those. */
const isDecodeError = (schema: unknown) => isRecord(schema) && String(schema["$ref"]).endsWith("/HttpApiDecodeError")

const withoutDecodeError = (response: unknown): unknown => {
  const content = isRecord(response) ? response["content"] : undefined
  const json = isRecord(content) ? content["application/json"] : undefined
  const schema = isRecord(json) ? json["schema"] : undefined
  if (isDecodeError(schema)) return undefined
  const members = isRecord(schema) ? schema["anyOf"] : undefined
  if (!Array.isArray(members)) return response
  const [first, ...rest]: ReadonlyArray<unknown> = members.filter((member) => !isDecodeError(member))
  const left = rest.length === 0 ? first : { anyOf: [first, ...rest] }
  return { description: "Malformed", content: { "application/json": { schema: left } } }
}

const mapValues = (record: unknown, change: (value: unknown, key: string) => unknown) =>
  isRecord(record)
    ? Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]))
    : record

const transform = (document: Record<string, unknown>) => ({
  ...document,
  components: {
    ...(isRecord(document["components"]) ? document["components"] : {}),
    securitySchemes: { token: { type: "http", scheme: "bearer" } }
  },
  paths: mapValues(document["paths"], (operations, path) =>
    mapValues(operations, (operation) =>
      isRecord(operation)
        ? {
          ...operation,
          security: path.startsWith("/__emulator/") ? [] : [{ token: [] }],
          responses: mapValues(
            operation["responses"],
            (response, status) => status === "400" ? withoutDecodeError(response) : response
          )
        }
        : operation))
})

/** The annotations of the API. */
export const annotations = OpenApi.annotations({ title: "effect-datarobot emulator", version, description, transform })
