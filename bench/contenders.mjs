/** The processes of the server and the contenders. They are started once, used in turn, and stopped together. */
import { fork, spawn } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** Starts the server with a number of records. */
export const serve = async (records) => {
  const child = spawn(process.execPath, [here("server.mjs"), String(records)], { stdio: ["ignore", "pipe", "inherit"] })
  const [line] = await once(child.stdout, "data")
  return { url: JSON.parse(String(line)).url, stop: () => child.kill() }
}

/** Starts a process for a client or decoder. */
export const contender = async (name, endpoint) => {
  const child = fork(here("contender.mjs"), [name, endpoint], { execArgv: ["--expose-gc"], stdio: "inherit" })
  const answer = () =>
    new Promise((resolve, reject) => {
      const ended = (code) => reject(new Error(`${name} ended with ${code}`))
      child.once("exit", ended)
      child.once("message", ({ error, took }) => {
        child.off("exit", ended)
        if (error === undefined) resolve(took)
        else reject(new Error(`${name}: ${error}`))
      })
    })
  await answer()
  return {
    run: (task) => {
      child.send(task)
      return answer()
    },
    stop: () => child.kill()
  }
}
