/** Paths of routes: how they are compared with what was asked. */

/** A route: its method, and its path with `:name` where any segment will do. */
export interface Route {
  readonly method: string
  readonly path: string
}

/** The parts of a path between its slashes; a slash too many or none at the end makes no difference. */
export const segments = (path: string): ReadonlyArray<string> => path.split("/").filter((segment) => segment !== "")

/** The path of a request target, without its query. */
export const pathOf = (url: string): string => url.replace(/[?#].*$/s, "")

/** Whether a path has the form of a pattern, in which `*` and `:name` stand for any one segment. */
export const fits = (pattern: string, path: string): boolean => {
  const asked = segments(path)
  const known = segments(pattern)
  return asked.length === known.length &&
    known.every((segment, index) => segment === "*" || segment.startsWith(":") || segment === asked[index])
}
