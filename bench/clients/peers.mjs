/** Other HTTP clients, each as a typical program uses it. Each loads its own package only. */
import { checkStatus, headers, jsonHeaders, plain } from "./shared.mjs"

export const fetchClient = () => (endpoint) =>
  plain(
    endpoint,
    async (url) => {
      const response = await fetch(url, { headers })
      checkStatus(response.status)
      return response.json()
    },
    async (url, value) => {
      const response = await fetch(url, { method: "POST", headers: jsonHeaders, body: JSON.stringify(value) })
      checkStatus(response.status)
      await response.arrayBuffer()
      return response.headers.get("location")
    }
  )

export const nodeHttp = async () => {
  const { Agent, request } = await import("node:http")
  const agent = new Agent({ keepAlive: true })
  const send = (url, options, body) =>
    new Promise((resolve, reject) => {
      request(url, { agent, ...options }, (response) => {
        const chunks = []
        response.on("data", (chunk) => chunks.push(chunk)).on("error", reject).on("end", () => {
          const { headers, statusCode } = response
          resolve({ headers, statusCode, bytes: chunks.length === 1 ? chunks[0] : Buffer.concat(chunks) })
        })
      }).on("error", reject).end(body)
    })
  return (endpoint) =>
    plain(
      endpoint,
      async (url) => {
        const { bytes, statusCode } = await send(url, { headers })
        checkStatus(statusCode)
        return JSON.parse(bytes.toString())
      },
      async (url, value) => {
        const response = await send(url, { method: "POST", headers: jsonHeaders }, JSON.stringify(value))
        checkStatus(response.statusCode)
        return response.headers.location
      }
    )
}

export const axiosClient = async () => {
  const { Agent } = await import("node:http")
  const { default: axios } = await import("axios")
  const client = axios.create({ headers, httpAgent: new Agent({ keepAlive: true }), adapter: "http" })
  return (endpoint) =>
    plain(
      endpoint,
      async (url) => (await client.get(url)).data,
      async (url, value) => (await client.post(url, value)).headers.location
    )
}

export const kyClient = async () => {
  const { default: ky } = await import("ky")
  const client = ky.create({ headers, retry: 0 })
  return (endpoint) =>
    plain(
      endpoint,
      (url) => client.get(url).json(),
      async (url, json) => (await client.post(url, { json })).headers.get("location")
    )
}

export const gotClient = async () => {
  const { Agent } = await import("node:http")
  const { default: got } = await import("got")
  const client = got.extend({ headers, agent: { http: new Agent({ keepAlive: true }) }, retry: { limit: 0 } })
  return (endpoint) =>
    plain(
      endpoint,
      (url) => client.get(url).json(),
      async (url, json) => (await client.post(url, { json })).headers.location
    )
}

export const ofetchClient = async () => {
  const { ofetch } = await import("ofetch")
  const client = ofetch.create({ headers, retry: 0 })
  return (endpoint) =>
    plain(
      endpoint,
      (url) => client(url),
      async (url, body) => (await client.raw(url, { method: "POST", body })).headers.get("location")
    )
}

/** The core of openai's SDK, with its retries and its time limit. It resolves paths against its base URL. */
export const openaiClient = async () => {
  const { default: OpenAI } = await import("openai")
  return (endpoint) => {
    const client = new OpenAI({ baseURL: endpoint, apiKey: "bench" })
    const pathOf = (url) => url.slice(endpoint.length)
    return plain(
      endpoint,
      (url) => client.get(pathOf(url)),
      async (url, body) => {
        const response = await client.post(pathOf(url), { body }).asResponse()
        await response.arrayBuffer()
        return response.headers.get("location")
      }
    )
  }
}
