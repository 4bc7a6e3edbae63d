// Measures the processor time that the emulator takes for a request, beside a bare `node:http` server that sends the
// same bytes. Each server has a process of its own and reports its processor time itself, so that the client does not
// count.
//
//   npm run bench -- --only emulator
import { fork } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import { Agent, request } from "undici"
import { row } from "./predictions.mjs"

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const bin = here("../dist/bin/effect-datarobot.mjs")
const inFlight = 8

/** Starts a server that prints one line of JSON when it listens. `input` is what it reads from stdin. */
const launch = async (module, args = [], input = "") => {
  const child = fork(module, args, {
    execArgv: ["--import", new URL("reportCpu.mjs", import.meta.url).href],
    stdio: ["pipe", "pipe", "inherit", "ipc"]
  })
  child.stdin.end(input)
  const [line] = await once(child.stdout, "data")
  const agent = new Agent({ connections: inFlight })
  return {
    ...JSON.parse(String(line)),
    send: (url, options) => request(url, { ...options, dispatcher: agent }),
    /** Returns the processor time of the process so far, in microseconds. */
    cpu: async () => {
      child.send("cpu")
      const [{ system, user }] = await once(child, "message")
      return system + user
    },
    stop: async () => {
      await agent.close()
      child.kill()
    }
  }
}

/** Sends a request many times. Returns the processor time of the server for each, in seconds. */
const measure = async ({ cpu, send }, { options, url }, calls) => {
  let left = calls
  const worker = async () => {
    while (left-- > 0) {
      const { body, statusCode } = await send(url, options)
      if (statusCode !== 200) throw new Error(`${url} returned ${statusCode}: ${await body.text()}`)
      await body.dump({ limit: Infinity })
    }
  }
  const before = await cpu()
  await Promise.all(Array.from({ length: inFlight }, worker))
  return (await cpu() - before) / 1e6 / calls
}

/** A `node:http` server that sends what the emulator sends. */
const replay = async (emulator, { options, url }) => {
  const { body, headers, statusCode: status } = await emulator.send(url, options)
  const { connection: _, date: __, "keep-alive": ___, ...kept } = headers
  return launch(here("replayServer.mjs"), [], JSON.stringify({ status, headers: kept, body: await body.text() }))
}

/** The requests, how many of them a round sends, and the target in seconds. */
const requestsTo = async ({ send, token, url }) => {
  const headers = { authorization: `Bearer ${token}` }
  const read = async (path) => (await send(`${url}/${path}`, { headers })).body.json()
  const { data } = await read("deployments/?limit=100&executionEnvironmentType=datarobot&status=active")
  const [first, other] = data.filter(({ defaultPredictionServer }) => defaultPredictionServer !== null)
  return [
    { name: "get", url: `${url}/modelDeployments/${first.id}/`, calls: 400, most: 250e-6, options: { headers } },
    { name: "page of 100", url: `${url}/modelDeployments/?limit=100`, calls: 40, most: 3e-3, options: { headers } },
    {
      name: "predict 10 rows",
      url: new URL(`/predApi/v1.0/deployments/${other.id}/predictions`, url).href,
      calls: 400,
      most: 300e-6,
      options: {
        method: "POST",
        headers: {
          ...headers,
          "content-type": "application/json",
          "datarobot-key": other.defaultPredictionServer["datarobot-key"] ?? ""
        },
        body: JSON.stringify(Array.from({ length: 10 }, (_, index) => row(index)))
      }
    }
  ]
}

/** Returns one result for each request, in the form of the other scenarios. Needs a build. */
export const emulatorRequests = async ({ quick = false } = {}) => {
  const [rounds, warmUp] = quick ? [2, 2] : [15, 8]
  const emulator = await launch(bin, ["emulator", "--json", "--preset", "fleet"])
  const results = []
  try {
    for (const { calls, most, name, options, url } of await requestsTo(emulator)) {
      const plain = await replay(emulator, { options, url })
      const contenders = [
        { name: "node:http", server: plain, to: { options, url: plain.url }, taken: [] },
        { name: "emulator", server: emulator, to: { options, url }, taken: [] }
      ]
      for (let round = -warmUp; round < rounds; round++) {
        for (const { server, taken, to } of contenders) {
          const cpu = await measure(server, to, calls)
          if (round >= 0) taken.push({ cpu })
        }
      }
      await plain.stop()
      results.push({
        name: `emulator, ${name}`,
        figures: ["cpu"],
        contenders: contenders.map(({ name, taken }) => ({ name, taken })),
        targets: [{ contender: "emulator", most }]
      })
    }
  } finally {
    await emulator.stop()
  }
  return results
}
