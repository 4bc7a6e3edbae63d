/** Hostile bodies: JSON that is as large, wide, deep or wrong as a server can make it. */

/** A body and what it is. */
export interface Hostile {
  readonly name: string
  readonly body: string
}

/** Repeats a text up to a length. */
const times = (text: string, length: number, separator = ","): string =>
  Array.from({ length: Math.max(2, Math.floor(length / (text.length + separator.length))) }, () => text).join(separator)

const listOf = (item: string, length: number, last = item) => `[${times(item, length)},${last}]`

const entries = (value: string, length: number): string => {
  const count = Math.max(2, Math.floor(length / (value.length + 10)))
  return Array.from({ length: count }, (_, index) => `"k${index}":${value}`).join()
}

const recordOf = (value: string, length: number) => `{${entries(value, length)}}`

const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels)

type Place = ReadonlyArray<string | number>

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null

/** Visits every value inside a sample. A list in a sample has one item. */
const visit = (value: unknown, seen: (value: unknown, place: Place) => void, place: Place = []): void => {
  seen(value, place)
  if (Array.isArray(value)) value.forEach((item, index) => visit(item, seen, [...place, index]))
  else if (isObject(value)) Object.entries(value).forEach(([key, item]) => visit(item, seen, [...place, key]))
}

/** Writes a sample with other JSON at a place. */
const put = (sample: unknown, place: Place, json: string): string => {
  const [key, ...more] = place
  if (key === undefined) return json
  if (Array.isArray(sample)) {
    return `[${sample.map((item, index) => index === key ? put(item, more, json) : JSON.stringify(item)).join()}]`
  }
  const parts = Object.entries(Object(sample)).map(([name, value]) =>
    `${JSON.stringify(name)}:${name === key ? put(value, more, json) : JSON.stringify(value)}`
  )
  return `{${parts.join()}}`
}

/** A value that almost no part of a schema accepts. */
const odd = "{\"odd\":[1]}"

/** An item whose last key has an odd value. */
const flawed = (item: unknown): string => {
  const last = isObject(item) ? Object.keys(item).at(-1) : undefined
  return last === undefined ? odd : put(item, [last], odd)
}

/** Hostile bodies of about this many bytes, made from a valid body. */
export const hostileBodies = (sample: unknown, length: number): ReadonlyArray<Hostile> => {
  const bodies: Array<Hostile> = []
  const add = (name: string, place: Place, json: string) => {
    bodies.push({ name: `${name} at ${place.join(".") || "the root"}`, body: put(sample, place, json) })
  }
  const root = JSON.stringify(sample)
  const withKey = (json: string) => root.startsWith("{") ? `${root.slice(0, -1)},"odd":${json}}` : json
  add("a list of empty records", [], listOf("{}", length))
  add("many unknown keys", [], recordOf("0", length))
  add("many keys of empty records", [], recordOf("{}", length))
  add("a text", [], JSON.stringify("x".repeat(length)))
  add("keys __proto__", [], withKey(listOf("{\"__proto__\":{\"a\":1}}", length)))
  add("a valid body with lists 60 levels deep", [], withKey(listOf(nested(60), length)))
  add("a valid body with lists 70 levels deep", [], withKey(listOf(nested(70), length)))
  add("lists that never stop", [], "[".repeat(length))
  add(
    "a valid body with many unknown keys",
    [],
    root.startsWith("{") ? `${root.slice(0, -1)},${entries("{}", length)}}` : root
  )
  let texts = 0
  visit(sample, (value, place) => {
    if (Array.isArray(value)) {
      const item = value.length === 0 ? "{}" : JSON.stringify(value[0])
      for (const part of ["{}", "null", "0", "[]"]) add(`a list of ${part}`, place, listOf(part, length))
      add("a list of valid items", place, listOf(item, length))
      add("a list whose last item is wrong", place, listOf(item, length, odd))
      add("a list whose last item is flawed", place, listOf(item, length, flawed(value[0])))
      add("a list of flawed items", place, listOf(flawed(value[0]), length))
      add("a list of one item with many keys", place, `[${recordOf("0", length)}]`)
    } else if (isObject(value) && Object.hasOwn(value, "another key")) {
      const item = JSON.stringify(Reflect.get(value, "another key"))
      add("many wrong keys", place, recordOf("0", length))
      add("many keys of empty records", place, recordOf("{}", length))
      add("many valid keys", place, `${JSON.stringify(value).slice(0, -1)},${entries(item, length)}}`)
      add("a long key", place, `{"${"k".repeat(length)}":${odd}}`)
    } else if (typeof value === "string" && texts++ < 2) {
      add("a text", place, JSON.stringify("x".repeat(length)))
    }
  })
  return bodies
}

/** Hostile bodies of failures, of about this many bytes. */
export const hostileFailures = (length: number): ReadonlyArray<Hostile> => {
  const errors = {
    "many texts": recordOf("\"may not be blank\"", length),
    "many empty lists": recordOf("[]", length),
    "many numbers": recordOf("0", length),
    "a list of empty records": `{"data":${listOf("{}", length)}}`,
    "a list of numbers": `{"data":${listOf("0", length)}}`,
    "lists 60 levels deep": `{"data":${listOf(nested(60), length)}}`,
    "a long text": JSON.stringify({ data: "x".repeat(length) }),
    "a long key": JSON.stringify({ ["k".repeat(length)]: ["is odd"] })
  }
  const bodies = Object.entries(errors).map(([name, json]) => ({ name: `errors: ${name}`, body: `{"errors":${json}}` }))
  const checks = { status: "failing", message: "no" }
  return [
    ...bodies,
    { name: "a long message", body: JSON.stringify({ message: "x\n".repeat(length / 3) }) },
    { name: "a web page", body: `<html>${"<p>no</p>".repeat(length / 9)}` },
    { name: "a text that is not JSON", body: "{".repeat(length) },
    { name: "many failing checks", body: `{"message":"No","checks":${recordOf(JSON.stringify(checks), length)}}` },
    { name: "many wrong checks", body: `{"message":"No","checks":${recordOf("{\"status\":0}", length)}}` }
  ]
}
