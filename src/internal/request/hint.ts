/** Advice for responses that the status alone does not explain. */

/** Asks to check an endpoint without DataRobot's base path. `undefined` if it has the path. Has no full stop. */
export const endpointHint = (endpoint: string): string | undefined =>
  endpoint.endsWith("/api/v2") ? undefined : `Check the endpoint: ${endpoint} does not end in /api/v2`

// These statuses do not change when the request is repeated.
const unsupported = new Set([501, 505, 506, 510])

/**
 * Returns the advice for a response with an error status, if there is a more specific one than that of its reason.
 * `isExplained`: the response has a message in DataRobot's form.
 */
export const hint = (
  status: number,
  path: string,
  endpoint: string | undefined,
  isExplained: boolean
): string | undefined => {
  // A server that is not DataRobot's API responds with 400 too, but hardly with such a message.
  if (status === 400 && isExplained) return "Correct the request and try again."
  if (status === 413) return "Send less at a time."
  if (unsupported.has(status)) return "The server does not support this request, so repeating it does not help."
  const isRedirect = status === 0 || (status >= 300 && status < 400)
  if (status !== 404 && status !== 405 && !isRedirect) return undefined
  const wrong = endpoint === undefined ? undefined : endpointHint(endpoint)
  if (wrong !== undefined) return `${wrong}.`
  if (status !== 404) return undefined
  if (path === "modelDeployments/") {
    return "This server may have only the deployments API: use Deployment, such as Deployment.list."
  }
  // A route without an id, such as `deployments/`.
  return /^\w+\/$/.test(path) ? "This server may not have this route." : undefined
}
