/**
 * The decoders that are compared, from the bytes of a page to values. All of them have the same optional and nullable
 * keys, convert dates, and drop unknown keys; `JSON.parse` only parses.
 *
 * Each entry loads its modules, and returns a function from bytes to a value.
 */
const parse = (bytes) => JSON.parse(bytes.toString())

const parseThen = async (schemas) => {
  const { page } = await import(schemas)
  return (bytes) => page(parse(bytes))
}

/** The SDK's own decoder, with the same checks of the JSON as in a response. */
const own = async () => {
  const { decodeBytes } = await import("../dist/internal/reading/decodeBytes.js")
  const { Envelope } = await import("../dist/wire/envelope.js")
  const { ModelDeployment } = await import("../dist/wire/modelDeployment.js")
  const schema = Envelope(ModelDeployment)
  return (bytes) => {
    const decoded = decodeBytes(schema, bytes, "effect")
    if (typeof decoded === "symbol") throw new Error("the page was refused")
    return decoded
  }
}

const effectSchema = async () => {
  const { decodeUnknownSync } = await import("effect/Schema")
  const { Envelope } = await import("../dist/wire/envelope.js")
  const { ModelDeployment } = await import("../dist/wire/modelDeployment.js")
  const decode = decodeUnknownSync(Envelope(ModelDeployment))
  return (bytes) => decode(parse(bytes))
}

export const decoders = {
  "JSON.parse": () => parse,
  "effect-datarobot decoder": own,
  "zod 4": () => parseThen("./schemas/zod.mjs"),
  valibot: () => parseThen("./schemas/valibot.mjs"),
  "Effect Schema": effectSchema
}
