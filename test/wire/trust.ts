/** Certificates (see `fixtures/generate.sh`), and HTTP clients that trust them. */
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import Undici from "@effect/platform-node/Undici"
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as Fetch from "effect-datarobot/fetch"
import * as OwnUndici from "effect-datarobot/undici"
import * as Layer from "effect/Layer"
import { readFileSync } from "node:fs"
import { Agent } from "undici"

/** A certificate or key in `fixtures`. */
export const pem = (name: string) => readFileSync(new URL(`./fixtures/${name}.pem`, import.meta.url), "utf8")

const ca = pem("authority")
/** The key of all certificates. */
export const key = pem("key")

// `dispatcher` is Node's extension of fetch's options.
const trustingInit = () => Object.assign<RequestInit, object>({}, { dispatcher: new Undici.Agent({ connect: { ca } }) })

/** The clients, configured to trust the authority that signed the certificates. */
export const trusting = [
  {
    name: "fetch",
    layer: Layer.merge(
      FetchHttpClient.layer,
      Layer.sync(FetchHttpClient.RequestInit, trustingInit)
    )
  },
  {
    name: "undici",
    layer: Layer.provide(
      NodeHttpClient.layerUndiciWithoutDispatcher,
      Layer.sync(NodeHttpClient.Dispatcher, () => new Undici.Agent({ connect: { ca } }))
    )
  },
  {
    name: "node:http",
    layer: Layer.provide(NodeHttpClient.layerWithoutAgent, NodeHttpClient.makeAgentLayer({ ca }))
  },
  {
    name: "effect-datarobot/fetch",
    layer: Layer.suspend(() => Fetch.layer({ requestInit: trustingInit() }))
  },
  {
    name: "effect-datarobot/undici",
    layer: Layer.orDie(Layer.suspend(() => OwnUndici.layer({ dispatcher: new Agent({ connect: { ca } }) })))
  }
]
