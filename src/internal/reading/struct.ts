/** Decodes JSON objects with known fields. */
import { isRecord } from "../../wire/text.js"
import { absent, type Decode, refused } from "./decode.js"
import { isSafe, maxDepth } from "./json.js"

export interface Field {
  readonly name: string
  /** The key of the decoded value, which may differ from that of the JSON. */
  readonly to: string
  /** The result of `typeof` for values that don't change, if there is one. It saves most calls of `decode`. */
  readonly passes: string | undefined
  readonly decode: Decode
  /** Decodes a missing key. If this is `undefined`, the key stays missing. */
  readonly missing: (() => unknown) | undefined
}

/** How keys without a field are decoded. */
export interface Others {
  readonly decode: Decode
  /** A check of the values of known keys, without changes. */
  readonly accepts: (json: unknown, depth: number) => boolean
}

type Json = Record<string, unknown>

/** Starts a copy of a record, with the keys before `end`. */
const copyBefore = (record: Json, end: string): Json => {
  const copy: Json = {}
  for (const key in record) {
    if (key === end) break
    copy[key] = record[key]
  }
  return copy
}

/**
 * Makes the decoder of a struct. Keys without a field are dropped if there are no `others`. If the JSON `isOwned`, the
 * values are decoded in place, and the record is only copied if its keys change.
 */
export const structOf = (fields: ReadonlyArray<Field>, others: Others | undefined, isOwned: boolean): Decode => {
  const byName = new Map(fields.map((field) => [field.name, field]))
  const required = fields.filter(({ missing }) => missing !== undefined)

  // A server sends the keys of all records in the same order. So the order of the previous record predicts the next
  // field, and most keys need no lookup by name.
  const order = [...fields]

  /** Adds the decoded values of required keys that are missing. */
  const complete = (json: Json, changed: Json | undefined) => {
    let output = changed
    for (const { missing, name, to } of required) {
      if (missing === undefined || Object.hasOwn(json, name)) continue
      const decoded = missing()
      if (decoded === absent) continue
      if (decoded === refused) return refused
      output ??= isOwned ? json : { ...json }
      output[to] = decoded
    }
    return output ?? json
  }

  return (value, depth) => {
    if (!isRecord(value) || depth > maxDepth) return refused
    // Boundary: it is only changed if `isOwned`.
    const json = value as Json
    let copy: Json | undefined
    let presentRequired = 0
    let position = 0
    // Iterates over keys instead of fields: V8 has a fast path for it.
    for (const key in json) {
      const value = json[key]
      let field = order[position]
      if (field === undefined || field.name !== key) {
        field = byName.get(key)
        if (field !== undefined) order[position] = field
      }
      let decoded = value
      let to = key
      if (field !== undefined) {
        position++
        to = field.to
        if (field.missing !== undefined) presentRequired++
        if (others !== undefined && !others.accepts(value, depth + 1)) return refused
        if (typeof value !== field.passes) decoded = field.decode(value, depth + 1)
      } else {
        // For this key, Schema sets the prototype of its output. Leave the record to Schema.
        if (key === "__proto__") return refused
        if (others !== undefined) decoded = others.decode(value, depth + 1)
        else if (isOwned && !isSafe(value, depth + 1)) return refused
        else decoded = absent
      }
      if (decoded === refused) return refused
      if (copy === undefined && (decoded !== value || to !== key)) {
        if (isOwned && decoded !== absent && to === key) {
          json[key] = decoded
          continue
        }
        copy = copyBefore(json, key)
      }
      if (copy !== undefined && decoded !== absent) copy[to] = decoded
    }
    return presentRequired === required.length ? copy ?? json : complete(json, copy)
  }
}
