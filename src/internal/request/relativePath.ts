/**
 * Paths that a caller writes (`DataRobot.request`). Such a path must stay below the endpoint, however a server or a proxy
 * decodes it (S-1).
 */
import type { Path } from "./path.js"

const maxPath = 2048

/** The characters of a path in a URL. `%` begins an encoded one. */
const characters = /^(?:[\w\-.~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})+$/

/** A segment that names a parent or the folder itself. Some servers ignore what follows a semicolon. */
const isDots = (segment: string): boolean => /^\.{1,2}(?:;|$)/.test(segment)

/** The number of times that servers and proxies may decode a path. */
const maxDecodings = 4

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Whether a path stays where it is, however often it is decoded. */
const staysBelow = (path: string): boolean => {
  let text: string | undefined = path
  for (let times = 0; times < maxDecodings && text !== undefined; times++) {
    if (/[\u0000-\u001f\u007f]/.test(text) || text.split(/[/\\]/).some(isDots)) return false
    const next = decoded(text)
    // After the first time, a percent sign may be one of the text.
    if (next === text) return true
    if (next === undefined) return times > 0
    text = next
  }
  return false
}

const problemOf = (path: unknown): string | undefined => {
  if (typeof path !== "string" || path === "") return "must be a path below the endpoint, such as \"deployments/\""
  if (path.length > maxPath) return `must have at most ${maxPath} characters`
  if (/^[a-z][a-z\d+.-]*:/i.test(path) || path.startsWith("/")) {
    return "must be relative to the endpoint, such as \"deployments/\", without a host and a leading \"/\""
  }
  if (/[?#]/.test(path)) return "must have no query and no fragment: pass the query as \"query\""
  if (!characters.test(path)) return "must be characters of a URL: encode other ones with encodeURIComponent"
  if (path.includes("//")) return "must have no empty segment"
  return staysBelow(path) ? undefined : "must stay below the endpoint, without \".\" and \"..\""
}

/** Checks a path below the endpoint. An invalid one is not shown, because it could be anything. */
export const relativePath = (path: unknown): Path => {
  const problem = problemOf(path)
  return problem === undefined && typeof path === "string"
    ? { path, issues: [] }
    : { path: "{path}", issues: [{ path: "path", message: problem ?? "" }] }
}

/** Whether a path is one that `relativePath` accepts. */
export const isRelativePath = (path: string): boolean => problemOf(path) === undefined
