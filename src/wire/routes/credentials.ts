/** The route of stored credentials: `credentials/`. */
import { Credential } from "../credential.js"
import { Envelope } from "../envelope.js"
import { Paging } from "../fields.js"
import { read } from "../route.js"

export const list = read({
  id: "credentials.list",
  summary: "List the stored credentials, without their secrets",
  path: "credentials/",
  query: Paging,
  success: Envelope(Credential)
})
