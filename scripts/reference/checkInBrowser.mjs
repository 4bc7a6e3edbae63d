// Opens the reference in site/ in Chromium, from files and without a server: the front page renders, the search finds
// operations and guides, links lead on, and the console has no errors. Skipped where there is no Chromium; CHROMIUM
// names another browser with its protocol. Node 20 has no WebSocket, so this takes that of undici.
import { spawn, spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { WebSocket } from "undici"

const candidates = process.env.CHROMIUM === undefined
  ? ["chromium", "chromium-browser", "google-chrome"]
  : [process.env.CHROMIUM]
const browser = candidates.find((name) => spawnSync(name, ["--version"]).status === 0)
if (browser === undefined) {
  console.log(`Skipped: there is no ${candidates.join(", ")}. Install Chromium to check the reference in a browser.`)
  process.exit(0)
}
const front = resolve("site/index.html")
if (!existsSync(front)) {
  console.error("site/ has no pages: run `npm run docs` first")
  process.exit(1)
}

/** The time limit of one step, in milliseconds. Generous, because it only stops a browser that hangs. */
const limit = 120_000
const within = (promise, what) => {
  let clock
  const late = new Promise((_, reject) => {
    clock = setTimeout(() => reject(new Error(`${what}: no result within ${limit / 1000} seconds`)), limit)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(clock))
}

const profile = mkdtempSync(join(tmpdir(), "reference-browser-"))
const child = spawn(browser, [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--window-size=1300,900",
  `--user-data-dir=${profile}`,
  "--remote-debugging-port=0",
  "about:blank"
], { stdio: ["ignore", "ignore", "pipe"] })
const exited = new Promise((resolve) => child.once("close", resolve))

/** Connects to the browser's debugging protocol. */
const connect = async () => {
  const address = await within(
    new Promise((resolve, reject) => {
      let text = ""
      child.stderr.on("data", (data) => {
        text += data
        const found = /DevTools listening on (ws:\S+)/.exec(text)
        if (found !== null) resolve(found[1])
      })
      void exited.then(() => reject(new Error(`${browser} ended: ${text}`)))
    }),
    `starting ${browser}`
  )
  const socket = new WebSocket(address)
  await within(
    new Promise((resolve, reject) => {
      socket.addEventListener("open", resolve, { once: true })
      socket.addEventListener("error", () => reject(new Error("no connection to the browser")), { once: true })
    }),
    "connecting"
  )
  return socket
}

/** Opens a page, and returns what the checks need of the protocol. */
const openPage = async (socket) => {
  const waiting = new Map()
  const problems = []
  const loaded = []
  let last = 0
  socket.addEventListener("message", ({ data }) => {
    const { error, id, method, params, result } = JSON.parse(data)
    if (id !== undefined) {
      waiting.get(id)?.({ error, result })
      waiting.delete(id)
    } else if (method === "Page.loadEventFired") loaded.shift()?.()
    else if (method === "Runtime.exceptionThrown") problems.push(params.exceptionDetails.exception?.description)
    else if (method === "Runtime.consoleAPICalled" && ["error", "warning"].includes(params.type)) {
      problems.push(`console.${params.type}: ${params.args.map(({ value }) => value).join(" ")}`)
    } else if (method === "Log.entryAdded" && params.entry.level === "error") {
      problems.push(`${params.entry.text} ${params.entry.url ?? ""}`)
    }
  })
  let session
  const send = (method, params = {}) =>
    within(
      new Promise((resolve, reject) => {
        const id = ++last
        waiting.set(id, ({ error, result }) => error === undefined ? resolve(result) : reject(new Error(error.message)))
        socket.send(JSON.stringify({ id, method, params, ...session && { sessionId: session } }))
      }),
      method
    )
  const { targetId } = await send("Target.createTarget", { url: "about:blank" })
  session = (await send("Target.attachToTarget", { targetId, flatten: true })).sessionId
  for (const domain of ["Page", "Runtime", "Log"]) await send(`${domain}.enable`)

  /** Runs an expression in the page. */
  const evaluate = async (expression) => {
    const { exceptionDetails, result } = await send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true
    })
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? expression)
    return result.value
  }
  /** Does something that loads a page, and waits until the page has loaded. */
  const loading = async (what, action) => {
    const load = new Promise((resolve) => loaded.push(resolve))
    await action()
    await within(load, what)
  }
  /** Waits until an expression in the page is true. */
  const until = (what, expression) =>
    within(
      (async () => {
        while (!await evaluate(expression)) await new Promise((resolve) => setTimeout(resolve, 50))
      })(),
      what
    )
  return { evaluate, loading, problems, send, until }
}

const check = async (page) => {
  const { evaluate, loading, problems, send, until } = page
  const title = () => evaluate("document.querySelector('h1').textContent")
  const open = (file) =>
    loading(`loading ${file}`, () => send("Page.navigate", { url: pathToFileURL(resolve("site", file)).href }))
  const expect = (is, message) => {
    if (!is) throw new Error(message)
    console.log(`passed: ${message}`)
  }
  const shot = async (name) => {
    if (process.env.SCREENSHOTS === undefined) return
    const { data } = await send("Page.captureScreenshot")
    writeFileSync(join(process.env.SCREENSHOTS, `${name}.png`), Buffer.from(data, "base64"))
  }

  await open("index.html")
  expect((await title()).includes("effect-datarobot"), "the front page has its title")
  await until(
    "the modules in the navigation",
    "document.querySelector('#tsd-nav-container').textContent.includes('effect-datarobot/promise')"
  )
  await shot("front")

  const search = async (text) => {
    await evaluate("document.querySelector('#tsd-search-trigger').click()")
    await until("the search box", "document.querySelector('#tsd-search-input') !== null")
    await evaluate("document.querySelector('#tsd-search-input').focus()")
    await send("Input.insertText", { text })
    await until(`results for ${text}`, "document.querySelectorAll('#tsd-search-results li a').length > 0")
    return evaluate("[...document.querySelectorAll('#tsd-search-results li a')].map((a) => a.textContent.trim())")
  }
  const results = await search("getServiceStats")
  expect(results.some((text) => /Deployment\.?\s*getServiceStats/.test(text)), "the search finds getServiceStats")
  await shot("search")
  await loading("following a result", () =>
    evaluate(
      "[...document.querySelectorAll('#tsd-search-results li a')].find((a) => /functions\\//.test(a.href)).click()"
    ))
  expect(/getServiceStats/.test(await title()), "a search result leads to the page of the operation")
  const text = await evaluate("document.querySelector('.col-content').innerText")
  for (
    const part of ["GET deployments/{id}/serviceStats/", "milliseconds", "NotFound", "Deployment.getServiceStats("]
  ) {
    expect(text.includes(part), `the page of getServiceStats has "${part}"`)
  }
  await shot("operation")
  await loading(
    "following a type",
    () =>
      evaluate("[...document.querySelectorAll('.col-content a')].find((a) => a.textContent === 'ServiceStats').click()")
  )
  expect(/ServiceStats/.test(await title()), "the type of a result leads to its fields")
  await shot("type")

  await open("index.html")
  const guides = await search("retries timeouts")
  expect(guides.some((text) => /Errors and retries/.test(text)), "the search finds a guide by its content")
  await open("index.html")
  await loading("following a guide", () =>
    evaluate(
      "[...document.querySelectorAll('.col-content a')].find((a) => /documents\\/.*rror/.test(a.href)).click()"
    ))
  expect(/Errors and retries/.test(await title()), "a link of the README leads to a guide")
  await shot("guide")
  if (problems.length > 0) {
    throw new Error(`the console has ${problems.length} errors:\n${[...new Set(problems)].slice(0, 10).join("\n")}`)
  }
  console.log("passed: the console has no errors")
}

let failed = false
try {
  const socket = await connect()
  await check(await openPage(socket))
  socket.close()
} catch (error) {
  failed = true
  console.error(`FAILED: ${error.message}`)
} finally {
  child.kill("SIGKILL")
  await exited
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
}
process.exit(failed ? 1 : 0)
