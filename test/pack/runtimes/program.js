// For Node and Deno, whose `process.env` has the emulator's endpoint and token.
import process from "node:process"
import { check } from "./calls.js"

const { DATAROBOT_API_TOKEN: token, DATAROBOT_ENDPOINT: endpoint } = process.env
console.log(await check({ endpoint, token }))
