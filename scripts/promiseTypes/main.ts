/** `npm run docs:promise` writes the types of the Promise API. */
import { writeFileSync } from "node:fs"
import { generate } from "./generate.js"
import { generated } from "./names.js"

writeFileSync(generated, generate())
