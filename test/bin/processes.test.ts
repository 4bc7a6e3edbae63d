import { assert, describe, it } from "@effect/vitest"
import { execFileSync } from "node:child_process"
import { existsSync } from "node:fs"
import { commandProcesses, type Process, processes, readProc, readPs } from "../../src/bin/processes.js"

describe("The processes of this machine", () => {
  const own = (all: ReadonlyArray<Process>) => all.find(({ pid }) => pid === process.pid) ?? assert.fail("not found")

  it.skipIf(!existsSync("/proc/self/stat"))("are the same in /proc and in ps", () => {
    assert.deepStrictEqual(own(readProc()), own(readPs()))
  })

  it("include this process with its parent, and no process that has ended", () => {
    const all = processes()
    assert.strictEqual(own(all).parent, process.ppid)
    assert.isAbove(own(all).group, 0)
    const ended = Number(execFileSync("sh", ["-c", "echo $$"], { encoding: "utf8" }))
    assert.isFalse(processes().some(({ pid }) => pid === ended))
  })
})

describe("The processes of a command in the foreground", () => {
  // A shell (10, of group 10) runs a job (group 20): a script (20) that runs the emulator (21), and a pager (22).
  const job: ReadonlyArray<Process> = [
    { pid: 1, parent: 0, group: 1 },
    { pid: 10, parent: 1, group: 10 },
    { pid: 20, parent: 10, group: 20 },
    { pid: 21, parent: 20, group: 20 },
    { pid: 22, parent: 10, group: 20 }
  ]
  const belongs = (...more: ReadonlyArray<Process>) =>
    commandProcesses([...job, ...more], 30, 20, new Set([20, 21, 22])).map(({ pid }) => pid)

  it("are the command and its descendants, also those in groups of their own", () => {
    const command = { pid: 30, parent: 21, group: 20 }
    const child = { pid: 31, parent: 30, group: 20 }
    const grandchild = { pid: 32, parent: 31, group: 32 }
    assert.deepStrictEqual(belongs(command, child, grandchild), [30, 31, 32])
  })

  it("are what the command left in the group when it ended, with its descendants", () => {
    const orphan = { pid: 31, parent: 1, group: 20 }
    const child = { pid: 32, parent: 31, group: 20 }
    assert.deepStrictEqual(belongs(orphan, child), [31, 32])
    assert.deepStrictEqual(belongs({ pid: 31, parent: 0, group: 20 }), [31])
  })

  it("are no other processes of the job, the emulator or the machine", () => {
    const ofScript = { pid: 31, parent: 20, group: 20 }
    const ofEmulator = { pid: 32, parent: 21, group: 20 }
    const ofShell = { pid: 33, parent: 10, group: 33 }
    const daemon = { pid: 34, parent: 1, group: 34 }
    assert.deepStrictEqual(belongs(ofScript, ofEmulator, ofShell, daemon), [])
  })
})
