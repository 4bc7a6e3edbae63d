/** Finds what belongs to the method and the path of a request. */
import { type Route, segments } from "./routePath.js"

/** The names and values of the parts of a path that are ids. */
export type Params = Readonly<Record<string, string>>

/** What was found, and the parameters of the path. */
export interface Found<A> {
  readonly value: A
  readonly params: Params
}

interface Leaf<A> {
  readonly value: A
  readonly names: ReadonlyArray<string>
}

interface Node<A> {
  readonly fixed: Map<string, Node<A>>
  /** The node after any segment that has no fixed node. */
  any: Node<A> | undefined
  /** What belongs to the path that ends here, by method. */
  readonly ends: Map<string, Leaf<A>>
}

/** Maximum length of a parameter. */
const maxLength = 1000

const node = <A>(): Node<A> => ({ fixed: new Map(), any: undefined, ends: new Map() })

const child = <A>(parent: Node<A>, segment: string): Node<A> => {
  if (segment.startsWith(":")) return parent.any ??= node()
  const known = parent.fixed.get(segment)
  if (known !== undefined) return known
  const made = node<A>()
  parent.fixed.set(segment, made)
  return made
}

/** Decodes a segment. Returns undefined if it cannot be decoded or is too long. */
const decoded = (segment: string): string | undefined => {
  try {
    const text = segment.includes("%") ? decodeURIComponent(segment) : segment
    return text.length > maxLength ? undefined : text
  } catch {
    return undefined
  }
}

/**
 * Returns a function that finds the route of a request, without its query. A segment of a route takes precedence over a
 * parameter. HEAD finds the route of GET.
 */
export const routeTree = <A>(
  routes: Iterable<Route & { readonly value: A }>
): (method: string, path: string) => Found<A> | undefined => {
  const root = node<A>()
  for (const { method, path, value } of routes) {
    const known = segments(path)
    const names = known.filter((segment) => segment.startsWith(":")).map((segment) => segment.slice(1))
    known.reduce(child, root).ends.set(method, { value, names })
  }
  return (method, path) => {
    const asked = segments(path)
    const values: Array<string> = []
    const search = (from: Node<A>, depth: number): Leaf<A> | undefined => {
      const raw = asked[depth]
      if (raw === undefined) return from.ends.get(method === "HEAD" ? "GET" : method)
      const segment = decoded(raw)
      if (segment === undefined) return undefined
      const next = from.fixed.get(segment)
      const found = next && search(next, depth + 1)
      if (found !== undefined || from.any === undefined) return found
      values.push(segment)
      const other = search(from.any, depth + 1)
      if (other === undefined) values.pop()
      return other
    }
    const leaf = search(root, 0)
    if (leaf === undefined) return undefined
    return {
      value: leaf.value,
      params: Object.fromEntries(leaf.names.map((name, index) => [name, values[index] ?? ""]))
    }
  }
}
