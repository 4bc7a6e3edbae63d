/** Runs the contenders of a scenario, each in a process of its own. */
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

/** Starts the process of a client or decoder. */
const start = async (client, endpoint, flags) => {
  const child = fork(here("contender.mjs"), [client, endpoint], {
    execArgv: ["--expose-gc", ...flags],
    stdio: "inherit"
  })
  const next = () =>
    new Promise((resolve, reject) => {
      const ended = (code) => reject(new Error(`${client} ended with ${code}`))
      child.once("exit", ended)
      child.once("message", ({ error, took }) => {
        child.off("exit", ended)
        if (error === undefined) resolve(took)
        else reject(new Error(`${client}: ${error}`))
      })
    })
  await next()
  return {
    run: (round) => {
      child.send(round)
      return next()
    },
    stop: () => child.kill()
  }
}

/**
 * Runs a scenario in paired rounds: in each round, all contenders make the same calls, one after the other. Returns what
 * each contender took in each round.
 */
export const measure = async ({ calls, contenders, flags = [], path = "", rounds, task, warmUp, ...options }, url) => {
  const started = await Promise.all(contenders.map(async (contender) => {
    const { client, name, options: own } = typeof contender === "string"
      ? { name: contender, client: contender }
      : contender
    const process = await start(client, `${url}${path}/api/v2`, flags)
    return { name, process, round: { task, calls, ...options, ...own }, taken: [] }
  }))
  try {
    // The first round is a warm-up: a real server makes many calls, and V8 compiles functions that are called often.
    for (const { process, round } of started) await process.run({ ...round, calls: warmUp })
    for (let count = 0; count < rounds; count++) {
      for (const { process, round, taken } of started) taken.push(await process.run(round))
    }
  } finally {
    for (const { process } of started) process.stop()
  }
  return started.map(({ name, taken }) => ({ name, taken }))
}
