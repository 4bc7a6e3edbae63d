/** Generators of any JSON text, with keys that name prototypes and with deep nesting. */
import * as FastCheck from "effect/FastCheck"

/** JSON text that may contain duplicate and escaped keys, with its nesting depth. */
interface Written {
  readonly text: string
  readonly depth: number
}

const escaped = (text: string) =>
  `"${[...text].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`).join("")}"`

const quoted = (text: string, inEscapes: boolean) => inEscapes ? escaped(text) : JSON.stringify(text)

const key = FastCheck.tuple(
  FastCheck.oneof(
    { weight: 3, arbitrary: FastCheck.constant("__proto__") },
    FastCheck.constantFrom("constructor", "prototype", "toString", "__proto", "polluted", "status", "checks", "errors"),
    FastCheck.string({ maxLength: 8 })
  ),
  FastCheck.boolean()
).map(([text, inEscapes]) => quoted(text, inEscapes))

const leaf: FastCheck.Arbitrary<Written> = FastCheck.oneof(
  FastCheck.constantFrom("null", "true", "0", "-1.5e3", "\"__proto__\"", "\"[{\""),
  FastCheck.string({ maxLength: 10 }).map((text) => JSON.stringify(text))
).map((text) => ({ text, depth: 0 }))

const deepest = (inner: ReadonlyArray<Written>) => 1 + Math.max(0, ...inner.map(({ depth }) => depth))

export const { tree } = FastCheck.letrec<{ tree: Written }>((tie) => ({
  tree: FastCheck.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    FastCheck.array(tie("tree"), { maxLength: 3 }).map((items) => ({
      text: `[${items.map(({ text }) => text).join()}]`,
      depth: deepest(items)
    })),
    FastCheck.array(FastCheck.tuple(key, tie("tree")), { maxLength: 4 }).map((entries) => ({
      text: `{${entries.map(([name, { text }]) => `${name}:${text}`).join(" , ")}}`,
      // Only the last value of a duplicate key counts.
      depth: deepest([
        ...new Map(entries.map(([name, value]): [unknown, Written] => [JSON.parse(name), value])).values()
      ])
    }))
  )
}))

export const wrapped = FastCheck.tuple(tree, FastCheck.array(FastCheck.boolean(), { minLength: 56, maxLength: 66 }))
  .map((
    [{ depth, text }, layers]
  ) => ({
    text: layers.reduce((inner, inList) => inList ? `[${inner}]` : `{"a":${inner}}`, text),
    depth: depth + layers.length
  }))
