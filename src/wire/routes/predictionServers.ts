/** The route of prediction servers: `predictionServers/`. */
import { Envelope } from "../envelope.js"
import { Paging } from "../fields.js"
import { PredictionServer } from "../predictionServer.js"
import { read } from "../route.js"

export const list = read({
  id: "predictionServers.list",
  summary: "List the prediction servers",
  path: "predictionServers/",
  query: Paging,
  success: Envelope(PredictionServer)
})
