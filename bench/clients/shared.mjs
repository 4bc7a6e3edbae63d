/** What all clients have in common. */
// As long as a real one.
export const token = "NWQ1NDA3ZWRmNTU1Y2Q2NWUzNGE2OTFmOmJlbmNoYmVuY2hiZW5jaGJlbmNoYmVuY2g="
export const headers = { accept: "application/json", authorization: `Bearer ${token}`, "user-agent": "bench" }
export const jsonHeaders = { ...headers, "content-type": "application/json" }

// A serverless deployment: its predictions are requested from the endpoint. The SDK need not read it.
export const deployment = {
  id: "60a000000000000000000001",
  predictionEnvironment: { platform: "datarobotServerless" }
}

/**
 * Builds a client without decoding from two functions: one that requests a URL and parses the response, and one that
 * posts JSON and returns the `location` of the response.
 */
export const plain = (endpoint, get, post) => ({
  get: (id) => get(`${endpoint}/modelDeployments/${id}/`),
  create: async (deployment) => get(await post(`${endpoint}/modelDeployments/`, deployment)),
  page: (limit) => get(`${endpoint}/modelDeployments/?limit=${limit}`)
})

/** Fails like a client that checks the status. */
export const checkStatus = (status) => {
  if (status < 200 || status > 299) throw new Error(`the server returned ${status}`)
}

/** Counts the records of an iterable. Calls `onPage` after each page. */
export const count = async (iterable, { onPage, pageSize } = {}) => {
  let count = 0
  for await (const _ of iterable) if (++count % pageSize === 0) await onPage?.()
  return count
}

/** Returns the number of bytes in all chunks. */
export const sizeOf = async (chunks) => {
  let size = 0
  for await (const { length } of chunks) size += length
  return size
}

/** Yields the rows of a table. */
export function* rowsOf({ row, total }) {
  for (let index = 0; index < total; index++) yield row(index)
}
