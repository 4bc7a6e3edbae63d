/**
 * Measures what an import costs a program: the processor time of a whole process that imports what it needs to list and
 * get, and does nothing else. Bare Node is measured in the same rounds.
 */
import { execFileSync } from "node:child_process"

const layers = ["effect/Effect", "effect/Layer"]

/** What the programs import. */
const programs = {
  openai: ["openai"],
  "bare Node": [],
  "node:http": ["node:http"],
  undici: ["undici"],
  axios: ["axios"],
  ky: ["ky"],
  got: ["got"],
  ofetch: ["ofetch"],
  stripe: ["stripe"],
  zod: ["zod"],
  "effect/Effect": ["effect/Effect"],
  "effect/Schema": ["effect/Schema"],
  "fast-check, which effect/Schema imports": ["effect/FastCheck"],
  "@effect/platform/HttpClient": ["@effect/platform/HttpClient"],
  "effect-datarobot and its undici": [...layers, "../dist/index.js", "../dist/undici.js"],
  "effect-datarobot/ModelDeployment and its undici": [
    ...layers,
    "../dist/DataRobot.js",
    "../dist/ModelDeployment.js",
    "../dist/undici.js"
  ],
  "effect-datarobot/promise": ["../dist/promise.js"]
}

const run = (specifiers) => {
  const program = `${specifiers.map((specifier) => `import ${JSON.stringify(specifier)}`).join("\n")}
    const { system, user } = process.cpuUsage()
    console.log((system + user) / 1e6)`
  const cwd = new URL(".", import.meta.url)
  return Number(execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd, encoding: "utf8" }))
}

/** Returns the result. All programs but the first include bare Node. */
export const imports = ({ quick }) => {
  const contenders = Object.entries(programs).map(([name, specifiers]) => ({ name, specifiers, taken: [] }))
  for (let round = 0; round < (quick ? 2 : 9); round++) {
    for (const { specifiers, taken } of contenders) taken.push({ cpu: run(specifiers) })
  }
  return [{
    name: "import, in a new process",
    figures: ["cpu"],
    contenders: contenders.map(({ name, taken }) => ({ name, taken }))
  }]
}
