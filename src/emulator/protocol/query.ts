/** The query of a request. */

/** The values of a query by name. A name that occurs several times has a list. */
export type Query = Readonly<Record<string, string | ReadonlyArray<string>>>

/** Returns the query of a request target. */
export const queryOf = (url: string): Query => {
  const start = url.indexOf("?")
  if (start < 0) return {}
  const search = new URLSearchParams(url.slice(start))
  return Object.fromEntries(Array.from(new Set(search.keys()), (name) => {
    const [first = "", ...more] = search.getAll(name)
    return [name, more.length === 0 ? first : [first, ...more]]
  }))
}
