/** Where the token may be sent (S-11): the endpoint, and the prediction servers that belong to it. */
import type { Issue } from "../../DataRobotError.js"
import type { Connection } from "./connection.js"

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** Whether a URL names this computer. */
export const isLoopback = ({ hostname }: URL): boolean => loopback.test(hostname)

// DataRobot's managed cloud: app.datarobot.com, app.eu.datarobot.com, app.jp.datarobot.com, … Its prediction servers are
// other subdomains.
const cloud = /^app(?:\.[a-z0-9-]{1,63})?\.datarobot\.com$/

const isBelow = (hostname: string, domain: string) => hostname === domain || hostname.endsWith(`.${domain}`)

/** Whether the token may be sent to the origin of a URL. */
export const isTrusted = ({ base, predictionServers }: Connection, url: URL): boolean => {
  if (url.origin === base.origin || predictionServers.has(url.origin)) return true
  if (isLoopback(url)) return isLoopback(base)
  const domain = cloud.test(base.hostname) ? "datarobot.com" : base.hostname
  return url.protocol === "https:" && isBelow(url.hostname, domain)
}

/** Checks the caller's list of prediction servers. Returns their origins, or the issues. */
export const readOrigins = (
  given: unknown,
  allowInsecure: boolean
): { readonly origins: ReadonlySet<string>; readonly issues: ReadonlyArray<Issue> } => {
  const origins = new Set<string>()
  const issues: Array<Issue> = []
  const refuse = (path: string, message: string) => issues.push({ path, message })
  if (!Array.isArray(given)) {
    return { origins, issues: [{ path: "predictionServers", message: "must be a list of URLs" }] }
  }
  for (const [index, one] of given.entries()) {
    const path = `predictionServers[${index}]`
    const url = typeof one === "string" && URL.canParse(one) ? new URL(one) : undefined
    // The URL has no credentials, path, query and fragment, and its host no wildcard.
    if (url === undefined || !/^https?:\/\/[a-z0-9.:[\]-]+$/.test(url.origin) || url.href !== `${url.origin}/`) {
      refuse(path, "must be an origin, such as https://example.orm.datarobot.com")
    } else if (url.protocol === "http:" && !allowInsecure && !isLoopback(url)) {
      refuse(path, "must use https, because plain http exposes the token (set allowInsecure to permit it)")
    } else origins.add(url.origin)
  }
  return { origins, issues }
}
