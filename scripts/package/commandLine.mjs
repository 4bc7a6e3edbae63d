// The command line, in a project that has only the tarball.
import assert from "node:assert/strict"
import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { manifest, run } from "./project.mjs"

/** Runs the command line in a project that has no other package. */
export const testCommandLine = async (project) => {
  const licences = readFileSync(
    join(project, "node_modules/effect-datarobot/dist/bin/THIRD-PARTY-LICENSES.txt"),
    "utf8"
  )
  for (const name of ["effect", "@effect/platform", "swagger-ui-dist", "react", "dompurify"]) {
    assert(licences.includes(`\n${name} `), `The licences of the command line name ${name}`)
  }

  assert.equal(run(project, "npx", ["--no-install", "effect-datarobot", "--version"]).trim(), manifest.version)
  const ask =
    "fetch(`${process.env.DATAROBOT_ENDPOINT}/ping/`).then(({ status }) => process.exit(status === 401 ? 7 : 1))"
  const exec = ["--no-install", "effect-datarobot", "emulator", "--exec", `node -e '${ask}'`]
  assert.equal(
    spawnSync("npx", exec, { cwd: project, stdio: "inherit" }).status,
    7,
    "--exec gives the command's status"
  )

  const started = performance.now()
  const bin = join(project, "node_modules", ".bin", "effect-datarobot")
  const child = spawn(bin, ["emulator", "--json", "--preset", "demo"], { stdio: ["ignore", "pipe", "inherit"] })
  const ended = once(child, "exit")
  const [line] = await once(child.stdout, "data")
  const startUp = performance.now() - started
  const { token, url } = JSON.parse(String(line))
  const listed = await fetch(`${url}/modelDeployments/`, { headers: { authorization: `Bearer ${token}` } })
  assert.equal((await listed.json()).data[0].label, "Churn scorer")
  assert.match(await (await fetch(new URL("/__emulator/docs", url))).text(), /SwaggerUIBundle/)
  const interrupted = performance.now()
  child.kill("SIGINT")
  const [status] = await ended
  const end = performance.now() - interrupted
  assert.equal(status, 0)
  // The limits are generous, because both take longer on a busy machine. `npm run bench:emulator` measures them.
  assert(startUp < 20_000, `It starts within 20 s, not ${startUp} ms`)
  assert(end < 10_000, `It ends within 10 s of SIGINT, not ${end} ms`)
  console.log(`ok bin: works without any other package; starts in ${startUp.toFixed()} ms, ends in ${end.toFixed()} ms`)
}
