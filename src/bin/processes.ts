/** The processes of this machine, and which of them belong to a command. */
import { execFileSync } from "node:child_process"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { fieldsOf } from "../emulator/server/otherProcess.js"

/** A process that has not ended. `group` is its process group. */
export interface Process {
  readonly pid: number
  readonly parent: number
  readonly group: number
}

/** Reads the processes from the files of Linux, since small container images have no `ps`. */
export const readProc = (): ReadonlyArray<Process> =>
  readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      const [state = "", parent, group] = fieldsOf(readFileSync(`/proc/${pid}/stat`, "latin1"))
      return alive(state, pid, parent, group)
    } catch {
      // The process has just ended.
      return []
    }
  })

/** Reads the processes from `ps`, which other systems have. */
export const readPs = (): ReadonlyArray<Process> =>
  execFileSync("ps", ["-A", "-o", "stat=,pid=,ppid=,pgid="], { encoding: "utf8" }).split("\n").flatMap((line) => {
    const [state = "", pid, parent, group] = line.trim().split(/\s+/)
    return alive(state, pid, parent, group)
  })

// A zombie has ended. In a container it may stay forever, if its parent does not wait for it.
const alive = (state: string, pid?: string, parent?: string, group?: string): ReadonlyArray<Process> =>
  /^[ZX]/.test(state) || group === undefined
    ? []
    : [{ pid: Number(pid), parent: Number(parent), group: Number(group) }]

/** The processes that have not ended. */
export const processes = (): ReadonlyArray<Process> => existsSync("/proc/self/stat") ? readProc() : readPs()

/**
 * The processes of a command that runs in the process group of its caller: the command, its descendants, and the
 * members of the group whose parents have ended. `earlier` are the members that were there before the command.
 */
export const commandProcesses = (
  all: ReadonlyArray<Process>,
  command: number,
  group: number,
  earlier: ReadonlySet<number>
): ReadonlyArray<Process> => {
  const byPid = new Map(all.map((one) => [one.pid, one]))
  const belongs = (one: Process): boolean => {
    if (one.pid === command) return true
    if (earlier.has(one.pid)) return false
    const parent = byPid.get(one.parent)
    // The parent of an orphan is a process outside the group, such as process 1.
    if (parent === undefined || (one.group === group && parent.group !== group)) return one.group === group
    return belongs(parent)
  }
  return all.filter(belongs)
}
