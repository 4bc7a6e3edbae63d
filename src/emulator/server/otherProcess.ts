/** What the system tells about other processes of this machine. */
import { readFile } from "node:fs/promises"
import { codeOf } from "./dataError.js"

/** Whether a process with this id is running. */
export const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it is running, but belongs to another user.
    return codeOf(error) !== "ESRCH"
  }
}

/**
 * When a process started, as Linux writes it; undefined on other systems. Together with the id it identifies a process,
 * because ids are used again: after a restart of a container, the same program often gets the same id.
 */
export const startOf = (pid: number): Promise<string | undefined> =>
  readFile(`/proc/${pid}/stat`, "utf8").then((stat) => fieldsOf(stat)[19], () => undefined)

/** The fields of Linux's `stat` file of a process, from its state on. */
export const fieldsOf = (stat: string): ReadonlyArray<string> =>
  // The name of the program before them, in parentheses, may contain spaces and parentheses.
  stat.slice(stat.lastIndexOf(")") + 2).split(" ")
