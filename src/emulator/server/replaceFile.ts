/** Replaces a file in one step: a reader sees the former content or the new one, and never a part. */
import * as Fs from "node:fs/promises"
import { basename, dirname, join, resolve } from "node:path"
import { ignore } from "./dataError.js"
import { isRunning } from "./otherProcess.js"

/**
 * Returns the file that a path leads to: replacing a symbolic link itself would turn it into a file. Also follows a
 * link to a file that does not exist yet.
 */
export const targetOf = async (path: string): Promise<string> => {
  const found = await Fs.realpath(path).catch(ignore("ENOENT"))
  if (found !== undefined) return found
  const folder = await Fs.realpath(dirname(path))
  const file = join(folder, basename(path))
  // EINVAL: the file has been created meanwhile, and is no link.
  const link = await Fs.readlink(file).catch(ignore("ENOENT", "EINVAL"))
  return link === undefined ? file : targetOf(resolve(folder, link))
}

/** The file that a process writes before it renames it. Its name says which process, for `removeLeftovers`. */
const temporary = (file: string) => `${file}.${process.pid}.tmp`

/**
 * Replaces a file, or creates it. Only its owner can read it. Each block of the text is written before the next one is
 * made, so other work is done in between.
 */
export const replaceFile = async (file: string, texts: Iterable<string>): Promise<void> => {
  const aside = temporary(file)
  await Fs.rm(aside, { force: true })
  try {
    await Fs.writeFile(aside, blocks(texts), { mode: 0o600, flag: "wx" })
    await Fs.rename(aside, file)
  } catch (error) {
    // If the disk is full, this also makes room. The first error is the one to report.
    await Fs.rm(aside, { force: true }).catch(() => undefined)
    throw error
  }
}

/** Removes the temporary files of a file, and of its lock, whose processes are not running any more. */
export const removeLeftovers = async (file: string): Promise<void> => {
  const folder = dirname(file)
  for (const entry of await Fs.readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.startsWith(basename(file))) continue
    const [, pid] = /^(?:\.lock)?\.(\d+)\.tmp$/.exec(entry.name.slice(basename(file).length)) ?? []
    if (pid !== undefined && !isRunning(Number(pid))) await Fs.rm(join(folder, entry.name), { force: true })
  }
}

/** Joins texts into blocks of at least 64 KiB, because each write is a system call. */
function* blocks(texts: Iterable<string>): Generator<string> {
  let block = ""
  for (const text of texts) {
    block += text
    if (block.length < 65_536) continue
    yield block
    block = ""
  }
  yield block
}
