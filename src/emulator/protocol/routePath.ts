/** Paths of routes, and how they match the path of a request. */

/** A route: its method, and its path, in which `:name` matches any segment. */
export interface Route {
  readonly method: string
  readonly path: string
}

/** Returns the segments of a path. Ignores doubled slashes and a missing slash at the end. */
export const segments = (path: string): ReadonlyArray<string> => path.split("/").filter((segment) => segment !== "")

/** Returns the path of a request target, without its query. */
export const pathOf = (url: string): string => url.replace(/[?#].*$/s, "")

/** Whether a path matches a pattern, in which `*` and `:name` match one segment. */
export const fits = (pattern: string, path: string): boolean => {
  const asked = segments(path)
  const known = segments(pattern)
  return asked.length === known.length &&
    known.every((segment, index) => segment === "*" || segment.startsWith(":") || segment === asked[index])
}
